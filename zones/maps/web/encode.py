"""Shapes and data as text for the page: compact, fixed decimals, safe inside a script element.

A ring is written as whole numbers on a grid: the first point, then the step to each next one.
Points that are equal before are equal after, so neighbours keep their common border.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

__all__ = ["DECIMALS", "SCALE", "encode_lines", "encode_polygons", "to_script_text"]

DECIMALS = 3
"""Decimals of a degree kept: about 50-100 m in Finland, fine for a 1:4.5 million layer.

Of finer boundaries more are kept, as many as the deepest zoom shows."""
SCALE = 10**DECIMALS
"""Steps of the grid in a degree."""

# Characters that could end a script element, open a comment or break a line of JavaScript.
_UNSAFE = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def to_script_text(value: Any) -> str:
    r"""
    Return a value as JSON that is safe inside a script element, whatever strings it holds.

    Examples
    --------
    >>> to_script_text({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_UNSAFE)


def encode_polygons(
    geometries: Sequence[Any] | np.ndarray, *, decimals: int = DECIMALS
) -> list[list[list[list[int]]]]:
    """
    Return each geometry as polygons, each of rings, each a list of steps on the grid.

    Geometries are in longitude and latitude. The closing point of a ring is left out: the page
    closes it. A ring that shrinks to nothing on the grid is dropped; the shape keeps its others.

    Examples
    --------
    >>> encode_polygons([shapely.box(0, 0, 1, 1)], decimals=0)
    [[[[1, 0, 0, 1, -1, 0, 0, -1]]]]
    """
    shapes = np.asarray(geometries, dtype=object)
    parts, owner = shapely.get_parts(shapes, return_index=True)
    polygonal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, owner = parts[polygonal], owner[polygonal]
    rings, part_of = shapely.get_rings(parts, return_index=True)
    steps = _steps(rings, decimals, closed=True)
    encoded: list[list[list[list[int]]]] = [[] for _ in range(len(shapes))]
    first = np.searchsorted(part_of, np.arange(len(parts) + 1))
    for part, (start, end) in enumerate(pairwise(first.tolist())):
        if end > start and len(steps[start]) >= 6:
            kept = [ring for ring in steps[start:end] if len(ring) >= 6]
            encoded[owner[part]].append(kept)
    return encoded


def encode_lines(
    geometries: Sequence[Any] | np.ndarray, *, decimals: int = DECIMALS
) -> list[list[int]]:
    """
    Return every line of the geometries as a list of steps on the grid.

    Examples
    --------
    >>> encode_lines([shapely.LineString([(1, 1), (2, 3)])], decimals=1)
    [[10, 10, 10, 20]]
    """
    parts = shapely.get_parts(np.asarray(geometries, dtype=object))
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    return [line for line in _steps(lines, decimals, closed=False) if len(line) >= 4]


def _steps(lines: np.ndarray, decimals: int, *, closed: bool) -> list[list[int]]:
    points, line_of = shapely.get_coordinates(lines, return_index=True)
    grid = np.rint(points * 10**decimals).astype(np.int64)
    # Points that fall on the one before them add nothing.
    starts = np.ones(len(grid), dtype=bool)
    starts[1:] = line_of[1:] != line_of[:-1]
    moved = np.ones(len(grid), dtype=bool)
    moved[1:] = (grid[1:] != grid[:-1]).any(axis=1)
    keep = starts | moved
    grid, line_of, starts = grid[keep], line_of[keep], starts[keep]
    steps = grid.copy()
    steps[1:] -= grid[:-1]
    steps[starts] = grid[starts]
    bounds = np.searchsorted(line_of, np.arange(len(lines) + 1)).tolist()
    flat = steps.ravel().tolist()
    tail = 1 if closed else 0
    return [
        flat[2 * start : 2 * (end - (tail if end - start > 1 else 0))]
        for start, end in pairwise(bounds)
    ]
