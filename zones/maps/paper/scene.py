"""What a printed map shows: extents in a year, the units around them, the piece drawn."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.errors import ArgumentError
from geodata.messages import unknown
from geodata.units import M2_PER_KM2
from zones.extents.evidence import evidence_of
from zones.extents.people import own_figures
from zones.maps.change import Change, change_of
from zones.maps.indicators import MapColumn
from zones.maps.palette import BASE, FULLNESS, PALETTE, RAMPS, VIEWS, dash_at, mixed, numbers
from zones.maps.shapes import Shapes, bundled_shapes

if TYPE_CHECKING:
    from zones.extents.area import Area
    from zones.texts import Language

__all__ = [
    "BRANCH_DASH",
    "Frame",
    "Scene",
    "colour_of",
    "dash_of",
    "frame_around",
    "natural_ratio",
    "scene_for",
    "scene_of",
    "tint_of",
]

BRANCH_DASH = (3.0, 4.0)
"""Line style of a branch beside an axis, in pixels."""
_WHOLE = 0.72
_MARGIN = 0.07
_LEAST_HEIGHT, _LEAST_UNITS = 120_000.0, 4.5
"""Metres, and middling units, that a map is high at least."""


@dataclass(frozen=True)
class Frame:
    """The piece of the plane that is drawn, in metres."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The four sides, as shapely takes them."""
        return (self.left, self.bottom, self.right, self.top)


@dataclass(frozen=True, eq=False)
class Scene:
    """What a map shows: extents in a year, the units around them, and what the fill means."""

    areas: tuple["Area", ...]
    shapes: Shapes
    view: str
    lang: "Language"
    number: Mapping[str, int]
    column: MapColumn | None = None
    """Column of a table that is drawn in place of the view."""

    def units_of(self, area: "Area") -> pd.Index:
        """Return the units of an extent that can be drawn."""
        index: pd.Index = self.shapes.units.index
        return index[index.isin(area.units.index)]

    @functools.cached_property
    def shared(self) -> dict[str, list["Area"]]:
        """Areas by unit."""
        found: dict[str, list[Area]] = {}
        for area in self.areas:
            for unit in self.units_of(area):
                found.setdefault(str(unit), []).append(area)
        return found

    def with_status(self, area: "Area", status: str) -> list[str]:
        """Return the units of an extent, and those of its evidence, of which this is known."""
        known = self._statuses[area.group.id, area.extent.id]
        drawn = self.shapes.units.index
        return [str(unit) for unit in known.index[known == status] if unit in drawn]

    def status(self, area: "Area", unit: str) -> str:
        """Return what is known of a unit of an extent."""
        return str(self._statuses[area.group.id, area.extent.id][unit])

    @functools.cached_property
    def _statuses(self) -> dict[tuple[str, str], pd.Series]:
        """What is known of each unit, by group and extent; of a list of one's own, all."""
        found = {}
        for area in self.areas:
            known = evidence_of(area, outside=True)
            inside = known.index.isin(area.units.index)
            found[area.group.id, area.extent.id] = known[inside | (known == "former")]
        return found

    @property
    def classed(self) -> bool:
        """Whether the fills are classes of figures."""
        if self.column is not None:
            return not self.column.circles
        return self.view in RAMPS

    @property
    def overlaps(self) -> bool:
        """Whether a unit is in more than one of the extents."""
        return any(len(areas) > 1 for areas in self.shared.values())

    @functools.cached_property
    def people(self) -> pd.DataFrame:
        """People by unit and year, up to the year of the map."""
        known = [
            frame.drop(columns="figure_unit") for a in self.areas for frame in a.people.values()
        ]
        if not self.shapes.own:
            have = {country for area in self.areas for country in area.people}
            known += [
                own_figures(frame.index, self.shapes.division, country)
                for country, frame in self.shapes.countries.items()
                if country not in have
            ]
        table = pd.concat(known)
        table = table[~table.index.duplicated()].reindex(self.shapes.units.index)
        until = max(area.people_until for area in self.areas)
        years = sorted(year for year in map(int, table.columns) if year <= until)
        return table[years].astype(float)

    @functools.cached_property
    def newest(self) -> "pd.Series[float]":
        """The newest people of each unit; missing where none are known."""
        if not len(self.people.columns):
            return pd.Series(np.nan, self.people.index)
        now: pd.Series[float] = self.people.ffill(axis=1).iloc[:, -1]
        return now

    @functools.cached_property
    def changes(self) -> dict[str, Change]:
        """Change in people by unit, where there is one."""
        found = {}
        years = [int(year) for year in self.people.columns]
        for unit, row in zip(self.people.index, self.people.to_numpy(), strict=True):
            known = zip(years, row, strict=True)
            change = change_of({year: float(value) for year, value in known if not np.isnan(value)})
            if change is not None:
                found[str(unit)] = change
        return found

    @functools.cached_property
    def figures(self) -> pd.Series:
        """What the view shows of each unit; missing where there is no figure."""
        return _figures(self)


def scene_for(
    areas: "Iterable[Area] | Area", lang: "Language", view: str, column: MapColumn | None = None
) -> Scene:
    """
    Put together what a map of one extent or several shows.

    Raises
    ------
    ArgumentError
        If there is no such view, or no extent is given.
    NoGeometryError
        If there are no boundaries for the division.
    """
    if view not in VIEWS:
        raise ArgumentError(unknown("view", view, VIEWS))
    chosen = tuple(areas) if isinstance(areas, Iterable) else (areas,)
    if not chosen:
        raise ArgumentError("no extents are given: give at least one, as zones.area returns them")
    return scene_of(chosen, lang=lang, view=view, column=column)


def scene_of(
    areas: Sequence["Area"],
    *,
    lang: "Language",
    view: str,
    division: int | None = None,
    column: MapColumn | None = None,
) -> Scene:
    """
    Put together what a map of extents shows.

    Raises
    ------
    NoGeometryError
        If there are no boundaries for the division.
    """
    if areas and areas[0].own_boundaries:
        plane = areas[0].crs
        frames = [frame.to_crs(plane) for area in areas for frame in area.municipalities.values()]
        units = pd.concat(frames)
        units = gpd.GeoDataFrame(units[~units.index.duplicated()], crs=frames[0].crs)
        shapes = Shapes(units, division=areas[0].division)
    else:
        shapes = bundled_shapes(division or areas[0].division, areas)
    number = numbers([area.group for area in areas])
    return Scene(tuple(areas), shapes, view, lang, number, column)


def colour_of(scene: Scene, area: "Area") -> str:
    """Return the colour of a group."""
    return PALETTE[scene.number[area.group.id] % len(PALETTE)]


def tint_of(scene: Scene, area: "Area", status: str) -> str:
    """Return the fill of a unit of a group: the fuller, the better its membership is known."""
    return mixed(BASE["unit"], colour_of(scene, area), FULLNESS[status])


def dash_of(scene: Scene, area: "Area") -> tuple[float, ...] | None:
    """Return the line style of a group, in pixels."""
    return dash_at(scene.number[area.group.id])


def frame_around(scene: Scene, ratio: float) -> Frame:
    """Return the frame that holds the extents; all of the country where they fill most of it."""
    left, bottom, right, top = _bounds(scene)
    least = min(_LEAST_HEIGHT, _LEAST_UNITS * scene.shapes.typical)
    height = max(top - bottom, (right - left) / ratio, least) * (1 + 2 * _MARGIN)
    middle = ((left + right) / 2, (bottom + top) / 2)
    half = (height * ratio / 2, height / 2)
    return Frame(middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])


def natural_ratio(scene: Scene) -> float:
    """Return width over height of what is framed."""
    left, bottom, right, top = _bounds(scene)
    return (right - left) / (top - bottom)


def _bounds(scene: Scene) -> tuple[float, float, float, float]:
    units = scene.shapes.units
    chosen = units[units.index.isin(list(scene.shared))]
    everything = units if scene.shapes.own else scene.shapes.countries.get(scene.shapes.home, units)
    bounds = (chosen if len(chosen) else everything).total_bounds
    whole = everything.total_bounds
    if bounds[3] - bounds[1] > _WHOLE * (whole[3] - whole[1]):
        bounds = [*np.minimum(bounds[:2], whole[:2]), *np.maximum(bounds[2:], whole[2:])]
    left, bottom, right, top = map(float, bounds)
    return left, bottom, right, top


def _figures(scene: Scene) -> pd.Series:
    people = scene.people
    now = scene.newest
    if scene.view == "density":
        density: pd.Series = now / (scene.shapes.units.geometry.area / M2_PER_KM2)
        return density
    if scene.view == "change":
        rates = {unit: change.rate for unit, change in scene.changes.items()}
        return pd.Series(rates, index=people.index, dtype=float)
    return now
