"""The only writers of what is planned and offered."""
