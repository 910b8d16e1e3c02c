"""Files that follow a pupil from school to school: the mailbox, lost pupils, pupils on roll and their ULNs."""
