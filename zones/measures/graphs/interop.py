"""Graphs to and from libpysal, where it is installed."""

from importlib import import_module
from typing import Any

import pandas as pd

from zones.errors import MeasureError, MissingPackageError

__all__ = ["from_libpysal", "to_libpysal"]


def to_libpysal(nodes: pd.Index, ties: pd.DataFrame) -> Any:
    """Return a libpysal graph with each tie in both directions."""
    try:
        graphs = import_module("libpysal.graph")
    except ImportError as fault:
        raise MissingPackageError(
            "libpysal is needed for this and not installed: "
            'install it with: python -m pip install "development-zones[graph]"'
        ) from fault
    alone = nodes[~nodes.isin(ties["left"]) & ~nodes.isin(ties["right"])]
    # libpysal writes a node without neighbours as a tie to itself of weight 0.
    focal = [*ties["left"], *ties["right"], *alone]
    neighbour = [*ties["right"], *ties["left"], *alone]
    # libpysal takes no missing weights.
    known = ties["weight"].fillna(0)
    weight = [*known, *known, *[0] * len(alone)]
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
