"""Credits: the lines that whoever shows the bundled data must carry, in three languages."""

import functools
from collections.abc import Mapping

from geodata import snapshot
from zones.texts import Text

__all__ = ["GIVEN", "credit"]

GIVEN = "given by the user"
"""The source of municipalities that the user listed, as files and `to_dict` have it."""


def credit(line: str | Text) -> str | Text:
    """
    Return the line of a bundled dataset, or `GIVEN`, as a text in three languages; others as given.

    Examples
    --------
    >>> credit("Population: Statistics Sweden (SCB)").render("sv")
    'Befolkning: Statistiska centralbyrån (SCB)'
    >>> credit("a table of the user's own")
    "a table of the user's own"
    """
    return _lines().get(line, line) if isinstance(line, str) else line


@functools.cache
def _lines() -> Mapping[str, Text]:
    lines = {snapshot.attribution(name).line: name for name in snapshot.DATASETS}
    return {line: Text(f"credits.{name}") for line, name in (lines | {GIVEN: "given"}).items()}
