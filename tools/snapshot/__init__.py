"""How the bundled data are built from their sources."""
