"""The ties that join municipalities: land borders, and typed links such as bridges and ferries."""

import pandas as pd

from zones.extents import Area
from zones.groups import links
from zones.measures.graphs import TieGraph

__all__ = ["border_graph", "typed_links"]


def border_graph(area: Area, *, members_only: bool = True) -> TieGraph:
    """
    Return the land-border graph: rook contiguity, with the shared border in km.

    Two municipalities are tied where they share a border line, not a point only. Each country is a
    coverage of its own, so that no tie crosses the national border.

    Parameters
    ----------
    area
        An extent in a year.
    members_only
        The graph induced on the members; otherwise on all municipalities of their countries.

    Examples
    --------
    >>> import zones
    >>> border_graph(zones.extent("viitoskaytava"))
    <TieGraph land border: 46 nodes, ... edges, 1 components, 0 isolates>
    """
    pairs = pd.concat([table.pairs for table in area.borders.values()], ignore_index=True)
    ties = pairs[["left", "right"]].assign(weight=pairs["length_m"] / 1e3)
    nodes = pd.Index([unit for frame in area.municipalities.values() for unit in frame.index])
    graph = TieGraph(nodes, ties, kind="land border", unit="km")
    return graph.induced(area.units.index) if members_only else graph


def typed_links(area: Area) -> pd.DataFrame:
    """
    Return the typed links (bridge, ferry, rail) with a member at one end or both.

    Returns
    -------
    DataFrame
        ``left``, ``right``, ``kind``, ``name``, ``source`` and ``inside``: whether both ends are
        members.
    """
    members = set(area.units.index)
    rows = [
        (*sorted(link.between), link.kind, link.name, link.source, set(link.between) <= members)
        for link in links()
        if members & set(link.between)
    ]
    return pd.DataFrame(rows, columns=["left", "right", "kind", "name", "source", "inside"])
