"""Pages for the department: rounds, authorising, reopening."""
