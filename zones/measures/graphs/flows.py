"""Flows between municipalities, such as commuting: in and out, balance, self-containment."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.errors import FileFormatError
from geodata.flows.reading import read_flows
from geodata.flows.table import FlowTable
from geodata.messages import listed
from zones.extents.area import Subject
from zones.extents.resolving import as_area
from zones.measures.graphs.graph import TieGraph

__all__ = ["FlowGraph", "flow_graph"]


@dataclass(frozen=True, eq=False, repr=False)
class FlowGraph(TieGraph):
    """
    Flows between members; the weight of a tie is the people of both directions.

    Attributes
    ----------
    flows
        Every flow that begins or ends in a member: ``origin``, ``destination``, ``people``; a
        pair once in each direction, those who stay in their municipality among them.
    elsewhere
        People of the flows that touch no member, and are in no figure here.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("viitoskaytava", extent="partners-seen")
    >>> table = pd.DataFrame(
    ...     {
    ...         "origin": ["Mikkeli", "Mikkeli", "Joroinen", "Helsinki"],
    ...         "destination": ["Mikkeli", "Joroinen", "Mikkeli", "Mikkeli"],
    ...         "people": [900, 100, 50, 10],
    ...     }
    ... )
    >>> graph = flow_graph(area, table)
    >>> graph
    <FlowGraph flows: 4 nodes, 1 edges, 3 components, 2 isolates>
    >>> graph.balance().loc["FI_491", ["stay", "in", "out", "balance", "self_containment"]].tolist()
    [900.0, 60.0, 100.0, -40.0, 90.0]
    """

    flows: pd.DataFrame
    elsewhere: float

    def balance(self) -> pd.DataFrame:
        r"""
        Return what comes in, goes out and stays, a row a member.

        With :math:`F_{ij}` people who live in *i* and work in *j*: ``stay`` is :math:`F_{ii}`,
        ``out`` is :math:`\sum_{j \ne i} F_{ij}`, ``in`` is :math:`\sum_{j \ne i} F_{ji}` and
        ``balance`` is in less out. ``self_containment`` is the percentage of those who live here
        that stay, stay / (stay + out); ``job_containment`` the percentage of those who work here
        that live here, stay / (stay + in) (Goodman 1970). Both are missing where there is nobody.
        """
        return _balance(self.flows, self.nodes)

    def total(self) -> "pd.Series[float]":
        """Return the same for all members taken as one place: flows between members stay."""
        members = self.flows[["origin", "destination"]].isin(set(self.nodes))
        as_one = self.flows.assign(
            origin=np.where(members["origin"], "members", "elsewhere"),
            destination=np.where(members["destination"], "members", "elsewhere"),
        )
        table = _balance(as_one, pd.Index(["members"]))
        return table.iloc[0].rename("members")

    def __repr__(self) -> str:
        """Say how many nodes, edges, components and isolates there are."""
        return super().__repr__().replace("<TieGraph", "<FlowGraph")


def _balance(flows: pd.DataFrame, nodes: pd.Index) -> pd.DataFrame:
    stays = (flows["origin"] == flows["destination"]).to_numpy()

    def summed(rows: pd.DataFrame, end: str) -> "pd.Series[float]":
        sums: pd.Series[float] = rows.groupby(end)["people"].sum()
        return sums.reindex(nodes, fill_value=0.0).astype(float)

    stay = summed(flows[stays], "origin")
    out, into = summed(flows[~stays], "origin"), summed(flows[~stays], "destination")
    live, work = stay + out, stay + into
    return pd.DataFrame(
        {
            "stay": stay,
            "in": into,
            "out": out,
            "balance": into - out,
            "self_containment": 100 * stay / live.where(live > 0),
            "job_containment": 100 * stay / work.where(work > 0),
        }
    ).rename_axis("lau_id")


def flow_graph(
    area: Subject,
    flows: pd.DataFrame | str | Path | FlowTable,
    *,
    year: int | None = None,
    kind: str = "flows",
) -> FlowGraph:
    """
    Return the graph of flows between members, from a user's table.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    flows
        A table as `geodata.read_flows` reads it, long or wide, or what that returns. Both ends are
        carried to the area's division.
    year
        Which year of several, the newest by default.
    kind
        What flows, for the repr.

    Raises
    ------
    FileFormatError
        When the table cannot be read, or flows are left out or missing in it, as `zones.flows`
        allows for; all faults are named.
    IdentifierError
        When codes cannot be read; all bad rows are listed.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("peramerenkaari")
    >>> table = pd.DataFrame(
    ...     {"origin": ["FI_244", "FI_564"], "destination": "FI_564", "people": [3000, 80000]}
    ... )
    >>> flow_graph(area, table).total()["job_containment"].round(1)
    np.float64(96.4)
    """
    area = as_area(area)
    read = read_flows(flows, year=year)
    carried = read.to_division(area.division)
    table = carried.flows.rename(columns={"low": "people"})
    source = read.source or "flows"
    bad = table[table["people"] != table["high"]]
    if len(bad):
        pairs = [f"{a} to {b}" for a, b in zip(bad["origin"], bad["destination"], strict=True)]
        raise FileFormatError(
            f"{source}: no number from {listed(pairs)}; a graph needs all, zones.flows() gives "
            "bounds"
        )
    parted = [place for place, units in carried.places.items() if len(units) > 1]
    if parted:
        raise FileFormatError(
            f"{source}: of the division of {read.division}, where {listed(parted)} held more than "
            f"in {area.division}: give an area of that division"
        )
    table = table.drop(columns="high")
    members = area.units.index
    starts, ends = table["origin"].isin(members), table["destination"].isin(members)
    graph = TieGraph.from_pairs(
        members,
        table[starts & ends].set_axis(["left", "right", "weight"], axis=1),
        kind=kind,
        unit="people",
    )
    return FlowGraph(
        graph.nodes,
        graph.ties,
        kind,
        "people",
        flows=table[starts | ends].reset_index(drop=True),
        elsewhere=float(table.loc[~(starts | ends), "people"].sum()),
    )
