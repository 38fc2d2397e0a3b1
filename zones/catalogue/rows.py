"""What the rows of a zone's CSV or Excel file say of each municipality: from when to when, and how.

Such a file may have the columns ``role``, ``valid_from``, ``valid_to``, ``confidence``, ``source``
and ``note``, some in Finnish and Swedish too: the keys of ``[[member]]`` in a TOML file.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

import geodata
from geodata.errors import GeodataError
from geodata.messages import listed
from geodata.register.divisions import lifetimes
from zones.catalogue import checks
from zones.catalogue.checks import FaultError
from zones.errors import CatalogueError

__all__ = [
    "ZONE_COLUMNS",
    "codes_and_members",
    "members_of",
    "of_each",
    "one_source",
    "said_in",
    "with_known_columns",
]

ZONE_COLUMNS = {
    *("division", "description", "source", "name", "name_fi", "name_sv", "name_en"),
    *("short_name_fi", "short_name_sv", "short_name_en"),
}
"""Columns that say one thing of the whole zone."""

_OF_EACH: dict[str, Callable[[Any], str]] = {
    "valid_from": checks.day,
    "valid_to": checks.day,
    "role": checks.word("role"),
    "confidence": checks.word("confidence"),
    "source": checks.text,
    "note": checks.text,
}
_ALSO_CALLED = {
    "valid_from": ("alkaen", "från"),
    "valid_to": ("päättyen", "till"),
    "role": ("rooli", "roll"),
    "source": ("lähde", "källa"),
}
_OURS = {other: key for key, others in _ALSO_CALLED.items() for other in others}
_DATES = ("valid_from", "valid_to")


def with_known_columns(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows with their columns as this library calls them.

    Raises
    ------
    CatalogueError
        Where a column says something that would be lost, or two say the same.

    Examples
    --------
    >>> with_known_columns(pd.DataFrame({"codes": ["091"], "alkaen": ["2021"]}), "z.csv").columns[1]
    'valid_from'
    """
    renamed = _in_our_words(rows, name)
    known = {"id", "codes", *ZONE_COLUMNS, *_OF_EACH}
    strange = [
        str(column)
        for column in rows.columns
        if column not in known | _OURS.keys()
        and rows[column].str.strip().ne("").fillna(False).any()
    ]
    if strange:
        near = checks.nearest(strange[0], known | _OURS.keys()) if len(strange) == 1 else None
        hint = f"did you mean {near}?" if near else f"the columns are {', '.join(sorted(known))}"
        raise CatalogueError(
            f"{name} has unknown columns: {listed(strange)}; {hint}; leave out what is of neither "
            "the zone nor a membership"
        )
    return renamed


def said_in(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return what the rows of a frame say of each municipality, as text; its other columns do not.

    Raises
    ------
    CatalogueError
        Where two columns say the same.

    Examples
    --------
    >>> frame = pd.DataFrame({"code": ["091"], "alkaen": [pd.Timestamp(2021, 3, 1)], "jobs": [3]})
    >>> said_in(frame, "the table").to_dict("list")
    {'valid_from': ['2021-03-01']}
    """
    said = frame[[column for column in frame.columns if column in _OF_EACH.keys() | _OURS.keys()]]
    said = _in_our_words(pd.DataFrame(said), name)
    return said.map(_text, na_action="ignore").replace("", pd.NA)


def one_source(rows: pd.DataFrame) -> str | None:
    """Return the source that all rows have, which is the zone's.

    Examples
    --------
    >>> one_source(pd.DataFrame({"source": ["minutes", "minutes"]}))
    'minutes'
    """
    found = [] if "source" not in rows.columns else list(rows["source"].dropna().unique())
    return str(found[0]) if len(found) == 1 else None


def _text(value: object) -> str:
    return re.sub(r"(?<=\d) 00:00:00$", "", str(value).strip())


def _in_our_words(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    renamed = rows.rename(columns=_OURS)
    twice = renamed.columns[renamed.columns.duplicated()]
    if len(twice):
        same = [column for column in rows.columns if _OURS.get(column, column) == twice[0]]
        raise CatalogueError(f"{name}: {listed(same)} are one column: give one of them")
    return renamed


def of_each(rows: pd.DataFrame) -> list[str]:
    """Return the columns that say something of each municipality, not of the zone.

    A source that is one in all rows is the zone's.

    Examples
    --------
    >>> of_each(pd.DataFrame({"codes": ["091", "049"], "source": ["s", "s"], "role": ["host", ""]}))
    ['role']
    """
    return [
        column
        for column in _OF_EACH
        if column in rows.columns and rows[column].nunique() > (1 if column in ZONE_COLUMNS else 0)
    ]


def codes_and_members(rows: pd.DataFrame, faults: list[str]) -> dict[str, list[Any]]:
    """Return the codes of the rows, and what the rows say of each, as TOML has them.

    Parameters
    ----------
    rows
        Each with a code or several in ``codes``; missing where blank.
    faults
        Takes up what a row may not say.

    Examples
    --------
    >>> rows = pd.DataFrame({"codes": ["091, 049", "Kemi"], "role": ["host", None]})
    >>> codes_and_members(rows, [])["member"][1:]
    [{'role': 'host', 'code': '049'}, {'code': 'Kemi'}]
    """
    cells = [re.split(r"[;,\n]+", cell) for cell in rows["codes"]]
    # Where there are too many, none is looked at.
    if sum(map(len, cells)) > len(lifetimes()):
        return {"codes": [part for cell in cells for part in cell]}
    return members_of(
        [[code for part in cell for code in _codes(part)] for cell in cells], rows, faults
    )


def members_of(
    inside: Sequence[Sequence[Any]], rows: pd.DataFrame, faults: list[str]
) -> dict[str, list[Any]]:
    """Return the codes of all rows, and of each what its row says, as TOML has them.

    Parameters
    ----------
    inside
        The codes of each row.
    rows
        What the rows say; may have no column.
    faults
        Takes up what a row may not say.

    Examples
    --------
    >>> members_of([["091"], ["049"]], pd.DataFrame(), [])
    {'codes': ['091', '049']}
    """
    codes = [code for listed_codes in inside for code in listed_codes]
    if not of_each(rows):
        return {"codes": codes}
    pairs = zip(_said(rows, faults), inside, strict=True)
    members = [{**said, "code": code} for said, row in pairs for code in row]
    # Who left and came back has a row for each time, and is in the zone once.
    if len(set(map(repr, members))) == len(members):
        codes = list(dict.fromkeys(codes))
    return {"codes": codes, "member": members}


def _said(rows: pd.DataFrame, faults: list[str]) -> Iterator[dict[str, str]]:
    """Yield what each row says of its municipality; what it may not say is a fault of the row."""
    columns = of_each(rows)
    for label, row in rows.iterrows():
        said: dict[str, str] = {}
        for column in columns:
            if pd.isna(row[column]):
                continue
            try:
                said[column] = _OF_EACH[column](_plain(row[column], column))
            except FaultError as fault:
                faults.append(f"{column} of row {label}: {fault}")
        yield said


def _plain(cell: str, column: str) -> str:
    """Return a day without the time, and a year without the decimal, that a spreadsheet adds."""
    return re.sub(r"(?<=\d)( 00:00:00|\.0)$", "", cell) if column in _DATES else cell


def _codes(cell: str) -> list[str]:
    """Return the codes of a cell; a name may have a space, as "Koski Tl" has."""
    try:
        geodata.parse_id(cell)
    except GeodataError:
        return cell.split()
    return [cell.strip()]
