"""Graphs to and from libpysal, where it is installed."""

from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from zones.errors import MeasureError, MissingPackageError

__all__ = ["from_libpysal", "to_libpysal"]


def to_libpysal(nodes: pd.Index, weights: csr_array) -> Any:
    """Return a libpysal graph of a symmetric matrix; a weight that is not known is 0 there."""
    try:
        graphs = import_module("libpysal.graph")
    except ImportError as fault:
        raise MissingPackageError(
            "libpysal is needed for this and not installed: "
            'install it with: python -m pip install "development-zones[graph]"'
        ) from fault
    known = weights.copy()
    known.data[np.isnan(known.data)] = 0
    return graphs.Graph.from_sparse(known, ids=nodes)


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
