"""Reading a table of flows: origin and destination, long or wide, one year of it."""

from pathlib import Path

import numpy as np
import pandas as pd

from geodata.errors import FileFormatError, GeodataError, together
from geodata.flows.columns import LongForm, long_form
from geodata.flows.ends import PLACELESS, REGION, TOTAL, Ends, read_ends
from geodata.flows.table import FlowTable
from geodata.messages import listed, unknown
from geodata.register.codes import dated
from geodata.register.identifiers import describe_years
from geodata.tables.indicator import Indicator
from geodata.tables.layout import year_of
from geodata.tables.marks import are_figures, cells_of
from geodata.tables.places import mixed_classes
from geodata.tables.sheets import sheets_of
from geodata.tables.table import STATES

__all__ = ["read_flows"]

_ENDS = ("origin", "destination")


def read_flows(
    table: pd.DataFrame | str | Path | FlowTable,
    *,
    year: int | None = None,
    origin: str | None = None,
    destination: str | None = None,
    count: str | None = None,
    division: int | None = None,
    suppressed_below: float | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
    source: str | None = None,
) -> FlowTable:
    """
    Read a table of flows between municipalities, such as commuting, migration or trips.

    A **long** table has a row a pair: origin, destination, perhaps the year, and a count, or a
    count a year in columns of their own. A **wide** one has origins as rows and destinations as
    columns. Columns are found by the usual words in Finnish, Swedish and English. Rows of totals
    and regions are left out and held against the sums; ends abroad and unknown ones are kept as
    such. Pairs that a long table does not have are none.

    Marks in place of a number are kept: ``-`` is none; ``..``, ``.`` and blank are missing, with
    no upper bound; ``...``, ``*``, ``x`` and ``<5`` are left out by the publisher.

    Parameters
    ----------
    table
        A DataFrame, or the path of CSV, Excel, JSON-stat or Parquet.
    year
        Which year of several, the newest by default: years are never added up. Of a table without
        years, the year that it is of.
    origin, destination, count
        Names of the columns, where they are not the usual words.
    division
        Year of the division that the municipalities are of; found by default.
    suppressed_below
        What the publisher leaves out, where its mark does not say it: numbers below this.
    decimal
        The decimal mark, ``","`` or ``"."``, where the numbers do not tell.
    sheet
        The sheet, where a workbook has several.
    source
        What to credit, such as ``"Statistics Finland, 115h"``.

    Raises
    ------
    FileFormatError
        If columns, years or counts cannot be read, or a pair is there twice; all faults are
        named.
    IdentifierError
        If ends are no municipalities, nor words for abroad, unknown or totals.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "Asuinkunta": ["Oulu", "Oulu", "Kemi", "KOKO MAA"],
    ...         "Työpaikkakunta": ["Kemi", "Ulkomaat", "Oulu", "Oulu"],
    ...         "2018": [310, 40, 600, 600],
    ...         "2019": [325, "..", 610, 610],
    ...     }
    ... )
    >>> flows = read_flows(table)
    >>> flows
    <FlowTable: 3 pairs of 2019, division of 2019>
    >>> flows.flows[["origin", "destination", "low", "high"]].to_numpy().tolist()
    [['FI_240', 'FI_564', 610.0, 610.0], ['FI_564', 'FI_240', 325.0, 325.0],
     ['FI_564', 'outside', 0.0, nan]]
    """
    if isinstance(table, FlowTable):
        return table
    called = Path(table).name if isinstance(table, str | Path) else "flows"
    table = _only_table(table, sheet, called)
    form = long_form(table, {"origin": origin, "destination": destination, "count": count}, called)
    rows, chosen, others = _of_year(form.rows, year, called)
    faults: list[GeodataError] = []
    ends: dict[str, Ends] = {}
    for end in _ENDS:
        try:
            labels = form.ends[end]
            named = f"{called}: column {str(labels.name)!r}" if labels.name else f"{called}: {end}"
            ends[end] = read_ends(labels[labels.isin(rows[end])], what=named)
        except GeodataError as fault:
            faults.append(fault)
    cells, said, notes = _cells(rows, form.count, suppressed_below, decimal)
    faults += [FileFormatError(f"{called}: {fault}") for fault in said]
    if len(ends) == len(_ENDS):
        faults += _repeats(rows, ends, form, called)
    if faults:
        raise together(faults)
    read = cells.assign(**{end: rows[end].map(ends[end].of) for end in _ENDS})
    whole = read[_ENDS[0]].isin([TOTAL, REGION]) | read[_ENDS[1]].isin([TOTAL, REGION])
    classes = [name for name in form.others if not are_figures(form.others[name])]
    if mixed := mixed_classes(form.others.loc[read.index[~whole], classes]):
        column, total, words = mixed
        raise FileFormatError(
            f"{called}: {words}; keep the rows of one, such as {column!r} {total!r}"
        )
    return FlowTable(
        flows=_added(read[~whole]),
        division=_division(ends, division, chosen, called),
        year=chosen,
        other_years=others,
        placeless=_labels(ends, *PLACELESS),
        left_out=_labels(ends, TOTAL, REGION),
        differing=_differing(read[~whole], read[whole]),
        notes=notes,
        source=source or ("" if called == "flows" else called),
    )


def _only_table(given: object, sheet: str | None, called: str) -> pd.DataFrame:
    """Return the table of a source, its rows called as there."""
    sheets = sheets_of(given, sheet, expected="flows between municipalities")
    if len(sheets) > 1:
        names = listed([str(one.name) for one in sheets], most=None)
        raise FileFormatError(f"{called}: give the sheet, one of {names}")
    if sheets[0].table.empty:
        raise FileFormatError(f"{called}: no rows; flows between municipalities were expected")
    return sheets[0].table


def _cells(
    rows: pd.DataFrame, called: str | None, below: float | None, decimal: str | None
) -> tuple[pd.DataFrame, list[str], tuple[str, ...]]:
    """Return the cells as a count's, none below nothing, what is wrong with them, and notes."""
    count = Indicator(id="count", name=called, kind="count", suppressed_below=below)
    read = cells_of(rows["cell"], count, list(rows["where"]), decimal=decimal)
    negative = read.cells["low"] < 0
    faults = list(read.faults)
    if negative.any():
        pairs = zip(rows["where"][negative], rows["cell"][negative], strict=True)
        shown = listed([f"{where} ({value})" for where, value in pairs])
        faults.append(f"counts are 0 or more, and negative in {shown}; correct these")
    return read.cells.drop(columns="value"), faults, read.notes


def _of_year(
    rows: pd.DataFrame, year: int | None, source: str
) -> tuple[pd.DataFrame, int | None, tuple[int, ...]]:
    """Return the rows of one year, that year, and those that are left."""
    if rows["year"].isna().all():
        return rows, year, ()
    distinct = rows["year"].drop_duplicates()
    years = {value: year_of(value)[0] for value in distinct}
    bad = [repr(value) for value, found in years.items() if found is None]
    if bad:
        raise FileFormatError(f"{source}: {listed(bad)} is no year; give one such as 2019")
    of = rows["year"].map(years).astype(int)
    known = sorted(set(of))
    if year is not None and year not in known:
        raise FileFormatError(f"{unknown('year', year, known)}, the years of {source}")
    chosen = known[-1] if year is None else int(year)
    left = tuple(other for other in known if other != chosen)
    return rows[of == chosen], chosen, left


def _repeats(
    rows: pd.DataFrame, ends: dict[str, Ends], form: LongForm, source: str
) -> list[GeodataError]:
    """Return what is said of pairs that are there twice; of placeless ends, of their labels."""
    pairs = pd.DataFrame(
        {
            end: [
                str(label) if of[label] in (*PLACELESS, TOTAL, REGION) else of[label]
                for label in rows[end]
            ]
            for end, of in ((end, ends[end].of) for end in _ENDS)
        }
    )
    twice = pairs[pairs.duplicated()].drop_duplicates()
    if not len(twice):
        return []
    shown = listed([f"{a} to {b}" for a, b in twice.itertuples(index=False, name=None)])
    advice = "give each pair once"
    if len(form.others.columns):
        advice = f"{listed(form.others.columns)} may part them: keep the rows of one value of each"
    return [FileFormatError(f"{source}: {shown} is there more than once; {advice}")]


def _added(flows: pd.DataFrame) -> pd.DataFrame:
    """Return each pair once; several places abroad are one."""
    rank = {state: at for at, state in enumerate(STATES)}
    grouped = flows.assign(
        high=flows["high"].fillna(np.inf), state=flows["state"].map(rank)
    ).groupby(list(_ENDS), as_index=False)
    table = grouped.agg(low=("low", "sum"), high=("high", "sum"), state=("state", "max"))
    return table.replace({"high": {np.inf: np.nan}}).assign(
        state=table["state"].map(dict(enumerate(rank)))
    )


def _labels(ends: dict[str, Ends], *meanings: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for end in _ENDS for label in ends[end].labels(*meanings)))


def _division(ends: dict[str, Ends], given: int | None, year: int | None, source: str) -> int:
    """Return the division of the municipalities: as given, of the flows' year, or the newest."""
    fit = describe_years(
        dict.fromkeys(
            # The identifier of a classification names its division.
            label if dated(label) else ends[end].of[label]
            for end in _ENDS
            for label in ends[end].municipalities()
        ).keys()
    )
    if not fit.years:
        raise FileFormatError(
            f"{source}: {fit.description}; give flows between municipalities of one division"
        )
    if given is not None and given not in fit.years:
        raise FileFormatError(
            f"{source}: division={given} does not have all its municipalities, which are of "
            f"{fit.years[0]}-{fit.years[-1]}"
        )
    fitting = fit.exact or fit.years
    nearest = fitting[-1] if year is None else min(fitting, key=lambda one: abs(one - year))
    return nearest if given is None else given


def _differing(flows: pd.DataFrame, whole: pd.DataFrame) -> tuple[str, ...]:
    """Return the municipalities with a total that is not the sum of their rows, by either end."""
    found: set[str] = set()
    for end, other in (_ENDS, _ENDS[::-1]):
        totals = whole[(whole[other] == TOTAL) & ~whole[end].isin([TOTAL, REGION, *PLACELESS])]
        totals = totals[totals["high"] == totals["low"]]
        # Some publishers count those abroad in, some do not.
        abroad = flows[other].isin(PLACELESS)
        least = flows[~abroad].groupby(end)["low"].sum().reindex(totals[end]).fillna(0.0)
        most = flows.groupby(end)["high"].agg(lambda high: high.sum(skipna=False))
        most = most.reindex(totals[end]).fillna(np.inf)
        stated = totals["low"].to_numpy()
        off = (stated < least.to_numpy()) | (stated > most.to_numpy())
        found |= set(totals[end][off])
    return tuple(sorted(found))
