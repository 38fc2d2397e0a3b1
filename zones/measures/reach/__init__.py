"""Reach: whom an extent reaches."""
