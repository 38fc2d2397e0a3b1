"""How figures and names are written in each language."""
