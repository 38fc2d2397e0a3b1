"""What the boundaries leave undecided of the land-border graph, and the bounds that it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from zones.extents.area import Area
from zones.measures.figure import figure
from zones.measures.graphs.graph import TieGraph
from zones.measures.graphs.ties import border_graph
from zones.model.figures import Measure
from zones.texts import Text

if TYPE_CHECKING:
    from geodata.coverages.contiguity import Contiguity

__all__ = ["BorderGraphs", "border_graphs", "contiguities"]

_ENDS = ["left", "right"]


@dataclass(frozen=True, eq=False, kw_only=True)
class BorderGraphs:
    """The land-border graph of the members, and what it would be at its least and at its most.

    Attributes
    ----------
    graph
        The graph as the facts and the polygons have it.
    least, most
        The graph without any of the pairs that cannot be decided, and with all of them.
    notes
        Which pairs those are, and whether the scale of the boundaries is unknown.
    bounded
        Whether the two ends say anything: not where the scale is not known.
    said
        What to say of every figure: that borders through the sea count too.
    """

    area: Area
    graph: TieGraph
    least: TieGraph
    most: TieGraph
    notes: tuple[Text, ...]
    bounded: bool
    said: tuple[Text, ...] = ()

    def count(self, name: str, of: Callable[[TieGraph], float], *, items: Any = None) -> Measure:
        """Make a figure that only grows, or only falls, with every tie more: the ends bound it."""
        value = of(self.graph)
        ends = (of(self.least), of(self.most))
        low, high = (min(ends), max(ends)) if self.bounded else (None, None)
        notes = [*self.said, *(self.notes if low != high or not self.bounded else ())]
        return figure(self.area, name, value, low=low, high=high, notes=notes, items=items)

    def structure(
        self,
        name: str,
        value: float,
        *,
        key: str | None = None,
        items: Any = None,
        year: int | None = None,
    ) -> Measure:
        """Make a figure that a tie more may move either way: exact if all pairs are decided."""
        sure = value if self.bounded and self.least is self.most else None
        return figure(
            self.area,
            name,
            value,
            key=key,
            low=sure,
            high=sure,
            notes=[*self.said, *(() if sure is not None else self.notes)],
            items=items,
            year=year,
        )


def border_graphs(area: Area, *, sea: bool = False) -> BorderGraphs:
    """Return the land-border graph of an extent with what is undecided of it.

    Parameters
    ----------
    area
        An extent in a year, with boundaries.
    sea
        Whether borders through the sea alone count too.

    Examples
    --------
    >>> import zones
    >>> graphs = border_graphs(zones.area("peramerenkaari"))
    >>> [len(graph.ties) for graph in (graphs.least, graphs.graph, graphs.most)]
    [13, 13, 14]
    """
    graph = border_graph(area, sea=sea)
    found = contiguities(area, sea=sea)
    each = [one.undecided for one in found]
    pairs = pd.concat([one for one in each if len(one)] or each[:1], ignore_index=True)
    inside = pairs[pairs["left"].isin(area.units.index) & pairs["right"].isin(area.units.index)]
    unknown = any(
        not one.known and area.border_error_km[country] is None
        for country, one in zip(area.countries, found, strict=True)
    )
    notes = [Text.of("measures.note.unknown_scale")] if unknown else []
    least = most = graph
    if len(inside):
        shown = tuple("–".join(ends) for ends in inside[_ENDS].itertuples(index=False))
        notes.append(Text.of("measures.note.undecided", pairs=shown))
        least, most = (_with(area, graph, found, end) for end in ("least", "most"))
    return BorderGraphs(
        area=area,
        graph=graph,
        least=least,
        most=most,
        notes=tuple(notes),
        bounded=not unknown,
        said=(Text.of("measures.note.sea_counts"),) if sea else (),
    )


def contiguities(area: Area, *, sea: bool) -> "list[Contiguity]":
    """Return the neighbours in each country of the members, those through the sea if asked for."""
    found = [area.contiguity[country] for country in area.countries]
    return [one.with_sea() for one in found] if sea else found


def _with(
    area: Area, graph: TieGraph, found: "list[Contiguity]", end: Literal["least", "most"]
) -> TieGraph:
    each = [one.pairs_at(end) for one in found]
    pairs = pd.concat([one for one in each if len(one)] or each[:1])
    ties = pairs[_ENDS].assign(weight=0.0)
    return TieGraph(area.units.index, ties, graph.kind, graph.unit).induced(area.units.index)
