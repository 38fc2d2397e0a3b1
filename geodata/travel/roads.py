"""Travel times over a road graph: minutes from every place to the nearest of some centres."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.errors import FileFormatError, TravelTimeError, together
from geodata.messages import listed, named_rows
from geodata.travel.graphs import edges_of
from geodata.travel.minutes import minutes_of, named_columns

__all__ = ["RoadGraph", "road_graph"]

_COLUMNS = ("from", "to", "minutes")
_FIX = "give a DataFrame with the columns from, to and minutes, or a graph of networkx or OSMnx"


@dataclass(frozen=True, eq=False, repr=False)
class RoadGraph:
    """
    Roads with minutes, and where municipalities and cells meet them.

    Attributes
    ----------
    nodes
        Names of the nodes, in order.
    backward
        Minutes of the edges, turned round: rows are where an edge ends.
    places
        By ``lau_id``, the position in `nodes` of the municipality's centre.
    cells
        By cell of a grid, the position of its node; -1 for cells on no road. None without.
    source
        What it is called in the sources.
    """

    nodes: pd.Index
    backward: csr_array
    places: pd.Series
    cells: NDArray[np.int64] | None
    source: str

    def minutes_to_nearest(
        self, units: Iterable[str], *, limit: float = np.inf
    ) -> NDArray[np.float64]:
        """
        Return, for each node, the minutes to the nearest of some municipalities' centres.

        One search from all centres at once, against the direction of the edges, that stops at the
        limit (Dijkstra 1959); infinite beyond.

        Parameters
        ----------
        units
            ``lau_id`` of the municipalities.
        limit
            Minutes to stop at.

        Raises
        ------
        TravelTimeError
            If a municipality has no node; all of them are listed.
        """
        wanted = pd.Index(list(units))
        at = self.places.index.get_indexer(wanted)
        if (at < 0).any():
            msg = (
                f"{self.source}: no node is given for {listed(sorted(set(wanted[at < 0])))}: "
                "name the node of each in places"
            )
            raise TravelTimeError(msg)
        targets = np.unique(self.places.to_numpy()[at])
        found = dijkstra(self.backward, indices=targets, min_only=True, limit=limit)
        return np.asarray(found, dtype=float)

    def __repr__(self) -> str:
        """Say how large the graph is, and what is on it."""
        cells = "" if self.cells is None else f", {len(self.cells):,} cells"
        return (
            f"<RoadGraph: {len(self.nodes):,} nodes, {self.backward.nnz:,} edges, "
            f"{len(self.places):,} municipalities{cells}>"
        )


def road_graph(
    edges: Any,
    places: Mapping[str, Hashable],
    *,
    cells: Iterable[Any] | None = None,
    both_ways: bool = False,
    source: str = "road graph of the user",
) -> RoadGraph:
    """
    Make a road graph of a table of edges.

    Of several edges between two nodes the fastest counts.

    Parameters
    ----------
    edges
        Columns ``from``, ``to`` (names of nodes) and ``minutes``, numbers or durations. A graph
        of networkx with ``minutes`` on its edges, or a graph or edges of OSMnx, whose
        ``travel_time`` is in seconds, is taken as it is.
    places
        By ``lau_id``, the node of each municipality's centre.
    cells
        The node of each cell of a grid, in the grid's order; missing for cells on no road.
    both_ways
        Whether every edge may be driven in both directions.
    source
        What the graph is called in messages and sources.

    Raises
    ------
    FileFormatError
        If columns or minutes are missing, or minutes are negative or not finite.
    TravelTimeError
        If places or cells name nodes that no edge has.

    Examples
    --------
    >>> edges = pd.DataFrame({"from": [1, 2], "to": [2, 3], "minutes": [10, 5]})
    >>> roads = road_graph(edges, {"FI_091": 3, "FI_092": 1}, both_ways=True)
    >>> roads
    <RoadGraph: 3 nodes, 4 edges, 2 municipalities>
    >>> roads.minutes_to_nearest(["FI_091"]).tolist()
    [15.0, 5.0, 0.0]
    """
    edges, either_way = edges_of(edges)
    both_ways = both_ways or either_way
    if not isinstance(edges, pd.DataFrame):
        raise FileFormatError(f"{source}: a {type(edges).__name__} is no table of edges; {_FIX}")
    columns = named_columns(edges)
    lacking = [name for name in _COLUMNS if name not in columns]
    if lacking:
        found = ", ".join(str(name) for name in edges.columns)
        raise FileFormatError(
            f"{source}: no column {', '.join(lacking)} among {found}; "
            "edges have the columns from, to and minutes"
        )
    index = edges.index
    minutes, faults = minutes_of(
        edges[columns["minutes"]],
        f"{source}: column {columns['minutes']!r}",
        lambda at: named_rows(index[[at]]),
        missing=False,
    )
    edges = edges[[columns["from"], columns["to"]]].set_axis(["from", "to"], axis="columns")
    bare = edges.isna().any(axis=1)
    if bare.any():
        rows = named_rows(edges.index[bare])
        faults.append(FileFormatError(f"{source}: an end is missing in {rows}"))
    if faults:
        raise together(faults)
    ends = pd.concat([edges["from"], edges["to"]], ignore_index=True)
    position, names = pd.factorize(ends, sort=False)
    nodes = pd.Index(names)
    start, end = position[: len(edges)], position[len(edges) :]
    if both_ways:
        start, end = np.concatenate((start, end)), np.concatenate((end, start))
        minutes = np.concatenate((minutes, minutes))
    return RoadGraph(
        nodes,
        _fastest(end, start, minutes, len(nodes)),
        _positions(places, nodes, source),
        None if cells is None else _cell_positions(cells, nodes, source),
        source,
    )


def _fastest(
    row: NDArray[np.int64], column: NDArray[np.int64], minutes: NDArray[np.float64], size: int
) -> csr_array:
    """Return the sparse matrix with the smallest of parallel entries, which SciPy would add up."""
    order = np.lexsort((minutes, column, row))
    row, column, minutes = row[order], column[order], minutes[order]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
    starts = np.concatenate(([0], np.cumsum(np.bincount(row[first], minlength=size))))
    parts = (minutes[first], column[first].astype(np.int32), starts.astype(np.int32))
    return csr_array(parts, shape=(size, size))


def _positions(places: Mapping[str, Hashable], nodes: pd.Index, source: str) -> pd.Series:
    found = nodes.get_indexer(pd.Index(list(places.values())))
    lost = [
        f"{unit} ({node})" for (unit, node), at in zip(places.items(), found, strict=True) if at < 0
    ]
    if lost:
        msg = f"{source}: no edge has the node of {listed(lost)}: name nodes that edges have"
        raise TravelTimeError(msg)
    return pd.Series(found, index=pd.Index(list(places), name="lau_id"))


def _cell_positions(cells: Iterable[Any], nodes: pd.Index, source: str) -> NDArray[np.int64]:
    named = pd.Series(list(cells), dtype=object)
    found = nodes.get_indexer(pd.Index(named))
    lost = named[(found < 0) & named.notna().to_numpy()].unique()
    if len(lost):
        msg = f"{source}: cells are on nodes that no edge has, {listed(lost)}: name nodes of edges"
        raise TravelTimeError(msg)
    return np.where(named.isna(), -1, found).astype(np.int64)
