"""Points and grids: which unit each lies in, and how far from a shape."""
