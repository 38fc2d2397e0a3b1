"""Carry a table of figures from one year's municipalities to another year's.

Forwards, merged units are added up (counts) or averaged with weights (shares and rates).
Backwards, a merged unit is split with weights. A row that cannot be carried is returned, with
the reason, and never dropped; the total of every count is the same before and after.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from geodata.carrying.given import check_numbers, checked_table, chosen_hows, exact_weights
from geodata.carrying.values import (
    Group,
    Unmappable,
    assemble,
    carry_mean,
    carry_same,
    carry_sum,
    verify_totals,
)
from geodata.countries import codes, country_of
from geodata.errors import HarmoniseError
from geodata.people import population
from geodata.register.carried import parts
from geodata.register.codes import NotAnIdError, read
from geodata.register.divisions import TEXT, checked_year, division_ids, municipality_register
from geodata.register.names import label_of

__all__ = ["Harmonised", "harmonise", "region_changes"]


@dataclass(frozen=True, eq=False)
class Harmonised:
    """A table in another division, with what could not be carried there.

    Attributes
    ----------
    table
        One row a unit of the later or earlier division, indexed by `lau_id`, sorted.
    unmapped
        The rows of the input that could not be carried, as they were given.
    notes
        What was added up, split and left over, and what to beware of, a line each.
    reasons
        Why each row of `unmapped` is there, with the same index.
    """

    table: pd.DataFrame
    unmapped: pd.DataFrame
    notes: tuple[str, ...]
    reasons: pd.Series


def harmonise(
    table: pd.DataFrame | pd.Series,
    *,
    from_year: int,
    to_year: int,
    how: str | Mapping[Hashable, str] | None = None,
    weights: Hashable | pd.Series | None = None,
) -> Harmonised:
    """Carry a table from the division of one year to that of another, forwards or backwards.

    A count (``"sum"``) is added up over merged units: if A and B became C, then C = A + B.
    Backwards it is split by weights: A = C * w_A / (w_A + w_B), whole numbers by largest
    remainder, so that the parts add up exactly. A share or rate (``"mean"``) becomes the mean
    weighted by the parts; backwards every part gets the rate of the whole. Text and the like
    (``"same"``) is kept where the parts agree and missing where they do not.

    Rows are left unmapped, all columns of them, where the unit is not of `from_year`, where a
    part of a merged unit has no row, value or weight, or where the weights add up to zero.

    Parameters
    ----------
    table
        One row a unit of the division of `from_year`, indexed by `lau_id` or what `parse_id`
        reads. A series is taken as one column.
    from_year, to_year
        Years of the two divisions, 2013-2026.
    how
        ``"sum"``, ``"mean"`` or ``"same"``, for all columns or by column. A column of text must
        be named ``"same"``; columns that a mapping leaves out are refused. By default columns are
        added up, and one with numbers that are not whole, or with a name that says a share, rate
        or mean, is refused.
    weights
        For means forwards, name of a column of the table (which is itself summed) or a series by
        `lau_id` of `from_year`, with a weight for every unit that merges. For counts backwards,
        a series by `lau_id` of `to_year`; without it, parts that have bundled figures of their
        own (507 Mäntyharju and 588 Pertunmaa) are split by people at the end of `to_year`, at
        most 2022.

    Returns
    -------
    Harmonised
        The table, the unmapped rows with reasons, and notes.

    Raises
    ------
    HarmoniseError
        If a unit is given twice, a column has no valid `how`, a mean has no weights, a weight is
        negative, a number is infinite, or a total would not be conserved.
    IdentifierError
        If the index holds numbers.
    YearError
        If a year is not in the register.

    Examples
    --------
    >>> people = pd.DataFrame({"people": [1682, 5646]}, index=["FI_588", "FI_507"])
    >>> harmonise(people, from_year=2024, to_year=2025).table["people"].to_dict()
    {'FI_507': 7328}
    """
    from_year, to_year = checked_year(from_year), checked_year(to_year)
    frame = checked_table(table, weights)
    hows = chosen_hows(frame, how, weights, forwards=to_year > from_year)
    check_numbers(frame, hows)
    weight = exact_weights(frame, weights, forwards=to_year >= from_year, to_year=to_year)
    units, reasons = _units(frame, from_year)
    frame_by_unit = frame.iloc[list(units.values())].set_axis(
        pd.Index(list(units), name="lau_id", dtype=TEXT)
    )
    groups = _groups(from_year, to_year)
    notes: list[str] = []
    changed: dict[Hashable, dict[str, object]] = {column: {} for column in frame.columns}
    touched: set[str] = set()
    for group in groups:
        given = [unit for unit in group.sources if unit in units]
        touched.update(given)
        if not given:
            continue
        try:
            carried, note = _carry(
                group, given, frame_by_unit, hows, weight=weight, to_year=to_year
            )
        except Unmappable as error:
            reasons |= dict.fromkeys((units[unit] for unit in given), str(error))
            continue
        notes.append(note)
        for column, values in carried.items():
            changed[column] |= values
    kept = frame_by_unit.drop(index=list(touched))
    result = assemble(kept, changed, hows, frame)
    positions = sorted(reasons)
    unmapped = frame.iloc[positions]
    why = pd.Series(
        [reasons[position] for position in positions],
        index=unmapped.index,
        name="reason",
        dtype=object,
    ).astype(TEXT)
    verify_totals(frame, result, unmapped, hows)
    head = (
        f"{len(frame)} rows of the division of {from_year}: {len(frame) - len(unmapped)} carried "
        f"to {len(result)} of {to_year}, {len(unmapped)} unmapped"
    )
    tail = [f"unmapped {row!r}: {reason}" for row, reason in why.items()]
    moved = _moved_note(from_year, to_year, result.index)
    return Harmonised(result, unmapped, (head, *notes, *tail, *moved), why)


def region_changes(from_year: int, to_year: int, *, country: str | None = None) -> pd.DataFrame:
    """Municipalities that are in another region in the later year, under the same code.

    Parameters
    ----------
    from_year, to_year
        Years of the two divisions, in either order.
    country
        The home country by default.

    Returns
    -------
    pandas.DataFrame
        Indexed by `lau_id`, units of both divisions only: ``name_fi``, ``region_from``,
        ``region_from_fi``, ``region_to``, ``region_to_fi``.

    Examples
    --------
    >>> region_changes(2020, 2021).index.tolist()
    ['FI_090', 'FI_142', 'FI_152', 'FI_171', 'FI_291']
    """
    before = municipality_register(from_year, country=country)
    after = municipality_register(to_year, country=country)
    both = before.index.intersection(after.index)
    before, after = before.loc[both], after.loc[both]
    moved = (before["region"] != after["region"]) & after["region"].notna()
    return pd.DataFrame(
        {
            "name_fi": after["name_fi"],
            "region_from": before["region"],
            "region_from_fi": before["region_fi"],
            "region_to": after["region"],
            "region_to_fi": after["region_fi"],
        }
    )[moved]


def _units(frame: pd.DataFrame, year: int) -> tuple[dict[str, int], dict[int, str]]:
    """Position of each unit's row, and by position why a row is of no unit of the year."""
    units: dict[str, int] = {}
    reasons: dict[int, str] = {}
    twice: list[str] = []
    for position, label in enumerate(frame.index):
        try:
            unit = read(label, year, None)
        except NotAnIdError as fault:
            reasons[position] = fault.reason
            continue
        if unit in units:
            twice.append(label_of(unit))
        units.setdefault(unit, position)
    if twice:
        raise HarmoniseError(
            f"given twice: {', '.join(dict.fromkeys(twice))}; harmonise one row a unit (pivot a "
            "long table so that years or classes become columns)"
        )
    return units, reasons


def _groups(from_year: int, to_year: int) -> list[Group]:
    """Mergers between the two divisions, as the units on either side."""
    held = parts(min(from_year, to_year), max(from_year, to_year))
    merged = [(heir, units) for heir, units in held.items() if len(units) > 1]
    if from_year < to_year:
        return [Group(units, (heir,)) for heir, units in merged]
    return [Group((heir,), units) for heir, units in merged]


def _carry(
    group: Group,
    given: list[str],
    frame: pd.DataFrame,
    hows: Mapping[Hashable, str],
    *,
    weight: dict[str, Fraction] | None,
    to_year: int,
) -> tuple[dict[Hashable, dict[str, object]], str]:
    """Return the group's values by column and unit, and a note on how they came about."""
    absent = [label_of(unit) for unit in group.sources if unit not in given]
    if absent:
        raise Unmappable(
            f"{label_of(group.targets[0])} of {to_year} also holds {' and '.join(absent)}, which "
            "has no row; add it"
        )
    used = "the value of the whole for each"
    if not group.forwards and "sum" in hows.values():
        used = "by the weights given"
        if weight is None:
            weight, used = _bundled(group, to_year)
    carried = {}
    lost = []
    for column, how in hows.items():
        values = {unit: frame[column].loc[unit] for unit in group.sources}
        carry = {"sum": carry_sum, "mean": carry_mean, "same": carry_same}[how]
        try:
            carried[column] = carry(group, values, weight)
        except Unmappable as error:
            raise Unmappable(f"column {column!r}: {error}") from None
        if how == "same" and None in carried[column].values():
            lost.append(repr(column))
    note = _describe(group, used)
    if lost:
        note += f"; they differ in {', '.join(lost)}, which is left missing"
    return carried, note


def _bundled(group: Group, to_year: int) -> tuple[dict[str, Fraction] | None, str]:
    """People of the parts, if each was a unit of its own in the division of the figures."""
    record = country_of(group.targets[0])
    division = record.people_division
    if division is None or not division_ids(division).issuperset(group.targets):
        return None, "0 for each"
    year = min(to_year, *record.people().columns[-1:])
    people = population(year, division=division, country=record.code)
    weight = {unit: Fraction(int(people.loc[unit])) for unit in group.targets}
    return weight, f"by people at the end of {year} (bundled figures)"


def _describe(group: Group, used: str) -> str:
    if group.forwards:
        parts = " and ".join(label_of(unit) for unit in group.sources)
        return f"{parts} are together {label_of(group.targets[0])}"
    parts = " and ".join(label_of(unit) for unit in group.targets)
    return f"{label_of(group.sources[0])} is split into {parts}, {used}"


def _moved_note(from_year: int, to_year: int, units: pd.Index) -> tuple[str, ...]:
    changes = [region_changes(from_year, to_year, country=country) for country in codes()]
    moved = [unit for table in changes for unit in table.index if unit in units]
    if not moved:
        return ()
    names = ", ".join(label_of(unit) for unit in moved)
    return (f"in another region in {to_year} than in {from_year}, under the same code: {names}",)
