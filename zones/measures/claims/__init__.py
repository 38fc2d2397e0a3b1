"""Claims: what is published about a zone, against what can be computed."""
