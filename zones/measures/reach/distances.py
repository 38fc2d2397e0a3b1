"""Distances from a zone, its spine or its centres: which municipalities and cells lie within."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.countries.record import PLANE
from geodata.messages import unknown
from geodata.points.bands import inside_share, within_distance_bands
from geodata.points.geometry import read_geometry
from geodata.units import M_PER_KM
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.extents.spine import spine_line
from zones.measures.coverage.table import dissolved
from zones.texts import Text

__all__ = [
    "Bands",
    "Of",
    "Target",
    "checked_km",
    "checked_minutes",
    "given_target",
    "key_of",
    "member_target",
    "point_bands",
    "share_within",
    "target",
    "total",
    "unit_bands",
]

Of = Literal["zone", "spine", "centres"]

# 128 corners a circle: a buffer stays inside the true one, by 0.03 % of the distance at most.
_QUARTER = 32


@dataclass(frozen=True, eq=False)
class Target:
    """
    What distances are measured from.

    Attributes
    ----------
    of
        ``zone``, ``spine``, ``centres`` or ``given``.
    parts
        Its geometry in the area's plane, each country's apart.
    name
        What a user's own points or lines are called.
    """

    of: Of | Literal["given"]
    parts: tuple[shapely.Geometry, ...]
    name: str | Text = ""

    @property
    def called(self) -> dict[str, str | Text]:
        """What the texts of methods need to know of it."""
        return {"name": self.name} if self.of == "given" else {}

    def reach(self, metres: float) -> shapely.Geometry:
        """Return all that lies within a distance, as a polygon that never reaches too far."""
        # Hundreds of islands as one geometry cost many times what they do one by one.
        islands = shapely.get_parts(np.array(self.parts, dtype=object))
        return shapely.union_all(shapely.buffer(islands, metres, quad_segs=_QUARTER))


@dataclass(frozen=True, eq=False)
class Bands:
    """
    Which municipalities lie within each distance; a row a municipality, a column a distance.

    Attributes
    ----------
    wholly, by_centre, touching
        Whether all of it, its centre, or any of it is within; each implies the next.
    """

    wholly: NDArray[np.bool_]
    by_centre: NDArray[np.bool_]
    touching: NDArray[np.bool_]


def checked_km(within_km: float | Iterable[float] | None) -> tuple[float, ...]:
    """
    Return distances in km in ascending order, each once; none for None.

    Raises
    ------
    MeasureError
        If one is negative or no number.

    Examples
    --------
    >>> checked_km([50, 0, 10, 10])
    (0.0, 10.0, 50.0)
    """
    return _checked(within_km, "within_km", "distances in km")


def checked_minutes(minutes: float | Iterable[float] | None) -> tuple[float, ...]:
    """Return minutes in ascending order, each once; bad ones raise as in `checked_km`."""
    return _checked(minutes, "minutes", "minutes")


def _checked(given: Any, name: str, what: str) -> tuple[float, ...]:
    if given is None:
        return ()
    values: list[Any] = [given]
    if isinstance(given, Iterable) and not isinstance(given, str):
        values = list(given)
    numbers = (int, float, np.integer, np.floating)
    bad = [
        value
        for value in values
        if isinstance(value, bool)
        or not isinstance(value, numbers)
        or not np.isfinite(value)
        or value < 0
    ]
    if bad or not values:
        shown = ", ".join(repr(value) for value in bad) or "an empty list"
        msg = f"{name}= has {shown}: give {what}, 0 or more, such as [0, 10, 50]"
        raise MeasureError(msg)
    return tuple(sorted({float(value) for value in values}))


def given_target(of: object, crs: object = PLANE) -> Target:
    """
    Return a user's own points, lines or areas as what distances are measured from.

    Parameters
    ----------
    of
        The path of a file, a frame or a shapely geometry, as `geodata.points.geometry` reads them.
    crs
        The plane of the area that they are held against.

    Raises
    ------
    MeasureError
        If it is a word that is none of those known, and no file.
    FileFormatError, ArgumentError
        If it has no geometry, or is something else.
    """
    if isinstance(of, str) and not (Path(of).suffix or Path(of).exists()):
        raise MeasureError(
            f"{unknown('of', of, get_args(Of))}, or the path of a file of points or lines"
        )
    geometry, name = read_geometry(of, crs=crs)
    return Target("given", (geometry,), name or Text.of("reach.given"))


def target(area: Area, of: "str | Target", points: gpd.GeoDataFrame | None = None) -> Target:
    """
    Return what distances are measured from.

    Parameters
    ----------
    area
        An extent in a year, with boundaries.
    of
        ``zone``: the dissolved members, each country's apart; ``spine``: the straight lines from
        centre to centre, without branches; ``centres``: the members' centres. What is a target
        already stays it.
    points
        Centres as `centre_points` returns them; needed for ``centres``.

    Raises
    ------
    MeasureError
        If `of` is something else, or the group has no spine.
    """
    if isinstance(of, Target):
        return of
    if of == "zone":
        return Target("zone", tuple(_polygons(area, country) for country in area.countries))
    if of == "spine":
        return Target("spine", (spine_line(area),))
    if of == "centres" and points is not None:
        members = points.geometry.loc[area.units.index].to_numpy()
        return Target("centres", (shapely.multipoints(members),))
    raise MeasureError(unknown("of", of, get_args(Of)))


def _polygons(area: Area, country: str) -> shapely.Geometry:
    if not area.own_boundaries:
        return dissolved(area, country)
    # A user's polygons need not be a coverage, and for distances they need not be.
    return shapely.union_all(area.units.geometry.loc[area.members(country)].to_numpy())


def member_target(point: shapely.Geometry) -> Target:
    """Return a single centre as what distances are measured from."""
    return Target("centres", (point,))


def unit_bands(
    what: Target, around: gpd.GeoDataFrame, points: gpd.GeoDataFrame, km: Sequence[float]
) -> Bands:
    """
    Say which municipalities lie within each distance: wholly, by their centre, or at all.

    Members of the zone lie within every distance of it; at 0 km nobody else does. A municipality
    whose polygon is wholly within counts by its centre too, and one whose centre is within as
    touching, even where the polygon as drawn does not hold the centre.

    Parameters
    ----------
    what
        What distances are measured from.
    around
        Municipalities with column ``member``, as `surroundings` returns them.
    points
        Their centres.
    km
        Distances in ascending order.
    """
    polygons = around.geometry.to_numpy()
    own = around["member"].to_numpy(dtype=bool) & (what.of == "zone")
    to_polygon = _nearest(what.parts, polygons)
    to_centre = _nearest(what.parts, points.geometry.to_numpy())
    if what.of == "zone":
        to_polygon, to_centre = (_beyond(metres, own) for metres in (to_polygon, to_centre))
    limits = np.array(km) * M_PER_KM
    wholly = np.zeros((len(polygons), len(limits)), dtype=bool)
    inside = own.copy()
    for column, limit in enumerate(limits):
        open_question = ~inside & (to_polygon <= limit)
        if limit > 0 and open_question.any():
            reached = what.reach(float(limit))
            shapely.prepare(reached)
            inside[open_question] = shapely.covers(reached, polygons[open_question])
        wholly[:, column] = inside
    by_centre = (to_centre[:, None] <= limits) | wholly
    touching = (to_polygon[:, None] <= limits) | by_centre
    return Bands(wholly, by_centre, touching)


def _nearest(parts: Sequence[shapely.Geometry], geometry: NDArray[Any]) -> NDArray[np.float64]:
    metres = np.full(len(geometry), np.inf)
    for part in parts:
        shapely.prepare(part)
        np.fmin(metres, shapely.distance(part, geometry), out=metres)
    return metres


def _beyond(metres: NDArray[np.float64], own: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Members are at no distance; what only touches them is beyond 0."""
    return np.where(own, 0.0, np.maximum(metres, np.nextafter(0.0, 1.0)))


def point_bands(
    what: Target, x: NDArray[np.float64], y: NDArray[np.float64], km: Sequence[float]
) -> NDArray[np.bool_]:
    """
    Say which points lie within each distance; a row a point, a column a distance.

    Parameters
    ----------
    what
        What distances are measured from; within a polygon they are 0.
    x, y
        Coordinates of the points in the same plane.
    km
        Distances in ascending order.

    Examples
    --------
    >>> square = Target("zone", (shapely.box(0, 0, 10, 10),))
    >>> x, y = np.array([5.0, 13.0, 99.0]), np.array([5.0, 14.0, 5.0])
    >>> point_bands(square, x, y, [0, 0.005]).tolist()
    [[True, True], [False, True], [False, False]]
    """
    limits = np.array(km) * M_PER_KM
    smallest = np.full(len(x), np.inf)
    for part in what.parts:
        np.minimum(smallest, within_distance_bands(x, y, part, limits), out=smallest)
    within: NDArray[np.bool_] = smallest[:, None] <= limits
    return within


def share_within(
    what: Target,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    cell: float,
    km: Sequence[float],
    **turned: Any,
) -> NDArray[np.float64]:
    """
    Return the share of each cell within each distance; a column a distance.

    Parameters
    ----------
    what
        What distances are measured from.
    x, y
        Centres of the cells in the same plane.
    cell
        Side of the cells, metres.
    km
        Distances in ascending order.
    turned
        ``crs`` and ``cells_crs``, as for `geodata.inside_share`.

    Examples
    --------
    >>> square = Target("zone", (shapely.box(0, 0, 10, 10),))
    >>> share_within(square, np.array([0.0, 99.0]), np.array([5.0, 5.0]), 2, [0, 1]).tolist()
    [[0.5, 1.0], [0.0, 1.0]]
    """
    shares = np.zeros((len(x), len(km)))
    for column, distance in enumerate(km):
        # Countries overlap by a strip, which counts once.
        reached = (
            what.reach(distance * M_PER_KM) if distance else shapely.union_all(list(what.parts))
        )
        if shapely.area(reached) > 0:
            shares[:, column] = inside_share(x, y, cell, reached, **turned)
    # Circles have corners, so that a share may fall behind the one before by a hair.
    return np.maximum.accumulate(shares, axis=1)


def key_of(number: float) -> str:
    """
    Return a distance or time as the key of a row.

    Examples
    --------
    >>> key_of(10.0), key_of(2.5)
    ('10', '2.5')
    """
    return f"{number:g}"


def total(people: pd.Series, chosen: NDArray[np.bool_]) -> int | None:
    """Return the sum of the chosen people, or nothing where one of them is missing."""
    counted = people[chosen]
    return None if counted.isna().any() else round(float(counted.sum()))
