"""The paper that a map is drawn on, and where map and columns stand on it, in millimetres."""

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.errors import ArgumentError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "EDGE",
    "MM",
    "SIZES",
    "Box",
    "Layout",
    "Paper",
    "enlarge",
    "layout_of",
    "paper_of",
]

SIZES: dict[str, tuple[float, float]] = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
"""Width and height of the papers known by name, upright, in millimetres."""
MM = 25.4
"""Millimetres of an inch."""
EDGE = 12.0
"""Margin of the sheet."""
_FOOT = 21.0
_GAP = 5.0
_SIDE = 48.0
"""Width of a column beside the map."""
_WIDEST = 70.0
_LEAST_TYPE = 0.7
_SHORTEST, _LONGEST, _SLIMMEST = 70.0, 2_000.0, 3.0
_DPI = {"png": 200.0}
_SCREEN_DPI = 96.0
"""Pixels of an inch that browsers reckon with."""
_DPI_LIMITS = (30.0, 1_200.0)
_PIXELS = 20_000
_OWN = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|px)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A sheet in millimetres, and how many pixels an inch of a picture of it has."""

    width: float
    height: float
    dpi: float

    @property
    def enlarged(self) -> float:
        """
        By how much everything on it is larger than on A4; letters stay legible on small ones.

        Examples
        --------
        >>> round(paper_of("A3").enlarged, 2), paper_of("100x100mm").enlarged
        (1.41, 0.7)
        """
        a4 = SIZES["A4"]
        return max(_LEAST_TYPE, math.sqrt(self.width * self.height / (a4[0] * a4[1])))


def paper_of(
    size: str = "A4", *, landscape: bool = False, dpi: float | None = None, form: str = "png"
) -> Paper:
    """
    Return the sheet of a size.

    Parameters
    ----------
    size
        ``A4``, ``A3``, or width and height such as ``180x120mm`` or ``1600x900px``.
    landscape
        Whether A4 or A3 lies on its side.
    dpi
        Pixels an inch: of a PNG 200 where not given, and 96 where a drawing is measured in pixels.
    form
        ``png``, ``svg`` or ``pdf``.

    Raises
    ------
    ArgumentError
        If the size is none, too small for a map with its legend, or too large to be drawn.

    Examples
    --------
    >>> paper_of("A4", landscape=True)
    Paper(width=297.0, height=210.0, dpi=200.0)
    >>> round(paper_of("960x480px", form="svg").width, 3)
    254.0
    """
    low, high = _DPI_LIMITS
    if dpi is not None and not low <= dpi <= high:
        raise ArgumentError(f"dpi={dpi:g} cannot be drawn: give one from {low:g} to {high:,.0f}")
    dots = dpi or _DPI.get(form, _SCREEN_DPI)
    named = SIZES.get(size.strip().upper())
    own = _OWN.fullmatch(size.strip())
    if named is not None:
        width, height = reversed(named) if landscape else named
    elif own is None:
        raise ArgumentError(
            f"size={size!r} is not known: give {', '.join(SIZES)}, or width and height such as "
            "180x120mm or 1600x900px"
        )
    elif landscape:
        raise ArgumentError(
            f"landscape=True turns {' and '.join(SIZES)}: with size={size!r} leave it out, and give"
            " the width first"
        )
    else:
        # A hair more than so many pixels, so that none is lost when they are counted.
        unit = (MM / dots) * (1 + 1e-9) if own[3].lower() == "px" else 1.0
        width, height = float(own[1]) * unit, float(own[2]) * unit
    _check(width, height, dots, size, form)
    return Paper(width=width, height=height, dpi=dots)


def _check(width: float, height: float, dpi: float, size: str, form: str) -> None:
    what = f"size={size!r}"
    if "px" in size.lower():
        what += f" at {dpi:g} dpi"
    short, long = sorted((width, height))
    measured = f"{what} is {width:.0f} × {height:.0f} mm"
    if short < _SHORTEST:
        fewer = " or fewer dpi" if "px" in size.lower() else ""
        raise ArgumentError(
            f"{measured}, too small for a map with its legend: give at least {_SHORTEST:.0f} mm "
            f"each way{fewer}"
        )
    if long > _LONGEST or long > _SLIMMEST * short:
        raise ArgumentError(
            f"{measured}: give at most {_LONGEST:,.0f} mm, and at most {_SLIMMEST:.0f} times as "
            "much one way as the other"
        )
    pixels = long / MM * dpi
    if form == "png" and pixels > _PIXELS:
        raise ArgumentError(
            f"{what} has {pixels:,.0f} pixels one way, and {_PIXELS:,} can be drawn: give fewer "
            "dpi, or write an SVG or a PDF"
        )


@dataclass(frozen=True)
class Box:
    """A place on the sheet, from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Its upper side."""
        return self.bottom + self.height

    @property
    def ratio(self) -> float:
        """Width over height."""
        return self.width / self.height


@dataclass(frozen=True)
class Layout:
    """Where the map stands, and the columns beside it."""

    map: Box
    columns: tuple[Box, ...]


def layout_of(width: float, height: float, top: float, ratio: float) -> Layout:
    """
    Divide what is left below the title: the map on the left, a column or two on the right.

    On a sheet on its side the map is as wide as what it shows, and two columns share the rest
    where there is room for them.

    Parameters
    ----------
    width, height
        Of the sheet, in millimetres.
    top
        Where the map begins.
    ratio
        Width over height of what the map shows.

    Examples
    --------
    >>> layout_of(210, 297, 261, 0.4).map
    Box(left=12.0, bottom=21.0, width=133.0, height=240.0)
    >>> [len(layout_of(297, 210, 180, ratio).columns) for ratio in (0.4, 1.8)]
    [2, 1]
    """
    tall = top - _FOOT
    room = width - 2 * EDGE - _GAP
    columns, side = 1, _SIDE
    if width > height:
        wanted = tall * min(max(ratio, 0.85), 1.6)
        columns = 2 if room - wanted >= 2 * _SIDE + _GAP else 1
        rest = (room - wanted - (columns - 1) * _GAP) / columns
        side = min(max(rest, _SIDE), _WIDEST if columns == 1 else _SIDE * 1.2)
    wide = room - columns * side - (columns - 1) * _GAP
    frame = Box(EDGE, _FOOT, wide, tall)
    first = EDGE + wide + _GAP
    beside = [Box(first + n * (side + _GAP), _FOOT, side, tall) for n in range(columns)]
    return Layout(frame, tuple(beside))


def enlarge(figure: "Figure", times: float) -> None:
    """Make a drawn sheet so many times as large, with its letters, lines and dots."""
    from matplotlib.collections import PathCollection  # noqa: PLC0415 - slow to load
    from matplotlib.lines import Line2D  # noqa: PLC0415 - slow to load
    from matplotlib.patches import Patch  # noqa: PLC0415 - slow to load
    from matplotlib.text import Text  # noqa: PLC0415 - slow to load
    from matplotlib_scalebar.scalebar import ScaleBar  # noqa: PLC0415 - slow to load

    if times == 1:
        return
    sized = {
        Text: ("fontsize",),
        Line2D: ("linewidth", "markersize", "markeredgewidth"),
        Patch: ("linewidth",),
        PathCollection: ("linewidth",),
    }
    figure.set_size_inches(*(figure.get_size_inches() * times))
    for found in figure.findobj():
        artist: Any = found
        for kind, names in sized.items():
            if isinstance(artist, kind):
                for name in names:
                    getattr(artist, f"set_{name}")(getattr(artist, f"get_{name}")() * times)
        if isinstance(artist, PathCollection):
            artist.set_sizes(artist.get_sizes() * times**2)
        if isinstance(artist, ScaleBar):
            artist.font_properties.set_size(artist.font_properties.get_size() * times)
