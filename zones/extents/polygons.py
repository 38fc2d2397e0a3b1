"""The polygons that an area rests on, country by country: a user's own, or the bundled ones."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj

import geodata
from geodata import countries
from geodata.boundaries.bundled import carry_boundaries
from geodata.boundaries.checking import check_boundaries
from geodata.countries import cached_by_countries
from geodata.countries.record import PLANE
from geodata.coverages.borders import BorderTable
from geodata.coverages.contiguity import Contiguity
from geodata.errors import NoGeometryError
from geodata.register.divisions import YEARS, division_ids
from geodata.units import M_PER_KM
from zones.errors import ExtentError
from zones.model.keys import country_name
from zones.texts import LANGUAGES, Named, Text, phrase

__all__ = [
    "Polygons",
    "Sea",
    "bundled_borders",
    "bundled_contiguity",
    "credit_of",
    "given_boundaries",
    "plane_name",
    "polygons",
]

Sea = Literal["no", "yes", "unknown"]
"""Whether polygons hold the sea beside land and inland water."""

# Bundled borders stray by less than this many times their error, for the smallest units too.
_FAR = 3.0
# Sea is held where units larger than borders can stray add a fiftieth, or the whole a tenth.
_MORE, _SAME = 0.10, 0.02


@dataclass(frozen=True, eq=False, kw_only=True)
class Polygons:
    """All units of the countries that an extent touches, and what their polygons are.

    Attributes
    ----------
    frames
        The units of each country, as `geodata.municipalities` has them.
    own
        Countries whose polygons are not the bundled ones.
    error_km
        How far the borders of each country stray; None where their scale is not known.
    sea
        Whether the polygons of each country hold the sea.
    notes
        What a reader must know of them.
    """

    frames: Mapping[str, gpd.GeoDataFrame]
    own: tuple[str, ...]
    error_km: Mapping[str, float | None]
    sea: Mapping[str, Sea]
    notes: tuple[Text, ...]


def credit_of(frame: object) -> Text:
    """Return the line that credits a user's boundaries, with the name of their file where known."""
    name = getattr(frame, "attrs", {}).get("source")
    if name is None:
        return Text.of("measures.source.own")
    return Text.of("measures.source.own_file", name=str(name))


def given_boundaries(frame: gpd.GeoDataFrame, division: int) -> tuple[gpd.GeoDataFrame, list[Text]]:
    """Return a user's boundaries in the units of a division, with the register's columns.

    Boundaries of an older division are carried to it: what merged since is dissolved.

    Raises
    ------
    ExtentError
        If they are of a later division, whose merged units cannot be split again.
    FileFormatError, IdentifierError
        If they are no polygons of municipalities.
    """
    ready = isinstance(frame, gpd.GeoDataFrame) and frame.index.name == "lau_id"
    if not (ready and frame.crs and {"country", "region", "name_fi"} <= set(frame.columns)):
        frame = geodata.as_boundaries(frame, source="boundaries")
    placed = frame.to_crs(countries.plane_of(frame["country"].unique()))
    own = _fitting(placed.index, division)
    if own == division:
        return placed, []
    if own > division:
        unknown = sorted(set(placed.index) - division_ids(division))
        raise ExtentError(
            f"the boundaries given are of the division of {own}, and {division} was asked for, "
            f"which has no {', '.join(unknown[:5])}: give year={own}, or boundaries of {division}"
        )
    chain = geodata.successors(placed.index, from_year=own, to_year=division)
    geometry = carry_boundaries(placed.geometry, chain)
    lands = placed["country"].unique()
    register = pd.concat([geodata.municipality_register(division, country=c) for c in lands])
    carried = gpd.GeoDataFrame(register.reindex(geometry.index), geometry=geometry, crs=placed.crs)
    years = {"own": str(own), "division": str(division)}
    return carried, [Text.of("measures.note.carried_boundaries", **years)]


def _fitting(units: pd.Index, division: int) -> int:
    """Return the division that units are of: the one asked for, the newest before, or after it."""
    fits = [year for year in YEARS if division_ids(year).issuperset(units)]
    if division in fits or not fits:
        return division
    older = [year for year in fits if year < division]
    return max(older) if older else min(fits)


def polygons(
    division: int,
    units: tuple[str, ...],
    boundaries: gpd.GeoDataFrame | None,
    *,
    error_m: float | None = None,
) -> Polygons:
    """Return every unit of the countries that an extent touches, the home country always.

    A country of which the boundaries given hold nothing has its bundled ones, and a note says so.

    Parameters
    ----------
    division
        Year of the division.
    units
        The extent's ``lau_id``.
    boundaries
        A user's own, in the units of the division.
    error_m
        How far their borders stray, in metres at 90 %, where it is known.
    """
    touched = countries.in_order(units)
    plane = countries.plane_of(touched)
    wanted = countries.in_order((*touched, countries.home(touched).code))
    frames: dict[str, gpd.GeoDataFrame] = {}
    errors: dict[str, float | None] = {}
    sea: dict[str, Sea] = {}
    notes: list[Text] = []
    own = []
    for country in wanted:
        part = None if boundaries is None else boundaries[boundaries["country"] == country]
        if part is not None and len(part):
            own.append(country)
            frames[country] = part.to_crs(plane)
            errors[country] = None if error_m is None else error_m / M_PER_KM
            sea[country] = _sea(part, division, country)
            notes += _lacking(part, division, country)
            if not part.attrs.get("checked", False):
                notes += _faulty(part)
            continue
        known = countries.country(country)
        frame, more = _bundled(division, country)
        frames[country] = frame.to_crs(plane)
        # Nobody says of a user's country whether its polygons hold the sea.
        errors[country], sea[country] = known.border_error_km, "unknown" if known.given else "no"
        notes += more
        if not known.checked:
            notes += _faulty(frame)
        if boundaries is not None and country in touched:
            name = country_name(country)
            notes.append(Text.of("measures.note.bundled_beside", country=name))
    if boundaries is not None and not set(own) & set(touched):
        names = " and ".join(countries.country(country).names["en"] for country in touched)
        raise ExtentError(
            f"the boundaries given hold nothing of {names}: give boundaries of {names}"
        )
    notes += _of_given(touched)
    notes += _strays(frames, units, plane)
    once = tuple(dict.fromkeys(notes))
    return Polygons(frames=frames, own=tuple(own), error_km=errors, sea=sea, notes=once)


def _of_given(touched: Iterable[str]) -> list[Text]:
    """Say what is not known of countries that a user brought in."""
    notes = []
    for record in map(countries.country, touched):
        if record.given:
            years = ", ".join(map(str, record.people().columns))
            none = {lang: phrase("abroad.note.no_people", lang) for lang in LANGUAGES}
            notes.append(
                Text.of(
                    "abroad.note.given_country",
                    country=country_name(record.code),
                    file=record.line("register"),
                    people=years or Named.in_three(**none),
                )
            )
    return notes


def _strays(
    frames: Mapping[str, gpd.GeoDataFrame], units: tuple[str, ...], plane: pyproj.CRS
) -> list[Text]:
    """Say how far areas and distances are off in a plane that is not the usual one."""
    if plane.to_epsg() == PLANE:
        return []
    parts = [frame.geometry[frame.index.isin(units)] for frame in frames.values()]
    boxes = pd.concat([part.to_crs(4326).bounds for part in parts if len(part)])
    factors = pyproj.Proj(plane).get_factors(
        (boxes["minx"] + boxes["maxx"]) / 2, (boxes["miny"] + boxes["maxy"]) / 2
    )
    longest = max(np.max(factors.tissot_semimajor) - 1, 1 - np.min(factors.tissot_semiminor))
    largest = np.max(np.abs(np.subtract(factors.areal_scale, 1)))
    return [
        Text.of(
            "abroad.note.plane",
            plane=plane_name(plane),
            area=_at_most(100 * float(largest)),
            length=_at_most(100 * float(longest)),
        )
    ]


def _at_most(percent: float) -> float:
    """Return hundredths that a figure does not exceed; what is nothing but for rounding is 0."""
    return math.ceil(100 * percent - 1e-3) / 100


def plane_name(plane: pyproj.CRS) -> str:
    """Return what a plane is called in texts: its EPSG code, or its name."""
    epsg = plane.to_epsg()
    return f"EPSG:{epsg}" if epsg else str(plane.name)


@cached_by_countries
def bundled_borders(division: int, country: str) -> BorderTable:
    """Return the border table of a country's bundled boundaries, one for all extents on them."""
    return geodata.border_table(geodata.municipalities(division, country=country).geometry)


@cached_by_countries
def bundled_contiguity(division: int, country: str) -> Contiguity:
    """Return the neighbours in a country on its bundled boundaries, one for all extents on them."""
    error = countries.country(country).border_error_km
    return geodata.contiguity(
        bundled_borders(division, country),
        geodata.municipalities(division, country=country).geometry,
        known=geodata.known_neighbours(division, country=country),
        error_m=None if error is None else error * M_PER_KM,
    )


def _bundled(division: int, country: str) -> tuple[gpd.GeoDataFrame, list[Text]]:
    try:
        return geodata.municipalities(division, country=country), []
    except NoGeometryError:
        register = geodata.municipality_register(division, country=country)
        nothing = gpd.GeoSeries([None] * len(register), register.index)
        drawn = countries.country(country).drawn_years
        years = {"first": str(drawn[0]), "last": str(drawn[-1])}
        note = Text.of("measures.note.no_boundaries", division=str(division), **years)
        plane = countries.plane_of([country])
        return gpd.GeoDataFrame(register, geometry=nothing, crs=plane), [note]


def _lacking(frame: gpd.GeoDataFrame, division: int, country: str) -> list[Text]:
    """Say so where a user's boundaries are a part: shares and neighbours lack the rest."""
    known = geodata.municipality_register(division, country=country).index
    given = known.isin(frame.index).sum()
    if given == len(known):
        return []
    return [
        Text.of(
            "measures.note.part_of_boundaries",
            country=Named.in_three(**countries.country(country).genitives),
            given=int(given),
            known=len(known),
            division=str(division),
        )
    ]


def _faulty(frame: gpd.GeoDataFrame) -> list[Text]:
    """Say what would make figures wrong in boundaries that were read without the check."""
    fatal = check_boundaries(frame).fatal
    if not fatal:
        return []
    first = fatal[0]
    fault = Text.of(f"coverage_check.{first.kind}", **first.params)
    return [Text.of("measures.note.faulty_boundaries", count=len(fatal), fault=fault)]


def _sea(frame: gpd.GeoDataFrame, division: int, country: str) -> Sea:
    """Say whether polygons hold the sea: by their attributes, else against the bundled layer."""
    if "sea_km2" in frame:
        return "yes" if (frame["sea_km2"] > 0).any() else "no"
    try:
        bundled = geodata.municipalities(division, country=country).geometry
    except NoGeometryError:
        return "unknown"
    both = frame.index.intersection(bundled.index)
    if both.empty:
        return "unknown"
    record = countries.country(country)
    if record.given or record.border_error_km is None:
        return "unknown"
    given, known = frame.geometry.loc[both].area, bundled.loc[both].area
    # A unit is larger where it differs by more than borders can stray along its whole perimeter.
    stray = _FAR * record.border_error_km * M_PER_KM * bundled.loc[both].length
    larger = float((given - known)[given - known > stray].sum()) / float(known.sum())
    whole = float(given.sum() / known.sum()) - 1
    if larger > _SAME or whole > _MORE:
        return "yes"
    return "no" if abs(whole) < _SAME else "unknown"
