"""The record of a country: all that sets it apart from others."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from geodata.errors import NoGeometryError
from geodata.messages import spans

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "LANGUAGES",
    "NEWEST_DIVISION",
    "PLANE",
    "PLANE_OF_EUROPE",
    "POINT_INSIDE",
    "YEARS",
    "Country",
    "Merger",
    "no_polygons",
]

YEARS = range(2013, 2027)
"""Years whose divisions the register holds."""

NEWEST_DIVISION = YEARS[-1]
"""The division that is meant where no year is given."""

PLANE = 3067
"""EPSG code of the plane in which areas and distances are computed where nothing else is said."""

PLANE_OF_EUROPE = 3035
"""EPSG code of the plane for several countries that have none in common; areas are exact in it."""

POINT_INSIDE = "point inside"
"""Source of a point that stands in for a centre that is not known."""

LANGUAGES: tuple[Literal["fi", "sv", "en"], ...] = ("fi", "sv", "en")


class Merger(NamedTuple):
    """A municipality that ceased, the one that it became part of, and the first day of that."""

    unit: str
    successor: str
    in_force: dt.date


def no_polygons() -> "gpd.GeoSeries":
    """Stand for the polygons of a country that has none."""
    raise NoGeometryError(
        "no boundaries of this country are known: give a boundary file; "
        "geodata.municipality_register gives its municipalities without polygons"
    )


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Country:
    """What is known of a country.

    Tables come from functions, which are asked when first needed. Every table has one row a unit,
    indexed by `lau_id`: the country's code, underscore, national code.

    Attributes
    ----------
    code
        The two letters that begin its `lau_id`.
    names, genitives, parts
        In three languages its name, "of" it, and the part of a zone that lies in it. What is
        named is what is known, such as the north of a country.
    language
        Its first language, in which messages name its municipalities.
    whole
        Whether all its municipalities are known, so that shares of the country mean something.
    beside
        Codes of the countries that are drawn and counted together with it.
    digits
        Length of a national code, leading zeros and all. None where codes may be of any length
        and have letters: then they are read with the country's letters before them.
    prefixes
        What else a code may begin with in place of the country's letters.
    classifier
        What the addresses of its statistical classification of municipalities begin with.
    elsewhere
        First digits of the codes of places in the country that are not known here.
    abroad, unplaced
        Codes that tables have in place of a municipality: for all places in other countries, and
        for people of whom no municipality is known.
    row_names, part_names
        What a row of the whole country is called in tables, and one of a part of it that is no
        unit of a classification: small letters, no diacritics.
    area_prefixes
        Letters before the code of a coarser area in tables, and the classification it is of.
    unknown
        What a message says of a code that is no municipality.
    units
        Names (``name_fi``, ``name_sv``, ``name_en``), and where known ``region``, ``sub_region``
        and ``wellbeing_county`` with their names, of the division of a year in `YEARS`.
    classifications
        Further classifications: our name, and the publisher's.
    classified
        Code and names of the units in one of them in a year.
    mergers
        Municipalities that were merged; none in a country without history.
    polygons
        Boundaries of the division of `drawn_division`, a coverage; None for every division.
    drawn_division, drawn_years
        Division that the polygons are of, and the years whose divisions follow from them.
    border_error_km
        How far borders stray: areas err by less than this times their perimeter in 90 % of cases.
        None where the scale of the borders is not known.
    assumed_error
        Whether that is assumed, not measured.
    given
        Whether it was made from a user's file (`geodata.read_country`): of one division for all
        years, without history, and with points inside of municipalities in place of centres.
    checked
        Whether its polygons were found to be a coverage.
    plane
        CRS in which areas and distances of its municipalities alone are computed.
    people
        People on 31 December, a column a year, missing where not known.
    people_division, people_divisions
        Division that the figures are of, and those that they can be carried to without loss; None
        and all where units never change.
    later_people
        Newer figures than those, by the division that they are of.
    perturbed_from
        First year whose figures the publisher perturbs, so that small ones are off by a few.
    neighbours, neighbours_division
        Pairs of units that share a border (``left``, ``right``, and ``border``: ``land``, or
        ``sea`` where it runs through the sea only), and the division that they are of; None where
        they are not known as facts.
    seats
        Centres as points, with ``name`` and ``source``.
    crs
        EPSG codes of the national grids, with their names.
    line
        The line to credit for a dataset: ``"register"``, ``"boundaries"``, ``"neighbours"``,
        ``"centres"``, ``"population"``, or ``"population-2025"`` for a year of `later_people`.
    """

    code: str
    names: Mapping[str, str]
    genitives: Mapping[str, str]
    parts: Mapping[str, str]
    language: Literal["fi", "sv", "en"]
    digits: int | None
    unknown: str
    units: Callable[[int], "pd.DataFrame"]
    people: Callable[[], "pd.DataFrame"]
    seats: Callable[[], "gpd.GeoDataFrame"]
    line: Callable[[str], str]
    polygons: Callable[[], "gpd.GeoSeries"] = no_polygons
    border_error_km: float | None = 0.0
    assumed_error: bool = False
    given: bool = False
    checked: bool = True
    plane: object = PLANE
    whole: bool = True
    beside: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    classifier: str | None = None
    elsewhere: frozenset[str] = frozenset()
    abroad: frozenset[str] = frozenset()
    unplaced: frozenset[str] = frozenset()
    row_names: frozenset[str] = frozenset()
    part_names: frozenset[str] = frozenset()
    area_prefixes: Mapping[str, str] = field(default_factory=dict)
    classifications: Mapping[str, str] = field(default_factory=dict)
    classified: Callable[[int, str], "pd.DataFrame"] | None = None
    mergers: Callable[[], Iterable[Merger]] = tuple
    drawn_division: int | None = None
    drawn_years: range = YEARS
    people_division: int | None = None
    people_divisions: range = YEARS
    later_people: "Mapping[int, Callable[[], pd.DataFrame]]" = field(default_factory=dict)
    perturbed_from: int | None = None
    neighbours: "Callable[[], pd.DataFrame] | None" = None
    neighbours_division: int = YEARS[0]
    crs: Mapping[int, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Say which country it is, with how many units, people of which years, and from whom."""
        number = len(self.units(NEWEST_DIVISION))
        tables = [self.people(), *(later() for later in self.later_people.values())]
        years = spans(sorted({int(year) for table in tables for year in table.columns}))
        units = f"{number} {'municipality' if number == 1 else 'municipalities'}"
        people = f"people of {years or 'no year'}; {self.line('boundaries')}"
        return f"<Country {self.code}, {self.names['en']}: {units}, {people}>"

    def has(self, unit: str) -> bool:
        """Whether a `lau_id` is of this country."""
        return unit.startswith(f"{self.code}_")

    def unit(self, code: str) -> str:
        """Return the `lau_id` of a national code, its leading zeros filled up."""
        return f"{self.code}_{code.zfill(self.digits or 0)}"
