"""What the command line prints of scenarios, comparisons, rankings and checked claims."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from geodata.register.names import fold
from zones.extents.area import Area
from zones.measures.claims.checking import ClaimTable
from zones.measures.scenarios.differences import Comparison, Difference
from zones.measures.scenarios.ranking import Ranking
from zones.model.figures import Measure
from zones.texts import Language, format_number, phrase
from zones.wording.amounts import Amount
from zones.wording.figures import json_text, shown_key, shown_value, spreadsheet_safe

__all__ = ["print_claims", "print_comparison", "print_ranking"]

_WIDE = 160
_NAMED = 7
_COMPARISON_COLUMNS = (
    *("zone", "extent", "name", "key", "before", "after", "difference", "low", "high", "unit"),
    *("year", "before_year", "method", "sources", "notes", "gained", "lost"),
)
_RANKING_COLUMNS = (
    *("rank", "lau_id", "name", "region", "gain", "unit", "people", "spine_km"),
    *("components_joined", "reasons"),
)


def _console() -> Console:
    """Return a console that does not cut lines where no person watches."""
    console = Console(highlight=False, emoji=False, markup=False)
    return (
        console
        if console.is_terminal
        else Console(highlight=False, emoji=False, markup=False, width=_WIDE)
    )


def _table(columns: Sequence[str], *, right: Iterable[int] = ()) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    numbers = set(right)
    for place, column in enumerate(columns):
        justify: Any = "right" if place in numbers else "left"
        table.add_column(
            column, justify=justify, no_wrap=place in numbers, header_style="bold", overflow="fold"
        )
    return table


def _column(name: str, lang: Language) -> str:
    return phrase(f"scenarios.column.{name}", lang)


def print_comparison(
    comparison: Comparison,
    lang: Language,
    *,
    as_json: bool = False,
    as_csv: bool = False,
    excel: bool = False,
) -> None:
    """Print what changes: a table for people, or every row as JSON or CSV for programs."""
    if as_json:
        sys.stdout.write(json_text(comparison.to_dict()))
        return
    if as_csv:
        rows = [_comparison_row(comparison, row, lang) for row in comparison]
        sys.stdout.write(_csv(_COMPARISON_COLUMNS, rows, lang, excel=excel))
        return
    console = _console()
    console.print(Styled(_title(comparison, lang), style="bold"))
    for area in (comparison.before, comparison.after):
        console.print(_side(area, lang))
    first, second = ("first", "second") if comparison.kind == "compare" else ("before", "after")
    heads = ("measure", "of", first, second, "difference", "bounds", "gained", "lost")
    table = _table([_column(name, lang) for name in heads], right=(2, 3, 4, 5))
    shown = [row for row in comparison.changed if _worth_showing(row)]
    for row in shown:
        table.add_row(*_cells(comparison, row, lang))
    if shown:
        console.print(table)
        same = sum(not row.changed for row in comparison)
        console.print(phrase("scenarios.line.unchanged", lang, count=same))
    else:
        console.print(phrase("scenarios.line.none_change", lang))
    notes = [*comparison.notes, *(note for row in shown for note in row.notes)]
    for note in dict.fromkeys(note.render(lang) for note in notes):
        console.print(f"– {note}")
    _print_sources((line for row in shown for line in row.sources), console, lang)


def _print_sources(lines: Iterable[str], console: Console, lang: Language) -> None:
    """Print lines to carry as they are: many begin with the word for a source already."""
    once = dict.fromkeys(lines)
    if once:
        console.print(Styled(phrase("cli.sources", lang), style="bold"))
    for line in once:
        console.print(f"  {line}")


def _title(comparison: Comparison, lang: Language) -> str:
    before, after = (area.title(lang) for area in (comparison.before, comparison.after))
    if comparison.kind == "compare":
        return phrase("scenarios.line.compare", lang, before=before, after=after)
    key = "what_if" if comparison.kind == "what-if" else "time"
    return phrase(f"scenarios.line.{key}", lang, name=before)


def _side(area: Area, lang: Language) -> str:
    return phrase(
        "scenarios.line.side",
        lang,
        name=area.title(lang),
        extent=area.extent.id,
        year=str(area.year),
        members=len(area.units),
    )


def _worth_showing(row: Difference) -> bool:
    """Whether a person needs the row: not where neither side has a figure."""
    return row.before.value is not None or row.after.value is not None


def _cells(comparison: Comparison, row: Difference, lang: Language) -> tuple[str, ...]:
    area = comparison.after
    if row.key is not None and row.key not in _units(area):
        area = comparison.before
    return (
        phrase(f"measures.name.{row.name}", lang),
        _key(comparison, row, lang),
        _value(row.before, lang),
        _value(row.after, lang),
        _signed(row, lang),
        _bounds(row, lang),
        _names(comparison, row.gained, lang) if row.name != "members" else "",
        _names(comparison, row.lost, lang) if row.name != "members" else "",
    )


def _value(measure: Measure, lang: Language) -> str:
    if measure.value is None:
        return phrase("scenarios.line.not_computable", lang)
    return shown_value(measure, lang)


def _signed(row: Difference, lang: Language) -> str:
    if row.difference is None:
        return "–"
    shown = Amount.of_unit(row.difference, row.unit_of_difference).render(lang)
    return f"+{shown}" if row.difference > 0 else shown


def _bounds(row: Difference, lang: Language) -> str:
    if row.low is None or row.high is None or row.low == row.high:
        return ""
    digits = {"km2": 0, "people": 0, "ratio": 3, "percent": 2}.get(row.unit, 1)
    return " … ".join(format_number(end, lang, digits=digits) for end in (row.low, row.high))


def _units(area: Area) -> set[str]:
    return {unit for frame in area.municipalities.values() for unit in frame.index}


def _key(comparison: Comparison, row: Difference, lang: Language) -> str:
    """Name what the row is of, from the side that knows it."""
    for area in (comparison.after, comparison.before):
        measure = row.after
        country = (row.key or "")[:2]
        if measure.name.startswith("region_") and country not in area.municipalities:
            continue
        try:
            shown = shown_key(area, measure, lang)
        except (KeyError, IndexError):
            continue
        if shown != row.key:
            return shown
    return row.key or ""


def _names(comparison: Comparison, units: tuple[str, ...] | None, lang: Language) -> str:
    names = []
    for unit in units or ():
        for area in (comparison.after, comparison.before):
            frame = area.municipalities.get(unit[:2])
            if frame is not None and unit in frame.index:
                names.append(str(frame.loc[unit, f"name_{lang}"]))
                break
        else:
            names.append(unit)
    names.sort(key=fold)
    more = len(names) - _NAMED
    if more > 1:
        names = [*names[:_NAMED], phrase("scenarios.line.more", lang, count=more)]
    return ", ".join(names)


def _comparison_row(comparison: Comparison, row: Difference, lang: Language) -> list[Any]:
    return [
        comparison.before.group.id,
        row.after.extent,
        row.name,
        row.key or "",
        row.before.value,
        row.after.value,
        row.difference,
        row.low,
        row.high,
        row.unit,
        _plain(row.after.year),
        _plain(row.before.year),
        row.method.render(lang),
        " | ".join(row.sources),
        " | ".join(note.render(lang) for note in row.notes),
        " ".join(row.gained or ()),
        " ".join(row.lost or ()),
    ]


def _plain(year: int | None) -> str:
    return "" if year is None else str(year)


def _csv(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], lang: Language, *, excel: bool
) -> str:
    """Return CSV: points and commas, or what a spreadsheet in the language reads."""
    local = excel and lang != "en"

    def cell(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, list):
            value = " | ".join(value)
        if isinstance(value, int | float):
            text = str(value) if isinstance(value, int) else repr(round(float(value), 6))
            return text.replace(".", ",") if local else text
        return spreadsheet_safe(str(value))

    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if local else ",", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return ("\ufeff" if excel else "") + stream.getvalue()


def print_ranking(
    ranking: Ranking,
    lang: Language,
    *,
    as_json: bool = False,
    as_csv: bool = False,
    excel: bool = False,
) -> None:
    """Print the candidates with their reasons."""
    if as_json:
        sys.stdout.write(json_text(ranking.to_dict()))
        return
    if as_csv:
        records = [candidate.to_dict(lang) for candidate in ranking]
        rows = [[record[name] for name in _RANKING_COLUMNS] for record in records]
        sys.stdout.write(_csv(_RANKING_COLUMNS, rows, lang, excel=excel))
        return
    console = _console()
    title = phrase(f"scenarios.line.candidates_{ranking.by}", lang, name=ranking.area.title(lang))
    console.print(Styled(title, style="bold"))
    console.print(_side(ranking.area, lang))
    if not ranking:
        console.print(phrase(f"scenarios.line.no_candidate_{ranking.by}", lang))
        return
    heads = ("rank", "candidate", "region", "gain", "people", "reasons")
    table = _table([_column(name, lang) for name in heads], right=(0, 3, 4))
    for candidate in ranking:
        gain = (
            "–"
            if candidate.gain is None
            else Amount.of_unit(candidate.gain, candidate.unit).render(lang)
        )
        table.add_row(
            str(candidate.rank),
            candidate.name.render(lang),
            candidate.region.render(lang),
            gain,
            "–" if candidate.people is None else format_number(candidate.people, lang),
            "; ".join(reason.render(lang) for reason in candidate.reasons),
        )
    console.print(table)


def print_claims(
    claims: ClaimTable,
    lang: Language,
    *,
    as_json: bool = False,
    as_csv: bool = False,
    excel: bool = False,
) -> None:
    """Print each published figure, what is computed, and whether it fits."""
    if as_json:
        sys.stdout.write(json_text(claims.to_dict()))
        return
    if as_csv:
        records = [checked.to_dict(lang) for checked in claims]
        columns = [name for name in (records[0] if records else {"id": ""}) if name != "readings"]
        rows = [[record[name] for name in columns] for record in records]
        sys.stdout.write(_csv(columns, rows, lang, excel=excel))
        return
    console = _console()
    title = phrase("claims.line.title", lang, name=claims.zone.short_names.text(lang))
    console.print(Styled(title, style="bold"))
    if not claims:
        console.print(phrase("claims.line.none", lang))
        return
    heads = ("claim", "published", "verdict", "extent", "year", "computed", "reason")
    table = _table([phrase(f"claims.column.{name}", lang) for name in heads], right=(5,))
    for checked in claims:
        table.add_row(
            checked.shown_text(lang),
            checked.claim.date,
            phrase(f"claims.verdict.{checked.verdict}", lang),
            checked.extent or "",
            _plain(checked.year),
            checked.shown_value(lang),
            checked.reason.render(lang),
        )
    console.print(table)
    counts = ", ".join(
        f"{phrase(f'claims.verdict.{verdict}', lang)} {count}"
        for verdict, count in claims.tally().items()
    )
    console.print(phrase("claims.line.tally", lang, total=len(claims), counts=counts))
    console.print(phrase("cli.free_text", lang))
    _print_sources((line for checked in claims for line in checked.sources), console, lang)
