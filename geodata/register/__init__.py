"""Municipalities: which there were in a year, what became of them, and how they are written."""
