"""Graphs of municipalities: who is tied to whom, in how many parts, and who holds them together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from zones.errors import MeasureError
from zones.measures.graphs import interop

if TYPE_CHECKING:
    import libpysal.graph

__all__ = ["TieGraph"]


@dataclass(frozen=True, eq=False, repr=False)
class TieGraph:
    """An undirected graph on municipalities: one kind of tie.

    `zones.border_graph`, `link_graph`, `distance_graph`, `travel_time_graph`, `flow_graph` and
    `membership_graph` make one each on the same nodes, the members of an extent.

    Attributes
    ----------
    nodes
        The ``lau_id`` of all nodes, also those without a tie.
    ties
        A row a tie: ``left``, ``right``, ``weight``, missing where it is not known; each pair
        once, ``left`` before ``right``.
    kind
        What ties them, such as ``land border``.
    unit
        Unit of the weights.

    Examples
    --------
    >>> ties = pd.DataFrame({"left": ["a", "b"], "right": ["b", "c"], "weight": [1.0, 2.0]})
    >>> graph = TieGraph(pd.Index(list("abcd")), ties, kind="land border", unit="km")
    >>> graph
    <TieGraph land border: 4 nodes, 2 edges, 2 components, 1 isolates>
    >>> graph.articulation_points()
    ('b',)
    >>> graph.bridges()
    (('a', 'b'), ('b', 'c'))
    """

    nodes: pd.Index
    ties: pd.DataFrame
    kind: str
    unit: str

    def __repr__(self) -> str:
        """Say how many nodes, edges, components and isolates there are."""
        return (
            f"<TieGraph {self.kind}: {len(self.nodes)} nodes, {len(self.ties)} edges, "
            f"{len(self.components())} components, {len(self.isolates())} isolates>"
        )

    @classmethod
    def from_pairs(
        cls, nodes: Iterable[str], pairs: pd.DataFrame, *, kind: str, unit: str
    ) -> "TieGraph":
        """Make a graph of pairs in any order; pairs that are there twice are added up.

        Parameters
        ----------
        nodes
            All nodes.
        pairs
            ``left``, ``right`` and ``weight``; a pair of a node with itself is left out.
        kind, unit
            What ties them, and the unit of the weights.

        Examples
        --------
        >>> pairs = pd.DataFrame({"left": ["b", "a"], "right": ["a", "b"], "weight": [1.0, 2.0]})
        >>> TieGraph.from_pairs("ab", pairs, kind="flows", unit="people").ties
          left right  weight
        0    a     b     3.0
        """
        pairs = pairs[pairs["left"] != pairs["right"]]
        swap = pairs["left"] > pairs["right"]
        left = pairs["left"].mask(swap, pairs["right"])
        right = pairs["right"].mask(swap, pairs["left"])
        ties = pd.DataFrame({"left": left, "right": right, "weight": pairs["weight"]})
        ties = ties.groupby(["left", "right"])["weight"].sum(min_count=1).reset_index()
        return TieGraph(pd.Index(list(nodes), dtype=object), ties, kind, unit)

    @classmethod
    def from_networkx(
        cls, graph: nx.Graph, *, kind: str, unit: str, weight: str = "weight"
    ) -> "TieGraph":
        """Make a graph of an undirected networkx graph; an edge without a weight has 1.

        Raises
        ------
        MeasureError
            When the graph is directed or has several edges a pair.
        """
        if graph.is_directed() or graph.is_multigraph():
            raise MeasureError(
                f"{type(graph).__name__} is directed or has several edges a pair: "
                "give a networkx.Graph, for instance networkx.Graph(graph)"
            )
        pairs = pd.DataFrame(
            graph.edges(data=weight, default=1), columns=["left", "right", "weight"]
        )
        return cls.from_pairs(graph.nodes, pairs, kind=kind, unit=unit)

    @classmethod
    def from_libpysal(cls, graph: "libpysal.graph.Graph", *, kind: str, unit: str) -> "TieGraph":
        """Make a graph of a symmetric libpysal graph.

        Raises
        ------
        MeasureError
            When a tie is there in one direction only, or with two weights.
        """
        nodes, pairs = interop.from_libpysal(graph)
        return cls.from_pairs(nodes, pairs, kind=kind, unit=unit)

    def to_networkx(self) -> nx.Graph:
        """Return the graph as a networkx graph, with the weights as edge attribute ``weight``.

        Examples
        --------
        >>> ties = pd.DataFrame({"left": ["a"], "right": ["b"], "weight": [1.0]})
        >>> TieGraph(pd.Index(list("ab")), ties, kind="flows", unit="people").to_networkx().edges
        EdgeView([('a', 'b')])
        """
        return self._graph.copy()

    def to_libpysal(self) -> "libpysal.graph.Graph":
        """Return the graph as a libpysal graph: each tie in both directions, isolates kept.

        A weight that is not known is 0 there, since libpysal takes no missing ones.

        Raises
        ------
        MissingPackageError
            When libpysal is not installed.
        """
        return interop.to_libpysal(self.nodes, self.matrix(weighted=True))

    def joined(self, other: "TieGraph") -> "TieGraph":
        """Return the graph of the ties of either; the weight is how many kinds tie a pair.

        Examples
        --------
        >>> import zones
        >>> area = zones.area("peramerenkaari")
        >>> zones.border_graph(area).joined(zones.link_graph(area))
        <TieGraph land border or typed link: 15 nodes, 14 edges, 3 components, 2 isolates>
        """
        pairs = pd.concat([self.ties, other.ties]).assign(weight=1)
        nodes = self.nodes.union(other.nodes, sort=False)
        kind = f"{self.kind} or {other.kind}"
        return self.from_pairs(nodes, pairs, kind=kind, unit="kinds")

    def induced(self, members: Iterable[str]) -> "TieGraph":
        """Return the graph on some of the nodes, in the order given."""
        nodes = pd.Index(members)
        inside = self.ties["left"].isin(nodes) & self.ties["right"].isin(nodes)
        return TieGraph(nodes, self.ties[inside].reset_index(drop=True), self.kind, self.unit)

    @cached_property
    def _graph(self) -> Any:
        graph = nx.Graph(kind=self.kind, unit=self.unit)
        graph.add_nodes_from(self.nodes)
        ties = self.ties[["left", "right", "weight"]]
        graph.add_weighted_edges_from(ties.itertuples(index=False, name=None))
        return graph

    def degree(self) -> "pd.Series[int]":
        """Return the number of ties of each node."""
        return pd.Series(dict(self._graph.degree), index=self.nodes, name="degree", dtype=int)

    def strength(self) -> "pd.Series[float]":
        """Return the sum of the weights of each node's ties; missing where one is not known."""
        sums = dict(self._graph.degree(weight="weight"))
        return pd.Series(sums, index=self.nodes, name="strength", dtype=float)

    def isolates(self) -> tuple[str, ...]:
        """Return the nodes without a tie."""
        return tuple(sorted(nx.isolates(self._graph)))

    def components(self) -> tuple[tuple[str, ...], ...]:
        """Return the connected components, the largest first."""
        return _parts(self._graph)

    def articulation_points(self) -> tuple[str, ...]:
        """Return the nodes whose loss splits their component (Hopcroft and Tarjan 1973)."""
        return tuple(sorted(nx.articulation_points(self._graph)))

    def bridges(self) -> tuple[tuple[str, str], ...]:
        """Return the ties whose loss splits their component."""
        pairs = (sorted(pair) for pair in nx.bridges(self._graph))
        return tuple(sorted((left, right) for left, right in pairs))

    def remainders(self, node: str) -> tuple[tuple[str, ...], ...]:
        """Return the parts that a node's component falls into without it, the largest first."""
        others = nx.node_connected_component(self._graph, node) - {node}
        return _parts(self._graph.subgraph(others))

    def matrix(self, *, weighted: bool = False) -> csr_array:
        """Return the symmetric adjacency matrix in the order of the nodes: ones, or the weights."""
        if not len(self.nodes):
            return csr_array((0, 0))
        weight = "weight" if weighted else None
        found: csr_array = nx.to_scipy_sparse_array(
            self._graph, nodelist=list(self.nodes), weight=weight, dtype=float
        )
        return found

    def hops(self) -> np.ndarray:
        """Return the number of ties on the shortest path between nodes; infinite where none is."""
        return np.asarray(shortest_path(self.matrix(), unweighted=True, directed=False))

    def path_lengths(self) -> np.ndarray:
        """Return the least sum of weights between nodes: for weights in km or minutes."""
        return np.asarray(shortest_path(self.matrix(weighted=True), directed=False))


def _parts(graph: Any) -> tuple[tuple[str, ...], ...]:
    parts = (tuple(sorted(part)) for part in nx.connected_components(graph))
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))
