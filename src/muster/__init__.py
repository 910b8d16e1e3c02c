"""Muster turns what schools' systems already hold into checked statutory returns."""
