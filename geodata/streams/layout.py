"""How the rows of a large grid become points: told from its beginning, and held to in each part."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
from numpy.typing import NDArray

from geodata.errors import FileFormatError
from geodata.points.grids import Grid, codes_of, figure_columns, people_of
from geodata.points.locating import (
    Cells,
    Located,
    as_cells,
    check_side,
    coordinates,
)
from geodata.points.sides import Spacing, Survey
from geodata.streams.sources import Part, Piece, head_of

__all__ = ["Columns", "Given", "Layout", "OffLatticeError", "columns_of", "layout_of"]

_Floats = NDArray[np.float64]

_MOST_PEOPLE = 1e11
_ROUNDING_M = 1e-6


class OffLatticeError(Exception):
    """A point off the lattice that the first of them are on."""


@dataclass(frozen=True)
class Given:
    """What a user says of a grid's columns; see `geodata.read_grid`."""

    x: str | None = None
    y: str | None = None
    people: str | None = None
    code: str | None = None
    crs: Any = None
    corner: bool | None = None
    cell_m: float | None = None


@dataclass(frozen=True)
class Columns:
    """
    Which columns are read, and what they are.

    Attributes
    ----------
    place
        Those that say where points are: two, or one of identifiers, or none beside geometry.
    people, code
        Those of people and of municipalities.
    geometry
        The column of geometry, where that says where points are.
    crs
        The coordinate reference system.
    cell_m
        Side of the cells, where identifiers or squares tell it.
    """

    place: tuple[str, ...]
    people: str
    code: str | None
    geometry: str | None
    crs: Any
    cell_m: float | None

    @property
    def read(self) -> tuple[str, ...]:
        """The columns to read."""
        return (*self.place, self.people, *((self.code,) if self.code else ()))

    @property
    def degrees(self) -> bool:
        """Whether coordinates are degrees."""
        return self.crs is not None and bool(self.crs.is_geographic)

    def points(self, part: Part) -> tuple[_Floats, _Floats]:
        """Return where the points of a part are, as they stand there."""
        if part.points is not None:
            return part.points
        if len(self.place) == 2:
            found = [_plain(part.table[name]) for name in self.place]
            if all(one is not None for one in found):
                return found[0], found[1]  # type: ignore[return-value]
        x, y = self.place if len(self.place) == 2 else (None, None)
        located = coordinates(part.table, x=x, y=y, crs=self._said(part), source=part.source)
        crs, side = located.crs, located.cell_m
        if crs != self.crs or (side is not None and side != self.cell_m):
            said = "nothing" if crs is None else crs.to_string()
            raise FileFormatError(
                f"{part.source}: cells of {side or 'no'} m in {said}, after such of "
                f"{self.cell_m or 'no'} m in {self.crs}: give one grid"
            )
        return located.x, located.y

    def _said(self, part: Part) -> Any:
        """Return the CRS where columns do not say it."""
        own = isinstance(part.table, gpd.GeoDataFrame) and part.table.crs is not None
        return None if own or len(self.place) == 1 else self.crs


@dataclass(frozen=True)
class Layout:
    """
    How rows become points.

    Attributes
    ----------
    columns
        Which columns are read.
    spacing
        The lattice of the points, where they have one.
    cells
        What cells they are of.
    surveyed
        Whether all points were looked at, and so are known to be on the lattice.
    """

    columns: Columns
    spacing: Spacing | None
    cells: Cells
    surveyed: bool

    def grid(self, part: Part) -> Grid:
        """
        Return the points of a part, as `geodata.read_grid` has them of the whole.

        Raises
        ------
        FileFormatError
            If a figure or coordinate is missing or cannot be.
        OffLatticeError
            If not all points were looked at, and one is off the lattice of the first.
        """
        columns, spacing, shift = self.columns, self.spacing, self.cells.shift_m
        x, y = columns.points(part)
        if spacing is not None and spacing.moved:
            x, y = spacing.placed(x, y)
        elif spacing is not None and not self.surveyed:
            _check_on(spacing, x, y)
        people = _counts(part.table[columns.people])
        if people is None:
            people = people_of(part.table, columns.people, part.source, whole=False)
        code = None if columns.code is None else codes_of(part.table, columns.code, part.source)
        if shift:
            x, y = x + shift, y + shift
        return Grid(x, y, people, code, self.cells.cell_m, columns.crs, part.table.index)


def _check_on(spacing: Spacing, x: _Floats, y: _Floats) -> None:
    for values, origin in ((x, spacing.x0), (y, spacing.y0)):
        off = (values - origin) / spacing.step
        off -= np.rint(off)
        if not np.abs(off, out=off).max() * spacing.step <= _ROUNDING_M:
            raise OffLatticeError


def _plain(column: "pd.Series[Any]") -> _Floats | None:
    """Return a column that is finite numbers already."""
    values = column.to_numpy()
    if values.dtype.kind not in "iuf":
        return None
    ends = values.min(), values.max()
    return values.astype(float, copy=False) if np.isfinite(ends).all() else None


def _counts(column: "pd.Series[Any]") -> NDArray[np.int64] | None:
    """Return a column that is whole numbers of people already."""
    values = column.to_numpy()
    if values.dtype.kind not in "iu" or values.min() < 0 or values.max() > _MOST_PEOPLE:
        return None
    return values.astype(np.int64, copy=False)


def columns_of(piece: Piece, given: Given) -> Columns:
    """
    Tell the columns from the first rows of a piece.

    Raises
    ------
    FileFormatError
        If a column is not there, or the first rows say no place.
    """
    check_side(given.cell_m)
    head, geometry = head_of(piece)
    source = piece.source
    if not len(head):
        raise FileFormatError(f"{source}: no rows; one row a point with people was expected")
    found = coordinates(head, x=given.x, y=given.y, crs=given.crs, source=source)
    people, code = figure_columns(head, given.people, given.code, source)
    by_geometry = not found.used
    crs = None if found.crs is None else pyproj.CRS.from_user_input(found.crs)
    return Columns(found.used, people, code, geometry if by_geometry else None, crs, found.cell_m)


def layout_of(
    columns: Columns, given: Given, seen: Survey | None, source: str, *, whole: bool
) -> Layout | None:
    """
    Tell how rows become points from a survey of all of them, or of some of them for a start.

    Parameters
    ----------
    columns
        What is read.
    given
        What the user says.
    seen
        The survey; None where points have no lattice.
    source
        What messages call the grid.
    whole
        Whether the survey is of all points.

    Returns
    -------
    Layout or None
        None where the first points do not tell, and all have to be looked at.
    """
    found = Located(np.empty(0), np.empty(0), columns.crs, columns.cell_m, columns.place)
    if found.by_id:
        known = Cells(columns.cell_m, 0.0, assumed=False, notes=())
        return Layout(columns, None, known, surveyed=True)
    seen = None if columns.degrees else seen
    spacing = None if seen is None else seen.spacing()
    if not whole and not columns.degrees:
        corners = tuple(map(str.casefold, columns.place)) == ("xkoord", "ykoord")
        if spacing is None:
            told = seen is None or (seen.points > 1 and not (given.corner or corners))
        else:
            told = spacing.certain and not spacing.moved
        # A lattice with noise, of few points, or whose corners must be even, is told of all points.
        if not told:
            return None

    def even(side: float) -> bool:
        return seen is not None and seen.even(side)

    cells = as_cells(found, spacing, even, corner=given.corner, cell_m=given.cell_m, source=source)
    return Layout(columns, spacing, cells, whole)
