"""Who meets whom in zones and networks."""

from itertools import pairwise

import numpy as np
import pandas as pd

import geodata
from benchmarks.data import SEED
from benchmarks.harness import Result, compare
from zones.measures.graphs.shared import shared_pairs

__all__ = ["shared"]

_GROUPS = 60


def shared() -> Result:
    """Time the graph of shared membership of Finland's municipalities in 60 groups."""
    import networkx as nx  # noqa: PLC0415

    random = np.random.default_rng(SEED)
    names = geodata.municipalities(2026).index.to_numpy(dtype=object)
    # From a few members to most of the country, as zones and networks are.
    sizes = random.integers(5, 90, _GROUPS)
    units = np.concatenate([random.choice(names, size, replace=False) for size in sizes])
    groups = np.repeat([f"group {number:02}" for number in range(_GROUPS)], sizes)

    def theirs() -> nx.Graph:
        graph = nx.Graph()
        graph.add_edges_from(zip(units, groups, strict=True))
        return nx.bipartite.weighted_projected_graph(graph, set(units))

    def check(mine: pd.DataFrame, other: nx.Graph) -> str:
        expected = {tuple(sorted(ends)): w for *ends, w in other.edges(data="weight")}
        keys = list(zip(mine["left"], mine["right"], strict=True))
        assert dict(zip(keys, mine["weight"], strict=True)) == expected
        assert all(one < following for one, following in pairwise(keys))
        return f"{len(expected):,} pairs with the number of groups"

    return compare(
        f"shared membership in {_GROUPS} groups",
        "networkx projection",
        lambda: shared_pairs(units, groups),
        theirs,
        check=check,
        target=25,
    )
