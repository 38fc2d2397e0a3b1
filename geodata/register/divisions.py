"""The register: names and divisions of each year's municipalities, and the mergers between them.

A division is the set of municipalities in force in a year (from 1 January). A municipality is
identified by `lau_id`: country, underscore, national code, as in ``FI_091`` and ``SE_2580``.
"""

import datetime as dt
import functools
import io
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from geodata import snapshot
from geodata.errors import ArgumentError, IdentifierError, YearError

__all__ = [
    "CLASSIFICATIONS",
    "COUNTRIES",
    "YEARS",
    "classification",
    "lifetimes",
    "mergers",
    "municipality_register",
    "successors",
]

YEARS = range(2013, 2027)
"""Years whose divisions the register holds."""

CLASSIFICATIONS: Mapping[str, str] = MappingProxyType(
    {
        "region": "maakunta",
        "sub_region": "seutukunta",
        "wellbeing_county": "hyvinvointialue",
        "major_region": "suuralue",
        "nuts2": "nuts2",
        "nuts3": "nuts3",
        "ely": "ely",
        "evk": "evk",
        "avi": "avi",
        "employment_area": "tyollisyysalue",
        "electoral_district": "vaalipiiri",
        "language_status": "kielisuhde",
        "urban_rural": "kuntaryhmitys",
    }
)
"""Classifications of the Finnish register: our name, and Statistics Finland's."""

# The type of a column of text: `str` from pandas 3 on, `object` before.
TEXT = pd.Series(["text"]).dtype

COUNTRIES = ("FI", "SE")
"""Countries of the register; each is a coverage of its own."""

_STANDARD = ("region", "sub_region", "wellbeing_county")
_LANGUAGES = ("fi", "sv", "en")

# The counties are the first two digits of a Swedish code. The Finnish names are those of the
# counties in Finnish texts; Swedish statistics have no sub-regions like the Finnish ones.
_SWEDISH_COUNTIES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "24": ("Västerbottenin lääni", "Västerbottens län", "Västerbotten County"),
        "25": ("Norrbottenin lääni", "Norrbottens län", "Norrbotten County"),
    }
)

# Finnish names of Swedish municipalities that the catalogue of zones has found in a source.
_SWEDISH_NAMES_FI: Mapping[str, str] = MappingProxyType({"2580": "Luulaja", "2583": "Haaparanta"})


def municipality_register(
    year: int = 2026,
    *,
    country: str = "FI",
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
        the same in every year and have their county as region.
    columns
        More classifications of the Finnish register, by the names in `CLASSIFICATIONS`; each
        adds its code and its names in three languages.

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
    year = checked_year(year)
    checked_country(country)
    wanted = (columns,) if isinstance(columns, str) else tuple(columns or ())
    keys = [_classification_key(name) for name in wanted]
    frame = _register(year, country).copy()
    for key in keys:
        if key in _STANDARD:
            continue
        extra = (
            _classified(year, key)
            if country == "FI"
            else pd.DataFrame(index=frame.index, columns=_columns_of(key), dtype=TEXT)
        )
        frame = frame.join(extra)
    return frame


def classification(name: str, *, year: int = 2026) -> pd.DataFrame:
    """One classification of the Finnish municipalities in a year, with its names.

    Parameters
    ----------
    name
        A name in `CLASSIFICATIONS` (``"nuts3"``, ``"ely"``, ``"employment_area"``) or Statistics
        Finland's (``"tyollisyysalue"``).
    year
        Year of the division, 2013-2026.

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
    frame = _classified(checked_year(year), _classification_key(name)).copy()
    return frame.set_axis(["code", "name_fi", "name_sv", "name_en"], axis="columns")


def mergers() -> pd.DataFrame:
    """Finnish municipalities that were merged into another one, and when.

    Returns
    -------
    pandas.DataFrame
        Indexed 0, 1, 2, ... in order of time: ``lau_id`` of the municipality that ceased,
        ``successor`` (its code may have ceased later in turn), ``in_force`` (`datetime.date`, the
        first day of the new division).

    Examples
    --------
    >>> mergers().iloc[-1].astype(str).tolist()
    ['FI_588', 'FI_507', '2025-01-01']
    """
    return _mergers().copy()


def successors(ids: Iterable[str], *, from_year: int, to_year: int) -> pd.Series:
    """Municipality of a later division that holds each municipality of an earlier one.

    Follows chains of mergers that come into force after 1 January of `from_year` and by
    1 January of `to_year`. Between the same years, or where nothing merged, it is the identity.
    Backwards a merged unit has no single predecessor: `harmonise` splits its figures.

    Parameters
    ----------
    ids
        `lau_id` of units of the division of `from_year`.
    from_year, to_year
        Years of the two divisions, `to_year` not before `from_year`.

    Returns
    -------
    pandas.Series
        Named ``successor``, indexed by the ids in the order given (index name ``lau_id``).

    Raises
    ------
    YearError
        If a year is not in the register or `to_year` is before `from_year`.
    IdentifierError
        If an id is not in the division of `from_year`; all of them are listed.

    Examples
    --------
    >>> successors(["FI_588", "FI_091"], from_year=2024, to_year=2025).to_dict()
    {'FI_588': 'FI_507', 'FI_091': 'FI_091'}
    """
    from_year, to_year = checked_year(from_year), checked_year(to_year)
    if to_year < from_year:
        raise YearError(
            f"successors from {from_year} to {to_year} run backwards, where a merged unit has no "
            "single answer; give the later year as to_year, or use harmonise() for figures"
        )
    if isinstance(ids, str) or not isinstance(ids, Iterable):
        raise IdentifierError(f"{ids!r} where several lau_ids were expected; give a list of them")
    given = list(ids)
    division = division_ids(from_year)
    texts = [unit if isinstance(unit, str) else repr(unit) for unit in given]
    wrong = [unit for unit in dict.fromkeys(texts) if unit not in division]
    if wrong:
        raise IdentifierError(
            f"not in the division of {from_year}: {', '.join(map(repr, wrong))}; give lau_ids "
            "of that division such as 'FI_091' (parse_ids() reads other forms)"
        )
    chain = _chain(from_year, to_year)
    return pd.Series(
        [chain.get(unit, unit) for unit in given],
        index=pd.Index(given, name="lau_id", dtype=TEXT),
        name="successor",
        dtype=TEXT,
    )


@functools.cache
def lifetimes() -> Mapping[str, tuple[int, int]]:
    """First and last year of the register in which each municipality exists, both countries."""
    years: dict[str, tuple[int, int]] = {}
    for year in YEARS:
        for unit in sorted(division_ids(year)):
            years[unit] = (years.get(unit, (year, year))[0], year)
    return MappingProxyType(years)


@functools.cache
def division_ids(year: int) -> frozenset[str]:
    """Every `lau_id` of a year's division, both countries."""
    return frozenset(_register(year, "FI").index) | frozenset(_register(year, "SE").index)


@functools.cache
def merger_rows() -> tuple[tuple[str, str, dt.date], ...]:
    """Mergers in order of time, as `mergers` has them: unit, successor, day in force."""
    rows = _table("mergers.csv")
    return tuple(
        sorted(
            (
                (f"FI_{code}", f"FI_{successor}", dt.date.fromisoformat(day))
                for code, successor, day in zip(
                    rows["code"], rows["successor"], rows["in_force"], strict=True
                )
            ),
            key=lambda row: (row[2], row[0]),
        )
    )


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
    """Raise `ArgumentError` unless the country is known here, or None where that means both."""
    if (both and country is None) or (isinstance(country, str) and country in COUNTRIES):
        return
    rest = ", or None for both" if both else ""
    raise ArgumentError(f"country {country!r} is not known here: expected 'FI' or 'SE'{rest}")


def _classification_key(name: str) -> str:
    for key, source in CLASSIFICATIONS.items():
        if name in (key, source):
            return key
    raise ArgumentError(
        f"classification {name!r} is not in the register; give one of {', '.join(CLASSIFICATIONS)}"
    )


def _columns_of(key: str) -> list[str]:
    return [key, *(f"{key}_{language}" for language in _LANGUAGES)]


@functools.cache
def _table(name: str) -> pd.DataFrame:
    """Read a bundled table as text: a code must never become a number."""
    return pd.read_csv(io.BytesIO(snapshot.read_bytes(name)), dtype="str", keep_default_na=False)


@functools.cache
def _classified(year: int, key: str) -> pd.DataFrame:
    source = CLASSIFICATIONS[key]
    rows = _table("register.csv")
    rows = rows[rows["year"] == str(year)]
    names = _table("division_names.csv")
    names = names[(names["year"] == str(year)) & (names["division"] == source)].set_index("code")
    codes = rows[source].where(rows[source] != "")
    index = pd.Index("FI_" + rows["code"], name="lau_id")
    columns = {key: codes.set_axis(index)}
    for language in _LANGUAGES:
        columns[f"{key}_{language}"] = codes.map(names[f"name_{language}"]).set_axis(index)
    return pd.DataFrame(columns, index=index).astype(TEXT).sort_index()


@functools.cache
def _register(year: int, country: str) -> pd.DataFrame:
    """One year's register; shared, so callers copy before they hand it out."""
    if country == "SE":
        return _swedish_register()
    rows = _table("register.csv")
    rows = rows[rows["year"] == str(year)]
    frame = pd.DataFrame(
        {
            "country": "FI",
            "name_fi": rows["name_fi"],
            "name_sv": rows["name_sv"],
            "name_en": rows["name_en"],
        }
    ).astype(TEXT)
    frame = frame.set_axis(pd.Index("FI_" + rows["code"], name="lau_id")).sort_index()
    return frame.join([_classified(year, key) for key in _STANDARD])


@functools.cache
def _swedish_register() -> pd.DataFrame:
    rows = _table("municipalities_se.csv")
    counties = rows["code"].str[:2]
    columns: dict[str, object] = {
        "country": "SE",
        "name_fi": rows["code"].map(_SWEDISH_NAMES_FI).fillna(rows["name"]),
        "name_sv": rows["name"],
        "name_en": rows["name"],
        "region": counties,
    }
    for position, language in enumerate(_LANGUAGES):
        columns[f"region_{language}"] = counties.map(
            {code: names[position] for code, names in _SWEDISH_COUNTIES.items()}
        )
    for key in ("sub_region", "wellbeing_county"):
        columns |= dict.fromkeys(_columns_of(key))
    frame = pd.DataFrame(columns, index=rows.index).astype(TEXT)
    return frame.set_axis(pd.Index("SE_" + rows["code"], name="lau_id")).sort_index()


@functools.cache
def _mergers() -> pd.DataFrame:
    rows = merger_rows()
    return pd.DataFrame(
        {
            "lau_id": pd.Series([row[0] for row in rows], dtype=TEXT),
            "successor": pd.Series([row[1] for row in rows], dtype=TEXT),
            "in_force": pd.Series([row[2] for row in rows], dtype=object),
        }
    )


@functools.cache
def _chain(from_year: int, to_year: int) -> Mapping[str, str]:
    """Map units of the earlier division that cease by the later one to where they end up."""
    ends: dict[str, str] = {}
    for unit, successor, day in merger_rows():
        if from_year < day.year <= to_year:
            ends = {old: successor if new == unit else new for old, new in ends.items()}
            ends[unit] = successor
    return MappingProxyType(ends)
