"""Invented people, organisations and returns for the demonstration."""
