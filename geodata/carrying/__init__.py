"""Carrying tables from one division to another."""
