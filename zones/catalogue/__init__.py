"""What is known of zones and networks: read from the facts or a user's file, found by name."""
