"""Coverage: what an extent covers."""
