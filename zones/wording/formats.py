"""Measure tables as programs read them: JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from zones.extents.area import Area
from zones.model.figures import Measure, MeasureTable
from zones.texts import Language

__all__ = ["json_text", "spreadsheet_safe", "table_csv", "table_json"]

_CSV_COLUMNS = (
    "zone",
    "extent",
    "name",
    "key",
    "value",
    "low",
    "high",
    "unit",
    "year",
    "method",
    "sources",
    "notes",
    "items",
)


def table_json(area: Area, table: Iterable[Measure]) -> dict[str, Any]:
    """Return one object with every figure, in English, ready for `json.dumps`."""
    return {
        "zone": area.group.id,
        "extent": area.extent.id,
        "year": area.year,
        "measures": [measure.to_dict() for measure in table],
    }


def table_csv(
    parts: Sequence[tuple[Area, MeasureTable]], *, lang: Language = "en", excel: bool = False
) -> str:
    """
    Return figures as CSV: a row a figure.

    Commas and points by default. For a spreadsheet (`excel`) the byte-order mark comes first, and
    in Finnish and Swedish semicolons and decimal commas. Text that a spreadsheet would run as a
    formula is defused.

    Parameters
    ----------
    parts
        Areas with their measures.
    lang
        Language of names, methods and notes; the measure's name in the first language column stays
        the contract's.
    """
    local = excel and lang != "en"
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if local else ",", lineterminator="\n")
    writer.writerow(_CSV_COLUMNS)
    for area, table in parts:
        for measure in table:
            writer.writerow(_csv_row(area, measure, lang, decimal_comma=local))
    return ("\ufeff" if excel else "") + stream.getvalue()


def _csv_row(area: Area, measure: Measure, lang: Language, *, decimal_comma: bool) -> list[str]:
    def number(value: float | None) -> str:
        if value is None:
            return ""
        text = str(value) if isinstance(value, int) else repr(round(float(value), 6))
        return text.replace(".", ",") if decimal_comma else text

    return [
        spreadsheet_safe(area.group.id),
        spreadsheet_safe(measure.extent),
        measure.name,
        spreadsheet_safe(measure.key or ""),
        number(measure.value),
        number(measure.low),
        number(measure.high),
        measure.unit,
        "" if measure.year is None else str(measure.year),
        spreadsheet_safe(measure.method.render(lang)),
        spreadsheet_safe(" | ".join(measure.sources)),
        spreadsheet_safe(" | ".join(note.render(lang) for note in measure.notes)),
        " ".join(measure.items or ()),
    ]


def spreadsheet_safe(text: str) -> str:
    """
    Return text that no spreadsheet runs as a formula (OWASP, CSV injection).

    Examples
    --------
    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("Oulu")
    ("'=1+1", 'Oulu')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def json_text(content: object) -> str:
    """Return JSON with letters as they are and a line end."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
