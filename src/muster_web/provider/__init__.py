"""Pages for schools: their returns, from file to receipt."""
