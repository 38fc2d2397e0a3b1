"""Parts of a table of figures: which figures a step makes, so that only those wanted are made."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from zones.measures.graphs.undecided import BorderGraphs
from zones.model.figures import Measure

__all__ = ["Graphs", "Part", "rows_of"]

Graphs: TypeAlias = Callable[[], BorderGraphs]
"""The border graphs of an extent, made when first asked for and handed on to all that need them."""


@dataclass(frozen=True)
class Part:
    """Figures that are computed together.

    Attributes
    ----------
    names
        Their names in the contract.
    make
        What computes them.
    """

    names: tuple[str, ...]
    make: Callable[[], Iterable[Measure]]


def rows_of(parts: Iterable[Part], wanted: Collection[str] | None = None) -> list[Measure]:
    """
    Compute the figures of parts: those wanted alone, or all.

    Parameters
    ----------
    parts
        What makes figures.
    wanted
        Names of figures; a part that makes none of them is passed over.

    Examples
    --------
    >>> rows_of([Part(("members",), lambda: 1 / 0)], wanted={"area"})
    []
    """
    return [
        row
        for part in parts
        if wanted is None or not set(wanted).isdisjoint(part.names)
        for row in part.make()
        if wanted is None or row.name in wanted
    ]
