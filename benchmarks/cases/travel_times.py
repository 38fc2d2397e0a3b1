"""Minutes over a road network of random speeds to the nearest of 30 centres."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.data import SEED
from benchmarks.harness import Result, compare
from geodata.travel.roads import RoadGraph, road_graph

__all__ = ["nearest_centre", "over_scipy"]

_NODES = 100_000
_MANY_NODES = 500_000
_CENTRES = 30
_LIMIT = 900


@cache
def _edges(nodes: int) -> pd.DataFrame:
    """
    Return roads between near nodes, 2.2 a node, of five classes of speed.

    Nodes are ordered in strips across the country, so that those next in order are near.
    """
    random = np.random.default_rng(SEED)
    side = np.sqrt(nodes)
    x, y = random.uniform(0, side, (2, nodes))
    order = np.lexsort((y, x // 5))
    step = np.arange(nodes - 1)
    jump = random.integers(0, nodes - 8, int(1.2 * nodes))
    start = order[np.concatenate((jump, step))]
    end = order[np.concatenate((jump + random.integers(2, 8, len(jump)), step + 1))]
    km = np.hypot(x[start] - x[end], y[start] - y[end])
    minutes = 60 * km / random.choice([30, 50, 80, 100, 120], len(km))
    return pd.DataFrame({"from": start, "to": end, "minutes": minutes})


@cache
def _roads(nodes: int) -> RoadGraph:
    random = np.random.default_rng(SEED)
    centres = random.choice(nodes, _CENTRES, replace=False)
    places = {f"FI_{number:03}": int(node) for number, node in enumerate(centres)}
    return road_graph(_edges(nodes), places, both_ways=True)


def nearest_centre() -> Result:
    """Time the whole answer against networkx's search from all centres at once."""
    import networkx as nx  # noqa: PLC0415  the rival

    roads = _roads(_NODES)
    graph = nx.Graph()
    for start, end, minutes in _edges(_NODES).itertuples(index=False):
        if not graph.has_edge(start, end) or graph[start][end]["minutes"] > minutes:
            graph.add_edge(start, end, minutes=minutes)
    centres = set(roads.nodes[roads.places])

    def check(mine: NDArray[np.float64], theirs: dict[Any, float]) -> str:
        expected = np.array([theirs.get(node, np.inf) for node in roads.nodes])
        assert np.allclose(mine, expected, rtol=1e-12, atol=1e-9)
        return f"{np.isfinite(mine).sum():,} travel times"

    return compare(
        "minutes to the nearest of 30 centres; 100k nodes",
        "networkx multi-source Dijkstra",
        lambda: roads.minutes_to_nearest(roads.places.index),
        lambda: nx.multi_source_dijkstra_path_length(graph, centres, weight="minutes"),
        check=check,
        target=15,
        rounds=3,
    )


def over_scipy() -> Result:
    """Time what the library adds to SciPy's own search, stopped at a limit."""
    roads = _roads(_MANY_NODES)
    edges = _edges(_MANY_NODES)
    both = pd.concat([edges, edges.rename(columns={"from": "to", "to": "from"})])
    both = both.groupby(["from", "to"], as_index=False)["minutes"].min()
    at = roads.nodes.get_indexer(both["from"]), roads.nodes.get_indexer(both["to"])
    matrix = csr_array((both["minutes"], at), shape=(len(roads.nodes), len(roads.nodes)))
    centres = roads.places.to_numpy()

    def check(mine: NDArray[np.float64], theirs: NDArray[np.float64]) -> str:
        assert np.array_equal(mine, theirs)
        return f"{np.isfinite(mine).sum():,} travel times"

    return compare(
        f"the same within {_LIMIT} minutes; 500k nodes",
        "scipy.sparse.csgraph.dijkstra alone",
        lambda: roads.minutes_to_nearest(roads.places.index, limit=_LIMIT),
        lambda: dijkstra(matrix, indices=centres, min_only=True, limit=_LIMIT),
        check=check,
        target=0.91,
        rounds=15,
    )
