"""Graphs of municipalities: who is tied to whom, in how many parts, and who holds them together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, shortest_path

__all__ = ["TieGraph"]


@dataclass(frozen=True, eq=False, repr=False)
class TieGraph:
    """
    An undirected graph on municipalities: one kind of tie.

    Attributes
    ----------
    nodes
        The ``lau_id`` of all nodes, also those without a tie.
    ties
        A row a tie: ``left``, ``right``, ``weight``; each pair once.
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
        left = self.nodes.get_indexer(pd.Index(self.ties["left"]))
        right = self.nodes.get_indexer(pd.Index(self.ties["right"]))
        ones = np.ones(2 * len(self.ties))
        size = len(self.nodes)
        rows, columns = np.concatenate([left, right]), np.concatenate([right, left])
        return csr_array(coo_array((ones, (rows, columns)), shape=(size, size)))

    def hops(self) -> np.ndarray:
        """Return the number of ties on the shortest path between nodes; infinite where none is."""
        return np.asarray(shortest_path(self.matrix(), unweighted=True, directed=False))

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
