"""Reads about files between schools, for pages, the API and actions."""
