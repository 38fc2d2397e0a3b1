"""Graphs to and from networkx and libpysal, where these are installed."""

from importlib import import_module
from typing import Any

import pandas as pd

from zones.errors import MeasureError, MissingPackageError

__all__ = ["from_libpysal", "from_networkx", "to_libpysal", "to_networkx"]


def _imported(name: str) -> Any:
    """Import an optional package, or say how to install it."""
    try:
        return import_module(name)
    except ImportError as fault:
        package = name.partition(".")[0]
        raise MissingPackageError(
            f"{package} is needed for this and not installed: "
            'install it with: python -m pip install "development-zones[graph]"'
        ) from fault


def to_networkx(nodes: pd.Index, ties: pd.DataFrame, *, kind: str, unit: str) -> Any:
    """Return an undirected networkx graph with nodes in their order and ``weight`` on edges."""
    networkx = _imported("networkx")
    graph = networkx.Graph(kind=kind, unit=unit)
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from(ties[["left", "right", "weight"]].itertuples(index=False))
    return graph


def from_networkx(graph: Any, weight: str) -> tuple[list[str], pd.DataFrame]:
    """Return the nodes and pairs of an undirected networkx graph."""
    if graph.is_directed() or graph.is_multigraph():
        raise MeasureError(
            f"{type(graph).__name__} is directed or has several edges a pair: "
            "give a networkx.Graph, for instance networkx.Graph(graph)"
        )
    rows = [(left, right, data.get(weight, 1)) for left, right, data in graph.edges(data=True)]
    return list(graph.nodes), pd.DataFrame(rows, columns=["left", "right", "weight"])


def to_libpysal(nodes: pd.Index, ties: pd.DataFrame) -> Any:
    """Return a libpysal graph with each tie in both directions."""
    graphs = _imported("libpysal.graph")
    alone = nodes[~nodes.isin(ties["left"]) & ~nodes.isin(ties["right"])]
    # libpysal writes a node without neighbours as a tie to itself of weight 0.
    focal = [*ties["left"], *ties["right"], *alone]
    neighbour = [*ties["right"], *ties["left"], *alone]
    weight = [*ties["weight"], *ties["weight"], *[0] * len(alone)]
    table = pd.DataFrame({"focal": focal, "neighbor": neighbour, "weight": weight})
    place = pd.Series(range(len(nodes)), index=nodes)
    table = table.iloc[
        sorted(range(len(table)), key=lambda row: (place[focal[row]], place[neighbour[row]]))
    ]
    return graphs.Graph.from_arrays(*(table[name].to_numpy() for name in table.columns))


def from_libpysal(graph: Any) -> tuple[list[str], pd.DataFrame]:
    """Return the nodes and pairs of a symmetric libpysal graph."""
    table = graph.adjacency.reset_index().set_axis(["left", "right", "weight"], axis=1)
    both = table[table["left"] != table["right"]]
    weight = both.set_index(["left", "right"])["weight"]
    back = weight.swaplevel().reindex(weight.index)
    one_way = weight.index[(back != weight).to_numpy()]
    if len(one_way):
        shown = ", ".join("-".join(map(str, pair)) for pair in one_way[:5])
        raise MeasureError(
            f"{len(one_way)} ties are not the same in both directions ({shown}): "
            "give a symmetric graph, for instance graph.symmetrize()"
        )
    return list(graph.unique_ids), both[both["left"] < both["right"]]
