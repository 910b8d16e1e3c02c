"""The only writers of the school file."""
