"""What `zones table FILE` prints of a table alone: its columns, years, gaps and division."""

from pathlib import Path
from typing import Any

from geodata.tables.indicator import Indicator
from geodata.tables.table import STATES, IndicatorTable
from zones.cli.console import console, heading, rich_table
from zones.cli.handing import Data, hand_over
from zones.cli.options import Shown
from zones.model.contract import UNITS

__all__ = ["print_table"]

_COLUMNS = ("id", "name", "kind", "per", "unit", "year", *STATES)


def print_table(path: Path, table: IndicatorTable, shown: Shown) -> None:
    """Print what is found in a table: a row a column and year, and what there is to know."""
    voice = shown.voice
    rows = [
        _row(table, one, year, shown) for one in table.indicators for year in table.years(one.id)
    ]
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
        if cells[4] in UNITS:
            cells[4] = voice.phrase(f"measures.unit.{cells[4]}")
        kind = voice.phrase(f"indicators.kind.{row[2]}")
        counts = (voice.number(cell) if cell else "" for cell in row[6:])
        listed.add_row(*cells[:2], kind, *cells[3:], *counts)
    out.print(listed)
    for note in table.notes:
        out.print(f"– {note}")
    source = table.source or voice.phrase("indicators.source.own")
    licence = f" ({table.licence})" if table.licence else ""
    out.print(heading(voice.phrase("cli.sources")))
    out.print(f"  {source}{licence}")


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
