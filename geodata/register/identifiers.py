"""Municipality identifiers: read what people write, and say what is wrong with the rest.

A `lau_id` is country, underscore and national code, as GISCO writes it: ``FI_091``,
``SE_2580``. The national code is text; a number has lost its leading zeros.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata import countries
from geodata.errors import GeodataError, IdentifierError
from geodata.messages import listed
from geodata.register.codes import FIX, NotAnIdError, dated, read
from geodata.register.divisions import (
    TEXT,
    YEARS,
    checked_country,
    checked_year,
    division_ids,
    lifetimes,
)
from geodata.register.faults import SHOWN, Fault, meant, not_municipalities, said, shown
from geodata.register.names import fold, label_of, suggest

__all__ = [
    "Fault",
    "YearFit",
    "describe_years",
    "detect_years",
    "find_faults",
    "fold",
    "is_municipality",
    "parse_id",
    "parse_ids",
    "suggest",
]

# Bad values for which what is meant is looked for, which is slow.
_SUGGESTED = 200
# A table that holds this share of a country's newest municipalities is meant to hold all of them.
_NATIONAL = 0.9


@dataclass(frozen=True)
class YearFit:
    """Which years' divisions a set of municipalities fits.

    Attributes
    ----------
    years
        Years whose division holds every one of them.
    exact
        Years whose municipalities of the home country are exactly those of the set.
    mixed
        Whether the set mixes years: no year holds it, or it covers the country but is no year's
        division because it holds one former municipality and lacks another of the same time.
    clashing
        `lau_id` of the former municipalities that cannot be of one year.
    description
        The same in one line.
    """

    years: tuple[int, ...]
    exact: tuple[int, ...]
    mixed: bool
    clashing: tuple[str, ...]
    description: str


def parse_id(value: object, *, year: int | None = None, country: str | None = None) -> str:
    """Read one municipality code or name.

    Reads ``"091"``, ``"KU091"``, ``"FI_091"``, ``"FI091"``, ``"kunta_1_20260101/091"`` (of the
    division of that date), ``"2580"``, ``"SE_2580"``, a code with its name, and names in
    Finnish, Swedish and English in any case and without diacritics, as any year of the register
    has them, also with "kunta", "kommun", "stad" or "City of" ("Vihdin kunta"). Numbers are
    refused: 91 may have been ``"091"`` or something else.

    Parameters
    ----------
    value
        Code or name.
    year
        Year of the division that must hold it; any year of the register if None.
    country
        ``"FI"`` or ``"SE"`` where a name is in both; both are searched if None.

    Returns
    -------
    str
        The `lau_id`.

    Raises
    ------
    IdentifierError
        If the value is no municipality, of another year, or of two; the message says which and
        what may be meant.

    Examples
    --------
    >>> parse_id("KU091"), parse_id("Helsingfors"), parse_id("2580"), parse_id("pedersore")
    ('FI_091', 'FI_091', 'SE_2580', 'FI_599')
    >>> parse_id("588", year=2026)
    Traceback (most recent call last):
    geodata.errors.IdentifierError: '588': 588 Pertunmaa was merged into 507 Mäntyharju on
    1.1.2025; use 507, a year before 2025, or successors()
    """
    _check_scope(year, country)
    try:
        return read(value, year, country)
    except NotAnIdError as fault:
        raise IdentifierError(
            f"{said(value, fault.reason)}{meant(fault.suggestions, year)}"
        ) from None


def is_municipality(text: str) -> bool:
    """Say whether a text is the code or name of a municipality, as `parse_id` reads it.

    Examples
    --------
    >>> is_municipality("Oulu"), is_municipality("564"), is_municipality("Bothnian Arc")
    (True, True, False)
    """
    try:
        parse_id(text)
    except GeodataError:
        return False
    return True


def parse_ids(
    values: Iterable[object],
    *,
    year: int | None = None,
    country: str | None = None,
    column: str | None = None,
) -> pd.Series:
    """Read a column of municipality codes or names, and report every bad row at once.

    Parameters
    ----------
    values
        Series, index, array or any iterable of what `parse_id` reads.
    year, country
        As for `parse_id`.
    column
        Name of the column for messages; that of the series if None.

    Returns
    -------
    pandas.Series
        Named ``lau_id``, with the index kept.

    Raises
    ------
    IdentifierError
        If the column holds numbers, or any value cannot be read. The message names the rows,
        the reasons and what may be meant; `find_faults` returns the same as objects.

    Examples
    --------
    >>> parse_ids(["091", "Luleå"]).tolist()
    ['FI_091', 'SE_2580']
    """
    series = _as_series(values)
    label = column if column is not None else series.name
    if _numeric(series) and len(series):
        where = "" if label is None else f"column {label!r}: "
        fix = FIX if label is None else f"read it as text: dtype={{{str(label)!r}: str}}"
        raise IdentifierError(
            f"{where}holds numbers ({series.iloc[0]!s}, ...; dtype {series.dtype}) where "
            f"municipality codes are text such as '091', with leading zeros; {fix}"
        )
    parsed, faults = _read_all(series, year, country)
    if faults:
        raise not_municipalities(faults, series, column=label, year=year)
    return parsed


def find_faults(
    values: Iterable[object], *, year: int | None = None, country: str | None = None
) -> tuple[Fault, ...]:
    """Every value of a column that `parse_ids` would refuse, with its rows and suggestions.

    Parameters
    ----------
    values, year, country
        As for `parse_ids`.

    Returns
    -------
    tuple of Fault
        One for each distinct bad value, in order of appearance; empty if all can be read.

    Examples
    --------
    >>> [fault.suggestions for fault in find_faults(["091", "Helsinky"])]
    [('FI_091',)]
    """
    return _read_all(_as_series(values), year, country)[1]


def detect_years(ids: Iterable[object]) -> tuple[int, ...]:
    """Years of the register whose divisions hold every one of the municipalities.

    Since 2013 municipalities have only ceased, so that a set fits the years until the first of
    its members ceased; `describe_years` also says whether it is a whole division.

    Parameters
    ----------
    ids
        Codes or names, as `parse_ids` reads them. ``kunta_1_20240101/588`` is of its year only.

    Returns
    -------
    tuple of int
        In order; empty if the set mixes years.

    Examples
    --------
    >>> detect_years(["091", "911"])
    (2013, 2014, 2015, 2016, 2017, 2018, 2019)
    """
    return describe_years(ids).years


def describe_years(ids: Iterable[object]) -> YearFit:
    """Which years a set of municipalities fits, and whether it mixes years.

    Parameters
    ----------
    ids
        Codes or names, as `parse_ids` reads them.

    Returns
    -------
    YearFit
        The years and what was found, in words too.

    Examples
    --------
    >>> describe_years(["kunta_1_20260101/507", "kunta_1_20240101/588"]).description
    'mixes years: 588 Pertunmaa (2024), 507 Mäntyharju (2026)'
    """
    series = _as_series(ids)
    units = parse_ids(series)
    spans: dict[str, tuple[int, int]] = {}
    for unit, value in zip(units, series, strict=True):
        first, last = spans.get(unit, lifetimes()[unit])
        if (year := dated(value)) is not None:
            first, last = max(first, year), min(last, year)
        spans[unit] = first, last
    start = max((first for first, _ in spans.values()), default=YEARS[0])
    end = min((last for _, last in spans.values()), default=YEARS[-1])
    years = tuple(range(start, end + 1))
    if not years:
        clashing = [unit for unit, (first, last) in spans.items() if first == start or last == end]
        clashing.sort(key=lambda unit: (spans[unit][1], unit))
        named = [f"{label_of(unit)} ({_span(*sorted(spans[unit]))})" for unit in clashing]
        shown = listed(named, most=SHOWN)
        return YearFit((), (), True, tuple(clashing), f"mixes years: {shown}")
    land = countries.home(countries.in_order(spans)).code
    national = division_ids(YEARS[-1], country=land)
    own = {unit for unit in spans if countries.country_of(unit).code == land}
    exact = tuple(year for year in years if own == division_ids(year, country=land))
    enough = not exact and len(own & national) >= _NATIONAL * len(national)
    clashing = _clashing(own, land) if enough else []
    if clashing:
        parts = [
            f"{verb} {label_of(unit)} (until {lifetimes()[unit][1]})"
            for verb, unit in (("has" if u in own else "lacks", u) for u in clashing)
        ]
        return YearFit(years, exact, True, tuple(clashing), f"mixes years: {', '.join(parts)}")
    fit = f"fits {_span(years[0], years[-1])}"
    whole = f", is the whole division of {_span(exact[0], exact[-1])}" if exact else ""
    return YearFit(years, exact, False, (), fit + whole)


def _clashing(units: set[str], land: str) -> list[str]:
    """Former units of a national table that it has, and those it lacks of the same years."""
    former = {
        unit: last
        for unit, (_, last) in lifetimes().items()
        if last < YEARS[-1] and countries.country_of(unit).code == land
    }
    has = {unit for unit in units if unit in former}
    oldest = min((former[unit] for unit in has), default=YEARS[-1])
    lacks = {unit for unit in former if unit not in units and former[unit] >= oldest}
    if not lacks:
        return []
    return sorted(has | lacks, key=lambda unit: (former[unit], unit))


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _check_scope(year: int | None, country: str | None) -> None:
    if year is not None:
        checked_year(year)
    checked_country(country, both=True)


def _as_series(values: Iterable[object]) -> pd.Series:
    if isinstance(values, pd.Series):
        return values
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise IdentifierError(
            f"{shown(values)} is one value where a column was expected; use parse_id() or a list"
        )
    flat = getattr(values, "ndim", 1) == 1 and not isinstance(values, pd.MultiIndex)
    if isinstance(values, Mapping) or not flat:
        raise IdentifierError(
            f"a {type(values).__name__} where one column was expected; give a list, a Series or "
            "one column of a table"
        )
    if isinstance(values, pd.Index | np.ndarray | pd.api.extensions.ExtensionArray):
        return pd.Series(values)
    # A list with numbers among the texts keeps each value as it was given.
    return pd.Series(list(values), dtype=object)


def _numeric(series: pd.Series) -> bool:
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        dtype = dtype.categories.dtype
    return pd.api.types.is_numeric_dtype(dtype)


def _read_all(
    series: pd.Series, year: int | None, country: str | None
) -> tuple[pd.Series, tuple[Fault, ...]]:
    """Read each distinct value once; a column of a million rows has 309 of them."""
    _check_scope(year, country)
    known: dict[tuple[type, str], str | NotAnIdError] = {}
    rows: dict[tuple[type, str], list[Hashable]] = {}
    first: dict[tuple[type, str], object] = {}
    parsed: list[str | None] = []
    for row, value in zip(series.index, series.array, strict=True):
        # 91, 91.0 and True are equal keys, and one missing value need not equal another.
        key = (type(value), repr(value))
        if key not in known:
            first[key] = value
            known[key] = _answer(value, year, country)
        answer = known[key]
        if isinstance(answer, str):
            parsed.append(answer)
        else:
            parsed.append(None)
            rows.setdefault(key, []).append(row)
    wrong = {key: answer for key, answer in known.items() if not isinstance(answer, str)}
    faults = tuple(
        Fault(tuple(rows[key]), first[key], bad.reason, bad.suggestions if at < _SUGGESTED else ())
        for at, (key, bad) in enumerate(wrong.items())
    )
    column = pd.Series(parsed, index=series.index, name="lau_id", dtype=object)
    return column if faults else column.astype(TEXT), faults


def _answer(value: object, year: int | None, country: str | None) -> str | NotAnIdError:
    try:
        return read(value, year, country)
    except NotAnIdError as fault:
        return fault
