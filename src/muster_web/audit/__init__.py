"""What was done and by whom: appended, chained, never changed."""
