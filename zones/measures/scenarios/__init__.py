"""Scenarios: what changes with other members, another extent or another year."""
