"""The only writers of files between schools: each a verb, one transaction, one event and one audit event."""
