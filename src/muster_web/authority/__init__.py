"""Pages for a local authority: the board of its schools' returns."""
