"""The register: names and divisions of each year's municipalities.

A division is the set of municipalities in force in a year (from 1 January). A municipality is
identified by `lau_id`: country, underscore, national code, as in ``FI_091`` and ``SE_2580``.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from geodata import countries
from geodata.countries import cached_by_countries
from geodata.countries.record import LANGUAGES, NEWEST_DIVISION, YEARS
from geodata.errors import ArgumentError, YearError
from geodata.messages import unknown

__all__ = [
    "NEWEST_DIVISION",
    "TEXT",
    "YEARS",
    "checked_country",
    "checked_year",
    "classification",
    "classifications",
    "division_ids",
    "division_with",
    "lifetimes",
    "municipality_register",
    "whole_year",
]

# The type of a column of text: `str` from pandas 3 on, `object` before.
TEXT = pd.Series(["text"]).dtype

_STANDARD = ("region", "sub_region", "wellbeing_county")


def classifications(country: str | None = None) -> Mapping[str, str]:
    """
    Classifications of a country's register, the home country's where not given.

    Returns
    -------
    Mapping
        Our name, and the publisher's.

    Examples
    --------
    >>> classifications()["employment_area"]
    'tyollisyysalue'
    """
    return _record(country).classifications


def municipality_register(
    year: int = 2026,
    *,
    country: str | None = None,
    columns: Iterable[str] = (),
) -> pd.DataFrame:
    """Municipalities of a year with their names and the divisions they belong to.

    The state of the register on 1 January of the year. Codes and names of regions, sub-regions
    and wellbeing services counties are those of that year: Joroinen (``FI_171``) is in
    Etelä-Savo in 2020 and in Pohjois-Savo from 2021. Where a division did not exist (wellbeing
    services counties before 2018, sub-regions in Sweden) the value is missing.

    Parameters
    ----------
    year
        Year of the division, 2013-2026.
    country
        ``"FI"``, or ``"SE"`` for the 29 municipalities of Norrbotten and Västerbotten, which are
        the same in every year and have their county as region; the home country by default.
    columns
        More classifications, by the names in `classifications`; each adds its code and its names
        in three languages.

    Returns
    -------
    pandas.DataFrame
        Indexed by `lau_id`, sorted: ``country``, ``name_fi``, ``name_sv``, ``name_en``, and for
        ``region``, ``sub_region`` and ``wellbeing_county`` the code and, with ``_fi``, ``_sv``,
        ``_en``, the names.

    Raises
    ------
    YearError
        If the year is not in the register.
    ArgumentError
        If the country or a column is unknown.

    Examples
    --------
    >>> municipality_register(2020).loc["FI_171", ["name_fi", "region_fi"]].tolist()
    ['Joroinen', 'Etelä-Savo']
    >>> municipality_register(2021).loc["FI_171", ["name_fi", "region_fi"]].tolist()
    ['Joroinen', 'Pohjois-Savo']
    """
    record = _record(country)
    wanted = (columns,) if isinstance(columns, str) else tuple(columns or ())
    keys = [_classification_key(name) for name in wanted]
    frame = _register(checked_year(year), record.code).copy()
    for key in keys:
        if key in _STANDARD:
            continue
        if record.classified is None or key not in record.classifications:
            frame = frame.join(pd.DataFrame(index=frame.index, columns=_of(key), dtype=TEXT))
        else:
            frame = frame.join(record.classified(int(year), key))
    return frame


def classification(name: str, *, year: int = YEARS[-1], country: str | None = None) -> pd.DataFrame:
    """One classification of the municipalities in a year, with its names.

    Parameters
    ----------
    name
        A name in `classifications` (``"nuts3"``, ``"ely"``, ``"employment_area"``) or Statistics
        Finland's (``"tyollisyysalue"``).
    year
        Year of the division, 2013-2026.
    country
        The home country by default.

    Returns
    -------
    pandas.DataFrame
        Indexed by `lau_id`: ``code``, ``name_fi``, ``name_sv``, ``name_en``; missing in the years
        when the classification did not exist.

    Examples
    --------
    >>> classification("nuts3", year=2026).loc["FI_091"].tolist()
    ['FI1B1', 'Helsinki-Uusimaa', 'Helsingfors-Nyland', 'Helsinki-Uusimaa']
    """
    frame = municipality_register(year, country=country, columns=[name])
    columns = _of(_classification_key(name))
    return frame[columns].set_axis(["code", *(f"name_{part}" for part in LANGUAGES)], axis=1)


@cached_by_countries
def lifetimes() -> Mapping[str, tuple[int, int]]:
    """First and last year of the register in which each municipality exists, of all countries."""
    years: dict[str, tuple[int, int]] = {}
    changing = [record.code for record in countries.countries() if not record.given]
    for year in YEARS:
        for unit in sorted(unit for code in changing for unit in division_ids(year, country=code)):
            years[unit] = (years.get(unit, (year, year))[0], year)
    for record in countries.countries():
        if record.given:
            always = dict.fromkeys(record.units(YEARS[-1]).index, (YEARS[0], YEARS[-1]))
            years |= always
    return MappingProxyType(years)


@cached_by_countries
def division_ids(year: int, *, country: str | None = None) -> frozenset[str]:
    """Every `lau_id` of a year's division, of one country or all."""
    wanted = countries.codes() if country is None else (country,)
    return frozenset(unit for code in wanted for unit in _register(year, code).index)


def division_with(ids: Iterable[str], year: int) -> frozenset[str]:
    """Municipalities of a year in the countries that some ids are of."""
    found = (division_ids(year, country=code) for code in countries.in_order(ids))
    return frozenset[str]().union(*found)


def checked_year(year: int) -> int:
    """Return the year as an `int`, or raise `YearError` if the register does not hold it."""
    number = isinstance(year, int | float | np.integer | np.floating)
    if isinstance(year, bool) or not number or year not in YEARS:
        raise YearError(
            f"year {year!r} is not in the register, which holds {YEARS[0]}-{YEARS[-1]}; "
            "give a whole year in that range"
        )
    return int(year)


def whole_year(year: int) -> int:
    """Return the year as an `int`; NumPy's whole numbers are fine, text and fractions are not."""
    if isinstance(year, bool) or not isinstance(year, int | np.integer):
        raise YearError(f"year {year!r} is not a whole number: give one such as 2022")
    return int(year)


def checked_country(country: str | None, *, both: bool = False) -> None:
    """Raise `ArgumentError` unless the country is known here, or None where that means all."""
    if both and country is None:
        return
    known = countries.codes()
    if not isinstance(country, str) or country not in known:
        rest = ", or None for both" if both else ""
        raise ArgumentError(
            f"country {country!r} is not known here: expected {' or '.join(map(repr, known))}"
            f"{rest}; {countries.BRING_IN}"
        )


def _record(country: str | None) -> countries.Country:
    if country is None:
        return countries.home()
    checked_country(country)
    return countries.country(country)


def _classification_key(name: str) -> str:
    known: dict[str, str] = {}
    for record in countries.countries():
        known |= record.classifications
    for key, source in known.items():
        if name in (key, source):
            return key
    raise ArgumentError(unknown("classification", name, known))


def _of(key: str) -> list[str]:
    return [key, *(f"{key}_{language}" for language in LANGUAGES)]


@cached_by_countries
def _register(year: int, country: str) -> pd.DataFrame:
    """One year's register; shared, so callers copy before they hand it out."""
    units = countries.country(country).units(year)
    columns = [f"name_{part}" for part in LANGUAGES] + [c for key in _STANDARD for c in _of(key)]
    frame = units.reindex(columns=columns)
    frame.insert(0, "country", country)
    return frame.astype(TEXT)
