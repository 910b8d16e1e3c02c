"""Settings and the table of contents of the site."""
