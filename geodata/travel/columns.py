"""Travel times under the names that routers give their columns."""

from typing import Any

import pandas as pd

from geodata.errors import ArgumentError, FileFormatError
from geodata.messages import listed

__all__ = ["LONG", "edges_of", "in_pairs"]

LONG = ("from", "to", "minutes")
"""Columns of a table with a row a pair."""

# r5py's names come second; compared without case.
_FROM = ("from", "from_id", "origin", "origin_id", "orig_id", "from_node", "u")
_TO = ("to", "to_id", "destination", "destination_id", "dest_id", "to_node", "v")
_TIMES = ("minutes", "travel_time", "duration", "time", "min")
# What r5py and others begin the names of percentiles with.
_PERCENTILES = ("travel_time_p", "minutes_p")
_SECONDS = 60


def in_pairs(table: pd.DataFrame, source: str) -> pd.DataFrame | None:
    """
    Return the columns ``from``, ``to`` and ``minutes`` of a table; None if it is no list of pairs.

    Names of r5py (``from_id``, ``to_id``, ``travel_time``) and the like are known, in any case.

    Parameters
    ----------
    table
        The table.
    source
        What it is called in messages.

    Raises
    ------
    FileFormatError
        If there are ends and no times, or several times.

    Examples
    --------
    >>> in_pairs(pd.DataFrame({"from_id": ["a"], "to_id": ["b"], "travel_time": [5]}), "own")
      from to  minutes
    0    a  b        5
    """
    folded = {str(name).strip().casefold(): name for name in table.columns}
    ends = [next((folded[one] for one in names if one in folded), None) for names in (_FROM, _TO)]
    if None in ends:
        return None
    times = [folded[one] for one in _TIMES if one in folded][:1]
    times = times or [name for one, name in folded.items() if one.startswith(_PERCENTILES)]
    if len(times) != 1:
        found = listed(table.columns, most=8)
        several = f"several times ({listed(times)})" if times else "no times"
        raise FileFormatError(
            f"{source}: {several} among {found}: give the columns from, to and minutes"
        )
    return table[[*ends, *times]].set_axis(list(LONG), axis="columns")


def edges_of(edges: Any, source: str) -> tuple[pd.DataFrame, bool]:
    """
    Return the columns ``from``, ``to`` and ``minutes`` of edges in any of their forms.

    And whether they may be driven both ways, which an undirected graph says.

    Parameters
    ----------
    edges
        A table, a graph of networkx, or what OSMnx makes of one (``u`` and ``v`` in its index).
    source
        What they are called in messages.

    Raises
    ------
    FileFormatError
        If a column is not there.
    ArgumentError
        If it is neither a table nor a graph.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_edge(1, 2, travel_time=90)
    >>> edges_of(graph, "own")[0]
       from  to  minutes
    0     1   2      1.5
    """
    seconds = either_way = False
    if callable(directed := getattr(edges, "is_directed", None)):
        either_way = not directed()
        rows = [{**of, "from": start, "to": end} for start, end, of in edges.edges(data=True)]
        edges = pd.DataFrame(rows, columns=None if rows else list(LONG))
        seconds = "minutes" not in edges
    if not isinstance(edges, pd.DataFrame):
        raise ArgumentError(
            f"a {type(edges).__name__} is no road graph: give a table with the columns from, to "
            "and minutes, or a graph of networkx"
        )
    if {"u", "v"} <= set(edges.index.names):
        edges = edges.reset_index()
        seconds = "minutes" not in edges
    found = in_pairs(edges, source)
    if found is None:
        names = listed(edges.columns, most=8)
        raise FileFormatError(
            f"{source}: no columns from and to among {names}; edges have the columns from, to and "
            "minutes"
        )
    if not seconds:
        return found, either_way
    minutes = pd.to_numeric(found["minutes"], errors="coerce") / _SECONDS
    return found.assign(minutes=minutes), either_way
