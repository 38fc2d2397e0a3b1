"""Flows of an extent: what stays inside, leaves and comes in, and between whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pandas as pd

from geodata.flows.ends import UNKNOWN
from geodata.flows.reading import read_flows
from geodata.flows.table import FlowTable
from geodata.register.carried import carried
from geodata.register.divisions import division_ids
from zones.extents.area import Area, Subject
from zones.extents.resolving import as_area
from zones.extents.spine import has_spine, spine_points
from zones.measures.bounded import Bounded, added, difference, share
from zones.measures.figure import figure
from zones.measures.flows.bounds import ZoneFlows
from zones.measures.flows.naming import label_of, unit_of
from zones.model.figures import Measure, MeasureTable
from zones.texts import Text

__all__ = ["flows"]

_CANDIDATES = 10
_NAMED = 7
_NOTHING = Bounded(None, None, None)


def flows(
    area: Subject,
    table: pd.DataFrame | str | Path | FlowTable,
    *,
    year: int | None = None,
    of: str | None = None,
    unit: str | None = None,
    origin: str | None = None,
    destination: str | None = None,
    count: str | None = None,
    division: int | None = None,
    suppressed_below: float | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
    source: str | None = None,
) -> MeasureTable:
    r"""
    Compute what flows inside an extent, out of it and into it: commuting, migration or trips.

    With :math:`F_{ij}` what begins in *i* and ends in *j*, and the members *Z* taken as one place,
    ``flow_inside`` is :math:`\sum_{i,j \in Z} F_{ij}`, those who stay in their municipality among
    them; ``flow_out`` is :math:`\sum_{i \in Z, j \notin Z} F_{ij}` and ``flow_in`` the other way.
    **Self-containment** is inside / (inside + out) by origin, and inside / (inside + in) by
    destination (Goodman 1970).

    The table may be of another division than the area's: both ends are carried. Ends abroad count
    as outside; unknown ends count as outside in the value, and wherever they may be in the bounds.
    What the publisher left out bounds a figure from nothing to what its mark says. Pairs that the
    table does not have are none; a member that it does not have leaves no upper bound.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    table
        A DataFrame or the path of CSV, Excel or Parquet: a row a pair, or origins as rows and
        destinations as columns, as `geodata.read_flows` reads it; or what that returns.
    year
        Which year of several, the newest by default: years are never added up. Of a table without
        years, the year that it is of.
    of
        What flows: ``commuters``, ``migrants``, ``trips``, or a word of your own.
    unit
        The word after the numbers, where they are not people.
    origin, destination, count, division, suppressed_below, decimal, sheet, source
        As in `geodata.read_flows`.

    Returns
    -------
    MeasureTable
        `flow_inside`, of which `flow_across` a municipal border, `flow_out`, `flow_in`, `flow_net`
        (in less out), `self_containment_origin`, `self_containment_destination`, `flow_spine`
        (between neighbours on the spine), `flow_largest_inside` (members whose largest flow to
        another municipality ends inside), `flow_largest` (key: the member; items: where to) and
        `flow_with` (key: one of the ten municipalities outside with the largest flows to and from
        the zone).

    Raises
    ------
    FileFormatError, IdentifierError
        If the table cannot be read; all faults are named.

    Examples
    --------
    >>> pairs = [("Oulu", "Oulu", 900), ("Oulu", "Kemi", 30), ("Oulu", "Kajaani", 70)]
    >>> table = pd.DataFrame(pairs, columns=["origin", "destination", "people"])
    >>> found = flows(["Oulu", "Kemi"], table, of="commuters", year=2019)
    >>> found.get("flow_inside").value, found.get("flow_across").value, found.get("flow_out").value
    (930.0, 30.0, 70.0)
    >>> found.get("self_containment_origin").value, found.get("flow_with", "FI_205").value
    (93.0, 70.0)
    """
    area = as_area(area)
    read = read_flows(
        table, year=year, origin=origin, destination=destination, count=count, division=division,
        suppressed_below=suppressed_below, decimal=decimal, sheet=sheet, source=source,
    )  # fmt: skip
    return MeasureTable(list(_Given(area, read, of, unit).rows()))


@dataclass(frozen=True, eq=False)
class _Given:
    """A table of flows and the area whose figures it gives."""

    area: Area
    table: FlowTable
    of: str | None
    unit: str | None

    @cached_property
    def zone(self) -> ZoneFlows:
        members = tuple(self.area.units.index)
        return ZoneFlows(self.table.to_division(self.area.division), members)

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """Members that the table has at neither end."""
        have = {unit for units in self.zone.carried.places.values() for unit in units}
        return tuple(unit for unit in self.zone.members if unit not in have)

    @cached_property
    def not_starting(self) -> tuple[Text, ...]:
        """Say of members that the table has at the end of flows alone: no flow begins there."""
        carried_table = self.zone.carried
        places = set(carried_table.flows["origin"])
        starts = {unit for place in places for unit in carried_table.places.get(place, ())}
        rest = tuple(u for u in self.zone.members if u not in starts and u not in self.lacking)
        return (Text.of("flows.note.no_start", units=rest),) if rest else ()

    def rows(self) -> Iterator[Measure]:
        zone = self.zone
        inside, across = (self._at_least(found) for found in (zone.inside(), zone.across()))
        out, out_notes = self._leaving("destination", zone.out())
        into, in_notes = self._leaving("origin", zone.into())
        for name, found, notes in (
            ("flow_inside", inside, self.not_starting),
            ("flow_across", across, self.not_starting),
            ("flow_out", out, (*out_notes, *self.not_starting)),
            ("flow_in", into, in_notes),
            ("flow_net", difference(into, out), (*out_notes, *in_notes)),
            ("self_containment_origin", share(inside, out), (*out_notes, *self.not_starting)),
            ("self_containment_destination", share(inside, into), in_notes),
        ):
            yield self._row(name, found, notes=(*notes, *self._gaps(found)))
        yield self._spine()
        yield from self._largest()
        yield from self._with_outside()

    def _at_least(self, found: Bounded) -> Bounded:
        """Return a sum over all members, of which the table lacks some."""
        return found.at_least() if self.lacking else found

    def _leaving(self, end: str, found: Bounded) -> tuple[Bounded, tuple[Text, ...]]:
        """Return what leaves or comes in; nothing where the table has the zone alone."""
        if not self.zone.has_outside(end):
            key = "no_destination" if end == "destination" else "no_outside_origin"
            return _NOTHING, (Text.of(f"flows.note.{key}"),)
        return self._at_least(found), ()

    def _gaps(self, found: Bounded) -> Iterator[Text]:
        """Say why a sum is not known, or bounded."""
        if self.lacking:
            yield Text.of("flows.note.lacking", units=self.lacking)
        elif found.value is None and found.low is not None:
            yield Text.of("flows.note.bounded")

    def _spine(self) -> Measure:
        """Return what flows between neighbours on the spine, there and back."""
        group, division = self.area.group, self.area.division
        if not has_spine(group):
            reason = Text.of("measures.note.no_spine")
            return self._row("flow_spine", _NOTHING, notes=(reason,))
        points = spine_points(group)
        known, own = division_ids(division), group.default_extent.division
        stops: list[str] = []
        for unit in points.index[points["branch"].isna()]:
            now = unit if unit in known else carried([unit], own, division)[0]
            stops += [now] if now not in stops[-1:] else []
        have = {unit for units in self.zone.carried.places.values() for unit in units}
        lacking = tuple(stop for stop in stops if stop not in have)
        legs = [self.zone.between(*leg) for leg in pairwise(stops)]
        total = added(legs)
        notes = tuple(self._gaps(total)) if not lacking else ()
        if lacking:
            total, notes = total.at_least(), (Text.of("flows.note.lacking", units=lacking),)
        return self._row("flow_spine", total, notes=notes, items=stops)

    def _largest(self) -> Iterator[Measure]:
        """Yield in how many members the largest flow ends inside, then each member's."""
        found, members = self.zone.largest(), set(self.zone.members)
        inside = {unit for unit, one in found.items() if members.intersection(one.to)}
        # Of several that are equally large, one inside is enough.
        sure = {u for u in inside if found[u].exact or members.issuperset(found[u].to)}
        rest = tuple(unit for unit in self.zone.members if unit not in found)
        told = inside == sure and not rest
        known = Bounded(len(sure) if told else None, len(sure), len(inside) + len(rest))
        notes = [Text.of("flows.note.no_origin", units=rest)] if rest else []
        notes += [Text.of("flows.note.bounded")] if inside != sure else []
        yield self._row("flow_largest_inside", known, notes=notes, items=sure)
        for unit in self.zone.members:
            one = found.get(unit)
            if one is None:
                reason = Text.of("flows.note.no_flows")
                yield self._row("flow_largest", _NOTHING, key=unit, notes=(reason,))
                continue
            yield self._row(
                "flow_largest",
                Bounded(one.low if one.exact else None, one.low, one.high),
                key=unit,
                notes=() if one.exact else (Text.of("flows.note.bounded"),),
                items=one.to if one.exact else None,
            )

    def _with_outside(self) -> Iterator[Measure]:
        """Yield the municipalities outside with the largest flows to and from the zone."""
        for unit, low, high in self.zone.with_outside().head(_CANDIDATES).itertuples():
            most = None if pd.isna(high) else high
            found = self._at_least(Bounded(low if low == most else None, low, most))
            yield self._row("flow_with", found, key=unit, notes=self._gaps(found))

    def _row(
        self,
        name: str,
        found: Bounded,
        *,
        key: str | None = None,
        notes: Iterable[Text] = (),
        items: Iterable[str] | None = None,
    ) -> Measure:
        row = figure(
            self.area,
            name,
            found.value,
            key=key,
            low=found.low,
            high=found.high,
            notes=(*notes, *self._common),
            items=items,
        )
        own = unit_of(self.of, self.unit)
        return replace(
            row,
            unit=own if own is not None and row.unit == "persons" else row.unit,
            year=self.table.year,
            sources=(self.table.source or Text.of("flows.source.own"), *row.sources),
            label=label_of(name, self.of, self.unit),
        )

    @cached_property
    def _common(self) -> tuple[Text, ...]:
        """What every figure of the table has to say."""
        table, division = self.table, self.area.division
        notes = []
        if table.other_years:
            years = tuple(map(str, table.other_years))
            notes.append(Text.of("flows.note.other_years", year=str(table.year), years=years))
        if table.division != division:
            notes.append(
                Text.of("flows.note.carried", own=str(table.division), division=str(division))
            )
        if table.placeless:
            notes.append(Text.of("flows.note.placeless", labels=_first(table.placeless)))
        if UNKNOWN in set(table.flows["origin"]) | set(table.flows["destination"]):
            notes.append(Text.of("flows.note.unknown"))
        if table.left_out:
            notes.append(Text.of("flows.note.left_out", labels=_first(table.left_out)))
        if table.differing:
            notes.append(Text.of("flows.note.differing", units=_first(table.differing)))
        return tuple(notes)


def _first(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return as many names as a note can hold."""
    return names if len(names) <= _NAMED else (*names[:_NAMED], "…")
