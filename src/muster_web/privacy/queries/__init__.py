"""Reads of what the privacy app keeps; each takes the viewer, or says for whom it is."""
