"""Grids that no memory holds: read a piece at a time, added up exactly, on one machine or many."""
