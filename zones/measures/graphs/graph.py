"""Graphs of municipalities: who is tied to whom, in how many parts, and who holds them together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, shortest_path

from zones.measures.graphs import interop

if TYPE_CHECKING:
    import libpysal.graph
    import networkx as nx

__all__ = ["TieGraph"]


@dataclass(frozen=True, eq=False, repr=False)
class TieGraph:
    """
    An undirected graph on municipalities: one kind of tie.

    `zones.border_graph`, `link_graph`, `distance_graph`, `travel_time_graph`, `flow_graph` and
    `membership_graph` make one each on the same nodes, the members of an extent.

    Attributes
    ----------
    nodes
        The ``lau_id`` of all nodes, also those without a tie.
    ties
        A row a tie: ``left``, ``right``, ``weight``; each pair once, ``left`` before ``right``.
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
        cls,
        nodes: Iterable[str],
        pairs: pd.DataFrame,
        *,
        kind: str,
        unit: str,
    ) -> "TieGraph":
        """
        Make a graph of pairs in any order; pairs that are there twice are added up.

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
        ties = ties.groupby(["left", "right"])["weight"].sum().reset_index()
        return TieGraph(pd.Index(list(nodes), dtype=object), ties, kind, unit)

    @classmethod
    def from_networkx(
        cls, graph: "nx.Graph", *, kind: str, unit: str, weight: str = "weight"
    ) -> "TieGraph":
        """
        Make a graph of an undirected networkx graph; an edge without a weight has 1.

        Raises
        ------
        MeasureError
            When the graph is directed or has several edges a pair.
        """
        nodes, pairs = interop.from_networkx(graph, weight)
        return cls.from_pairs(nodes, pairs, kind=kind, unit=unit)

    @classmethod
    def from_libpysal(cls, graph: "libpysal.graph.Graph", *, kind: str, unit: str) -> "TieGraph":
        """
        Make a graph of a symmetric libpysal graph.

        Raises
        ------
        MeasureError
            When a tie is there in one direction only, or with two weights.
        """
        nodes, pairs = interop.from_libpysal(graph)
        return cls.from_pairs(nodes, pairs, kind=kind, unit=unit)

    def to_networkx(self) -> "nx.Graph":
        """
        Return the graph as a networkx graph, with the weights as edge attribute ``weight``.

        Raises
        ------
        MissingPackageError
            When networkx is not installed.
        """
        return interop.to_networkx(self.nodes, self.ties, kind=self.kind, unit=self.unit)

    def to_libpysal(self) -> "libpysal.graph.Graph":
        """
        Return the graph as a libpysal graph: each tie in both directions, isolates kept.

        Raises
        ------
        MissingPackageError
            When libpysal is not installed.
        """
        return interop.to_libpysal(self.nodes, self.ties)

    def joined(self, other: "TieGraph") -> "TieGraph":
        """
        Return the graph of the ties of either; the weight is the number of kinds that tie a pair.

        Examples
        --------
        >>> import zones
        >>> area = zones.extent("peramerenkaari")
        >>> zones.border_graph(area).joined(zones.link_graph(area))
        <TieGraph land border or typed link: 15 nodes, 12 edges, 3 components, 2 isolates>
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

    def degree(self) -> "pd.Series[int]":
        """Return the number of ties of each node."""
        ends = pd.concat([self.ties["left"], self.ties["right"]])
        degree: pd.Series[int] = ends.value_counts().reindex(self.nodes, fill_value=0)
        return degree.rename("degree")

    def isolates(self) -> tuple[str, ...]:
        """Return the nodes without a tie."""
        degree = self.degree()
        return tuple(sorted(degree.index[degree == 0]))

    def components(self) -> tuple[tuple[str, ...], ...]:
        """Return the connected components, the largest first."""
        if not len(self.nodes):
            return ()
        _, labels = connected_components(self.matrix(), directed=False)
        parts = pd.Series(self.nodes, dtype=object).groupby(labels)
        return tuple(
            sorted((tuple(sorted(part)) for _, part in parts), key=lambda part: (-len(part), part))
        )

    def matrix(self) -> csr_array:
        """Return the symmetric adjacency matrix of ones, in the order of the nodes."""
        left, right = self._ends()
        ones = np.ones(2 * len(self.ties))
        size = len(self.nodes)
        rows, columns = np.concatenate([left, right]), np.concatenate([right, left])
        return csr_array(coo_array((ones, (rows, columns)), shape=(size, size)))

    def _ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the positions of both ends of each tie; scipy before 1.15 takes no wider ones."""
        left, right = (
            self.nodes.get_indexer(pd.Index(self.ties[end])).astype(np.int32)
            for end in ("left", "right")
        )
        return left, right

    def hops(self) -> np.ndarray:
        """Return the number of ties on the shortest path between nodes; infinite where none is."""
        return np.asarray(shortest_path(self.matrix(), unweighted=True, directed=False))

    def path_lengths(self) -> np.ndarray:
        """Return the least sum of weights between nodes: for weights in km or minutes."""
        left, right = self._ends()
        size = len(self.nodes)
        weights = coo_array((self.ties["weight"].to_numpy(float), (left, right)), (size, size))
        return np.asarray(shortest_path(csr_array(weights), directed=False))

    def strength(self) -> "pd.Series[float]":
        """Return the sum of the weights of each node's ties."""
        ends = pd.concat(
            [
                self.ties[["left", "weight"]].set_axis(["node", "weight"], axis=1),
                self.ties[["right", "weight"]].set_axis(["node", "weight"], axis=1),
            ]
        )
        sums: pd.Series[Any] = ends.groupby("node")["weight"].sum()
        return sums.reindex(self.nodes, fill_value=0).rename("strength")

    def articulation_points(self) -> tuple[str, ...]:
        """Return the nodes whose loss splits their component (Hopcroft and Tarjan 1973)."""
        cut, _ = self._lowlinks()
        return tuple(sorted(self.nodes[sorted(cut)]))

    def bridges(self) -> tuple[tuple[str, str], ...]:
        """Return the ties whose loss splits their component."""
        _, bridges = self._lowlinks()
        named = (sorted((self.nodes[left], self.nodes[right])) for left, right in bridges)
        return tuple(sorted((left, right) for left, right in named))

    def remainders(self, node: str) -> tuple[tuple[str, ...], ...]:
        """Return the parts that a node's component falls into without it, the largest first."""
        component = next(part for part in self.components() if node in part)
        return self.induced([other for other in component if other != node]).components()

    def _lowlinks(self) -> tuple[set[int], list[tuple[int, int]]]:  # noqa: C901 - one walk
        """Walk depth first, keeping for each node the earliest node its subtree reaches."""
        matrix = self.matrix()
        neighbours = np.split(matrix.indices, matrix.indptr[1:-1])
        order: dict[int, int] = {}
        low: dict[int, int] = {}
        cut: set[int] = set()
        bridges: list[tuple[int, int]] = []
        for root in range(len(self.nodes)):
            if root in order:
                continue
            order[root] = low[root] = len(order)
            root_children = 0
            stack: list[tuple[int, int, Iterator[int]]] = [(root, -1, iter(neighbours[root]))]
            while stack:
                node, parent, rest = stack[-1]
                step = next(rest, None)
                if step is None:
                    stack.pop()
                    if parent < 0:
                        continue
                    low[parent] = min(low[parent], low[node])
                    if low[node] > order[parent]:
                        bridges.append((parent, node))
                    if parent != root and low[node] >= order[parent]:
                        cut.add(parent)
                elif step not in order:
                    order[step] = low[step] = len(order)
                    root_children += node == root
                    stack.append((step, node, iter(neighbours[step])))
                elif step != parent:
                    low[node] = min(low[node], order[step])
            if root_children > 1:
                cut.add(root)
        return cut, bridges
