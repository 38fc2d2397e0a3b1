"""What is within distances of a zone, its spine, its centres or a user's own points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.messages import unknown
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.measures.bounded import Bounded, added, share
from zones.measures.figure import figure, missing, no_common_year
from zones.measures.reach.cells import GivenGrid, Rule, within_of_cells
from zones.measures.reach.distances import (
    Bands,
    Target,
    key_of,
    target,
    unit_bands,
)
from zones.measures.reach.surroundings import centre_points, surroundings
from zones.measures.reach.weights import Weight
from zones.model.figures import Measure
from zones.model.keys import country_name
from zones.texts import Text

__all__ = ["within_distances"]

_NAME = "population_within"


def within_distances(
    weight: Weight,
    km: Sequence[float],
    *,
    of: str | Target,
    grid: GivenGrid | None = None,
    rule: str = "centre",
) -> list[Measure]:
    """
    Count people, or what else is given, within distances.

    Parameters
    ----------
    weight
        What is counted; its figure of the extent gives the year and what is at 0 km.
    km
        Distances in ascending order.
    of
        ``zone``, ``spine``, ``centres``, or a user's own points or lines.
    grid
        A population grid; without one, municipalities are counted whole.
    rule
        With a grid: a cell counts by its ``centre``, or by the share of its ``area``.

    Returns
    -------
    list of Measure
        A row a distance, each holding those before it; then, but for the zone itself, a row a
        distance of the share of the zone's own.
    """
    if rule not in get_args(Rule):
        raise MeasureError(unknown("rule", rule, get_args(Rule)))
    area, inside = weight.area, weight.inside
    if not area.has_boundaries:
        reason = Text.of("measures.note.no_geometry", division=str(area.division))
        rows = _all_missing(weight, km, of, reason)
        if of == "zone" and grid is None and km and km[0] == 0:
            rows[0] = weight.named(replace(inside, name=_NAME, key="0"), "within")
        return rows
    around = surroundings(area)
    points = centre_points(area, around)
    what = target(area, of, points)
    if grid is not None:
        return within_of_cells(area, km, what, grid, rule)
    if weight.year is None:
        return _all_missing(weight, km, of, no_common_year(area))
    bands = unit_bands(what, around, points, km)
    table = _Counted(weight, what, around, points, weight.by_unit(around.index), bands)
    rows = [table.row(column, distance) for column, distance in enumerate(km)]
    if what.of != "zone":
        rows += [table.share(column, distance) for column, distance in enumerate(km)]
    return rows


def _all_missing(
    weight: Weight, km: Sequence[float], of: str | Target, reason: Text
) -> list[Measure]:
    rows = []
    of_zone = of == "zone"
    kind, called = (of.of, of.called) if isinstance(of, Target) else (of, {})
    for suffix in ("within",) if of_zone else ("within", "within_share"):
        for distance in km:
            method = weight.method(kind, km=distance, **called)
            if suffix != "within":
                method = Text.of("reach.method.share", method=method)
            row = missing(
                weight.area,
                f"population_{suffix}",
                key=key_of(distance),
                reason=reason,
                method=method,
            )
            rows.append(weight.named(row, suffix))
    return rows


def _elsewhere(area: Area, *, units: bool) -> Text:
    """Say which countries count: those around the area, and nobody in any other."""
    if not area.given:
        return Text.of(f"reach.note.{'beyond' if units else 'abroad'}")
    around = tuple(country_name(code) for code in area.beside)
    return Text.of(f"abroad.note.beyond_{'units' if units else 'people'}", countries=around)


@dataclass(frozen=True, eq=False)
class _Counted:
    """Municipalities around an area, counted whole."""

    weight: Weight
    what: Target
    around: gpd.GeoDataFrame
    points: gpd.GeoDataFrame
    figures: pd.DataFrame
    bands: Bands

    @property
    def inside(self) -> Measure:
        return self.weight.inside

    @cached_property
    def own(self) -> NDArray[np.bool_]:
        """Whether each municipality is a member."""
        own: NDArray[np.bool_] = self.around["member"].to_numpy(dtype=bool)
        return own

    def row(self, column: int, distance: float) -> Measure:
        if distance == 0 and self.what.of == "zone":
            at_zero = replace(self.inside, name=_NAME, key="0", method=self._method(distance))
            return self.weight.named(at_zero, "within")
        _, by_centre, touching = self._bands(column)
        found = self._within(column)
        row = figure(
            self.weight.area,
            _NAME,
            found.value,
            bases=("boundaries", "centres") if self.weight.column else None,
            key=key_of(distance),
            low=found.low,
            high=found.high,
            year=self.inside.year,
            method=self._method(distance),
            notes=self._notes(touching, by_centre, found),
        )
        return self.weight.named(row, "within", credit=self.around.index[touching])

    def share(self, column: int, distance: float) -> Measure:
        """Return the share of the zone's own that lies within a distance."""
        wholly, by_centre, touching = (chosen & self.own for chosen in self._bands(column))
        part = self._summed(wholly, by_centre, touching)
        rest = self._summed(*(self.own & ~chosen for chosen in (touching, by_centre, wholly)))
        found = share(part, rest)
        notes = self._notes(self.own & touching, by_centre, found)
        if found.value is None and part.value is not None and rest.value is not None:
            key = (
                "reach.note.nobody" if part.value == rest.value == 0 else "indicators.note.nothing"
            )
            notes = [Text.of(key), *notes]
        row = figure(
            self.weight.area,
            f"{_NAME}_share",
            found.value,
            bases=("boundaries", "centres") if self.weight.column else None,
            key=key_of(distance),
            low=found.low,
            high=found.high,
            year=self.inside.year,
            method=Text.of("reach.method.share", method=self._method(distance)),
            notes=notes,
        )
        return self.weight.named(row, "within_share")

    def _bands(self, column: int) -> tuple[NDArray[np.bool_], ...]:
        bands = self.bands
        return tuple(
            chosen[:, column] for chosen in (bands.wholly, bands.by_centre, bands.touching)
        )

    def _within(self, column: int) -> Bounded:
        """Sum what lies within a distance; members of the zone as the extent's figure has them."""
        bands = self._bands(column)
        if self.what.of != "zone":
            return self._summed(*bands)
        return added([self.inside, self._summed(*(chosen & ~self.own for chosen in bands))])

    def _summed(
        self, wholly: NDArray[np.bool_], by_centre: NDArray[np.bool_], touching: NDArray[np.bool_]
    ) -> Bounded:
        """Sum what is there by its centre; of what is only partly there, nothing to all counts."""
        column, figures = self.weight.column, self.figures
        low = figures["low"] if column is not None else figures["low"].fillna(0)
        signed = column is not None and column.table.signed(column.one.id)
        lows = low.where(wholly, low.clip(upper=0) if signed else 0.0)
        highs = figures["high"].where(wholly, figures["high"].clip(lower=0))
        return Bounded(
            self._sum(figures["value"], by_centre),
            self._sum(lows, touching),
            self._sum(highs, touching),
        )

    def _sum(self, figures: pd.Series, chosen: NDArray[np.bool_]) -> float | None:
        """Sum figures; nothing where one is missing."""
        counted = figures[chosen]
        if counted.isna().any():
            return None
        number = float(counted.sum())
        return number if self.weight.column is not None else round(number)

    def _method(self, distance: float) -> Text:
        return self.weight.method(self.what.of, km=distance, **self.what.called)

    def _notes(
        self, touching: NDArray[np.bool_], by_centre: NDArray[np.bool_], found: Bounded
    ) -> list[Text]:
        notes, year = [], str(self.inside.year)
        counted = touching
        if self.what.of == "zone":
            counted = touching & ~self.own
        between = counted & ~self.figures["exact"].to_numpy(dtype=bool)
        if self.weight.column is not None:
            notes += self.weight.gaps(found, self._units(between))
            between[:] = False
        elif found.value is None:
            lacking = self._units(by_centre & self.figures["value"].isna().to_numpy())
            notes.append(Text.of("reach.note.no_figure", units=lacking, year=year))
        elif unknown_high := self._units(touching & self.figures["high"].isna().to_numpy()):
            notes.append(Text.of("reach.note.no_high", units=unknown_high, year=year))
        between &= self.figures["value"].notna().to_numpy()
        if units := self._units(between):
            notes.append(Text.of("reach.note.between_years", units=units, year=year))
        if stand_in := self._units(touching & ~self.points["known"].to_numpy(dtype=bool)):
            notes.append(Text.of("reach.note.point_inside", units=stand_in))
        notes.append(_elsewhere(self.weight.area, units=self.weight.column is not None))
        return [*notes, *(n for n in self.inside.notes if n not in self.weight.area.notes)]

    def _units(self, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
        return tuple(sorted(self.around.index[chosen]))
