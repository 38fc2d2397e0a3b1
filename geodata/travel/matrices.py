"""Travel times: a user's matrix of minutes, and minutes to the nearest centre from it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from geodata.arguments import check_each_its_own
from geodata.errors import FileFormatError, GeodataError, IdentifierError, TravelTimeError, together
from geodata.files.parquet import read_parquet
from geodata.files.spatial import PARQUET, checked_path
from geodata.files.tables import read_table
from geodata.messages import COLUMN, ROW, listed, named_rows
from geodata.register.identifiers import is_municipality, parse_ids
from geodata.register.unpadded import of_numbers
from geodata.travel.minutes import check_one_of_minutes, minutes_of, named_columns

__all__ = ["TravelTimes", "labelled_array", "read_travel_times", "travel_times"]

_LONG = frozenset({"from", "to", "minutes"})
_ARGUMENTS = {"from": "origin", "to": "destination", "minutes": "minutes"}


@dataclass(frozen=True, eq=False, repr=False)
class TravelTimes:
    """
    Minutes from places to places; infinite where there is no way.

    Attributes
    ----------
    minutes
        A row an origin, a column a destination; by ``lau_id``, or by the labels of a grid's cells.
    source
        What it is called in the sources.
    without
        Pairs that are given without minutes, and so without a way.
    """

    minutes: pd.DataFrame
    source: str
    without: int = 0

    def to_nearest(self, destinations: Iterable[str]) -> pd.Series:
        """
        Return the minutes from each origin to the nearest of some destinations.

        A destination is at 0 minutes from itself.

        Raises
        ------
        TravelTimeError
            If the matrix lacks destinations; all of them are listed.

        Examples
        --------
        >>> table = pd.DataFrame(
        ...     {"from": ["FI_091", "FI_049"], "to": "FI_092", "minutes": [25, 30]}
        ... )
        >>> travel_times(table).to_nearest(["FI_092"]).to_dict()
        {'FI_049': 30.0, 'FI_091': 25.0, 'FI_092': 0.0}
        """
        wanted = list(dict.fromkeys(destinations))
        lacking = sorted(set(wanted) - set(self.minutes.columns))
        if lacking:
            msg = f"{self.source}: no travel times to {listed(lacking)}: give minutes to each"
            raise TravelTimeError(msg)
        nearest = self.minutes[wanted].min(axis=1)
        itself = pd.Series(0.0, index=pd.Index(wanted))
        both: pd.Series = pd.concat([nearest, itself]).groupby(level=0).min()
        return both.rename("minutes")

    def __repr__(self) -> str:
        """Say how many places it is between."""
        rows, columns = self.minutes.shape
        none = f", {self.without:,} pairs without a way" if self.without else ""
        return f"<TravelTimes: {rows:,} origins, {columns:,} destinations{none}>"


def read_travel_times(
    path: str | Path,
    *,
    municipalities: bool = True,
    origin: str | None = None,
    destination: str | None = None,
    minutes: str | None = None,
    sheet: str | None = None,
) -> TravelTimes:
    """
    Read travel times from a CSV file of any dialect, from Excel or Parquet.

    Parameters
    ----------
    path
        Either a row a pair with columns ``from``, ``to`` and ``minutes`` (or as r5py calls them,
        ``from_id``, ``to_id`` and ``travel_time``), or a matrix: origins in the first column,
        destinations in the header. Codes may be numbers, if all of them are.
    municipalities
        Whether origins are municipalities; otherwise the labels of a grid's cells.
    origin, destination, minutes
        Names of the columns of pairs, where they are no usual words.
    sheet
        The sheet, where a workbook has several.

    Raises
    ------
    FileFormatError
        If the file cannot be used; bad rows are named.
    IdentifierError
        If codes cannot be read.
    """
    table = _table_of(Path(path), sheet)
    name = Path(path).name
    if not len(table):
        raise FileFormatError(f"{name}: no rows; minutes between places were expected")
    named = {"from": origin, "to": destination, "minutes": minutes}
    columns = _pairs(table, {what: one for what, one in named.items() if one is not None}, name)
    if set(columns) == _LONG:
        if minutes is None:
            fix = f", or name it: minutes={str(columns['minutes'])!r}"
            check_one_of_minutes(table, name, fix=fix)
        return _of_pairs(table, columns, municipalities, name)
    header = list(map(str, table.columns))
    if not (any(map(is_municipality, header[1:])) or _are_codes(header[1:])):
        raise FileFormatError(
            f"{name}: neither a matrix nor pairs: of its columns {listed(header)} none is a "
            "municipality to travel to, as in a matrix; if they are of pairs, "
            f"{_asked_for(columns)}"
        )
    return _of_matrix(table.iloc[:, 1:], table.iloc[:, 0], municipalities, name)


def _table_of(path: Path, sheet: str | None) -> pd.DataFrame:
    path = checked_path(path, "CSV, Excel or Parquet with travel times")
    if path.suffix.lower() not in PARQUET:
        return read_table(path, expected="travel times", sheet=sheet)
    table = pd.DataFrame(read_parquet(path))
    if not isinstance(table.index, pd.RangeIndex):
        # A matrix that pandas wrote has its origins as the index.
        table = table.reset_index()
    return table.set_axis(pd.RangeIndex(1, len(table) + 1, name=ROW))


def _pairs(table: pd.DataFrame, named: dict[str, str], source: str) -> dict[str, object]:
    """Return the columns of pairs, those named first; refuse pairs of which some are not known."""
    have = list(map(str, table.columns))
    for column in named.values():
        if column not in have:
            raise FileFormatError(f"{source}: no column {column!r}; it has {', '.join(have)}")
    check_each_its_own({_ARGUMENTS[what]: one for what, one in named.items()}, source)
    known = named_columns(table.drop(columns=list(named.values()))) | named
    if len(known) == len(_LONG) or (len(known) < 2 and not named):
        return known
    raise FileFormatError(
        f"{source}: not all columns of pairs are known among {', '.join(have)}; {_asked_for(known)}"
    )


def _are_codes(header: Sequence[str]) -> bool:
    """Whether a header is of codes that lost their zeros."""
    try:
        return bool(of_numbers(header, "header"))
    except IdentifierError:
        return False


def _asked_for(known: Collection[str]) -> str:
    lacking = (f"{_ARGUMENTS[what]}='...'" for what in _ARGUMENTS if what not in known)
    return f"name them: {', '.join(lacking)}"


def travel_times(
    table: pd.DataFrame, *, municipalities: bool = True, source: str = "travel times"
) -> TravelTimes:
    """
    Make travel times of a table of pairs or a matrix.

    Pairs that are not there, or that have no minutes (empty, not-a-number), have no way between
    them; a place is at 0 minutes from itself. Durations are turned into minutes.

    Parameters
    ----------
    table
        Columns ``from``, ``to`` and ``minutes`` (``from_id``, ``to_id`` and ``travel_time``); or
        minutes with origins as the index and destinations as the columns.
    municipalities
        Whether origins are municipalities; otherwise labels of a grid's cells, kept as text.
    source
        What the table is called in messages and sources.

    Raises
    ------
    FileFormatError
        If minutes are negative, infinite or no numbers, or a pair is there twice.
    IdentifierError
        If codes cannot be read.

    Examples
    --------
    >>> travel_times(pd.DataFrame({"FI_091": [0, 25]}, index=["FI_091", "FI_092"]))
    <TravelTimes: 2 origins, 1 destinations>
    """
    if not len(table):
        raise FileFormatError(f"{source}: no rows; minutes between places were expected")
    columns = named_columns(table)
    if set(columns) == _LONG:
        check_one_of_minutes(table, source, fix="")
        return _of_pairs(table, columns, municipalities, source)
    labels = pd.Series(table.index, dtype=object).rename(str(table.index.name or "index"))
    return _of_matrix(table, labels, municipalities, source)


def labelled_array(
    minutes: ArrayLike, units: Sequence[str], members: Sequence[str]
) -> pd.DataFrame:
    """
    Give an array of minutes its origins and destinations.

    Parameters
    ----------
    minutes
        Rows are all municipalities or the members, columns the same or the members, in order.
    units, members
        Their ``lau_id``.

    Raises
    ------
    TravelTimeError
        If the array has another shape.

    Examples
    --------
    >>> labelled_array([[5], [20]], ["FI_091", "FI_092"], ["FI_092"])
            FI_092
    FI_091       5
    FI_092      20
    """
    array = np.asarray(minutes)
    known = {len(members): list(members), len(units): list(units)}
    if array.ndim != 2 or not set(array.shape) <= set(known):
        msg = (
            f"an array of travel times has the shape {array.shape}: expected {len(units)} or "
            f"{len(members)} rows and columns (all municipalities, or the members), in the order "
            "of their codes; or give a DataFrame"
        )
        raise TravelTimeError(msg)
    return pd.DataFrame(array, known[array.shape[0]], known[array.shape[1]])


def _of_pairs(
    table: pd.DataFrame,
    columns: Mapping[str, object],
    municipalities: bool,  # noqa: FBT001
    source: str,
) -> TravelTimes:
    faults: list[GeodataError] = []
    minutes, wrong = minutes_of(
        table[columns["minutes"]],
        f"{source}: column {columns['minutes']!r}",
        lambda at: named_rows(table.index[[at]]),
    )
    faults += wrong
    ends = pd.DataFrame(
        {
            "from": _ids(table[columns["from"]], municipalities, source, faults),
            "to": _ids(table[columns["to"]], True, source, faults),
            "minutes": np.where(np.isnan(minutes), np.inf, minutes),
        }
    )
    twice = ends[ends.duplicated(["from", "to"])]
    if len(twice):
        shown = listed([f"{a} to {b}" for a, b in zip(twice["from"], twice["to"], strict=True)])
        faults.append(
            FileFormatError(f"{source}: {shown} is there more than once; give one time a pair")
        )
    if faults:
        raise together(faults)
    wide = ends.pivot_table(index="from", columns="to", values="minutes", dropna=False)
    filled: pd.DataFrame = wide.fillna(np.inf)
    without = int((np.isnan(minutes) & (ends["from"] != ends["to"])).sum())
    return TravelTimes(filled.rename_axis(index=None, columns=None), source, without)


def _of_matrix(
    cells: pd.DataFrame,
    labels: "pd.Series[Any]",
    municipalities: bool,  # noqa: FBT001
    source: str,
) -> TravelTimes:
    faults: list[GeodataError] = []
    header = pd.Series(list(cells.columns), dtype=object)
    # Of a file, the first column has the origins.
    header.index = pd.RangeIndex(2, len(header) + 2, name=COLUMN)
    origins = _ids(labels, municipalities, source, faults)
    destinations = _ids(header, True, source, faults)
    for found, what in ((origins, "origin"), (destinations, "destination")):
        if found.has_duplicates:
            twice = listed(found[found.duplicated()].unique())
            faults.append(FileFormatError(f"{source}: {what} {twice} is there more than once"))
    values = pd.Series(cells.to_numpy(dtype=object).ravel())
    width = max(len(destinations), 1)
    minutes, wrong = minutes_of(
        values,
        f"{source}: the matrix",
        lambda at: " ".join(f"{origins[at // width]} to {destinations[at % width]}".split()),
    )
    faults += wrong
    if faults:
        raise together(faults)
    minutes = minutes.reshape(cells.shape)
    same = origins.to_numpy()[:, None] == destinations.to_numpy()[None, :]
    without = int((np.isnan(minutes) & ~same).sum())
    minutes = np.where(np.isnan(minutes), np.where(same, 0.0, np.inf), minutes)
    return TravelTimes(pd.DataFrame(minutes, origins, destinations), source, without)


def _ids(
    values: "pd.Series[Any]",
    municipalities: bool,  # noqa: FBT001
    source: str,
    faults: list[GeodataError],
) -> pd.Index:
    """Return labels as ids; where some are none, that is a fault, and they stay as they are."""
    named = f"column {str(values.name)!r}" if values.name else "first column"
    values = values.astype(object)
    if not municipalities:
        cells: pd.Index = pd.Index(values.astype(str))
        return cells
    # A table of pairs has a few hundred codes in many rows, so each is read once.
    at, distinct = pd.factorize(values, use_na_sentinel=False)
    try:
        parsed = parse_ids(pd.Series(distinct, dtype=object))
    except IdentifierError:
        what = f"{source}: {'header' if values.index.name == COLUMN else named}"
        try:
            if units := of_numbers(distinct, what):
                coded: pd.Index = pd.Index(values.map(units).to_numpy())
                return coded
            parse_ids(values.rename(None))
        except IdentifierError as fault:
            said = str(fault)
            faults.append(IdentifierError(said if said.startswith(what) else f"{what}: {said}"))
        whole: pd.Index = pd.Index(values, dtype=object)
        return whole
    ids: pd.Index = pd.Index(parsed.to_numpy()[at])
    return ids
