"""What the command line prints of scenarios, comparisons, rankings and checked claims."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console

from zones.cli.console import console, heading, rich_table
from zones.cli.handing import Data, hand_over
from zones.cli.options import Shown
from zones.cli.workbooks import claim_sheets, comparison_sheets, ranking_sheets
from zones.extents.area import Area
from zones.measures.claims.checking import ClaimTable
from zones.measures.scenarios.differences import Comparison, Difference
from zones.measures.scenarios.ranking import Ranking
from zones.model.amounts import amount_span
from zones.model.figures import Measure
from zones.model.keys import key_name, unit_names
from zones.texts import Text, rendered
from zones.wording.voice import Voice

__all__ = ["print_claims", "print_comparison", "print_ranking"]

_NAMED = 7
_COMPARISON_COLUMNS = (
    *("zone", "extent", "name", "key", "before", "after", "difference", "low", "high", "unit"),
    *("year", "before_year", "method", "sources", "notes", "gained", "lost"),
)
_RANKING_COLUMNS = (
    *("rank", "lau_id", "name", "region", "gain", "unit", "people", "spine_km"),
    *("components_joined", "reasons"),
)


def _column(name: str, voice: Voice) -> str:
    return voice.phrase(f"scenarios.column.{name}")


def print_comparison(comparison: Comparison, shown: Shown) -> None:
    """Print what changes: a table for people, or every row as JSON or CSV for programs."""
    voice = shown.voice
    data = Data(
        content=comparison.to_dict,
        rows=lambda _: (
            _COMPARISON_COLUMNS,
            [_comparison_row(comparison, row, voice) for row in comparison],
        ),
        sheets=lambda lang: comparison_sheets(comparison, lang),
    )
    if hand_over(data, shown):
        return
    out = console()
    out.print(heading(_title(comparison, voice)))
    for area in (comparison.before, comparison.after):
        out.print(_side(area, voice))
    first, second = ("first", "second") if comparison.kind == "compare" else ("before", "after")
    heads = ("measure", "of", first, second, "difference", "bounds", "gained", "lost")
    columns = [_column(name, voice) for name in heads]
    table = rich_table(columns, numbers=columns[2:6])
    worth = [row for row in comparison if _is_asked(row) and _worth_showing(row)]
    if not any(row.changed for row in worth):
        worth = []
    for row in worth:
        table.add_row(*_cells(comparison, row, voice))
    if worth:
        out.print(table)
        same = sum(not row.changed for row in comparison) - sum(not row.changed for row in worth)
        out.print(voice.phrase("scenarios.line.unchanged", count=same))
    else:
        out.print(voice.phrase("scenarios.line.none_change"))
    notes = [*comparison.notes, *(note for row in worth for note in row.notes)]
    for note in dict.fromkeys(voice.text(comparison.after, note) for note in notes):
        out.print(f"– {note}")
    _print_sources((line for row in worth for line in row.sources), out, voice)


def _print_sources(lines: Iterable[str | Text], out: Console, voice: Voice) -> None:
    """Print lines to carry as they are: many begin with the word for a source already."""
    once = dict.fromkeys(rendered(line, voice.lang) for line in lines)
    if once:
        out.print(heading(voice.phrase("cli.sources")))
    for line in once:
        out.print(f"  {line}")


def _title(comparison: Comparison, voice: Voice) -> str:
    before, after = (area.title(voice.lang) for area in (comparison.before, comparison.after))
    if comparison.kind == "compare":
        if before == after:
            before, after = (
                f"{area.title(voice.lang)} ({area.extent.title(voice.lang)}, {area.year})"
                for area in (comparison.before, comparison.after)
            )
        return voice.phrase("scenarios.line.compare", before=before, after=after)
    key = "what_if" if comparison.kind == "what-if" else "time"
    return voice.phrase(f"scenarios.line.{key}", name=before)


def _side(area: Area, voice: Voice) -> str:
    return voice.phrase(
        "scenarios.line.side",
        name=area.title(voice.lang),
        extent=area.extent.title(voice.lang),
        year=str(area.year),
        members=len(area.units),
    )


def _is_asked(row: Difference) -> bool:
    """Whether a person asks for the row: what changes, and whether the whole hangs together."""
    return row.changed or (row.name == "components" and row.key is None)


def _worth_showing(row: Difference) -> bool:
    """Whether a person needs the row: not where neither side has a figure, or bounds of its own."""
    sides = (row.before, row.after)
    if any(side.value is not None for side in sides):
        return True
    first, second = ((side.low, side.high) for side in sides)
    return None not in (*first, *second) and first != second


def _cells(comparison: Comparison, row: Difference, voice: Voice) -> tuple[str, ...]:
    everyone = row.name == "members" or row.after.label is not None
    return (
        voice.name(row.after),
        key_name(row.after, voice.lang),
        _value(row.before, voice),
        _value(row.after, voice),
        _signed(row, voice),
        _bounds(row, voice),
        *("" if everyone else _names(comparison, units, voice) for units in (row.gained, row.lost)),
    )


def _value(measure: Measure, voice: Voice) -> str:
    if measure.value is not None:
        return voice.figure(measure)
    if measure.low is None or measure.high is None:
        return voice.phrase("scenarios.line.not_computable")
    ends = (measure.low, measure.high, measure.unit)
    return amount_span(*ends, voice.lang, label=measure.label)


def _signed(row: Difference, voice: Voice) -> str:
    if row.difference is None:
        return "–"
    unit, label = row.unit_of_difference, row.after.label
    return voice.amount(row.difference, unit, signed=True, label=label)


def _bounds(row: Difference, voice: Voice) -> str:
    return voice.range(row.low, row.high, row.unit, to=" … ", label=row.after.label)


def _names(comparison: Comparison, units: tuple[str, ...] | None, voice: Voice) -> str:
    names = unit_names(units or (), voice.lang, year=comparison.after.division)
    more = len(names) - _NAMED
    if more > 1:
        names = [*names[:_NAMED], voice.phrase("scenarios.line.more", count=more)]
    return ", ".join(names)


def _comparison_row(comparison: Comparison, row: Difference, voice: Voice) -> list[Any]:
    return [
        comparison.before.group.id,
        row.after.extent,
        row.name,
        row.key,
        row.before.value,
        row.after.value,
        row.difference,
        row.low,
        row.high,
        row.unit,
        row.after.year,
        row.before.year,
        row.method.render(voice.lang),
        [rendered(line, voice.lang) for line in row.sources],
        [note.render(voice.lang) for note in row.notes],
        " ".join(row.gained or ()),
        " ".join(row.lost or ()),
    ]


def print_ranking(ranking: Ranking, shown: Shown) -> None:
    """Print the candidates with their reasons."""
    voice = shown.voice
    records = [candidate.to_dict(voice.lang) for candidate in ranking]
    data = Data(
        content=ranking.to_dict,
        rows=lambda _: _of(records, _RANKING_COLUMNS),
        sheets=lambda lang: ranking_sheets(ranking, lang),
    )
    if hand_over(data, shown):
        return
    out = console()
    name = ranking.area.title(voice.lang)
    if ranking.label is None:
        title = voice.phrase(f"scenarios.line.candidates_{ranking.by}", name=name)
    else:
        called = {"name": name, "indicator": ranking.label.name}
        title = voice.phrase("scenarios.line.candidates_indicator", **called)
    out.print(heading(title))
    out.print(_side(ranking.area, voice))
    if not ranking:
        lacking = "people" if ranking.label else ranking.by
        out.print(voice.phrase(f"scenarios.line.no_candidate_{lacking}"))
        return
    heads = ("rank", "candidate", "region", "gain", "people", "reasons")
    columns = [_column(name, voice) for name in heads]
    table = rich_table(columns, numbers=[columns[0], *columns[3:5]])
    for candidate in ranking:
        gain = "–"
        if candidate.gain is not None:
            gain = voice.amount(candidate.gain, candidate.unit, label=candidate.label)
        table.add_row(
            str(candidate.rank),
            candidate.name.render(voice.lang),
            candidate.region.render(voice.lang),
            gain,
            "–" if candidate.people is None else voice.number(candidate.people),
            "; ".join(reason.render(voice.lang) for reason in candidate.reasons),
        )
    out.print(table)


def _of(
    records: Iterable[dict[str, Any]], columns: Sequence[str]
) -> tuple[Sequence[str], list[list[Any]]]:
    return columns, [[record[name] for name in columns] for record in records]


def print_claims(claims: ClaimTable, shown: Shown) -> None:
    """Print each published figure, what is computed, and whether it fits."""
    voice = shown.voice
    records = [checked.to_dict(voice.lang) for checked in claims]
    columns = [name for name in (records[0] if records else {"id": ""}) if name != "readings"]
    data = Data(
        content=claims.to_dict,
        rows=lambda _: _of(records, columns),
        sheets=lambda lang: claim_sheets(claims, lang),
    )
    if hand_over(data, shown):
        return
    out = console()
    title = voice.phrase("claims.line.title", name=claims.zone.short_names.text(voice.lang))
    out.print(heading(title))
    if not claims:
        out.print(voice.phrase("claims.line.none"))
        return
    heads = ("claim", "published", "verdict", "extent", "year", "computed", "reason")
    columns = [voice.phrase(f"claims.column.{name}") for name in heads]
    table = rich_table(columns, numbers=columns[5:6])
    for checked in claims:
        table.add_row(
            checked.shown_text(voice.lang),
            voice.date(checked.claim.date),
            voice.phrase(f"claims.verdict.{checked.verdict}"),
            checked.shown_extent(voice.lang),
            "" if checked.year is None else str(checked.year),
            checked.shown_value(voice.lang),
            checked.reason.render(voice.lang),
        )
    out.print(table)
    out.print(claims.summary(voice.lang))
    _print_sources((line for checked in claims for line in checked.sources), out, voice)
