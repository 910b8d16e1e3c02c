"""What pages about planning read."""
