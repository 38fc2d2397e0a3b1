"""Credits: the lines that whoever shows the bundled data must carry, in three languages."""

import functools
from collections.abc import Mapping

from geodata import snapshot
from zones.texts import Text

__all__ = ["GIVEN", "credit"]

GIVEN = "given by the user"
"""Source of a zone that is made of a list, as the catalogue's records have it."""


def credit(line: str | Text) -> str | Text:
    """
    Return the line of a bundled dataset as a text in three languages; any other as it is.

    So is what stands for the source of a list that a user gives.

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
    lines = {snapshot.attribution(name).line: Text(f"credits.{name}") for name in snapshot.DATASETS}
    return lines | {GIVEN: Text("credits.given")}
