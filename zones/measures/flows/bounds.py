"""Sums of flows by where they begin and end, with bounds where the table leaves that open."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.flows.ends import UNKNOWN
from geodata.flows.table import CarriedFlows
from zones.measures.bounded import Bounded

__all__ = ["Largest", "ZoneFlows"]

_Mask = NDArray[np.bool_]


def bounded(flows: pd.DataFrame, sure: _Mask, possible: _Mask) -> Bounded:
    """Add up the flows that are surely of a kind, and at most those that possibly are."""
    low = float(flows["low"].to_numpy(dtype=float)[sure].sum())
    high = float(flows["high"].to_numpy(dtype=float)[possible].sum())
    return Bounded(low if low == high else None, low, None if np.isnan(high) else high)


@dataclass(frozen=True, eq=False)
class Held:
    """
    Whether one end of each flow is in a set of municipalities.

    Attributes
    ----------
    sure, possible
        Surely, and possibly: in a place of which only a part is, or in no known place.
    """

    sure: _Mask
    possible: _Mask


def held(carried: CarriedFlows, end: str, units: Collection[str], *, unknown: bool) -> Held:
    """Say of an end of flows whether it is in some units; an unknown one may be, if so said."""
    inside = set(units)
    numbers = {
        place: (inside.issuperset(of), not inside.isdisjoint(of))
        for place, of in carried.places.items()
    }
    numbers[UNKNOWN] = (False, unknown)
    both = [numbers.get(place, (False, False)) for place in carried.flows[end]]
    masks = np.array(both, dtype=bool).reshape(-1, 2)
    return Held(masks[:, 0], masks[:, 1])


@dataclass(frozen=True, eq=False)
class ZoneFlows:
    """
    Flows between places, and the municipalities of a zone.

    Of sums, the value takes unknown ends as outside the zone, the bounds as wherever they may be.

    Examples
    --------
    >>> pairs = [("a", "a", 5, 5), ("a", "b", 2, 2), ("b", "c", 3, 3), ("a", "unknown", 1, 1)]
    >>> flows = pd.DataFrame(pairs, columns=["origin", "destination", "low", "high"])
    >>> zone = ZoneFlows(CarriedFlows(flows, {name: (name,) for name in "abc"}), ["a", "b"])
    >>> zone.inside()
    Bounded(value=7.0, low=7.0, high=8.0)
    >>> zone.across().value, zone.out().value, zone.into().value
    (2.0, 4.0, 0.0)
    """

    carried: CarriedFlows
    members: Collection[str]

    @cached_property
    def _readings(self) -> tuple[tuple[Held, Held], ...]:
        """Both ends, unknown ones outside, and wherever they may be."""
        return tuple(
            (
                held(self.carried, "origin", self.members, unknown=unknown),
                held(self.carried, "destination", self.members, unknown=unknown),
            )
            for unknown in (False, True)
        )

    def _summed(self, kind: Callable[[Held, Held], tuple[_Mask, _Mask]]) -> Bounded:
        closed, opened = (
            bounded(self.carried.flows, *kind(*reading)) for reading in self._readings
        )
        return Bounded(closed.value, opened.low, opened.high)

    def inside(self) -> Bounded:
        """Return what begins and ends in the zone."""
        return self._summed(lambda o, d: (o.sure & d.sure, o.possible & d.possible))

    def across(self) -> Bounded:
        """Return what of this crosses a border between municipalities."""
        origin, destination = self.carried.flows["origin"], self.carried.flows["destination"]
        same = (origin == destination).to_numpy(dtype=bool)
        single = [place for place, of in self.carried.places.items() if len(of) == 1]
        stays = same & origin.isin(single).to_numpy(dtype=bool)
        return self._summed(
            lambda o, d: (o.sure & d.sure & ~same, o.possible & d.possible & ~stays)
        )

    def out(self) -> Bounded:
        """Return what begins in the zone and ends outside."""
        return self._summed(lambda o, d: (o.sure & ~d.possible, o.possible & ~d.sure))

    def into(self) -> Bounded:
        """Return what begins outside and ends in the zone."""
        return self._summed(lambda o, d: (d.sure & ~o.possible, d.possible & ~o.sure))

    def has_outside(self, end: str) -> bool:
        """Whether the table has an ``origin`` or ``destination`` outside the zone at all."""
        origin, destination = self._readings[0]
        return not bool((origin if end == "origin" else destination).sure.all())

    def between(self, one: str, other: str) -> Bounded:
        """Return what flows between two municipalities, there and back."""
        ends = [
            [held(self.carried, end, [unit], unknown=False) for unit in (one, other)]
            for end in ("origin", "destination")
        ]
        (from_one, from_other), (to_one, to_other) = ends
        return bounded(
            self.carried.flows,
            (from_one.sure & to_other.sure) | (from_other.sure & to_one.sure),
            (from_one.possible & to_other.possible) | (from_other.possible & to_one.possible),
        )

    def with_outside(self) -> pd.DataFrame:
        """
        Return what flows between the zone and each municipality outside, there and back.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``lau_id``: ``low``, ``high``; the largest first. A place of several
            municipalities, which the table does not part, is not in it.
        """
        origin, destination = self._readings[0]
        flows = self.carried.flows
        parts = []
        for mine, other in ((origin, "destination"), (destination, "origin")):
            far = flows[other].isin(self._outside()).to_numpy(dtype=bool)
            rows = flows[mine.possible & far]
            parts.append(
                pd.DataFrame(
                    {
                        "lau_id": rows[other],
                        "low": rows["low"].where(mine.sure[mine.possible & far], 0.0),
                        "high": rows["high"].fillna(np.inf),
                    }
                )
            )
        sums = pd.concat(parts).groupby("lau_id")[["low", "high"]].sum()
        sums = sums[sums["high"] > 0].reset_index()
        ordered = sums.sort_values(["low", "high", "lau_id"], ascending=[False, False, True])
        return ordered.set_index("lau_id").replace({"high": {np.inf: np.nan}})

    def _outside(self) -> list[str]:
        """Return the places that are a municipality outside the zone."""
        members = set(self.members)
        return [
            place
            for place, of in self.carried.places.items()
            if of == (place,) and place not in members
        ]

    def largest(self) -> dict[str, "Largest"]:
        """Return the largest flow to another municipality of each member that has flows."""
        flows, places = self.carried.flows, self.carried.places
        single = [unit for unit in self.members if places.get(unit) == (unit,)]
        found = {}
        for unit, mine in flows[flows["origin"].isin(single)].groupby("origin"):
            to = mine[mine["destination"].isin(list(places)) & (mine["destination"] != unit)]
            most = to["high"].fillna(np.inf)
            least = float(to["low"].max()) if len(to) else 0.0
            ends = tuple(to.loc[(most >= least) & (most > 0), "destination"])
            high = float(most.max()) if len(to) else 0.0
            found[str(unit)] = Largest(least, None if np.isinf(high) else high, ends)
        return found


@dataclass(frozen=True, slots=True)
class Largest:
    """The largest of several flows: its bounds, and where to it may go."""

    low: float
    high: float | None
    to: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether it is known which it is, of several that are equally large."""
        return self.low == self.high
