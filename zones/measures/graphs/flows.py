"""Flows between municipalities, such as commuting: in and out, balance, self-containment."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

import geodata
from geodata.errors import FileFormatError
from geodata.files.numbers import numbers
from geodata.files.tables import read_table
from geodata.messages import listed
from zones.extents.area import Subject
from zones.extents.resolving import as_area
from zones.measures.graphs.graph import TieGraph

__all__ = ["FlowGraph", "flow_graph"]

_COLUMNS = ("origin", "destination", "people")


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
    area: Subject, flows: pd.DataFrame | str | Path, *, kind: str = "flows"
) -> FlowGraph:
    """
    Return the graph of flows between members, from a user's table.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    flows
        A table with columns ``origin``, ``destination`` and ``people``, or the path of a CSV file
        of one. Codes or names are of the area's division; a pair that is there twice is added up.
    kind
        What flows, for the repr.

    Raises
    ------
    FileFormatError
        When columns are missing, or people are missing, negative or no numbers; rows are named.
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
    source = "flows"
    if isinstance(flows, str | Path):
        source = Path(flows).name
        flows = read_table(flows, expected="flows")
    table = _checked(flows, source, area.division)
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


def _checked(flows: pd.DataFrame, source: str, division: int) -> pd.DataFrame:
    """Return origin, destination and people, each pair once; all faults are named at once."""
    lacking = [name for name in _COLUMNS if name not in flows.columns]
    if lacking:
        raise FileFormatError(
            f"{source}: no column {', '.join(lacking)} among {', '.join(map(str, flows.columns))}: "
            "give origin, destination and people"
        )
    people = numbers(flows["people"], f"{source}: column 'people'", counts=True)
    bad = ~np.isfinite(people) | (people < 0)
    if bad.any():
        rows = [f"{row} ({value})" for row, value in flows["people"][bad].items()]
        raise FileFormatError(
            f"{source}: people must be numbers of 0 or more, not in rows {listed(rows)}"
        )
    ends = {
        name: geodata.parse_ids(flows[name], year=division, column=name).to_numpy()
        for name in ("origin", "destination")
    }
    table = pd.DataFrame({**ends, "people": people})
    sums = table.groupby(["origin", "destination"])["people"].sum()
    return sums.reset_index()
