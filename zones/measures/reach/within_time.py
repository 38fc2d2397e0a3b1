"""People within minutes of the nearest centre: rows of `population_within_time`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

import geodata
from geodata.errors import GeodataError, TravelTimeError
from geodata.messages import listed
from geodata.travel.matrices import TravelTimes, labelled_array, read_travel_times, travel_times
from geodata.travel.roads import RoadGraph
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.measures.bounded import Bounded
from zones.measures.figure import figure, no_common_year
from zones.measures.reach.cells import GivenGrid
from zones.measures.reach.distances import key_of, total
from zones.measures.reach.surroundings import unit_people
from zones.measures.reach.weights import Weight
from zones.model.figures import Measure
from zones.texts import Replaced, Text
from zones.wording.amounts import first_named

__all__ = ["Matrix", "Origins", "destinations", "minutes_from", "origins", "timed", "within_times"]

Matrix = str | Path | pd.DataFrame | ArrayLike | TravelTimes

_NAME = "population_within_time"
_OWN = "travel times of the user"
# What is credited where a user's own times have no name of their own.
_CREDITS = {_OWN: "reach.source.times", "road graph of the user": "reach.source.roads"}


@dataclass(frozen=True, eq=False)
class Origins:
    """
    Where people set out from: municipalities, by their centre, or the cells of a grid.

    Attributes
    ----------
    people
        By origin.
    year
        Year of the people; None for a grid.
    grid
        The source line of the grid, where the origins are its cells.
    """

    people: pd.Series
    year: int | None
    grid: Text | None = None


def origins(area: Area, year: int | None, grid: GivenGrid | None) -> Origins:
    """
    Return where people set out from.

    Parameters
    ----------
    area
        An extent in a year.
    year
        Year of the municipalities' people.
    grid
        A grid whose cells are the origins, in place of the municipalities.
    """
    if grid is not None:
        people = pd.Series(grid.grid.people, index=grid.grid.index.astype(str))
        return Origins(people, None, grid.source)
    units = pd.Index([unit for frame in area.municipalities.values() for unit in frame.index])
    if year is None:
        return Origins(pd.Series(pd.NA, units, dtype="Int64"), None)
    return Origins(unit_people(area, year, units)["value"], year)


def timed(
    matrix: Matrix | None, roads: RoadGraph | None, area: Area, *, cells: bool
) -> TravelTimes | RoadGraph:
    """
    Return travel times in the form that answers questions, from whatever form they are given in.

    Raises
    ------
    MeasureError
        If both a matrix and a road graph are given, or an array has an unknown shape.
    FileFormatError
        If a table or file cannot be used.
    """
    if roads is not None:
        if matrix is not None:
            msg = "both matrix and roads are given: give one of the two"
            raise MeasureError(msg)
        return roads
    if isinstance(matrix, TravelTimes):
        return matrix
    if isinstance(matrix, str | Path):
        return read_travel_times(matrix, municipalities=not cells)
    if not isinstance(matrix, pd.DataFrame):
        units = [unit for frame in area.municipalities.values() for unit in frame.index]
        matrix = labelled_array(np.asarray(matrix), units, list(area.units.index))
    return travel_times(matrix, municipalities=not cells, source=_OWN)


def minutes_from(
    times: TravelTimes | RoadGraph,
    members: Sequence[str],
    start: Origins,
    *,
    limit: float,
) -> NDArray[np.float64]:
    """
    Return the minutes from each origin to the nearest member's centre; not a number if not given.

    Raises
    ------
    MeasureError
        If members are missing, or the cells cannot be found in the travel times.
    """
    index = start.people.index
    if isinstance(times, TravelTimes):
        nearest = times.to_nearest(members).reindex(index)
        if start.grid is not None and nearest.isna().all():
            msg = (
                f"{times.source}: none of its origins is a cell of the grid: name origins by the "
                f"rows of the grid, such as {index[0]}"
            )
            raise MeasureError(msg)
        return np.asarray(nearest, dtype=np.float64)
    by_node = np.append(times.minutes_to_nearest(members, limit=limit), np.nan)
    if start.grid is None:
        position = times.places.reindex(index).fillna(-1).to_numpy(dtype=int)
        return np.asarray(by_node[position])
    if times.cells is None or len(times.cells) != len(index):
        given = "none" if times.cells is None else f"{len(times.cells):,}"
        msg = (
            f"{times.source}: {given} of the {len(index):,} cells have a node: make the road graph "
            "with cells, the node of each cell in the grid's order"
        )
        raise MeasureError(msg)
    return by_node[times.cells]


def within_times(
    weight: Weight,
    minutes: Sequence[float],
    times: TravelTimes | RoadGraph,
    start: Origins,
    to: Sequence[str] = (),
) -> list[Measure]:
    """
    Count people, or what else is given, within minutes of the nearest member's centre.

    Parameters
    ----------
    weight
        What is counted.
    minutes
        Times in ascending order.
    times
        A matrix or a road graph.
    start
        Where people set out from; of another weight, the municipalities.
    to
        Municipalities whose centres stand in the place of the members'.

    Returns
    -------
    list of Measure
        A row a time, each holding those before it.
    """
    area = weight.area
    try:
        taken = minutes_from(times, list(to or area.units.index), start, limit=max(minutes))
    except TravelTimeError as fault:
        of_all = "" if to else ", or name those whose centres count in place of all members': to="
        raise TravelTimeError(f"{fault}{of_all}") from None
    unknown = np.isnan(taken)
    by = "cells" if start.grid else "municipalities"
    notes = [Text.of("reach.note.grid_year") if start.grid else Text.of("reach.note.counted_whole")]
    if unknown.any():
        lost = tuple(sorted(start.people.index[unknown]))
        given = len(lost) if start.grid else first_named(area, lost)
        notes.append(Text.of(f"reach.note.no_time_{by}", units=given))
    if isinstance(times, TravelTimes) and times.without:
        notes.append(Text.of("reach.note.no_way", pairs=times.without))
    own = Text.of(_CREDITS[times.source]) if times.source in _CREDITS else times.source
    rows = []
    for limit in minutes:
        if weight.column is not None:
            found, said = _of_column(weight, start.people.index[taken <= limit])
        else:
            people = total(start.people, taken <= limit)
            whole = start.grid is not None and not unknown.any()
            found = Bounded(people, people, people) if whole else Bounded(people, None, None)
            said = [no_common_year(area)] if people is None else []
        row = figure(
            area,
            _NAME,
            found.value,
            low=found.low,
            high=found.high,
            bases=() if start.grid or weight.column else None,
            key=key_of(limit),
            year=start.year,
            method=_nearest(weight.method(f"time_{by}", minutes=limit), area, to),
            notes=[*said, *notes],
        )
        lines = [line for line in (own, start.grid, *row.sources) if line]
        row = replace(row, year=start.year, sources=tuple(lines))
        rows.append(weight.named(row, "within_time"))
    return rows


def destinations(area: Area, to: str | Iterable[str] | None) -> tuple[str, ...]:
    """
    Return the municipalities whose centres travel times are to; none where they are the members'.

    Raises
    ------
    MeasureError
        For what is no municipality of the area's division; all of them are listed.
    """
    found, faults = [], []
    for name in [to] if isinstance(to, str) else to or ():
        try:
            found.append(geodata.parse_id(name, year=area.division))
        except GeodataError as fault:
            faults.append(f"to={fault}")
    if faults:
        raise MeasureError(listed(faults, most=None, mark="; "))
    return tuple(dict.fromkeys(found))


def _nearest(method: Text, area: Area, to: Sequence[str]) -> Text:
    """Return a method with the centres that were given in the place of the members'."""
    if not to:
        return method
    others: dict[str | Text, str | Text] = dict(getattr(method, "others", ()))
    others[Text("reach.nearest.member")] = Text.of(
        "reach.nearest.given", units=first_named(area, to)
    )
    return Replaced.of_text(method, others)


def _of_column(weight: Weight, units: pd.Index) -> tuple[Bounded, list[Text]]:
    """Sum a column over municipalities; what is not known of it bounds the sum, distance aside."""
    figures = weight.by_unit(units)
    value, low, high = (
        None if figures[name].isna().any() else float(figures[name].sum())
        for name in ("value", "low", "high")
    )
    if value is not None:
        return Bounded(value, None, None), []
    found = Bounded(None, low, high)
    return found, weight.gaps(found, tuple(units[~figures["exact"]]))
