"""Tags of the pages about people and access."""
