"""Columns of a user's table as data of the page: figures in the order of the units, gaps apart."""

import math
from typing import Any

from zones.maps.indicators import MapColumn
from zones.texts import LANGUAGES

__all__ = ["column_data"]

_SIGNIFICANT = 9


def column_data(column: MapColumn) -> dict[str, Any]:
    """
    Return a column for the page.

    Figures stand in the order of the units drawn, None where there is none; ``gaps`` then say of
    each of those units, by number, why, and its bounds. Names and units are the user's text.
    """
    one = column.indicator
    cells = column.cells
    gaps = [
        [number, gap, _plain(low), _plain(high)]
        for number, (gap, low, high) in enumerate(
            zip(cells["gap"], cells["low"], cells["high"], strict=True)
        )
        if gap is not None
    ]
    return {
        "id": one.id,
        "names": {lang: one.title(lang) for lang in LANGUAGES},
        "headings": {lang: column.heading(lang) for lang in LANGUAGES},
        "units": {lang: column.unit(lang) for lang in LANGUAGES},
        "percent": one.unit == "percent",
        "counted": one.kind == "count",
        "year": column.year,
        "digits": column.digits,
        "middle": one.middle,
        "circles": column.circles,
        "limits": [_plain(limit) for limit in column.limits],
        "limit_digits": column.limit_digits,
        "ramp": column.ramp,
        "shades": list(column.shades),
        "source": column.source,
        "values": [_plain(value) for value in cells["value"]],
        "gaps": gaps,
    }


def _plain(value: float) -> float | None:
    """Return a number in as few digits as tell all that anyone reads."""
    if math.isnan(value):
        return None
    short = float(f"{value:.{_SIGNIFICANT}g}")
    return int(short) if short.is_integer() else short
