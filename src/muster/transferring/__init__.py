"""Files that follow a pupil: their names, reading, writing, converting, comparing, and asking for learner numbers."""
