"""What changes organisations, people and access: each action allowed, written and audited, or not done at all."""
