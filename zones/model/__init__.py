"""The records of the library: groups, what is known of them with sources, and figures."""
