"""The pages for planning: funding, places, courses."""
