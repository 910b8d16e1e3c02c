"""The data dictionary as pages, open to everybody, and the changes that people propose to it."""
