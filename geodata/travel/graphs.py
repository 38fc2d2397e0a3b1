"""Road graphs as networkx and OSMnx have them, as a table of edges."""

from typing import Any

import pandas as pd

__all__ = ["edges_of"]

_SECONDS = 60


def edges_of(edges: Any) -> tuple[Any, bool]:
    """
    Return the edges of a graph as a table, and whether they may be driven both ways.

    An undirected graph says so. The ``travel_time`` of OSMnx is in seconds; ``minutes`` go before
    it. What is no graph is returned as it is.

    Parameters
    ----------
    edges
        A graph of networkx, a table that OSMnx makes of one (``u`` and ``v`` in its index), or
        anything else.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_edge(1, 2, travel_time=90)
    >>> edges_of(graph)[0]
       travel_time  from  to  minutes
    0           90     1   2      1.5
    """
    both_ways = False
    if callable(directed := getattr(edges, "is_directed", None)):
        both_ways = not directed()
        rows = [{**of, "from": start, "to": end} for start, end, of in edges.edges(data=True)]
        edges = pd.DataFrame(rows)
    elif isinstance(edges, pd.DataFrame) and {"u", "v"} <= set(edges.index.names):
        edges = edges.reset_index().rename(columns={"u": "from", "v": "to"})
    else:
        return edges, both_ways
    if "minutes" not in edges and "travel_time" in edges:
        seconds = pd.to_numeric(edges["travel_time"], errors="coerce")
        edges = edges.assign(minutes=seconds / _SECONDS)
    return edges, both_ways
