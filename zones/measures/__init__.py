"""Measures: pure functions of an extent in a year, a concept a module."""
