"""People within distances of a zone, its spine or its centres: rows of `population_within`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

import geodata
from geodata import countries
from geodata.countries.record import PLANE
from geodata.messages import unknown
from geodata.points.grids import Grid, as_grid
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.measures.figure import figure, missing, perturbed, source_lines
from zones.measures.reach.distances import (
    Bands,
    Target,
    key_of,
    point_bands,
    share_within,
    target,
    total,
    unit_bands,
)
from zones.measures.reach.surroundings import centre_points, surroundings, unit_people
from zones.model.figures import Measure
from zones.texts import Text

__all__ = ["GivenGrid", "Rule", "cell_people", "cell_shares", "given_grid", "population_within"]

Rule = Literal["centre", "area"]

_NAME = "population_within"


@dataclass(frozen=True, eq=False)
class GivenGrid:
    """
    A user's population grid, in EPSG:3067.

    Attributes
    ----------
    grid
        The cells.
    source
        What it is called in the sources.
    """

    grid: Grid
    source: str


def given_grid(grid: "str | Path | Grid | gpd.GeoDataFrame") -> GivenGrid:
    """
    Return a population grid from whatever form it is given in.

    Parameters
    ----------
    grid
        A file as `geodata.read_grid` reads it, what that returns, or points with a column of
        people.

    Raises
    ------
    FileFormatError
        If the table cannot be used.
    """
    if isinstance(grid, str | Path):
        cells, name = geodata.read_grid(grid), Path(grid).name
    else:
        cells, name = (grid if isinstance(grid, Grid) else as_grid(grid)), ""
    line = f"population grid given by the user: {name}" if name else "population grid of the user"
    # Turning the CRS forgets the cells, which are only squares in their own.
    return GivenGrid(cells.to_crs(PLANE), line)


def population_within(
    area: Area,
    km: Sequence[float],
    *,
    of: str,
    inside: Measure,
    grid: GivenGrid | None = None,
    rule: str = "centre",
) -> list[Measure]:
    """
    Count the people within distances, a row a distance, each holding those before it.

    Parameters
    ----------
    area
        An extent in a year.
    km
        Distances in ascending order.
    of
        ``zone``, ``spine`` or ``centres``.
    inside
        The measure `population` of the whole, which gives the year and what is at 0 km.
    grid
        A population grid; without one, municipalities are counted whole.
    rule
        With a grid: a cell counts by its ``centre``, or by the share of its ``area``.
    """
    if rule not in get_args(Rule):
        raise MeasureError(unknown("rule", rule, get_args(Rule)))
    if not area.has_boundaries:
        reason = Text.of("measures.note.no_geometry", division=str(area.division))
        rows = [_missing(area, distance, of, reason) for distance in km]
        if of == "zone" and grid is None and km and km[0] == 0:
            rows[0] = replace(inside, name=_NAME, key="0")
        return rows
    around = surroundings(area)
    points = centre_points(area, around)
    what = target(area, of, points)
    if grid is not None:
        return _of_cells(area, km, what, grid, rule)
    if inside.year is None or inside.value is None:
        reason = Text.of("measures.note.no_common_year")
        return [_missing(area, distance, of, reason) for distance in km]
    bands = unit_bands(what, around, points, km)
    people = unit_people(area, inside.year, around.index)
    table = _Counted(area, what, around, points, people, bands, inside)
    return [table.row(column, distance) for column, distance in enumerate(km)]


def _missing(area: Area, distance: float, of: str, reason: Text) -> Measure:
    method = Text.of(f"reach.method.{of}", km=distance)
    return missing(area, _NAME, key=key_of(distance), reason=reason, method=method)


@dataclass(frozen=True, eq=False)
class _Counted:
    """Municipalities around an area, counted whole."""

    area: Area
    what: Target
    around: gpd.GeoDataFrame
    points: gpd.GeoDataFrame
    people: pd.DataFrame
    bands: Bands
    inside: Measure

    def row(self, column: int, distance: float) -> Measure:
        if distance == 0 and self.what.of == "zone":
            return replace(self.inside, name=_NAME, key="0", method=self._method(distance))
        wholly, by_centre, touching = (
            chosen[:, column]
            for chosen in (self.bands.wholly, self.bands.by_centre, self.bands.touching)
        )
        value = self._sum("value", by_centre)
        low = self._sum("low", wholly, known_only=True)
        high = self._sum("high", touching)
        notes = self._notes(touching, by_centre, value)
        row = figure(
            self.area,
            _NAME,
            value,
            key=key_of(distance),
            low=low,
            high=high,
            year=self.inside.year,
            method=self._method(distance),
            notes=notes,
        )
        return _credited(row, self.area, self.around.index[touching])

    def _sum(self, name: str, chosen: NDArray[np.bool_], *, known_only: bool = False) -> int | None:
        """Sum people; members of the zone as the measure `population` has them."""
        column, extra = self.people[name], 0
        if self.what.of == "zone":
            own = self.around["member"].to_numpy(dtype=bool)
            members = getattr(self.inside, name)
            if members is None:
                return None
            chosen, extra = chosen & ~own, int(members)
        if known_only:
            column = column.fillna(0)
        counted = total(column, chosen)
        return None if counted is None else counted + extra

    def _method(self, distance: float) -> Text:
        return Text.of(f"reach.method.{self.what.of}", km=distance)

    def _notes(
        self, touching: NDArray[np.bool_], by_centre: NDArray[np.bool_], value: int | None
    ) -> list[Text]:
        notes = []
        if value is None:
            lacking = self._units(by_centre & self.people["value"].isna().to_numpy())
            notes.append(Text.of("reach.note.no_figure", units=lacking, year=str(self.inside.year)))
        elif unknown := self._units(touching & self.people["high"].isna().to_numpy()):
            notes.append(Text.of("reach.note.no_high", units=unknown, year=str(self.inside.year)))
        between = touching & ~self.people["exact"].to_numpy(dtype=bool)
        between &= self.people["value"].notna().to_numpy()
        if self.what.of == "zone":
            between &= ~self.around["member"].to_numpy(dtype=bool)
        if units := self._units(between):
            notes.append(
                Text.of("reach.note.between_years", units=units, year=str(self.inside.year))
            )
        if stand_in := self._units(touching & ~self.points["known"].to_numpy(dtype=bool)):
            notes.append(Text.of("reach.note.point_inside", units=stand_in))
        notes.append(Text.of("reach.note.abroad"))
        return [*notes, *(note for note in self.inside.notes if note not in self.area.notes)]

    def _units(self, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
        return tuple(sorted(self.around.index[chosen]))


def _credited(row: Measure, area: Area, units: pd.Index) -> Measure:
    """Credit the sources of every country whose people may be counted, and say what they lack."""
    lines = list(row.sources)
    parts = countries.in_order(units)
    notes = perturbed(parts, [row.year]) if row.year else []
    for country in sorted({unit[:2] for unit in units} - set(area.countries)):
        lines += source_lines(area, ("boundaries", "people"), country, [row.year or area.division])
    return replace(
        row,
        sources=tuple(dict.fromkeys(lines)),
        notes=tuple(dict.fromkeys([*row.notes, *notes])),
    )


def _of_cells(
    area: Area, km: Sequence[float], what: Target, given: GivenGrid, rule: str
) -> list[Measure]:
    counts = cell_people(area, km, what, given.grid, rule)
    notes = [Text.of("reach.note.grid_year")]
    if what.of == "zone" and area.data_year is not None and km[0] == 0:
        register = area.population_in(area.data_year)
        if register:
            notes.append(
                Text.of(
                    "reach.note.grid_against_register",
                    grid=counts[0],
                    register=register,
                    year=str(area.data_year),
                    percent=round(100 * (counts[0] - register) / register, 1),
                )
            )
    cell = given.grid.cell_m
    side = Text.of("reach.side", metres=cell) if cell else Text.of("reach.points")
    rows = []
    for distance, people in zip(km, counts, strict=True):
        method = Text.of(f"reach.method.cell_{rule}_{what.of}", km=distance, cells=side)
        row = figure(
            area,
            _NAME,
            people,
            bases=("centres",) if what.of == "centres" else ("boundaries",),
            key=key_of(distance),
            low=people,
            high=people,
            method=method,
            notes=notes,
        )
        rows.append(replace(row, year=None, sources=(given.source, *row.sources)))
    return rows


def cell_people(
    area: Area, km: Sequence[float], what: Target, grid: Grid, rule: str = "centre"
) -> list[int]:
    """Sum the people of a grid within distances; parameters as for `cell_shares`."""
    shares = cell_shares(area, km, what, grid, rule)
    return [round(float(grid.people @ shares[:, column])) for column in range(len(km))]


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
        Cells in EPSG:3067.
    rule
        ``centre`` or ``area``.
    """
    if rule == "area":
        if grid.cell_m is None:
            msg = (
                f"rule='area' needs square cells on a regular grid in EPSG:{PLANE}, and these "
                "points are none: use rule='centre'"
            )
            raise MeasureError(msg)
        return share_within(what, grid.x, grid.y, grid.cell_m, km)
    within = point_bands(what, grid.x, grid.y, km)
    if what.of == "zone":
        own = _in_members(area, grid)
        within[own] = True
        within[:, [distance == 0 for distance in km]] = own[:, None]
    return within.astype(float)


def _in_members(area: Area, grid: Grid) -> NDArray[np.bool_]:
    frames: Iterable[Any] = (frame.geometry for frame in area.municipalities.values())
    own = np.zeros(len(grid), dtype=bool)
    for geometry in frames:
        assignment = geodata.assign_points(grid, geometry)
        member = np.append(geometry.index.isin(area.units.index), False)
        own |= member[assignment.position]
    return own
