"""Units of one division in another: the only place where mergers are followed, both ways."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

import pandas as pd

from geodata import countries
from geodata.countries import Merger, cached_by_countries
from geodata.errors import IdentifierError, YearError
from geodata.register.divisions import TEXT, checked_year, division_ids

__all__ = [
    "brought_in",
    "carried",
    "first_year_without",
    "heirs",
    "merger_rows",
    "mergers",
    "parts",
    "successors",
    "summed",
]

Figures = TypeVar("Figures", pd.Series, pd.DataFrame)


def mergers() -> pd.DataFrame:
    """Municipalities that were merged into another one, and when.

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
    rows = merger_rows()
    return pd.DataFrame(
        {
            "lau_id": pd.Series([row.unit for row in rows], dtype=TEXT),
            "successor": pd.Series([row.successor for row in rows], dtype=TEXT),
            "in_force": pd.Series([row.in_force for row in rows], dtype=object),
        }
    )


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
    return pd.Series(
        _heirs_of(given, from_year, to_year),
        index=pd.Index(given, name="lau_id", dtype=TEXT),
        name="successor",
        dtype=TEXT,
    )


def _heirs_of(given: list[str], from_year: int, to_year: int) -> list[str]:
    """Return what holds each unit in a later division; units of no division are refused."""
    heir = heirs(from_year, to_year)
    try:
        return [heir[unit] for unit in given]
    except (KeyError, TypeError):
        division = division_ids(from_year)
        texts = [unit if isinstance(unit, str) else repr(unit) for unit in given]
        wrong = [unit for unit in dict.fromkeys(texts) if unit not in division]
        raise IdentifierError(
            f"not in the division of {from_year}: {', '.join(map(repr, wrong))}; give lau_ids "
            "of that division such as 'FI_091' (parse_ids() reads other forms)"
        ) from None


def carried(units: Iterable[str], from_year: int, to_year: int) -> tuple[str, ...]:
    """
    Return the units of a division that hold the given units of another one.

    Forward, a unit that ceased becomes its successor. Backward, a unit that others merged into
    becomes itself and them.

    Parameters
    ----------
    units
        Units of the division of `from_year`; backward, others stay as they are.
    from_year, to_year
        Years of the two divisions.

    Returns
    -------
    tuple of str
        Sorted, each once.

    Raises
    ------
    YearError
        If a year is not in the register.
    IdentifierError
        If, forward, a unit is not of the division of `from_year`.

    Examples
    --------
    >>> carried(["FI_507"], 2026, 2024)
    ('FI_507', 'FI_588')
    >>> carried(["FI_507", "FI_588"], 2024, 2026)
    ('FI_507',)
    """
    from_year, to_year = checked_year(from_year), checked_year(to_year)
    if to_year >= from_year:
        return tuple(sorted(set(_heirs_of(list(units), from_year, to_year))))
    held = parts(to_year, from_year)
    return tuple(sorted({part for unit in units for part in held.get(unit, (unit,))}))


def brought_in(units: Iterable[str], from_year: int, to_year: int) -> Mapping[str, str]:
    """
    Return the units that mergers until a later year brought to the units given, and into which.

    Examples
    --------
    >>> brought_in(["FI_507"], 2024, 2025)
    {'FI_588': 'FI_507'}
    """
    inside = set(units)
    heir = heirs(from_year, to_year)
    targets = {heir[unit] for unit in inside if unit in heir}
    return {
        unit: new for unit, new in heir.items() if new in targets and unit not in inside | {new}
    }


def summed(figures: Figures, from_year: int, to_year: int) -> Figures:
    """
    Add up the figures of units that merge until a later year.

    Parameters
    ----------
    figures
        One row a unit of the division of `from_year`.
    from_year, to_year
        Years of the two divisions, `to_year` not before `from_year`.

    Returns
    -------
    pandas.Series or pandas.DataFrame
        One row a unit of the division of `to_year`, sorted.

    Examples
    --------
    >>> summed(pd.Series({"FI_507": 5646, "FI_588": 1682}), 2024, 2025).to_dict()
    {'FI_507': 7328}
    """
    heir = successors(figures.index, from_year=from_year, to_year=to_year)
    return figures.groupby(heir.to_numpy()).sum().rename_axis("lau_id")


def first_year_without(unit: str, from_year: int, to_year: int) -> int:
    """First year, after one and until another, in which a unit that merged was no more."""
    days = (row.in_force for row in merger_rows() if row.unit == unit)
    return min(day.year for day in days if from_year < day.year <= to_year)


@cached_by_countries
def heirs(from_year: int, to_year: int) -> Mapping[str, str]:
    """Map each unit of an earlier division to the one that holds it in a later one, sorted."""
    ends = {unit: unit for unit in sorted(division_ids(from_year))}
    for unit, successor, day in merger_rows():
        if from_year < day.year <= to_year:
            ends = {old: successor if new == unit else new for old, new in ends.items()}
    return MappingProxyType(ends)


@cached_by_countries
def parts(from_year: int, to_year: int) -> Mapping[str, tuple[str, ...]]:
    """Map each unit of a later division to those of an earlier one that it holds, sorted."""
    held: dict[str, tuple[str, ...]] = {}
    for unit, heir in heirs(from_year, to_year).items():
        held[heir] = (*held.get(heir, ()), unit)
    return MappingProxyType(dict(sorted(held.items())))


@cached_by_countries
def merger_rows() -> tuple[Merger, ...]:
    """Mergers of all countries in order of time."""
    rows = (row for record in countries.countries() for row in record.mergers())
    return tuple(sorted(rows, key=lambda row: (row.in_force, row.unit)))
