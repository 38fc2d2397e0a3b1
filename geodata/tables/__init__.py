"""Tables of figures by municipality or coarser area: what their columns are, and their sums."""
