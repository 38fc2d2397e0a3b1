"""What maintainers run: not part of the installed packages."""
