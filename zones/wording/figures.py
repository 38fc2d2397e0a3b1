"""Measure tables as people and programs read them: JSON, CSV, and text in three languages."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import geodata
from geodata.register.identifiers import fold
from zones.catalogue.finding import all_groups
from zones.extents.area import Area
from zones.model.contract import CONTRACT, UNITS
from zones.model.figures import Measure, MeasureTable
from zones.texts import Language, format_number, format_percent, phrase

__all__ = [
    "named",
    "shown_bounds",
    "shown_items",
    "shown_key",
    "shown_value",
    "shown_year",
    "spreadsheet_safe",
    "table_csv",
    "table_json",
    "worth_showing",
]

_CODE = re.compile(r"\b(?:FI|SE)_\d{3,4}\b")
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


def shown_value(measure: Measure, lang: Language, *, value: float | None = None) -> str:
    """
    Return the figure, or another of the same kind, as the language writes it with its unit.

    Examples
    --------
    >>> import zones
    >>> members = zones.coverage(zones.extent("viitoskaytava")).get("members")
    >>> shown_value(members, "fi")
    '46 kuntaa'
    """
    number = measure.value if value is None else value
    if number is None:
        return "–"
    if measure.unit == "percent":
        return format_percent(number, lang)
    digits = 0 if isinstance(number, int) else UNITS[measure.unit].digits
    text = format_number(number, lang, digits=digits)
    if measure.unit == "ratio":
        return text
    form = "one" if number == 1 and UNITS[measure.unit].counted else "unit"
    return f"{text} {phrase(f'measures.{form}.{measure.unit}', lang)}"


def shown_bounds(measure: Measure, lang: Language) -> str:
    """Return the bounds as a range; nothing where the figure is exact or has none."""
    if measure.low is None or measure.high is None or measure.low == measure.high:
        return ""
    digits = UNITS[measure.unit].digits
    return "–".join(format_number(end, lang, digits=digits) for end in (measure.low, measure.high))


def shown_year(measure: Measure) -> str:
    """
    Return the year, or for a change both of its years; nothing where there is none.

    Examples
    --------
    >>> import zones
    >>> table = zones.reach(zones.extent("peramerenkaari"))
    >>> shown_year(table.get("population")), shown_year(table.get("population_change", "FI"))
    ('2020', '2012–2022')
    """
    if measure.year is None:
        return ""
    years = [str(value) for name, value in measure.method.params if name == "first"]
    return "–".join([*years, str(measure.year)])


def shown_key(area: Area, measure: Measure, lang: Language) -> str:
    """Return what a figure is of, where one name has several: a country, region, member, group."""
    key, kind = measure.key, CONTRACT[measure.name].key
    if key is None:
        return ""
    match kind:
        case "country":
            name = phrase(f"measures.key.{key}", lang)
        case "member":
            name = str(_all_units(area).loc[key, f"name_{lang}"])
        case "region":
            country, _, region = key.partition("_")
            frame = area.municipalities[country]
            name = str(frame.loc[frame["region"] == region, f"region_{lang}"].iloc[0])
        case "group":
            name = next((g.short_names.text(lang) for g in all_groups() if g.id == key), key)
        case _:
            number = format_number(float(key), lang, digits=len(key.partition(".")[2]))
            name = f"{number} {kind}"
    return name


def shown_items(area: Area, measure: Measure, lang: Language) -> str:
    """Return the names of the municipalities that a count counts, in alphabetical order."""
    units = _all_units(area)
    names = [str(units.loc[item, f"name_{lang}"]) for item in measure.items or ()]
    return ", ".join(sorted(names, key=fold))


def _all_units(area: Area) -> Any:
    import pandas as pd  # noqa: PLC0415

    return pd.concat([frame.drop(columns="geometry") for frame in area.municipalities.values()])


def worth_showing(area: Area, measure: Measure) -> bool:
    """Whether a person needs the row: a country's share of a zone in one country says nothing."""
    return not (measure.key in ("FI", "SE") and len(area.countries) < 2)


def named(area: Area, text: str, lang: Language) -> str:
    """
    Return a text with the codes of municipalities in it replaced by their names.

    Examples
    --------
    >>> import zones
    >>> named(zones.extent("viitoskaytava"), "Merged: FI_588.", "sv")
    'Merged: Pertunmaa.'
    """

    def name(match: re.Match[str]) -> str:
        code = match[0]
        country = code[:2]
        for year in (area.division, 2021):
            register = geodata.municipality_register(year, country=country)
            if code in register.index:
                return str(register.loc[code, f"name_{lang}"])
        return code

    return _CODE.sub(name, text)
