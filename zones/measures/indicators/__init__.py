"""Indicators: figures of a user's table, brought together over a zone as the library's own are."""
