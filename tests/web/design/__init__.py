"""Tests of the look of the website."""
