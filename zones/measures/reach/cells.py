"""People of a grid within distances, cell by cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

import geodata
from geodata.countries.record import PLANE
from geodata.points.grids import Grid, as_grid
from geodata.points.locating import CENTRES_TAKEN
from geodata.points.sums import ExactSums
from geodata.streams.layout import Given
from geodata.streams.sources import is_large
from geodata.streams.stream import GridStream
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.measures.figure import figure
from zones.measures.reach.astray import check_place
from zones.measures.reach.distances import (
    Target,
    key_of,
    point_bands,
    share_within,
)
from zones.model.figures import Measure
from zones.texts import Text

__all__ = [
    "GivenGrid",
    "Rule",
    "cell_people",
    "cell_shares",
    "given_grid",
    "within_of_cells",
]

_NO_CELLS = Grid(
    *(np.empty(0), np.empty(0), np.empty(0, dtype=np.int64), None, None, PLANE),
    index=pd.RangeIndex(0),
)

Rule = Literal["centre", "area"]


@dataclass(frozen=True, eq=False)
class GivenGrid:
    """
    A user's population grid, in the plane of what it is counted in.

    Attributes
    ----------
    grid
        The cells.
    source
        What it is called in the sources.
    stream
        The file, where it is larger than fits into memory and is read piece by piece; `grid` is
        empty then.
    raw
        The cells as the table has them, in its own CRS.
    """

    grid: Grid
    source: Text
    stream: GridStream | None = None
    raw: Grid = _NO_CELLS

    def said(self) -> tuple[str, ...]:
        """Return what was understood of the grid without being said."""
        return self.raw.notes if self.stream is None else self.stream.layout.cells.notes

    def side(self) -> tuple[float | None, bool]:
        """Return the side of the cells, and whether it is assumed."""
        cells = self.grid if self.stream is None else self.stream.layout.cells
        return cells.cell_m, cells.assumed


def given_grid(
    grid: "str | Path | Grid | GivenGrid | gpd.GeoDataFrame",
    plane: Any = PLANE,
    *,
    whole: bool = True,
    engine: Any = None,
    **layout: Any,
) -> GivenGrid:
    """
    Return a population grid from whatever form it is given in.

    Parameters
    ----------
    grid
        A file as `geodata.read_grid` reads it, what that returns, or points with a column of
        people.
    plane
        The CRS of the area that it is counted in; as it is where None.
    whole
        Whether all of it is needed at once; else a large file is left to be read piece by piece.
    engine
        Where pieces are counted, as for `geodata.people_by_unit`.
    layout
        Of a file: arguments of `geodata.read_grid`.

    Raises
    ------
    FileFormatError
        If the table cannot be used.
    """
    if isinstance(grid, GivenGrid):
        return grid if plane is None else replace(grid, grid=grid.grid.to_crs(plane))
    if engine is not None and (whole or not isinstance(grid, str | Path)):
        msg = (
            "engine= counts the cells of a file within distances: give grid= its path, and no "
            "travel times"
        )
        raise MeasureError(msg)
    if isinstance(grid, str | Path):
        name = Path(grid).name
        if not whole and (engine is not None or is_large(grid)):
            layout.pop("layer", None)
            stream = GridStream(grid, Given(**layout), engine=engine)
            return GivenGrid(_NO_CELLS, Text.of("reach.source.grid_file", name=name), stream)
        cells = geodata.read_grid(grid, **layout)
    else:
        cells, name = (grid if isinstance(grid, Grid) else as_grid(grid)), ""
    source = Text.of("reach.source.grid_file", name=name) if name else Text.of("reach.source.grid")
    return GivenGrid(cells if plane is None else cells.to_crs(plane), source, raw=cells)


def within_of_cells(
    area: Area, km: Sequence[float], what: Target, given: GivenGrid, rule: str
) -> list[Measure]:
    """Count the people of a grid within distances: parameters as for `cell_shares`."""
    if rule == "area" and given.side()[0] is None:
        raise _no_squares()
    tally = _Tallied(area, tuple(km), what, rule)
    found_people = tally(given.grid) if given.stream is None else given.stream.fold(tally)
    ends = [[round(n) for n in sums.totals()] for sums in found_people.within]
    counts = [number for _, number, _ in ends]
    if not any(counts):
        check_place(area, given.raw, given.stream)
    notes = _notes(area, given, counts[0] if what.of == "zone" and km[0] == 0 else None)
    cell, _ = given.side()
    side = Text.of("reach.side", metres=cell) if cell else Text.of("reach.points")
    found: list[tuple[str, Sequence[Sequence[float | None]]]] = [("within", ends)]
    if what.of != "zone":
        found.append(("within_share", found_people.own_shares()))
    rows = []
    for suffix, figures in found:
        for distance, (low, number, high) in zip(km, figures, strict=True):
            method = Text.of(
                f"reach.method.cell_{rule}_{what.of}", km=distance, cells=side, **what.called
            )
            if suffix != "within":
                method = Text.of("reach.method.share", method=method)
            row = figure(
                area,
                f"population_{suffix}",
                number,
                bases=("centres",) if what.of == "centres" else ("boundaries",),
                key=key_of(distance),
                low=low,
                high=high,
                method=method,
                notes=notes if number is not None else [Text.of("reach.note.nobody"), *notes],
            )
            rows.append(replace(row, year=None, sources=(given.source, *row.sources)))
    return rows


def _notes(area: Area, given: GivenGrid, inside: int | None) -> list[Text]:
    """Say whose people a grid has, against the register's in the zone, and what was taken."""
    notes = [Text.of("reach.note.grid_year")]
    register = (
        None if inside is None or area.data_year is None else area.population_in(area.data_year)
    )
    if inside is not None and register:
        notes.append(
            Text.of(
                "reach.note.grid_against_register",
                grid=inside,
                register=register,
                year=str(area.data_year),
                percent=round(100 * (inside - register) / register, 1),
            )
        )
    # Only once all points are read is it known that they are on one lattice.
    cell, assumed = given.side()
    if cell and assumed:
        notes.append(Text.of("reach.note.assumed_side", metres=cell))
    if CENTRES_TAKEN in given.said():
        notes.append(Text("reach.note.centres_taken"))
    return notes


@dataclass(frozen=True, eq=False)
class _Tally:
    """
    People of some cells within each distance, the zone's own among them, and all its own.

    Those within are three sums each: of the cells wholly within, by the rule, and of all touched.
    """

    within: tuple[ExactSums, ...]
    own: tuple[ExactSums, ...]
    everyone: ExactSums

    def __add__(self, other: "_Tally") -> "_Tally":
        return _Tally(
            tuple(one + more for one, more in zip(self.within, other.within, strict=True)),
            tuple(one + more for one, more in zip(self.own, other.own, strict=True)),
            self.everyone + other.everyone,
        )

    def own_shares(self) -> list[list[float | None]]:
        """Return the share of the people in the zone's cells within each distance, and its ends."""
        everyone = float(self.everyone.totals()[0])
        return [
            [100 * float(n) / everyone if everyone else None for n in sums.totals()]
            for sums in self.own
        ]


@dataclass(frozen=True, eq=False)
class _Tallied:
    """Counts the people of cells within distances; parameters as for `cell_shares`."""

    area: Area
    km: tuple[float, ...]
    what: Target
    rule: str

    def __call__(self, grid: Grid) -> _Tally:
        grid = grid.to_crs(self.area.crs)
        people = grid.people
        shares = cell_shares(self.area, self.km, self.what, grid, self.rule)
        # Of what is within distances of the zone itself, no share of its own is told.
        of_zone = self.what.of == "zone"
        own = np.zeros(len(grid), dtype=bool) if of_zone else _in_members(self.area, grid)
        wholly, touched = self._ends(grid, shares)
        columns = list(zip(wholly.T, shares.T, touched.T, strict=True))
        return _Tally(
            tuple(_summed(people, of) for of in columns),
            tuple(_summed(people[own], [column[own] for column in of]) for of in columns),
            ExactSums.of(people[own]),
        )

    def _ends(
        self, grid: Grid, shares: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Say which cells are within wholly, and which are touched; points are within or not."""
        if grid.cell_m is None:
            return shares, shares
        parts = shares
        if self.rule == "centre":
            parts = _shares(self.what, grid, self.km)
        wholly, touched = (parts == 1) & (shares > 0), (parts > 0) | (shares > 0)
        coded = np.zeros(len(grid), dtype=bool) if grid.code is None else pd.notna(grid.code)
        if self.rule == "centre" and self.what.of == "zone" and coded.any():
            # Where a code says which municipality a cell is of, no border cuts it.
            wholly[coded & _in_members(self.area, grid)] = True
            at_zero = np.array([distance == 0 for distance in self.km])
            known = coded[:, None] & at_zero
            wholly, touched = (np.where(known, shares > 0, one) for one in (wholly, touched))
        return wholly.astype(float), touched.astype(float)


def _summed(people: NDArray[Any], ends: Sequence[NDArray[np.float64]]) -> ExactSums:
    """Sum several shares of people apart; whole cells as whole numbers."""
    sums = ExactSums.of(people[:0], np.empty(0, dtype=np.int64), len(ends))
    for at, share in enumerate(ends):
        whole, part = share == 1, (share > 0) & (share < 1)
        for counted in (people[whole], people[part] * share[part]):
            sums += ExactSums.of(counted, np.full(len(counted), at), len(ends))
    return sums


def cell_people(
    area: Area, km: Sequence[float], what: Target, grid: Grid, rule: str = "centre"
) -> list[int]:
    """Sum the people of a grid within distances; parameters as for `cell_shares`."""
    return _people_of(grid, cell_shares(area, km, what, grid, rule))


def _people_of(grid: Grid, shares: NDArray[np.float64]) -> list[int]:
    return [round(float(grid.people @ column)) for column in shares.T]


def cell_shares(
    area: Area, km: Sequence[float], what: Target, grid: Grid, rule: str = "centre"
) -> NDArray[np.float64]:
    """
    Return the share of each cell that counts within each distance; a column a distance.

    By centre, the share is all or nothing. A cell that carries a member's code, or lies in a
    member, is in the zone at 0 km and all others are not; farther out, a cell counts where its
    centre lies within the distance.

    Parameters
    ----------
    area
        An extent in a year.
    km
        Distances in ascending order.
    what
        What they are measured from.
    grid
        Cells in the area's plane.
    rule
        ``centre`` or ``area``.
    """
    if rule == "area":
        return _shares(what, grid, km)
    within = point_bands(what, grid.x, grid.y, km)
    if what.of == "zone":
        own = _in_members(area, grid)
        within[own] = True
        within[:, [distance == 0 for distance in km]] = own[:, None]
    return within.astype(float)


def _shares(what: Target, grid: Grid, km: Sequence[float]) -> NDArray[np.float64]:
    if grid.cell_m is None:
        raise _no_squares()
    turned = {"crs": grid.crs, "cells_crs": grid.cells_crs}
    return share_within(what, grid.x, grid.y, grid.cell_m, km, **turned)


def _no_squares() -> MeasureError:
    return MeasureError(
        "rule='area' needs square cells on a regular grid, and these points are none: use "
        "rule='centre'"
    )


def _in_members(area: Area, grid: Grid) -> NDArray[np.bool_]:
    frames: Iterable[Any] = (frame.geometry for frame in area.municipalities.values())
    own = np.zeros(len(grid), dtype=bool)
    for geometry in frames:
        assignment = geodata.assign_points(grid, geometry)
        member = np.append(geometry.index.isin(area.units.index), False)
        own |= member[assignment.position]
    return own
