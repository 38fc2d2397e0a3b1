"""Flows of a zone: commuting, migration or trips, from a table of the user's."""
