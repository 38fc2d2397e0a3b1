"""A table as the sheets of a workbook: headings in a language, and its sources once each."""

from collections.abc import Iterable, Sequence
from typing import Any

from zones.model.amounts import Label, decimals
from zones.model.contract import UNITS
from zones.output import Rounded, Sheet
from zones.texts import Language, phrase

__all__ = ["rounded", "sheets"]


def sheets(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], lang: Language
) -> tuple[Sheet, Sheet]:
    """
    Return a table as a sheet with headings in a language, and its sources as another.

    The lines of the column ``sources`` go to the second sheet; their numbers stay in their place.

    Examples
    --------
    >>> figures, sources = sheets(["value", "sources"], [[1, ["A", "B"]], [2, ["B"]]], "fi")
    >>> figures.columns, figures.rows, sources.rows
    (['Arvo', 'Lähteet'], [[1, '1, 2'], [2, '2']], [[1, 'A'], [2, 'B']])
    """
    numbers: dict[str, int] = {}
    at = columns.index("sources") if "sources" in columns else None
    shown = []
    for row in rows:
        cells = list(row)
        if at is not None:
            found = [numbers.setdefault(str(line), len(numbers) + 1) for line in cells[at] or ()]
            cells[at] = ", ".join(map(str, found))
        shown.append(cells)
    heads = [_heading(name, lang) for name in columns]
    lines = [[number, line] for line, number in numbers.items()]
    return (
        Sheet(phrase("sheets.figures", lang), heads, shown),
        Sheet(
            phrase("sheets.sources", lang), [_heading(n, lang) for n in ("number", "line")], lines
        ),
    )


def rounded(value: float | None, unit: str, label: Label | None = None) -> Rounded | None:
    """
    Return a figure for a sheet, with the decimals that a person reads of its unit.

    Examples
    --------
    >>> rounded(43.77, "percent"), rounded(12, "km"), rounded(None, "people")
    (Rounded(value=43.77, digits=1, suffix=''), Rounded(value=12, digits=0, suffix=''), None)
    """
    if value is None:
        return None
    whole = isinstance(value, int) or (unit not in UNITS and label is None)
    return Rounded(value, 0 if whole else decimals(unit, label))


def _heading(name: str, lang: Language) -> str:
    return phrase(f"sheets.column.{name}", lang)
