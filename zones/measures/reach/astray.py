"""Whether a population grid lies where the countries are, and which CRS fits where it does not."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyproj
from numpy.typing import NDArray

from geodata.countries import country
from geodata.points.assignment import UnitPolygons
from geodata.points.grids import Grid
from geodata.streams.stream import GridStream
from geodata.systems import fitting, usual_systems
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.extents.polygons import plane_name
from zones.measures.reach.surroundings import surroundings

__all__ = ["check_place"]

_SAMPLE = 400
# Not the CRS of another file: the command line has an option for each.
_OURS = "the grid's crs"


def check_place(area: Area, grid: Grid, stream: GridStream | None = None) -> None:
    """
    Raise `MeasureError` where no cell lies in any municipality of the countries looked at.

    Asked where nobody was found: cells of another place are an answer, those of a wrong CRS none.

    Parameters
    ----------
    area
        An extent in a year.
    grid
        The cells in their own CRS.
    stream
        The file in their place, where it is read piece by piece.
    """
    look = _Look(UnitPolygons.of(surroundings(area).geometry))
    seen = look(grid) if stream is None else stream.fold(look)
    if seen.inside or not seen.cells:
        return
    places = " or ".join(country(code).names["en"] for code in area.beside)
    fits = _fitting(look.units, seen)
    advice = (
        "they fit no CRS that is usual there: find out which it is and give the grid's crs="
        if fits is None
        else f"{fitting(fits, give=_OURS)}; where identifiers of cells name another "
        "system, correct them"
    )
    what = "cell or point" if seen.cells == 1 else "cells or points"
    west, south, east, north = (f"{end:.6g}" for end in seen.ends)
    raise MeasureError(
        f"the grid does not lie where the municipalities are: none of its {seen.cells:,} {what} is "
        f"in {places} (taken to be in {plane_name(seen.crs)}; coordinates x {west} to "
        f"{east}, y {south} to {north}); {advice}"
    )


@dataclass(frozen=True, eq=False)
class _Seen:
    """How many cells there are, how many in a municipality, and where some of them are."""

    cells: int
    inside: int
    xy: NDArray[np.float64]
    crs: pyproj.CRS

    def __add__(self, other: "_Seen") -> "_Seen":
        xy = np.concatenate((self.xy, other.xy))[:_SAMPLE]
        return _Seen(self.cells + other.cells, self.inside + other.inside, xy, self.crs)

    @property
    def ends(self) -> tuple[float, ...]:
        return (*self.xy.min(axis=0), *self.xy.max(axis=0))


@dataclass(frozen=True, eq=False)
class _Look:
    units: UnitPolygons

    def __call__(self, grid: Grid) -> _Seen:
        step = max(1, len(grid) // _SAMPLE)
        xy = np.column_stack((grid.x, grid.y))
        inside = _inside(self.units, xy, grid.crs)
        crs = self.units.crs if grid.crs is None else pyproj.CRS.from_user_input(grid.crs)
        return _Seen(len(grid), inside, xy[::step][:_SAMPLE], crs)


def _inside(units: UnitPolygons, xy: NDArray[np.float64], crs: object) -> int:
    """Count the places in a unit by their coordinates, whatever codes they have."""
    index = pd.RangeIndex(len(xy))
    people = np.zeros(len(xy), dtype=np.int64)
    bare = Grid(xy[:, 0], xy[:, 1], people, None, None, crs, index)
    return int((units.assign(bare).position >= 0).sum())


def _fitting(units: UnitPolygons, seen: _Seen) -> int | None:
    """Return the usual system in which most of the cells are in municipalities, if there is one."""
    inside = {epsg: _inside(units, seen.xy, epsg) for epsg in usual_systems()}
    best = max(inside, key=lambda epsg: inside[epsg])
    return best if 2 * inside[best] > len(seen.xy) else None
