"""Pieces of Markdown from values that come from data."""

import re
from collections.abc import Iterable, Sequence

__all__ = ["escaped", "table"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~])")


def escaped(text: str) -> str:
    r"""
    Return text that Markdown shows as it is.

    Examples
    --------
    >>> print(escaped("a_b [c]"))
    a\_b \[c\]
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """
    Return a table; its cells are Markdown already.

    Examples
    --------
    >>> print(table(("a", "b"), [("1", "2")]))
    | a | b |
    | --- | --- |
    | 1 | 2 |
    """
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
