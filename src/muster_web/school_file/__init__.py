"""The pages of the file of a school: search, the file itself, comparison, notes, and what the school says is wrong."""
