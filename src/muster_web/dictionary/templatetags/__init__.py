"""Tags of the dictionary."""
