"""Serving, looking after and backing up a deployment."""
