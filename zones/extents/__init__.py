"""Which units a zone is in a year: extents resolved, the spine, memberships."""
