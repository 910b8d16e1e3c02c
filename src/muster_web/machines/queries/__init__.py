"""Reads of service accounts and subscriptions; each takes the viewer and shows its own organisation's alone."""
