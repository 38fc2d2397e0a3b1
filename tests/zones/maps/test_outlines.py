"""Outlines for drawing: drawn once, and islands one by one."""

import numpy as np
import pytest
import shapely

import zones
from zones.maps import shapes


def test_many_islands_one_by_one_are_all_of_them_at_once(monkeypatch):
    random = np.random.default_rng(7)
    centres = shapely.points(random.uniform(0, 90_000, (80, 2)))
    islands = shapely.union_all(shapely.buffer(centres, 700.0, quad_segs=4))
    alone = shapes._widened(islands)
    monkeypatch.setattr(shapes, "_ARCHIPELAGO", 1_000)
    whole = shapes._widened(islands)
    assert alone.area == pytest.approx(whole.area, rel=1e-12)
    assert shapely.symmetric_difference(alone, whole).area < 1e-9 * whole.area


def test_an_outline_is_drawn_once_for_all_that_shows_it(monkeypatch):
    area = zones.area("peramerenkaari")
    ground = shapes.bundled_shapes(2026)
    first = shapes.outline(ground, area)
    monkeypatch.setattr(shapely, "buffer", None)
    assert shapes.outline(ground, zones.area("peramerenkaari")) is first
