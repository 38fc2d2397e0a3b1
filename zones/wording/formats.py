"""Measure tables as programs read them: JSON and CSV."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from typing import Any

from zones.extents.area import Area
from zones.model.figures import Measure, MeasureTable
from zones.output import OBEYED, visible
from zones.texts import Language, check_language, rendered

__all__ = ["csv_text", "json_text", "spreadsheet_safe", "table_csv", "table_json", "table_rows"]

# Where a line begins as a formula does, of full width too, behind what is not seen.
_FORMULA = re.compile(
    r"(?<![^\n\r])"
    r"(?=[\t\r]|[^\S\n\r\ufeff]*[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[^\S\n\r]*"
    r"[=+\-@|%\uff1d\uff0b\uff0d\uff20])"
)
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")

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
    parts: Sequence[tuple[Area, MeasureTable]], *, lang: Language | None = None, excel: bool = False
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
    return csv_text(*table_rows(parts, lang=lang), lang=check_language(lang), excel=excel)


def table_rows(
    parts: Sequence[tuple[Area, MeasureTable]], *, lang: Language | None = None
) -> tuple[Sequence[str], list[list[Any]]]:
    """Return the columns and rows of `table_csv`."""
    spoken = check_language(lang)
    return _CSV_COLUMNS, [_row(area, measure, spoken) for area, table in parts for measure in table]


def _row(area: Area, measure: Measure, lang: Language) -> list[Any]:
    return [
        area.group.id,
        measure.extent,
        measure.name,
        measure.key,
        measure.value,
        measure.low,
        measure.high,
        measure.unit,
        measure.year,
        measure.method.render(lang),
        [rendered(line, lang) for line in measure.sources],
        [note.render(lang) for note in measure.notes],
        " ".join(measure.items or ()),
    ]


def csv_text(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, lang: Language, excel: bool = False
) -> str:
    """
    Return rows as CSV: numbers to six digits, lists between bars, text defused.

    Examples
    --------
    >>> csv_text(["a", "b"], [[1234.5, ["x", "y"]], [None, "=1"]], lang="en").splitlines()
    ['a,b', '1234.5,x | y', ",'=1"]
    """
    local = excel and lang != "en"

    def cell(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, list | tuple):
            value = " | ".join(map(str, value))
        if isinstance(value, Real):
            whole = isinstance(value, Integral)
            text = str(value) if whole else repr(round(float(value), 6))
            return text.replace(".", ",") if local else text
        return spreadsheet_safe(visible(str(value)))

    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if local else ",", lineterminator="\n")
    writer.writerow([cell(name) for name in columns])
    writer.writerows([cell(value) for value in row] for row in rows)
    return ("\ufeff" if excel else "") + stream.getvalue()


def spreadsheet_safe(text: str) -> str:
    r"""
    Return text of which no spreadsheet runs a line as a formula (OWASP, CSV injection).

    Examples
    --------
    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("Oulu"), spreadsheet_safe("-12,5")
    ("'=1+1", 'Oulu', '-12,5')
    >>> spreadsheet_safe("Oulu\n ＝1+1")
    "Oulu\n' ＝1+1"
    """
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub("'", text)


def json_text(content: object) -> str:
    r"""
    Return JSON with letters as they are and a line end; what a terminal obeys is escaped.

    Examples
    --------
    >>> print(json_text(["å\x9b\u202e"]), end="")
    [
      "å\u009b\u202e"
    ]
    """
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
