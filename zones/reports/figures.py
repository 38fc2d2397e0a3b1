"""Figures as rows of a table: measures one below the other, or by what they are of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zones.extents.area import Area
from zones.model.figures import Measure, MeasureTable
from zones.texts.alphabet import alphabetical
from zones.wording.voice import Voice, worth_showing

__all__ = ["FigureRow", "Pivot", "figure_rows", "pivot"]

_LISTED = 40


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One figure as it is shown: what, of what, how much, between what, when, how."""

    name: str
    of: str
    figure: str
    bounds: str
    bounds_kind: str
    year: str
    method: str
    items: str
    notes: tuple[int, ...]


@dataclass(frozen=True)
class Pivot:
    """Figures by what they are of: a column a measure, a row a region, group or member."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def figure_rows(
    area: Area,
    table: MeasureTable,
    names: Iterable[str],
    notes: dict[str, int],
    voice: Voice,
) -> Iterable[FigureRow]:
    """Yield the rows of the measures named, in that order; new notes are numbered in `notes`."""
    for name in names:
        method = None
        for measure in table:
            if measure.name != name or not worth_showing(area, measure):
                continue
            # One method for all of a name is said once, and not of the distance of nothing.
            said = measure.method.key != method and measure.key != "0"
            texts = [voice.text(area, note) for note in measure.notes]
            numbers = tuple(notes.setdefault(text, len(notes) + 1) for text in dict.fromkeys(texts))
            yield FigureRow(
                name=voice.name(measure),
                of=voice.key(area, measure),
                figure=voice.figure(measure),
                **_bounds(measure, voice),
                year=voice.year(measure),
                method=measure.method.render(voice.lang) if said else "",
                items=_items(area, measure, voice),
                notes=numbers,
            )
            method = measure.method.key if said else method


def _bounds(measure: Measure, voice: Voice) -> dict[str, str]:
    """Return the bounds of a figure and what kind they are, in words."""
    if measure.value is not None and measure.low == measure.high == measure.value:
        return {"bounds": voice.phrase("report.exact"), "bounds_kind": ""}
    ends = voice.range(measure.low, measure.high, measure.unit, label=measure.label)
    if not ends:
        return {"bounds": voice.bounds(measure) or "–", "bounds_kind": ""}
    kind = "within" if measure.name.startswith("population_within") else measure.bounds_kind
    return {"bounds": ends, "bounds_kind": voice.phrase(f"report.bounds_kind.{kind}")}


def _items(area: Area, measure: Measure, voice: Voice) -> str:
    if measure.name.startswith("members") or not measure.items:
        return ""
    if len(measure.items) > _LISTED:
        return ""
    return voice.items(area, measure)


def pivot(area: Area, table: MeasureTable, names: Sequence[str], voice: Voice) -> Pivot:
    """Return the measures named as columns, and what they are of as rows, by their name."""
    cells: dict[str, dict[str, str]] = {}
    for measure in table:
        if measure.name in names and measure.key is not None:
            of = voice.key(area, measure)
            cells.setdefault(of, {})[measure.name] = voice.figure(measure)
    present = [name for name in names if any(name in row for row in cells.values())]
    return Pivot(
        columns=tuple(voice.phrase(f"measures.name.{name}") for name in present),
        rows=tuple(
            (of, tuple(cells[of].get(name, "–") for name in present))
            for of in sorted(cells, key=lambda name: alphabetical(name, voice.lang))
        ),
    )
