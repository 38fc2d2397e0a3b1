"""People of a grid within distances, cell by cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

import geodata
from geodata.countries.record import PLANE
from geodata.points.grids import Grid, as_grid
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.extents.polygons import plane_name
from zones.measures.figure import figure
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
    """

    grid: Grid
    source: Text


def given_grid(
    grid: "str | Path | Grid | GivenGrid | gpd.GeoDataFrame", crs: Any = PLANE, **layout: Any
) -> GivenGrid:
    """
    Return a population grid from whatever form it is given in.

    Parameters
    ----------
    grid
        A file as `geodata.read_grid` reads it, what that returns, or points with a column of
        people.
    crs
        The plane of the area that it is counted in; as it is where None.
    layout
        Of a file: arguments of `geodata.read_grid`.

    Raises
    ------
    FileFormatError
        If the table cannot be used.
    """
    if isinstance(grid, GivenGrid):
        return grid if crs is None else GivenGrid(grid.grid.to_crs(crs), grid.source)
    if isinstance(grid, str | Path):
        cells, name = geodata.read_grid(grid, **layout), Path(grid).name
    else:
        cells, name = (grid if isinstance(grid, Grid) else as_grid(grid)), ""
    source = Text.of("reach.source.grid_file", name=name) if name else Text.of("reach.source.grid")
    # Turning the CRS forgets the cells, which are only squares in their own.
    return GivenGrid(cells if crs is None else cells.to_crs(crs), source)


def within_of_cells(
    area: Area, km: Sequence[float], what: Target, given: GivenGrid, rule: str
) -> list[Measure]:
    """Count the people of a grid within distances: parameters as for `cell_shares`."""
    shares = cell_shares(area, km, what, given.grid, rule)
    counts = _people_of(given.grid, shares)
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
    if cell and given.grid.assumed:
        notes.append(Text.of("reach.note.assumed_side", metres=cell))
    side = Text.of("reach.side", metres=cell) if cell else Text.of("reach.points")
    found: list[tuple[str, Sequence[float | None]]] = [("within", counts)]
    if what.of != "zone":
        found.append(("within_share", _own_shares(area, given.grid, shares)))
    rows = []
    for suffix, figures in found:
        for distance, number in zip(km, figures, strict=True):
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
                low=number,
                high=number,
                method=method,
                notes=notes if number is not None else [Text.of("reach.note.nobody"), *notes],
            )
            rows.append(replace(row, year=None, sources=(given.source, *row.sources)))
    return rows


def _own_shares(area: Area, grid: Grid, shares: NDArray[np.float64]) -> list[float | None]:
    """Return the share of the people in the zone's cells that lives within each distance."""
    people = np.where(_in_members(area, grid), grid.people, 0)
    everyone = float(people.sum())
    return [
        100 * float(people @ shares[:, column]) / everyone if everyone else None
        for column in range(shares.shape[1])
    ]


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
        if grid.cell_m is None:
            msg = (
                f"rule='area' needs square cells on a regular grid in {plane_name(area.crs)}, and "
                "these points are none: use rule='centre'"
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
