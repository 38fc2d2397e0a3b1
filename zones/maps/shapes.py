"""Geometry for drawing only: units in longitude and latitude, their centres, outlines.

Figures are never computed from what is made here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import geodata
from geodata import countries
from geodata.countries import cached_by_countries
from geodata.errors import ArgumentError
from geodata.register.divisions import division_ids
from zones.model.credits import credit
from zones.texts import Language, rendered

if TYPE_CHECKING:
    from zones.extents.area import Area

__all__ = ["Shapes", "bundled_shapes", "coordinates", "lines_of", "outline", "own_shapes"]

MOST_SVG = 3_000
"""Up to so many units each is a path of its own; more are drawn simplified, on one canvas."""
CLOSE_BY = 7_000.0
"""Water narrower than twice this (metres) is bridged in the outline of a zone of municipalities."""
LEAST_PART = 150e6
"""Parts and holes of an outline smaller than this (square metres) are left out."""
_SCREEN = 4_000
_TYPICAL = 26_000.0
_NO_GROUND = 30_000.0
# From so many parts on, they are buffered one by one.
_ARCHIPELAGO = 60


@dataclass(frozen=True, eq=False)
class Shapes:
    """The units to draw, with facts, in the plane of their countries, and what is around them."""

    units: gpd.GeoDataFrame
    division: int
    own: bool = False
    """Whether the boundaries are the user's."""
    known: bool = True
    """Whether the units are municipalities of the division, so that facts on them are known."""
    simplified: float | None = None
    """Metres by which borders were simplified for drawing, where they were."""

    @cached_property
    def lonlat(self) -> np.ndarray:
        """Geometry of the units in longitude and latitude."""
        drawn = self.units.geometry
        if self.simplified is not None:
            # As a coverage, so that neighbours stay neighbours.
            simple = shapely.coverage_simplify(drawn.to_numpy(), self.simplified)
            drawn = gpd.GeoSeries(simple, index=drawn.index, crs=drawn.crs)
        return np.asarray(drawn.to_crs(4326).to_numpy())

    @cached_property
    def countries(self) -> dict[str, gpd.GeoDataFrame]:
        """Units by country: each is a coverage of its own, and the two are never joined."""
        if not self.known:
            return {"": self.units}
        return {str(key): part for key, part in self.units.groupby("country", sort=True)}

    @property
    def given(self) -> tuple[str, ...]:
        """Codes of the countries among them that were made from a user's file."""
        found = self.countries if self.known else ()
        return tuple(code for code in found if countries.country(code).given)

    @property
    def home(self) -> str:
        """Country that is drawn in whole."""
        return countries.home(self.countries if self.known else ()).code

    @cached_property
    def typical(self) -> float:
        """Metres across a middling unit; of municipalities about 26 km in Finland and Sweden."""
        sides = np.sqrt(self.units.geometry.area.to_numpy())
        return float(np.median(sides)) if len(sides) else _TYPICAL

    @cached_property
    def fine(self) -> bool:
        """Whether all units are in a piece so small that the backdrop, at 1:10 million, is none."""
        left, bottom, right, top = self.units.total_bounds
        return bool(max(right - left, top - bottom) < _NO_GROUND)

    @cached_property
    def outlined(self) -> Callable[[tuple[int, ...], bool], Any]:
        """What draws the outline of some units, by position, and keeps the last ones drawn."""
        return lru_cache(maxsize=128)(partial(_outline, self))

    @cached_property
    def centres(self) -> pd.DataFrame:
        """Centre of each unit; for units without a known one, a point on their surface."""
        points = self.units.geometry.representative_point()
        if self.known:
            known = pd.concat(
                [
                    geodata.centres(self.division, country=c).geometry.to_crs(points.crs)
                    for c in self.countries
                ]
            )
            known = known[known.index.isin(points.index)]
            points.loc[known.index] = known
        return coordinates(points)


def coordinates(points: gpd.GeoSeries) -> pd.DataFrame:
    """Return points as columns: degrees, and metres of the points' own system."""
    lonlat = points.to_crs(4326)
    return pd.DataFrame(
        {"lat": lonlat.y, "lon": lonlat.x, "x": points.x, "y": points.y}, index=points.index
    )


def bundled_shapes(year: int, areas: "Iterable[Area]" = ()) -> Shapes:
    """Return the municipalities in a year of the countries of areas, and of those beside them."""
    return _shapes_of(year, tuple(sorted({land for area in areas for land in area.countries})))


@cached_by_countries
def _shapes_of(year: int, touched: tuple[str, ...]) -> Shapes:
    """Return one record of units for all that draws them."""
    plane = countries.plane_of(touched)
    parts = [
        geodata.municipalities(year, country=record.code).to_crs(plane)
        for record in countries.beside(touched)
    ]
    units = gpd.GeoDataFrame(pd.concat(parts), crs=parts[0].crs)
    return Shapes(units, division=year, simplified=_simplified(units))


def _simplified(units: gpd.GeoDataFrame) -> float | None:
    """Return by how much borders are simplified for drawing, where units are very many."""
    if len(units) <= MOST_SVG:
        return None
    left, bottom, right, top = units.total_bounds
    return float(round(max(right - left, top - bottom) / _SCREEN, -1))


def lines_of(shapes: Shapes, lang: Language) -> str:
    """Return the lines that credit all countries drawn, each once; a user's own as they are."""
    records = [countries.country(code) for code in shapes.countries]
    lines = (record.line(kind) for record in records for kind in ("boundaries", "population"))
    return " · ".join(dict.fromkeys(rendered(credit(line), lang) for line in lines))


def own_shapes(frame: gpd.GeoDataFrame, year: int) -> Shapes:
    """
    Return a user's own units; very many of them are simplified together when drawn.

    Where all are municipalities of the division, they get the register's names and facts.
    """
    if frame.crs is None:
        raise ArgumentError(
            "the boundaries have no coordinate system: set one, for instance "
            'frame.set_crs("EPSG:4326")'
        )
    known = len(frame) > 0 and division_ids(year).issuperset(frame.index)
    units = frame.to_crs(countries.plane_of(countries.in_order(frame.index) if known else ()))
    if known:
        register = pd.concat(
            [geodata.municipality_register(year, country=c) for c in countries.codes()]
        )
        facts = register.reindex(units.index)
        units = gpd.GeoDataFrame(facts, geometry=units.geometry, crs=units.crs)
    units.attrs |= frame.attrs
    return Shapes(units, division=year, own=True, known=known, simplified=_simplified(units))


def outline(shapes: Shapes, area: "Area") -> Any:
    """
    Return the outline of an extent in longitude and latitude, its archipelago closed.

    Narrow water between members is bridged; land of other units is never covered, so that on land
    the outline runs along borders. Small parts and holes that are left are dropped.
    """
    index = shapes.units.index
    members = tuple(np.flatnonzero(index.isin(area.units.index)).tolist())
    return shapes.outlined(members, area.group.kind == "zone")


def _outline(shapes: Shapes, members: tuple[int, ...], closed_up: bool) -> Any:  # noqa: FBT001 - cached
    index = shapes.units.index
    inner = np.zeros(len(index), dtype=bool)
    inner[list(members)] = True
    parts = [
        (part.geometry.to_numpy(), inner[index.get_indexer(part.index)])
        for part in shapes.countries.values()
    ]

    def ground(*, member: bool) -> Any:
        return shapely.union_all(
            [
                shapely.coverage_union_all(polygons[chosen == member])
                for polygons, chosen in parts
                if (chosen == member).any()
            ]
        )

    inside = drawn = ground(member=True)
    if closed_up:
        outside = ground(member=False)
        # Of units that are smaller than municipalities, as much smaller a water is narrow.
        part = min(1.0, shapes.typical / _TYPICAL)
        close = part * CLOSE_BY
        near: Any = shapely.buffer(shapely.box(*shapely.bounds(inside)), 4 * close)
        closed: Any = shapely.buffer(_widened(inside, close), -close)
        closed = shapely.difference(closed, shapely.intersection(outside, near))
        drawn = _tidy(shapely.union(inside, closed), part**2 * LEAST_PART)
    return gpd.GeoSeries([drawn], crs=shapes.units.crs).to_crs(4326).iloc[0]


def _widened(shape: Any, close: float = CLOSE_BY) -> Any:
    """Return a shape and what is close by; of an archipelago, each island by itself and then all.

    To buffer one multipolygon of hundreds of parts takes many times as long.
    """
    islands = shapely.get_parts(shape)
    if len(islands) < _ARCHIPELAGO:
        return shapely.buffer(shape, close, quad_segs=4)
    return shapely.union_all(shapely.buffer(islands, close, quad_segs=4))


def _tidy(shape: Any, least: float) -> Any:
    parts: Any = shapely.get_parts(shape)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    large = parts[shapely.area(parts) >= least]
    kept = []
    for part in large if len(large) else parts:
        holes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= least]
        kept.append(shapely.Polygon(part.exterior, holes))
    return shapely.MultiPolygon(kept)
