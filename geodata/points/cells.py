"""The identifiers of grid cells: where a cell is, and how large, from its code alone."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.countries.record import PLANE
from geodata.errors import FileFormatError
from geodata.messages import named_rows

__all__ = ["CellIds", "cell_ids", "is_cell_id"]

_LAEA = 3035
_LONG = re.compile(r"(?:CRS(\d{4,5}))?RES(\d+)(k?m)N(\d+)E(\d+)", re.IGNORECASE)
_SHORT = re.compile(r"(\d+)(k?m)N(\d+)E(\d+)", re.IGNORECASE)
# Northings of the plane of Finland begin above those of Europe's equal-area grid in Finland.
_NORTH_OF_LAEA_M = 5_600_000


@dataclass(frozen=True, eq=False)
class CellIds:
    """
    Cells by their identifiers.

    Attributes
    ----------
    x, y
        Centres, in `crs`.
    cell_m
        Side of the cells.
    crs
        EPSG code of the grid.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    cell_m: float
    crs: int


def is_cell_id(value: object) -> bool:
    """
    Whether a value is the identifier of a cell.

    Examples
    --------
    >>> [is_cell_id(one) for one in ("1kmN6672E0385", "CRS3035RES1000mN4000000E5000000", "091")]
    [True, True, False]
    """
    text = str(value).strip()
    return bool(_LONG.fullmatch(text) or _SHORT.fullmatch(text))


def cell_ids(column: pd.Series, what: str) -> CellIds:
    """
    Return where cells are, from their identifiers: INSPIRE's, and Eurostat's ``GRD_ID``.

    ``CRS3035RES1000mN4000000E5000000`` says coordinate system, side and lower left corner in metres
    [1]_. The short form, ``1kmN6672E0385`` or ``250mN667200E38525``, leaves out the zeros that
    the side ends with, and the system: it is EPSG:3067 where the northing is one of Finland's
    plane, and else EPSG:3035.

    Parameters
    ----------
    column
        Identifiers, one a row.
    what
        What the column is called in messages.

    Raises
    ------
    FileFormatError
        If some are no identifiers, or cells of several sides or systems come together.

    References
    ----------
    .. [1] INSPIRE Data Specification on Geographical Grid Systems, version 3.1.

    Examples
    --------
    >>> found = cell_ids(pd.Series(["250mN667200E38525"]), "id")
    >>> found.x.tolist(), found.y.tolist(), found.cell_m, found.crs
    ([385375.0], [6672125.0], 250.0, 3067)
    """
    texts = column.astype(str).str.strip()
    parts = texts.str.extract(f"^(?:{_LONG.pattern}|{_SHORT.pattern})$", flags=re.IGNORECASE)
    long = parts[[0, 1, 2, 3, 4]]
    short = parts[[5, 6, 7, 8]]
    is_long, is_short = long[3].notna(), short[7].notna()
    bad = ~(is_long | is_short)
    if bad.any():
        first = column[bad].iloc[0]
        raise FileFormatError(
            f"{what} holds no identifier of a cell, such as 1kmN6672E0385, in "
            f"{named_rows(column.index[bad])} ({first!r})"
        )
    size = _first(long[1], short[5]).astype(np.int64)
    unit = _first(long[2], short[6]).str.lower()
    side = np.where(unit == "km", size * 1000, size)
    # The short form leaves out as many zeros as the side ends with.
    zeros = np.where(is_long, 1, _trailing_power(side))
    y = _first(long[3], short[7]).astype(np.int64).to_numpy() * zeros
    x = _first(long[4], short[8]).astype(np.int64).to_numpy() * zeros
    named = long[0].astype(float).to_numpy()
    assumed = np.where(y > _NORTH_OF_LAEA_M, PLANE, _LAEA)
    crs = np.where(np.isnan(named), np.where(is_long, _LAEA, assumed), named)
    for values, kind in ((side, "sides"), (crs, "coordinate systems")):
        if len(found := np.unique(values)) > 1:
            listed = ", ".join(f"{one:g}" for one in found)
            raise FileFormatError(f"{what} has cells of several {kind} ({listed}): give one grid")
    cell = float(side[0])
    centre_x, centre_y = (np.asarray(v, dtype=np.float64) + cell / 2 for v in (x, y))
    return CellIds(centre_x, centre_y, cell, int(crs[0]))


def _first(one: pd.Series, other: pd.Series) -> pd.Series:
    return one.where(one.notna(), other)


def _trailing_power(side: NDArray[np.int64]) -> NDArray[np.int64]:
    power = np.ones_like(side)
    for _ in range(6):
        power = np.where(side % (power * 10) == 0, power * 10, power)
    return power
