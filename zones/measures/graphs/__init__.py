"""Graphs of municipalities: who is tied to whom, and how."""
