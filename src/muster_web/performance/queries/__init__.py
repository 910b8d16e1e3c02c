"""What the pages of plans, figures and quarters show."""
