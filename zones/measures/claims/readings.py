"""Readings of claims: the figures of a zone's extents in the years that a claim may mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zones.extents import resolving
from zones.extents.area import Area
from zones.measures.claims.checked import Reading
from zones.measures.claims.verdicts import deviation, fits, kind_of
from zones.measures.everything import some_measures
from zones.measures.indicators.given import Indicator, IndicatorTable
from zones.measures.indicators.table import indicators
from zones.model.contract import CONTRACT
from zones.model.evidence import Claim
from zones.model.figures import MeasureTable
from zones.model.groups import Extent
from zones.texts import Text

if TYPE_CHECKING:
    import geopandas as gpd

    from zones.model.groups import Network, Zone

__all__ = ["Figures"]

# Figures of municipalities are out two years after their year, and are cited for another.
_YEARS_BEFORE = 3


@dataclass(eq=False)
class Figures:
    """The figures of a zone's extents by year, each computed once; of a user's table as well."""

    group: "Zone | Network"
    data: IndicatorTable | None = None
    boundaries: "gpd.GeoDataFrame | None" = None
    error_m: float | None = None
    areas: dict[tuple[str, int | None], Area] = field(default_factory=dict)
    tables: dict[tuple[str, int | None, str], MeasureTable] = field(default_factory=dict)

    def _column(self, claim: Claim) -> Indicator | None:
        """Return the column of the user's table that a claim is on, if there is one."""
        ones = () if self.data is None else self.data.indicators
        return next((one for one in ones if one.id == claim.indicator), None)

    def asked(self, claim: Claim) -> Claim:
        """Return a claim that the user's table can tell as one on a figure of it, else as it is."""
        column = self._column(claim)
        if column is None:
            return claim
        of_count = column.kind == "count" and claim.unit == "percent"
        name = f"{column.id}_share" if of_count else column.id
        return replace(claim, measure=name, key=None, not_computable=None)

    def readings(self, claim: Claim) -> tuple[Reading, ...]:
        """Return every reading of a claim, the likeliest first, each once."""
        if claim.measure is None:
            return ()
        extents: Iterable[str | None] = (None,) if claim.units else _extents(self.group, claim)
        found: dict[tuple[str | None, int | None], Reading] = {}
        for name in extents:
            for year in self._years(claim):
                reading = self._reading(claim, name, year)
                if reading is None:
                    continue
                at = reading.year if reading.deviation is not None else year
                found.setdefault((name, at), reading)
        return tuple(found.values())

    def _years(self, claim: Claim) -> tuple[int | None, ...]:
        """Return the years that a claim may mean; of the user's table those that it has."""
        own = (claim.year, *claim.other_years)
        if self.data is None or self._column(claim) is None:
            return own
        known = self.data.years(str(claim.indicator))
        if claim.year is not None:
            return tuple(year for year in own if year in known)
        said = [int(year) for year in re.findall(r"\d{4}", claim.date)]
        first, last = min(said, default=known[0]), max(said, default=known[-1])
        return tuple(year for year in reversed(known) if first - _YEARS_BEFORE <= year <= last)

    def _reading(self, claim: Claim, extent_id: str | None, year: int | None) -> Reading | None:
        """
        Return the claim's measure of an extent, or of the claim's own units, in a year.

        Nothing where the extent has no such figure, as none of a country without members.
        """
        name = extent_id or f"units of {claim.id}"
        table = self._table(claim, name, extent_id, year)
        rows = (row for row in table if row.key == claim.key)
        measure = next((row for row in rows if row.name == claim.measure), None)
        if measure is None:
            return None
        names = next(area.extent.names for (of, _), area in self.areas.items() if of == name)
        ends = [measure.value] if measure.value is not None else [measure.low, measure.high]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends) or claim.not_computable:
            return Reading(extent_id, measure, None, fits=False, names=names)
        kind = kind_of(claim.unit)
        off = sorted((deviation(end, claim.value, kind=kind) for end in known), key=abs)
        fit = [fits(end, claim.value, qualifier=claim.qualifier, kind=kind) for end in known]
        if all(fit):
            return Reading(extent_id, measure, off[-1], fits=True, names=names)
        if any(fit) or off[0] * off[-1] < 0:
            # Bounds on both sides of what was published do not decide.
            return Reading(extent_id, measure, None, fits=False, names=names)
        return Reading(extent_id, measure, off[0], fits=False, names=names)

    def _table(
        self, claim: Claim, name: str, extent_id: str | None, year: int | None
    ) -> MeasureTable:
        column = self._column(claim)
        # Only people are of a year: what rests on none is one figure in all of them.
        counted = column is None and "people" in CONTRACT[str(claim.measure)].bases
        people_year = year if counted else None
        area = self._in_year(claim, name, extent_id, people_year)
        if column is not None and self.data is not None:
            key = (name, year, f"table: {column.id}")
            if key not in self.tables:
                self.tables[key] = indicators(area, self.data, columns=[column.id], year=year)
            return self.tables[key]
        key = (name, people_year, str(claim.measure))
        if key not in self.tables:
            self.tables[key] = some_measures(area, {str(claim.measure)})
        return self.tables[key]

    def _in_year(self, claim: Claim, name: str, extent_id: str | None, year: int | None) -> Area:
        """Return the area of a claim, resolved once for all years of its people."""
        if (name, None) not in self.areas:
            self.areas[name, None] = self._area(claim, extent_id)
        if year is not None and (name, year) not in self.areas:
            self.areas[name, year] = resolving.until(self.areas[name, None], year)
        return self.areas[name, year]

    def _area(self, claim: Claim, extent_id: str | None) -> Area:
        if extent_id is not None:
            return self.area(extent_id)
        division = claim.division or self.group.default_extent.division
        own = Extent(
            id=claim.id,
            group=self.group.id,
            division=division,
            units=claim.units,
            source=claim.source,
            default=True,
        )
        return self._resolved(replace(self.group, extents=(own,)), own.id, division)

    def area(self, extent_id: str | None) -> Area:
        """Return an extent, or the default one, in the division that it is documented in."""
        documented = {one.id: one.division for one in self.group.extents}
        default = self.group.default_extent
        chosen = extent_id or default.id
        return self._resolved(self.group, chosen, documented.get(chosen, default.division))

    def _resolved(self, group: "Zone | Network", extent_id: str, division: int) -> Area:
        return resolving.area(
            group,
            year=division,
            extent=extent_id,
            boundaries=self.boundaries,
            error_m=self.error_m,
        )

    def why_not(self, claim: Claim, readings: tuple[Reading, ...], reason: Text) -> Text:
        """Say why a claim on what a table tells is not decided: no column, no year, or gaps."""
        if self.data is None or self._column(claim) is None:
            return Text.of("claims.reason.give_column", reason=reason, indicator=claim.indicator)
        if not readings:
            years = tuple(map(str, self.data.years(str(claim.indicator))))
            said = "claims.reason.other_years"
            return Text.of(said, years=years, indicator=claim.indicator)
        first = readings[0].measure
        notes = [note for note in first.notes if note.key.startswith("indicators.")]
        if not notes:
            return reason
        return Text.of("claims.reason.table", note=notes[0], amount=readings[0].amount)


def _extents(group: "Zone | Network", claim: Claim) -> tuple[str, ...]:
    """Return the extents that a claim may mean: its own, else all, the default first."""
    if claim.extents:
        return claim.extents
    default = group.default_extent.id
    return (default, *(e.id for e in group.extents if e.id != default))
