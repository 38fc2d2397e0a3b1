"""The interactive page: what it shows, its scripts and styles, and one file made of them."""
