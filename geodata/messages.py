"""How messages list things, name what is not known, and suggest what was meant."""

from collections.abc import Iterable

__all__ = ["COLUMN", "ROW", "did_you_mean", "listed", "named_rows", "spans", "unknown"]

ROW = "row of the file"
"""Name of an index that counts the rows of a file from 1, as an editor or spreadsheet does."""

COLUMN = "column of the table"
"""Name of an index that counts columns from 1."""

_WORDS = {ROW: "row", COLUMN: "column"}


def listed(things: Iterable[object], *, most: int | None = 5, mark: str = ", ") -> str:
    """Return things between marks: the first few, and how many more there are.

    Examples
    --------
    >>> listed([1, 2, 3, 4], most=2), listed([], most=2)
    ('1, 2 and 2 more', 'none')
    >>> listed(["row 1 is empty", "row 3 is empty"], most=1, mark="; ")
    'row 1 is empty; and 1 more'
    """
    texts = [str(thing) for thing in things]
    more = 0 if most is None else len(texts) - most
    shown = mark.join(texts[:most]) or "none"
    if more <= 0:
        return shown
    return f"{shown}{mark.rstrip() if mark != ', ' else ''} and {more} more"


def named_rows(rows: Iterable[object], *, of: object = None, most: int = 5) -> str:
    """Return the rows of a table, the first few: as their file numbers them, or by the index.

    Parameters
    ----------
    rows
        Labels of the index.
    of
        The index that they are of, where they are no index themselves. Called `ROW` it has the
        numbers of a file; any other is a frame's own, and said to be so.
    most
        How many are shown.

    Examples
    --------
    >>> import pandas as pd
    >>> lines = pd.RangeIndex(2, 9, name=ROW)
    >>> named_rows([7], of=lines), named_rows(lines[:3], most=2)
    ('row 7', 'rows 2, 3 and 1 more')
    >>> named_rows([0, 1], of=pd.RangeIndex(2))
    'row index 0, 1'
    """
    labels = list(rows)
    word = _WORDS.get(str(getattr(rows if of is None else of, "name", None)))
    if word is None:
        return f"row index {listed(labels, most=most)}"
    return f"{word}{'' if len(labels) == 1 else 's'} {listed(labels, most=most)}"


def spans(years: Iterable[int]) -> str:
    """Return years in their order, those in a row as a span.

    Examples
    --------
    >>> spans([2000, 2001, 2002, 2025])
    '2000-2002, 2025'
    """
    found: list[list[int]] = []
    for year in years:
        if found and year == found[-1][-1] + 1:
            found[-1][1:] = [year]
        else:
            found.append([year])
    return ", ".join("-".join(map(str, ends)) for ends in found)


def unknown(name: str, given: object, known: Iterable[object]) -> str:
    """Return what is said of an argument that is none of those known.

    Examples
    --------
    >>> unknown("of", "here", ["zone", "spine"])
    "of='here' is not known: give one of zone, spine"
    """
    return f"{name}={given!r} is not known: give one of {listed(known, most=None)}"


def did_you_mean(near: Iterable[str]) -> str:
    """Return the question that follows a name which is not known; nothing where nothing is near.

    Examples
    --------
    >>> did_you_mean(["Oulu", "Oulainen"]), did_you_mean([])
    ('; did you mean Oulu or Oulainen?', '')
    """
    names = " or ".join(near)
    return f"; did you mean {names}?" if names else ""
