"""Geometry and text in the form that a drawing on paper takes."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from matplotlib.path import Path

__all__ = [
    "line_path",
    "lines_path",
    "measured_in",
    "one_line",
    "polygon_path",
    "stripes",
    "waves",
    "wrapped",
]

_CLOSE = 79
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_CHARACTERS = 200
"""A line on paper holds fewer."""
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def polygon_path(geometry: Any) -> "Path":
    """Return polygons, with their holes, as one path."""
    rings = []
    for part in _parts(geometry):
        if part.geom_type == "Polygon" and not part.is_empty:
            turned = shapely.orient_polygons(part)
            rings += [turned.exterior, *turned.interiors]
    return _path([shapely.get_coordinates(ring) for ring in rings], closed=True)


def lines_path(geometry: Any) -> "Path":
    """Return lines as one path."""
    parts = [part for part in _parts(geometry) if part.geom_type.startswith("Line")]
    return _path([shapely.get_coordinates(part) for part in parts], closed=False)


def line_path(points: Any) -> "Path":
    """Return one line through points."""
    return _path([np.asarray(points, dtype=float)], closed=False)


def _parts(geometry: Any) -> Any:
    """Return the single parts, also of what is nested."""
    parts = shapely.get_parts(np.atleast_1d(geometry))
    while (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    return parts


def _path(runs: Iterable[Any], *, closed: bool) -> "Path":
    from matplotlib.path import Path  # noqa: PLC0415 - only who draws needs it

    vertices, codes = [], []
    for run in runs:
        if len(run) < 2:
            continue
        steps = np.full(len(run), Path.LINETO, dtype=Path.code_type)
        steps[0] = Path.MOVETO
        if closed:
            steps[-1] = _CLOSE
        vertices.append(run)
        codes.append(steps)
    if not vertices:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))


def stripes(shape: Any, count: int, step: float) -> list[Any]:
    """
    Cut a shape into slanting stripes and deal them out in turn.

    Parameters
    ----------
    shape
        A polygon, in metres.
    count
        To how many they are dealt.
    step
        Width of a stripe in metres.

    Returns
    -------
    list
        A geometry for each; together they are the shape.

    Examples
    --------
    >>> halves = stripes(shapely.box(0, 0, 10, 10), 2, 1.0)
    >>> round(sum(half.area for half in halves), 6)
    100.0
    """
    left, bottom, right, top = shapely.bounds(shape)
    height = top - bottom
    slant = step * 2**0.5
    first = np.floor((left - top) / slant)
    last = np.ceil((right - bottom) / slant)
    dealt: list[list[Any]] = [[] for _ in range(count)]
    for number in np.arange(first, last + 1):
        start = number * slant + bottom
        band = shapely.Polygon(
            [
                (start, bottom),
                (start + slant, bottom),
                (start + slant + height, top),
                (start + height, top),
            ]
        )
        part = shapely.intersection(shape, band)
        if not part.is_empty:
            dealt[int(number) % count].append(part)
    return [shapely.union_all(parts) for parts in dealt]


def waves(bounds: tuple[float, float, float, float], step: float) -> Any:
    """
    Return wavy lines from side to side of a box, so far apart, as engravers mark water.

    Examples
    --------
    >>> drawn = waves((0, 0, 30, 10), 5.0)
    >>> len(drawn.geoms), round(drawn.bounds[0], 6), round(drawn.bounds[2], 6)
    (2, 0.0, 30.0)
    """
    left, bottom, right, top = bounds
    along = np.linspace(left, right, max(2, int(np.ceil(4 * (right - left) / step)) + 1))
    # From the origin of the plane and not of the box: a wave stays where it is in every frame.
    swing = step / 5 * np.sin(along * (np.pi / step))
    lines = (np.arange(np.ceil(bottom / step), np.ceil(top / step)) + 0.5) * step
    return shapely.multilinestrings([np.column_stack([along, swing + line]) for line in lines])


def one_line(text: str, most: int = 60) -> str:
    r"""
    Return text that fits one line: no marks of control or direction, no runs of space, cut.

    Examples
    --------
    >>> one_line("a\n  b\x00", 10), one_line("abcdefghij", 5)
    ('a b', 'abcd…')
    """
    cleaned = "".join(
        " " if unicodedata.category(letter) in _UNSEEN else letter for letter in text[: 20 * most]
    )
    line = " ".join(cleaned.split(" ")).strip()
    while "  " in line:
        line = line.replace("  ", " ")
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}{_ELLIPSIS}"


def _fitting(text: str, width: float, measure: Callable[[str], float]) -> int:
    """Return how many characters of a text fit."""
    numbers = range(len(text) + 1)
    return max(0, bisect_right(numbers, width, key=lambda number: measure(text[:number])) - 1)


def wrapped(text: str, width: float, most: int, measure: Callable[[str], float] = len) -> list[str]:
    """
    Break text into lines, at spaces where there are some, the last one cut if it does not fit.

    Parameters
    ----------
    text
        What is written.
    width
        What a line holds, as `measure` measures.
    most
        At most so many lines.
    measure
        How wide a text is; its characters are counted where not given.

    Examples
    --------
    >>> wrapped("one two three four", 9, 2)
    ['one two', 'three…']
    """
    lines: list[str] = []
    for word in one_line(text, _CHARACTERS * most).split(" "):
        rest = word
        if lines and measure(f"{lines[-1]} {rest}") <= width:
            lines[-1] += f" {rest}"
            continue
        while measure(rest) > width:
            fits = max(1, _fitting(rest, width, measure))
            lines.append(rest[:fits])
            rest = rest[fits:]
        if rest:
            lines.append(rest)
        if len(lines) > most:
            last = lines[most - 1]
            fits = _fitting(last, width, lambda text: measure(f"{text}{_ELLIPSIS}"))
            return [*lines[: most - 1], f"{last[:fits].rstrip()}{_ELLIPSIS}"]
    return lines


def measured_in(size: float, *, bold: bool = False) -> Callable[[str], float]:
    """Return what measures a text of that size in points: its width in millimetres."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - slow to load
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - slow to load

    letters = FontProperties(size=size, weight="bold" if bold else "normal")

    def measured(text: str) -> float:
        width, _, _ = text_to_path.get_text_width_height_descent(text, letters, ismath=False)
        return float(width) * 25.4 / 72

    return measured
