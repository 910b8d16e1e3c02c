"""Everything that changes a return; nothing else writes.  Each action is one transaction with one audit event."""
