"""Corridors: extents computed from a zone's spine, named as computed and documented by nobody."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import geodata
from geodata import countries
from geodata.register.divisions import YEARS
from geodata.units import M_PER_KM
from zones.catalogue.finding import group_of
from zones.errors import ExtentError, MeasureError
from zones.extents.area import Subject
from zones.extents.spine import axis_points
from zones.model.groups import Extent
from zones.model.values import Names

__all__ = [
    "Leg",
    "chosen_extent",
    "corridor",
    "crossed",
    "kept_extent",
    "spine_distances",
    "spine_legs",
]

PASSES = "spine-passes"
_CORRIDOR = re.compile(r"corridor-(\d+(?:\.\d+)?)km")


@dataclass(frozen=True, eq=False)
class Leg:
    """A straight piece of the axis between two centres, and the countries it runs through."""

    line: shapely.LineString
    countries: tuple[str, ...]


def spine_legs(zone: Subject) -> tuple[Leg, ...]:
    """Return the pieces of a zone's axis in order, without its branches.

    Raises
    ------
    MeasureError
        When the zone has no spine.

    Examples
    --------
    >>> [leg.countries for leg in spine_legs("peramerenkaari") if len(leg.countries) > 1]
    [('FI', 'SE')]
    """
    return tuple(
        Leg(shapely.LineString([start, end]), tuple(sorted({unit[:2], following[:2]})))
        for (unit, start), (following, end) in pairwise(axis_points(zone).geometry.items())
    )


def crossed(legs: Iterable[Leg], frames: Mapping[str, gpd.GeoDataFrame]) -> pd.Index:
    """Return the municipalities that pieces of a spine run through, each country by itself.

    Parameters
    ----------
    legs
        Pieces of the spine.
    frames
        Municipalities by country.

    Examples
    --------
    >>> import geodata
    >>> legs = [leg for leg in spine_legs("peramerenkaari") if leg.countries == ("FI",)]
    >>> len(crossed(legs, {"FI": geodata.municipalities(2026)}))
    11
    """
    pieces = list(legs)
    found: set[str] = set()
    for country, frame in frames.items():
        polygons = frame.geometry.to_numpy()
        lines = [leg.line for leg in pieces if country in leg.countries]
        which, units = shapely.STRtree(polygons).query(lines, predicate="intersects")
        # A line that meets a municipality in a point of its border does not cross it.
        shared = shapely.length(shapely.intersection(polygons[units], [lines[i] for i in which]))
        found |= set(frame.index[units[shared > 0]])
    return pd.Index(sorted(found), name="lau_id")


def corridor(
    zone: Subject,
    *,
    within_km: float | None = None,
    year: int = YEARS[-1],
    boundaries: gpd.GeoDataFrame | None = None,
) -> Extent:
    """Compute an extent from a zone's spine.

    Either every municipality of which some part lies within a distance of the spine, or every
    municipality that the spine passes. No source documents such an extent: its id says how it was
    computed (``corridor-25km``, ``spine-passes``), and so does its description. Municipalities are
    those of the countries in which the spine has a centre; a leg within one country passes
    municipalities of that country only, while distances look across the border.

    Parameters
    ----------
    zone
        A zone with a spine, in any form that `zones.get` takes.
    within_km
        Distance from the spine in km; the municipalities that the spine passes where not given.
    year
        Year of the division.
    boundaries
        A user's own boundaries in place of the bundled ones.

    Returns
    -------
    Extent
        For `zones.area(zone, extent=...)`, which also takes the id.

    Raises
    ------
    MeasureError
        When the zone has no spine or the distance is not above zero.
    NoGeometryError
        When the division has no bundled boundaries.

    Examples
    --------
    >>> corridor("viitoskaytava", within_km=25)
    <Extent viitoskaytava/corridor-25km: 38 units, division 2026>
    >>> corridor("peramerenkaari").id
    'spine-passes'
    """
    if within_km is not None and not within_km > 0:
        raise MeasureError(
            f"within_km={within_km!r} is no distance: give a number of km above zero, "
            "or leave it out for the municipalities that the spine passes"
        )
    legs = spine_legs(zone)
    plane = axis_points(zone).crs
    frames = {}
    for country in sorted({part for leg in legs for part in leg.countries}):
        if boundaries is not None:
            frames[country] = boundaries[boundaries.index.str.startswith(f"{country}_")]
        if boundaries is None or frames[country].empty:
            frames[country] = geodata.municipalities(year, country=country)
        frames[country] = frames[country].to_crs(plane)
    if within_km is None:
        name, units = PASSES, crossed(legs, frames)
        names = Names.of("groups.corridor.passes")
    else:
        line = shapely.union_all([leg.line for leg in legs])
        near = [
            frame.index[shapely.dwithin(frame.geometry.to_numpy(), line, within_km * M_PER_KM)]
            for frame in frames.values()
        ]
        units = pd.Index(sorted(unit for index in near for unit in index), name="lau_id")
        name = f"corridor-{within_km:.15g}km"
        names = Names.of("groups.corridor.within", km=float(within_km))
    return Extent(
        id=name,
        group=group_of(zone).id,
        division=year,
        units=tuple(units),
        names=names,
        description=Names.of("groups.corridor.description"),
        source="; ".join(dict.fromkeys(countries.country(c).line("centres") for c in frames)),
    )


def chosen_extent(
    zone: Subject,
    wanted: str | Extent | None,
    *,
    year: int = YEARS[-1],
    boundaries: gpd.GeoDataFrame | None = None,
) -> Extent:
    """Return the extent asked for: the default, a documented one, a corridor, or the one given.

    Raises
    ------
    ExtentError
        When the group has no such extent, the one given is another group's, or the id begins like
        a corridor's and names no distance.

    Examples
    --------
    >>> chosen_extent("viitoskaytava", None).id, chosen_extent("viitoskaytava", "spine-passes").id
    ('with-ita-lappi', 'spine-passes')
    """
    group = group_of(zone)
    if isinstance(wanted, Extent):
        if wanted.group != group.id:
            raise ExtentError(
                f"extent {wanted.id!r} is of {wanted.group}, not of {group.id}: "
                f"give one of {group.id}, or ask for {wanted.group}"
            )
        return wanted
    if wanted is None or wanted in {one.id for one in group.extents}:
        return group.extent(wanted)
    match = _CORRIDOR.fullmatch(wanted)
    if match or wanted == PASSES:
        within_km = float(match[1]) if match else None
        return corridor(group, within_km=within_km, year=year, boundaries=boundaries)
    if wanted.startswith("corridor"):
        raise ExtentError(
            f"{wanted!r} names no corridor: write the distance from the spine in km as in "
            f"corridor-25km, or {PASSES}"
        )
    return group.extent(wanted)


def kept_extent(extent: Extent) -> Extent | str:
    """Return what an extent is carried to another year by: itself, or a corridor's id.

    A corridor is computed anew, since its units are those of a division.

    Examples
    --------
    >>> kept_extent(corridor("viitoskaytava", within_km=25))
    'corridor-25km'
    """
    return extent.id if extent.id == PASSES or _CORRIDOR.fullmatch(extent.id) else extent


def spine_distances(zone: Subject) -> pd.DataFrame:
    """Return the distances along the spine between all of its centres.

    The distance of two centres is the length of the spine between them, branches not counted.

    Parameters
    ----------
    zone
        A zone with a spine, in any form that `zones.get` takes.

    Returns
    -------
    pandas.DataFrame
        Kilometres, ``lau_id`` by ``lau_id``, in the order of the spine.

    Raises
    ------
    MeasureError
        When the zone has no spine.

    Examples
    --------
    >>> km = spine_distances("suomen-kasvukaytava")
    >>> km.loc["FI_091", ["FI_091", "FI_743"]].round(1).tolist()
    [0.0, 331.2]
    """
    units = axis_points(zone).index
    lengths = [leg.line.length / M_PER_KM for leg in spine_legs(zone)]
    along = np.cumsum([0.0, *lengths])
    return pd.DataFrame(abs(along[:, None] - along), index=units, columns=units)
