"""People by unit, and within distances, of grids that no memory holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.arguments import check_metres
from geodata.errors import ArgumentError
from geodata.points.assignment import HOW, UnitPolygons
from geodata.points.bands import within_distance_bands
from geodata.points.grids import Grid, figure_columns, people_of
from geodata.points.locating import coordinates
from geodata.points.sums import ExactSums
from geodata.streams.engines import Engine
from geodata.streams.layout import Given
from geodata.streams.stream import GridStream, Progress

__all__ = ["UnitCounter", "UnitPeople", "people_by_unit", "people_within", "unit_counter"]


@dataclass(frozen=True, eq=False)
class UnitCount:
    """People by unit of some of the points; it adds up."""

    people: ExactSums
    how: ExactSums
    points: NDArray[np.int64]
    several: int
    notes: tuple[str, ...]

    def __add__(self, other: "UnitCount") -> "UnitCount":
        """Return the people of both."""
        return UnitCount(
            self.people + other.people,
            self.how + other.how,
            self.points + other.points,
            self.several + other.several,
            tuple(sorted({*self.notes, *other.notes})),
        )


@dataclass(frozen=True, eq=False)
class UnitCounter:
    """
    Counts people by unit of any table of points, as often as it is called.

    It can be pickled, and so sent to where the points are.

    Attributes
    ----------
    units
        The polygons, made ready.
    nearest_m
        How many metres outside of a unit a point still counts in it.
    given
        What the columns of tables are.
    """

    units: UnitPolygons
    nearest_m: float = 0.0
    given: Given = field(default_factory=Given)

    def __call__(self, grid: Grid) -> UnitCount:
        """Count the people of some points."""
        found = self.units.assign(grid, self.nearest_m)
        inside = found.position >= 0
        everywhere = bool(inside.all())
        people = grid.people if everywhere else grid.people[inside]
        position = found.position if everywhere else found.position[inside]
        several = f"{found.several} points"
        return UnitCount(
            ExactSums.of(people, position, len(self.units.ids)),
            ExactSums.of(grid.people, found.how_number, len(HOW)),
            np.bincount(found.how_number, minlength=len(HOW)),
            found.several,
            tuple(note for note in found.notes if not note.startswith(several)),
        )

    def of_table(self, table: pd.DataFrame) -> pd.DataFrame:
        """
        Return the people of the units that points of a table lie in: ``unit``, ``people``.

        Points are taken where they stand: coordinates of cells are their centres. Sums of whole
        numbers over any number of tables are exact.

        Parameters
        ----------
        table
            A row a point, with the columns that `unit_counter` was told.
        """
        if not len(table):
            return pd.DataFrame({"unit": self.units.ids[:0], "people": np.empty(0, dtype=np.int64)})
        source, given = "table", self.given
        place = coordinates(table, x=given.x, y=given.y, crs=given.crs, source=source)
        name, _ = figure_columns(table, given.people, None, source)
        people = people_of(table, name, source, whole=False)
        grid = Grid(place.x, place.y, people, None, None, place.crs, table.index)
        counted = self(grid)
        sums = counted.people.totals()
        there = np.flatnonzero(sums)
        return pd.DataFrame({"unit": self.units.ids[there], "people": sums[there]})


@dataclass(frozen=True, eq=False, repr=False)
class UnitPeople:
    """
    People by unit, of a grid that was read piece by piece.

    Attributes
    ----------
    by_unit
        People of each unit, 0 where none.
    how
        By how points came to a unit (``code``, ``inside``, ``nearest``) or to none (``outside``,
        ``other unit``): how many ``points`` and ``people``.
    cell_m
        Side of the cells; None if the points are on no regular grid.
    notes
        What was understood, and done beyond the rule.
    """

    by_unit: "pd.Series[Any]"
    how: pd.DataFrame
    cell_m: float | None
    notes: tuple[str, ...]

    @property
    def total(self) -> int | float:
        """All people, in units or not."""
        people: Any = self.how["people"].sum()
        total: int | float = people.item()
        return total

    def __repr__(self) -> str:
        """Say how many points and people came to a unit, and how."""
        there = self.how[self.how["points"] > 0]
        parts = [
            f"{row.Index} {row.points:,} ({row.people:,} people)" for row in there.itertuples()
        ]
        return f"<UnitPeople of {self.how['points'].sum():,} points: {', '.join(parts)}>"


def people_by_unit(
    source: str | Path,
    units: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    nearest_m: float = 0.0,
    x: str | None = None,
    y: str | None = None,
    people: str | None = None,
    code: str | None = None,
    crs: Any = None,
    corner: bool | None = None,
    cell_m: float | None = None,
    engine: Engine = None,
    progress: Progress | None = None,
) -> UnitPeople:
    r"""
    Count the people of each unit of a grid that is read piece by piece.

    The answer is that of `assign_points` on the whole grid, to the last digit: sums are exact, and
    so depend on neither how the file is cut nor who counts which piece. Memory is bounded by a
    piece (a million rows), however large the grid; it is fastest where rows that are near in the
    file are near on the ground.

    What `read_grid` refuses is refused here: a figure missing, negative or beyond reason, a mark
    that stands for missing figures, coordinates that cannot be, a cell that comes twice (within
    192 MiB of memory for places of the lattice; beyond it within a piece alone, and logged). Of
    points that are no cells, rows that a column such as a year sets apart are not found. In text,
    each 250,000 rows tell their decimal mark by themselves, and notes below the table are rows.

    Parameters
    ----------
    source
        A Parquet file with coordinates in columns, identifiers of cells or GeoParquet points or
        squares; a CSV file in UTF-8; or a folder of one kind of these.
    units
        Polygons indexed by unit.
    nearest_m
        How many metres outside of a unit a point may be and still be counted in it.
    x, y, people, code, crs, corner, cell_m
        What the columns are, as for `read_grid`.
    engine
        Where pieces are counted: here by default; by the workers of a Dask cluster with a
        ``dask.distributed.Client`` or the address of a scheduler, such as
        ``tcp://127.0.0.1:8786``. Workers read the files themselves, from the same paths.
    progress
        Called after each piece with how many are done and how many there are; it is logged too.

    Raises
    ------
    FileFormatError
        If the table cannot be used; the message names file and row group.
    ArgumentError, CoverageError
        If an argument does not fit, or units have no polygons.
    PieceError
        If counting a piece fails for another reason, or workers died again and again.
    MissingPackageError
        If Parquet or an engine is asked for and its package is not installed.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "cells.csv"
    >>> _ = path.write_text("x,y,people\n505,505,12\n515,505,30\n599,505,1\n")
    >>> boxes = {"a": shapely.box(500, 500, 510, 510), "b": shapely.box(510, 500, 520, 510)}
    >>> units = gpd.GeoSeries(boxes, crs=3067)
    >>> found = people_by_unit(path, units)
    >>> found.by_unit.to_dict(), found.total
    ({'a': 12, 'b': 30}, 43)
    """
    check_metres(nearest_m=nearest_m)
    ready = UnitPolygons.of(units)
    given = Given(x, y, people, code, crs, corner, cell_m)
    stream = GridStream(source, given, engine=engine, progress=progress)
    found = stream.fold(UnitCounter(ready, nearest_m))
    notes = [*stream.layout.cells.notes, *found.notes]
    if found.several:
        notes.append(
            f"{found.several} points on borders or overlaps belong to the unit that sorts first"
        )
    by_unit = pd.Series(found.people.totals(), index=ready.ids, name="population")
    how = pd.DataFrame({"points": found.points, "people": found.how.totals()}, index=list(HOW))
    if not found.how.whole:
        by_unit = by_unit.astype(float)
    return UnitPeople(by_unit, how, stream.layout.cells.cell_m, tuple(notes))


def unit_counter(
    units: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    nearest_m: float = 0.0,
    x: str | None = None,
    y: str | None = None,
    people: str | None = None,
    crs: Any = None,
) -> UnitCounter:
    """
    Return what counts people by unit of any part of a table, for engines of one's own.

    Parameters
    ----------
    units, nearest_m
        As for `people_by_unit`.
    x, y, people
        Names of columns; by default the usual ones.
    crs
        Of coordinates in columns.

    Raises
    ------
    ArgumentError, CoverageError
        If an argument does not fit, or units have no polygons.

    Examples
    --------
    >>> units = gpd.GeoSeries({"a": shapely.box(0, 0, 10, 10), "b": shapely.box(10, 0, 20, 10)})
    >>> counter = unit_counter(units.set_crs(3067), crs=3067)
    >>> counter.of_table(pd.DataFrame({"x": [505.0, 5.0], "y": [505.0, 5.0], "people": [4, 12]}))
      unit  people
    0    a      12
    """
    check_metres(nearest_m=nearest_m)
    return UnitCounter(UnitPolygons.of(units), nearest_m, Given(x, y, people, None, crs))


@dataclass(frozen=True, eq=False)
class _BandCounter:
    """People by the smallest distance that they live within."""

    geometry: shapely.Geometry
    limits: NDArray[np.float64]
    crs: Any

    def __call__(self, grid: Grid) -> ExactSums:
        placed = grid if self.crs is None or grid.crs is None else grid.to_crs(self.crs)
        bands = within_distance_bands(placed.x, placed.y, self.geometry, self.limits)
        return ExactSums.of(grid.people, np.searchsorted(self.limits, bands), len(self.limits) + 1)


def people_within(
    source: str | Path,
    geometry: Any,
    distances_m: Iterable[float],
    *,
    x: str | None = None,
    y: str | None = None,
    people: str | None = None,
    crs: Any = None,
    corner: bool | None = None,
    cell_m: float | None = None,
    engine: Engine = None,
    progress: Progress | None = None,
) -> "pd.Series[Any]":
    r"""
    Count the people within distances of a geometry, of a grid that is read piece by piece.

    A cell counts by its centre, as in `within_distance_bands`; each distance holds those before it.

    Parameters
    ----------
    source
        As for `people_by_unit`.
    geometry
        A GeoSeries or GeoDataFrame, all of which is one geometry, in its CRS; or a shapely geometry
        in the CRS of the grid.
    distances_m
        Metres, 0 or more.
    x, y, people, crs, corner, cell_m
        What the columns are, as for `read_grid`.
    engine, progress
        As for `people_by_unit`.

    Returns
    -------
    pandas.Series
        People by distance, in ascending order.

    Raises
    ------
    FileFormatError
        If the table cannot be used; the message names file and row group.
    ArgumentError, CoverageError
        If an argument does not fit.
    PieceError, MissingPackageError
        As for `people_by_unit`.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "cells.csv"
    >>> _ = path.write_text("x,y,people\n505,505,12\n515,505,30\n599,505,1\n")
    >>> people_within(path, shapely.box(500, 500, 510, 510), [0, 10]).to_dict()
    {0.0: 12, 10.0: 42}
    """
    target = None
    if isinstance(geometry, gpd.GeoDataFrame | gpd.GeoSeries):
        target, geometry = geometry.crs, geometry.geometry.union_all()
    limits = np.unique(np.fromiter(distances_m, dtype=float))
    # Whatever is wrong with the geometry or the distances is said before anything is read.
    within_distance_bands(np.empty(0), np.empty(0), geometry, limits)
    if geometry is None:
        raise ArgumentError("geometry is None: give what distances are measured from")
    given = Given(x, y, people, None, crs, corner, cell_m)
    stream = GridStream(source, given, engine=engine, progress=progress)
    sums = stream.fold(_BandCounter(geometry, limits, target)).running().totals()
    return pd.Series(sums[:-1], index=pd.Index(limits, name="distance_m"), name="population")
