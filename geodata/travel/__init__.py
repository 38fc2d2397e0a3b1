"""Travel times: a user's matrix of minutes, and minutes over a road graph."""
