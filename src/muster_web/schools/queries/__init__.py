"""What pages about schools read."""
