"""Tests of planning tools: funding, places, courses."""
