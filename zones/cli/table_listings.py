"""What `zones table FILE` prints of a table alone: its columns, years, gaps and division."""

from pathlib import Path
from typing import Any

from geodata.tables.indicator import Indicator
from geodata.tables.table import STATES, IndicatorTable
from zones.cli.console import console, heading, rich_table
from zones.cli.handing import Data, hand_over
from zones.cli.options import Shown
from zones.model.amounts import unit_word
from zones.model.sheets import sheets
from zones.output import Rounded
from zones.texts import Language, phrase
from zones.wording.tables import note_text

__all__ = ["TABLE_SHEET", "print_table"]

_COLUMNS = ("id", "name", "kind", "per", "unit", "year", *STATES)

TABLE_SHEET = (*_COLUMNS, "sources")
"""Columns of the sheet of what is found in a table."""


def print_table(path: Path, table: IndicatorTable, shown: Shown) -> None:
    """Print what is found in a table: a row a column and year, and what there is to know."""
    voice = shown.voice
    rows = [
        _row(table, one, year, shown) for one in table.indicators for year in table.years(one.id)
    ]
    licence = f" ({table.licence})" if table.licence else ""
    source = (table.source or voice.phrase("indicators.source.own")) + licence
    data = Data(
        content=lambda: {
            "file": str(path),
            "division": table.division,
            "places": len(table.places),
            "by_municipality": not table.coarse,
            "source": table.source,
            "licence": table.licence,
            "notes": [str(note) for note in table.notes],
            "columns": [dict(zip(_COLUMNS, row, strict=True)) for row in rows],
        },
        rows=lambda _: (_COLUMNS, rows),
        sheets=lambda lang: sheets(TABLE_SHEET, [_cells(row, source, lang) for row in rows], lang),
    )
    if hand_over(data, shown):
        return
    out = console()
    out.print(heading(path.name))
    key = "areas" if table.coarse else "municipalities"
    out.print(
        voice.phrase(
            f"indicators.table.{key}", places=len(table.places), division=str(table.division)
        )
    )
    heads = [voice.phrase(f"indicators.table.{name}") for name in _COLUMNS]
    listed = rich_table(heads, numbers=heads[5:])
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in row[:6]]
        cells[4] = unit_word(cells[4], voice.lang)
        kind = _kind(row, voice.lang)
        counts = (voice.number(cell) if cell else "" for cell in row[6:])
        listed.add_row(*cells[:2], kind, *cells[3:], *counts)
    out.print(listed)
    for note in table.notes:
        out.print(f"– {note_text(note, voice.lang)}")
    out.print(heading(voice.phrase("cli.sources")))
    out.print(f"  {source}")


def _row(table: IndicatorTable, one: Indicator, year: int, shown: Shown) -> list[Any]:
    """Return a column in a year; a rate without cells of its own has the states of its count."""
    states = table.column(one.numerator or one.id, year)["state"].value_counts()
    lang = shown.language
    return [
        one.id,
        one.title(lang),
        one.kind,
        one.divisor,
        one.unit_word(lang),
        year,
        *(int(states.get(state, 0)) for state in STATES),
    ]


def _kind(row: list[Any], lang: Language) -> str:
    return phrase(f"indicators.kind.{row[2]}", lang)


def _cells(row: list[Any], source: str, lang: Language) -> list[Any]:
    """Return a row for a sheet: kind and unit in words, how many as numbers, whom to credit."""
    counts = (Rounded(count, 0) for count in row[6:])
    return [*row[:2], _kind(row, lang), row[3], unit_word(row[4], lang), row[5], *counts, [source]]
