"""The only writers of plans, figures and quarters."""
