"""Travel times: a user's matrix of minutes, and minutes to the nearest centre from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geodata.errors import FileFormatError, GeodataError, IdentifierError, TravelTimeError, together
from geodata.files.tables import read_table
from geodata.messages import listed
from geodata.register.identifiers import parse_ids
from geodata.travel.columns import in_pairs
from geodata.travel.durations import minutes_of

__all__ = ["TravelTimes", "labelled_array", "read_travel_times", "travel_times"]


@dataclass(frozen=True, eq=False, repr=False)
class TravelTimes:
    """
    Minutes from places to places; infinite where there is no way, or none is given.

    Attributes
    ----------
    minutes
        A row an origin, a column a destination; by ``lau_id``, or by the labels of a grid's cells.
    source
        What it is called in the sources.
    unreachable
        Pairs that the source has without a time, to which the router found no way.
    """

    minutes: pd.DataFrame
    source: str
    unreachable: int = 0

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
            msg = (
                f"{self.source}: no travel times to {listed(lacking)}: "
                "give minutes to every member of the extent"
            )
            raise TravelTimeError(msg)
        nearest = self.minutes[wanted].min(axis=1)
        itself = pd.Series(0.0, index=pd.Index(wanted))
        both: pd.Series = pd.concat([nearest, itself]).groupby(level=0).min()
        return both.rename("minutes")

    def __repr__(self) -> str:
        """Say how many places it is between."""
        rows, columns = self.minutes.shape
        return f"<TravelTimes: {rows:,} origins, {columns:,} destinations>"


def read_travel_times(path: str | Path, *, municipalities: bool = True) -> TravelTimes:
    """
    Read travel times from a CSV file of any dialect, or from Excel.

    Parameters
    ----------
    path
        Either a row a pair with columns ``from``, ``to`` and ``minutes`` (or as r5py names them:
        ``from_id``, ``to_id``, ``travel_time``), or a matrix: origins in the first column,
        destinations in the header.
    municipalities
        Whether origins are municipalities; otherwise the labels of a grid's cells.

    Raises
    ------
    FileFormatError
        If the file cannot be used; bad rows are named.
    IdentifierError
        If codes cannot be read.
    """
    table = read_table(path, expected="travel times")
    if in_pairs(table, Path(path).name) is None:
        table = table.set_index(table.columns[0])
    return travel_times(table, municipalities=municipalities, source=Path(path).name)


def travel_times(
    table: pd.DataFrame, *, municipalities: bool = True, source: str = "travel times"
) -> TravelTimes:
    """
    Make travel times of a table of pairs or a matrix.

    Pairs that are not there, or have no time, have no way between them. So have those of a matrix
    that are missing or infinite, as scipy writes them. Durations are turned into minutes.

    Parameters
    ----------
    table
        Columns ``from``, ``to`` and ``minutes``, or as r5py names them; or minutes with origins as
        the index and destinations as the columns.
    municipalities
        Whether origins are municipalities; otherwise labels of a grid's cells, kept as text.
    source
        What the table is called in messages and sources.

    Raises
    ------
    FileFormatError
        If minutes are negative or no numbers, or infinite in a row of a pair, or a pair is there
        twice.
    IdentifierError
        If codes cannot be read.

    Examples
    --------
    >>> travel_times(pd.DataFrame({"FI_091": [0, 25]}, index=["FI_091", "FI_092"]))
    <TravelTimes: 2 origins, 1 destinations>
    """
    if not len(table):
        raise FileFormatError(f"{source}: no rows; minutes between places were expected")
    if (pairs := in_pairs(table, source)) is not None:
        return _of_pairs(pairs, municipalities, source)
    faults: list[GeodataError] = []
    origins = _ids(table.index, municipalities, f"origins of {source}", faults)
    destinations = _ids(table.columns, True, f"destinations of {source}", faults)
    matrix = table.set_axis(origins).set_axis(destinations, axis="columns")
    for labels, what in ((matrix.index, "origin"), (matrix.columns, "destination")):
        if labels.has_duplicates:
            twice = listed(labels[labels.duplicated()].unique())
            faults.append(FileFormatError(f"{source}: {what} {twice} is there more than once"))
    cells = matrix.to_numpy(dtype=object).ravel()
    minutes = _minutes(cells, f"{source}: minutes", faults)
    bad = (np.isnan(minutes) & ~pd.isna(cells)) | (minutes < 0)
    if bad.any():
        rows, columns = np.divmod(np.flatnonzero(bad), matrix.shape[1])
        shown = [
            f"{origin} to {destination} ({value!r})"
            for origin, destination, value in zip(
                matrix.index[rows], matrix.columns[columns], cells[bad], strict=True
            )
        ]
        faults.append(
            FileFormatError(
                f"{source}: minutes are negative or no number from {listed(shown)}; "
                "give minutes, or nothing where there is no way"
            )
        )
    if faults:
        raise together(faults)
    minutes = minutes.reshape(matrix.shape)
    same = matrix.index.to_numpy()[:, None] == matrix.columns.to_numpy()[None, :]
    minutes[same & np.isnan(minutes)] = 0.0
    no_way = ~np.isfinite(minutes)
    minutes[no_way] = np.inf
    return TravelTimes(
        pd.DataFrame(minutes, matrix.index, matrix.columns), source, int(no_way.sum())
    )


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


def _of_pairs(table: pd.DataFrame, municipalities: bool, source: str) -> TravelTimes:  # noqa: FBT001
    pairs = table.reset_index(drop=True)
    faults: list[GeodataError] = []
    ends = pd.DataFrame(
        {
            "from": _ids(pairs["from"], municipalities, f"from of {source}", faults),
            "to": _ids(pairs["to"], True, f"to of {source}", faults),
            "minutes": _minutes(pairs["minutes"], f"{source}: column 'minutes'", faults),
        }
    )
    minutes, missing = ends["minutes"], pairs["minutes"].isna()
    bad = np.flatnonzero((minutes.isna() & ~missing) | (minutes < 0) | np.isinf(minutes))
    if len(bad):
        rows = listed([f"{row + 1} ({pairs['minutes'][row]!r})" for row in bad])
        faults.append(
            FileFormatError(
                f"{source}: column 'minutes' is negative, infinite or no number in row {rows}; "
                "correct these rows, or leave the time empty where there is no way"
            )
        )
    twice = ends[ends.duplicated(["from", "to"])]
    if len(twice):
        shown = listed([f"{a} to {b}" for a, b in zip(twice["from"], twice["to"], strict=True)])
        faults.append(
            FileFormatError(f"{source}: {shown} is there more than once; give one time a pair")
        )
    if faults:
        raise together(faults)
    ends.loc[missing & (ends["from"] == ends["to"]), "minutes"] = 0.0
    no_way = int(ends["minutes"].isna().sum())
    wide = ends.fillna({"minutes": np.inf}).pivot_table(
        index="from", columns="to", values="minutes", dropna=False
    )
    filled = wide.fillna(np.inf).rename_axis(index=None, columns=None)
    return TravelTimes(filled, source, no_way)


def _minutes(values: Any, what: str, faults: list[GeodataError]) -> NDArray[np.float64]:
    """Return minutes as numbers; those that can be read in two ways are a fault, and zeros."""
    try:
        return minutes_of(values, what)
    except FileFormatError as fault:
        faults.append(fault)
        return np.zeros(len(values))


def _ids(
    labels: Any,
    municipalities: bool,  # noqa: FBT001
    what: str,
    faults: list[GeodataError],
) -> pd.Index:
    """Return labels as ids; where some are none, that is a fault, and they stay as they are."""
    values = pd.Series(list(labels), dtype=object)
    if not municipalities:
        return pd.Index(values.astype(str))
    distinct = values.drop_duplicates()
    try:
        parsed = parse_ids(distinct, column=what)
    except IdentifierError as fault:
        faults.append(fault)
        return pd.Index(values)
    ids: pd.Index = pd.Index(values.map(dict(zip(distinct, parsed, strict=True))))
    return ids
