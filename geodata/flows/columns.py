"""Which columns of a table of flows are what: by the words that tables use, or as given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodata.arguments import check_each_its_own
from geodata.errors import FileFormatError, IdentifierError
from geodata.flows.ends import read_ends
from geodata.messages import COLUMN, listed, named_rows
from geodata.register.names import fold
from geodata.tables.layout import stem_and_year

__all__ = ["LongForm", "long_form"]

# What a word of a column's name begins with, or all of the name, as `fold` leaves them.
_BEGINNINGS = {
    "origin": "asuin|asuma|kotikun|lahto|bostad|boende|boning|hemkommun|hemort|utflytt|avgang|"
    "franflytt|origin|residen|departure|home",
    "destination": "tyopaik|tyossakaynti|tulo|kohde|maaranpaa|arbetsplats|arbetsort|arbetskommun|"
    "inflytt|ankomst|destin|workplace|arrival",
    "year": "vuosi|tilastovuosi|year",
    "count": "henkilo|ihmis|lukumaara|maara|tyollis|pendel|muuttaj|matkoja|matkat|antal|personer|"
    "sysselsatt|flyttare|resor|people|persons|count|number|commuters|employed|migrants|trips",
}
_WHOLE = {
    "origin": "mista|fran|from|o",
    "destination": "mihin|minne|till|to|d|place of work|municipality of work",
    "year": "ar|aika|tid|time|ajankohta|tidpunkt|period",
    "count": "n|lkm|value|arvo|varde|virta|flode|flow",
}
_ENDS = ("origin", "destination")
_CODE = re.compile(r"\b(?:code|koodi|kod|numero|nro|id)\b|(?:koodi|kod|code)$")
# A title as good as none: of the rows of a matrix.
_COLUMN = "\0column"


@dataclass(frozen=True, eq=False)
class LongForm:
    """
    A table of flows with a row a cell.

    Attributes
    ----------
    rows
        ``origin``, ``destination``, ``year`` (missing where the table has none), ``cell``, and
        ``where``, what a message calls the cell.
    others
        Further columns with several values, which may part rows of the same pair; indexed as
        the table, and so are the rows of a long one.
    ends
        The column of each end as it stands in the table, with the table's rows, or its header.
    count
        The column of counts, where there is one.
    """

    rows: pd.DataFrame
    others: pd.DataFrame
    ends: "Mapping[str, pd.Series[Any]]"
    count: str | None = None


def long_form(table: pd.DataFrame, named: Mapping[str, str | None], source: str) -> LongForm:
    """
    Return a table of flows with a row a cell, whichever form it has.

    Parameters
    ----------
    table
        A row a pair, with a column of counts or one a year; or origins as rows and destinations
        as columns, the other way round where the first column is called by a word for that.
    named
        Names of the columns ``origin``, ``destination`` and ``count``; None for one to be found.
    source
        What the table is called in messages.

    Raises
    ------
    FileFormatError
        If a column is not there, or several may be it; all that are not found are named.
    """
    table = table.set_axis([str(name).strip() for name in table.columns], axis="columns")
    strangers = [f"{what}={name!r}" for what, name in named.items() if name not in (None, *table)]
    if strangers:
        raise FileFormatError(
            f"{source}: no column {listed(strangers, most=None)}; it has "
            f"{listed(table.columns, most=20)}"
        )
    given = {what: name for what, name in named.items() if name is not None}
    check_each_its_own(given, source)
    found: dict[str, str] = {}
    for what in ("origin", "destination", "year"):
        name = named.get(what)
        fitting = _called(table, what) if name is None else [name]
        if len(fitting) > 1:
            raise FileFormatError(
                f"{source}: {listed(fitting, most=None)} may each be the {what}: give "
                f"{what}= one of them"
            )
        if fitting:
            found[what] = fitting[0]
    if not set(_ENDS) <= set(found):
        return _of_matrix(table, found, source)
    rest = [name for name in table.columns if name not in found.values()]
    counts = _counts(rest, table, named.get("count"), has_year="year" in found)
    if not counts:
        raise FileFormatError(
            f"{source}: no one column of counts among {listed(rest, most=20)}: give count= its name"
        )
    rows = table.melt(
        id_vars=list(found.values()), value_vars=counts, var_name=_COLUMN, value_name="cell",
        ignore_index=False,
    )  # fmt: skip
    rows = rows.rename(columns={name: what for what, name in found.items()})
    if "year" not in found:
        rows["year"] = (
            rows[_COLUMN].map(lambda name: stem_and_year(name)[1])
            if named.get("count") is None
            else None
        )
    rows["where"] = [named_rows([row], of=table.index) for row in rows.index]
    others = [n for n in rest if n not in counts and len(table[n].unique()) > 1]
    ends = {end: table[found[end]] for end in _ENDS}
    return LongForm(_tidy(rows), table[others], ends, counts[0] if len(counts) == 1 else None)


def _called(table: pd.DataFrame, what: str) -> list[str]:
    """Return the columns whose names are words for something; of code and name, the code."""
    pattern = re.compile(rf"(?:.* )?(?:{_BEGINNINGS[what]})\w*(?: .*)?|{_WHOLE[what]}")
    fitting = [name for name in table.columns if pattern.fullmatch(fold(name))]
    if len(fitting) > 1:
        fitting = [name for name in fitting if _CODE.search(fold(name))] or fitting
    return fitting


def _counts(
    rest: list[str], table: pd.DataFrame, given: str | None, *, has_year: bool
) -> list[str]:
    """Return the column of counts, or those of several years; none where it cannot be told."""
    if given is not None:
        return [given]
    years = [name for name in rest if stem_and_year(name)[1] is not None]
    if not has_year and years:
        return years
    fitting = rest if len(rest) == 1 else _called(table[rest], "count")
    return fitting if len(fitting) == 1 else []


def _of_matrix(table: pd.DataFrame, found: Mapping[str, str], source: str) -> LongForm:
    """Return a matrix with a row a cell: origins as rows unless the first column says else."""
    rows_are = "destination" if "destination" in found else "origin"
    columns_are = _ENDS[rows_are == "origin"]
    labels = found.get(rows_are, table.columns[0])
    keys = [labels, *([found["year"]] if "year" in found else [])]
    values = [name for name in table.columns if name not in keys and not _nameless(table, name)]
    try:
        at = [number for number, name in enumerate(table.columns, start=1) if name in values]
        header = pd.Series(values, pd.Index(at, name=COLUMN), dtype=object, name="header")
        ends = read_ends(header, what=f"{source}: header")
    except IdentifierError:
        ends = None
    if ends is None or len(ends.municipalities()) == 0:
        lacking = listed([what for what in _ENDS if what not in found], most=None)
        raise FileFormatError(
            f"{source}: no column for {lacking} among {listed(table.columns, most=20)}, and these "
            "are no municipalities of a matrix: name the columns, such as "
            "origin='Asuinkunta', destination='Työpaikkakunta'"
        )
    rows = table.melt(id_vars=keys, value_vars=values, var_name=columns_are, value_name="cell")
    rows = rows.rename(columns={labels: rows_are} | {found.get("year", _COLUMN): "year"})
    rows["where"] = rows["origin"].astype(str) + " to " + rows["destination"].astype(str)
    of = {rows_are: table[labels], columns_are: header}
    return LongForm(_tidy(rows), pd.DataFrame(index=rows.index), of)


def _nameless(table: pd.DataFrame, name: str) -> bool:
    return name == "" and bool(table[name].isna().all())


def _tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the long form alone; without years, none."""
    columns = ["origin", "destination", "year", "cell", "where"]
    return rows.reindex(columns=columns)
