"""The pages of plans, quarters, figures and the quarterly report."""
