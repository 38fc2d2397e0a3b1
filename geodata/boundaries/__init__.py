"""Where municipalities are: the bundled boundaries, and a user's own."""
