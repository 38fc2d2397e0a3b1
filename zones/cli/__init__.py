"""The command line, `zones`."""
