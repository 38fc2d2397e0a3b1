"""Polygon layers as coverages: shared borders, faults, repairs."""
