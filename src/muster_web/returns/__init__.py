"""Returns and their journey: what is owed, what arrived, what was found, said, changed and decided."""
