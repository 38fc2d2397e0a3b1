"""Shared membership: who meets whom in zones and networks, and who ties these together."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.sparse import coo_array, csr_array, triu

from geodata.register.divisions import NEWEST_DIVISION
from zones.extents.area import Subject
from zones.extents.membership import incidence
from zones.extents.resolving import as_area
from zones.measures.graphs.graph import TieGraph

__all__ = ["bridging_members", "membership_graph", "shared_pairs"]


def shared_pairs(units: ArrayLike, groups: ArrayLike) -> pd.DataFrame:
    r"""Return the pairs of units that are in a group together, with the number of such groups.

    With *M* the matrix of units and groups, these are the entries of :math:`M M^\top` above its
    diagonal (Breiger 1974).

    Parameters
    ----------
    units, groups
        A unit and a group of each membership; one that is there twice counts once.

    Returns
    -------
    pandas.DataFrame
        ``left``, ``right``, ``weight``, sorted; ``left`` before ``right``.

    Examples
    --------
    >>> shared_pairs(["a", "b", "a", "b", "c"], ["x", "x", "y", "y", "y"])
      left right  weight
    0    a     b       2
    1    a     c       1
    2    b     c       1
    """
    rows, names = pd.factorize(np.asarray(units), sort=True)
    columns, kinds = pd.factorize(np.asarray(groups))
    ones = np.ones(len(rows), dtype=np.int32)
    matrix = csr_array(coo_array((ones, (rows, columns)), (len(names), len(kinds))))
    matrix.data[:] = 1
    shared = matrix @ matrix.T
    shared.sort_indices()
    above = triu(shared, k=1)
    left, right = (pd.Index(names).take(ends) for ends in (above.row, above.col))
    return pd.DataFrame({"left": left, "right": right, "weight": above.data.astype(np.int64)})


def membership_graph(
    area: Subject | None = None,
    *,
    groups: Subject | Iterable[Subject] | None = None,
    division: int | None = None,
    extents: Mapping[str, str] | None = None,
    weak: bool = False,
) -> TieGraph:
    """Return the graph of shared membership across zones and networks.

    Two municipalities are tied by each group that both are in, by its extent or by evidence; the
    weight is the number of such groups.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form, whose members are the nodes; all units of any
        group where not given.
    groups
        As in `zones.incidence`.
    division
        Year of the division; that of the area, or the newest.
    extents, weak
        As in `zones.incidence`.

    Examples
    --------
    >>> import zones
    >>> graph = membership_graph(groups=zones.all_groups("network"))
    >>> graph.kind, graph.unit
    ('shared membership', 'groups')
    """
    inside = None if area is None else as_area(area)
    if division is None:
        division = NEWEST_DIVISION if inside is None else inside.division
    table = incidence(groups, division=division, extents=extents, weak=weak, former=True)
    nodes = pd.Index(sorted(set(table.index))) if inside is None else inside.units.index
    table = table[table.index.isin(nodes)]
    pairs = shared_pairs(table.index.to_numpy(), table["group"].to_numpy())
    return TieGraph(pd.Index(nodes, dtype=object), pairs, kind="shared membership", unit="groups")


def bridging_members(
    groups: Subject | Iterable[Subject] | None = None,
    *,
    division: int = NEWEST_DIVISION,
    extents: Mapping[str, str] | None = None,
    weak: bool = False,
) -> pd.DataFrame:
    """Return the members of two groups or more, and which of them alone tie groups together.

    Units and groups form a two-mode graph: a unit is tied to each group that it is in (Breiger
    1974). A unit is a *bridging member* where it is an articulation point of that graph: without
    it, some groups that hang together through shared members no longer do.

    Parameters
    ----------
    groups, division, extents, weak
        As in `zones.incidence`.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``lau_id``: ``groups``, the number of groups that the unit is in, and
        ``parted``, the number of pairs of groups that no longer hang together without it. The
        units that part most come first.

    Examples
    --------
    >>> table = bridging_members(["peramerenkaari", "sixnet", "viitoskaytava"])
    >>> table.to_dict("index")
    {'FI_564': {'groups': 2, 'parted': 1}}
    """
    table = incidence(groups, division=division, extents=extents, weak=weak, former=True)
    ties = pd.DataFrame(
        {"left": table.index.to_numpy(), "right": "group " + table["group"].astype(str)}
    ).assign(weight=1)
    nodes = [*dict.fromkeys(ties["left"]), *dict.fromkeys(ties["right"])]
    graph = TieGraph(pd.Index(nodes, dtype=object), ties, kind="membership", unit="")
    counts = table.groupby(level=0)["group"].nunique()
    cut = set(graph.articulation_points())
    found = counts[counts > 1]
    parted = [_parted(graph, str(unit)) if unit in cut else 0 for unit in found.index]
    frame = pd.DataFrame({"groups": found.astype(int), "parted": parted}, index=found.index)
    return frame.rename_axis("lau_id").sort_values(
        ["parted", "groups", "lau_id"], ascending=[False, False, True]
    )


def _parted(graph: TieGraph, unit: str) -> int:
    """Return the number of pairs of groups that a unit's loss leaves in different parts."""
    sizes = [sum(node.startswith("group ") for node in part) for part in graph.remainders(unit)]
    return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
