"""A table of flows between municipalities, in its own division and carried to another."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.flows.ends import PLACELESS
from geodata.register.carried import carried

__all__ = ["CarriedFlows", "FlowTable"]


@dataclass(frozen=True, eq=False)
class CarriedFlows:
    """
    Flows between places that are units of another division, or several of them together.

    Attributes
    ----------
    flows
        ``origin``, ``destination``, ``low``, ``high``; a pair of places once, flows between units
        that have merged within their place.
    places
        The units that each place holds: one, but where a table of a later division is carried
        back over a merger.
    """

    flows: pd.DataFrame
    places: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class FlowTable:
    """
    A table of flows of one year, as `read_flows` reads it.

    Attributes
    ----------
    flows
        A row a pair: ``origin``, ``destination`` (a ``lau_id``, or ``outside`` and ``unknown``
        for what is none), ``low`` and ``high`` (the number itself where it is known, missing
        where nothing bounds it) and ``state``: ``known``, ``zero``, ``suppressed`` or ``missing``.
    division
        Year of the division that the municipalities are of.
    year
        Year of the flows; None where the table does not say it.
    other_years
        Further years that the table has, which are in no figure.
    placeless
        Labels of the ends that are no municipality: abroad, unknown.
    left_out
        Labels of totals and regions, which are sums of other rows.
    differing
        Municipalities whose total in the table is not the sum of their rows.
    source
        What to credit; empty where nothing is known.
    notes
        What was found while reading, such as marks behind numbers.
    """

    flows: pd.DataFrame
    division: int
    year: int | None = None
    other_years: tuple[int, ...] = ()
    placeless: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()

    def ends(self, end: str) -> frozenset[str]:
        """Return the municipalities that the table has as ``origin`` or ``destination``."""
        return frozenset(self.flows[end]) - set(PLACELESS)

    def to_division(self, division: int) -> CarriedFlows:
        """
        Return the flows between places of another division, both ends carried.

        Forward, what flows between municipalities that merge begins and ends in the same place.
        Backward, a merged municipality is one place of several units.

        Examples
        --------
        >>> pairs = pd.DataFrame(
        ...     {"origin": ["FI_588", "FI_507"], "destination": "FI_507", "low": 5, "high": 5}
        ... )
        >>> FlowTable(flows=pairs, division=2024).to_division(2026).flows.to_numpy().tolist()
        [['FI_507', 'FI_507', 10.0, 10.0]]
        """
        places = {
            unit: carried([unit], self.division, division)
            for unit in sorted(self.ends("origin") | self.ends("destination"))
        }
        # Forward, several of the table's units become one place.
        name = {unit: held[0] if len(held) == 1 else unit for unit, held in places.items()}
        flows = self.flows.assign(
            origin=self.flows["origin"].map(name).fillna(self.flows["origin"]),
            destination=self.flows["destination"].map(name).fillna(self.flows["destination"]),
            high=self.flows["high"].fillna(np.inf),
        )
        sums = flows.groupby(["origin", "destination"])[["low", "high"]].sum().astype(float)
        table = sums.reset_index().replace({"high": {np.inf: np.nan}})
        return CarriedFlows(table, {name[unit]: held for unit, held in places.items()})

    def __repr__(self) -> str:
        """Say how many pairs there are, of which year and division."""
        year = "" if self.year is None else f" of {self.year}"
        return f"<FlowTable: {len(self.flows):,} pairs{year}, division of {self.division}>"
