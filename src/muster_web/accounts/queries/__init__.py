"""Reads about people and access, for pages and actions."""
