"""The zones of a report beside each other: a table, and a bar a zone for each of its figures."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zones.model.figures import Measure, MeasureTable
from zones.output import Rounded, Sheet
from zones.reports.chapters import Chapter
from zones.reports.pictures import Ink, drawing, image, lettering
from zones.wording.homes import said_of_home
from zones.wording.thin import least_people, least_share
from zones.wording.voice import Voice

__all__ = ["Cell", "Column", "comparison", "comparison_sheet", "panel"]

_WIDTH, _STEP = 300, 36
_LETTERS = 26


@dataclass(frozen=True, kw_only=True)
class Cell:
    """
    A figure of one zone.

    Attributes
    ----------
    figure, detail
        As it is read, and lines with its years or bounds.
    value, low, high
        As it is drawn; nothing where it cannot be computed.
    sure
        What of it the members with evidence have, where they are few.
    """

    figure: str
    detail: tuple[str, ...] = ()
    value: float | None = None
    low: float | None = None
    high: float | None = None
    sure: float | None = None


@dataclass(frozen=True)
class Column:
    """A figure of every zone, in the order of the chapters."""

    name: str
    digits: int
    cells: tuple[Cell, ...]


def comparison(chapters: Sequence[Chapter], voice: Voice) -> tuple[Column, ...]:
    """Return the headline figures of every chapter, a column a figure."""
    kinds = (
        ("population", 0, _people),
        ("population_share", 1, _share),
        ("population_change", 1, _change),
        ("density", 1, _bounded),
        ("area", 0, _bounded),
        ("members_with_evidence", 0, _evidence),
    )
    return tuple(
        Column(
            _head(name, chapters, voice),
            digits,
            tuple(make(chapter.table, chapter.table.get(name), voice) for chapter in chapters),
        )
        for name, digits, make in kinds
    )


def _head(name: str, chapters: Sequence[Chapter], voice: Voice) -> str:
    key = f"report.compared.{name}"
    if name != "population_share":
        return voice.phrase(key)
    return said_of_home(key, "column", [chapter.area for chapter in chapters], voice.lang)


def _people(table: MeasureTable, measure: Measure, voice: Voice) -> Cell:
    if measure.value is None:
        return Cell(figure="–")
    sure = least_people(table)
    year = voice.phrase("report.end_of", year=str(measure.year))
    return Cell(
        figure=voice.people(table),
        detail=(year,) if sure is None else (year, voice.phrase("report.compared.span")),
        value=measure.value,
        sure=sure,
    )


def _share(table: MeasureTable, measure: Measure, voice: Voice) -> Cell:
    value, people = measure.value, table.get("population")
    if value is None:
        return Cell(figure="–")
    foreign = any(m.name == "population" and m.key and m.value and m.value != people.value
                  for m in table)  # fmt: skip
    part = "share_part" if foreign else "end_of"
    detail = tuple(voice.phrase(f"report.{part}", year=str(measure.year)).split(", ", 1))
    return Cell(figure=voice.share(table), detail=detail, value=value, sure=least_share(table))


def _change(_: MeasureTable, measure: Measure, voice: Voice) -> Cell:
    span = _years(measure)
    if measure.value is None or span is None or measure.value <= -100:
        return Cell(figure="–")
    # Periods of different lengths compare by the rate that compounds to each of them.
    rate = 100 * ((1 + measure.value / 100) ** (1 / span) - 1)
    whole = voice.amount(measure.value, "percent", signed=True)
    return Cell(
        figure=voice.amount(rate, "percent", signed=True),
        detail=(measure.years, whole),
        value=rate,
    )


def _years(measure: Measure) -> int | None:
    first = [int(value) for name, value in measure.method.params if name == "first"]
    return measure.year - first[0] if first and measure.year and measure.year > first[0] else None


def _bounded(_: MeasureTable, measure: Measure, voice: Voice) -> Cell:
    if measure.value is None:
        return Cell(figure="–")
    whole = measure.name == "area"
    return Cell(
        figure=voice.figure(measure) if whole else voice.number(measure.value, digits=1),
        detail=tuple(filter(None, [voice.bounds(measure)])),
        value=measure.value,
        low=measure.low,
        high=measure.high,
    )


def _evidence(table: MeasureTable, measure: Measure, voice: Voice) -> Cell:
    members = table.get("members")
    if measure.value is None or members.value is None:
        return Cell(figure="–")
    seen, whole = voice.number(measure.value), voice.number(members.value)
    return Cell(
        figure=voice.phrase("report.compared.of", n=seen, whole=whole),
        value=members.value,
        sure=measure.value,
    )


def panel(column: Column, names: Sequence[str], inks: Sequence[Ink]) -> Markup:
    """
    Return one figure of the zones as bars from zero.

    A bar is full up to what the members with evidence have, and light beyond; a line with ends
    spans the bounds. Nothing is drawn where fewer than two zones have the figure.
    """
    known = [cell for cell in column.cells if cell.value is not None]
    if len(known) < 2:
        return Markup()
    ends = [end for cell in known for end in (cell.value, cell.low, cell.high) if end is not None]
    least, most = min(0.0, *ends), max(0.0, *ends)
    room = (most - least) or 1.0

    def x(value: float) -> float:
        return 1 + (_WIDTH - 2) * (value - least) / room

    parts: list[str] = []
    for row, (cell, name) in enumerate(zip(column.cells, names, strict=True)):
        top = _STEP * row
        short = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
        parts += [
            lettering(0, top + 13, short, "start", "label"),
            lettering(_WIDTH, top + 13, cell.figure, "end", "value"),
            *_bar(cell, x, top + 19, row, inks[row]),
        ]
        if least < 0:
            parts.append(f'<path class="axis" d="M{x(0):.1f} {top + 17}v13"/>')
    height = _STEP * len(names)
    said = "; ".join(
        f"{name}: {cell.figure}" + (f" ({', '.join(cell.detail)})" if cell.detail else "")
        for name, cell in zip(names, column.cells, strict=True)
    )
    svg = drawing(_WIDTH, height, parts, inks)
    return image(svg, f"{column.name}. {said}", kind="plot panel", size=(_WIDTH, height))


def _bar(cell: Cell, x: Callable[[float], float], top: float, row: int, ink: Ink) -> Iterable[str]:
    if cell.value is None:
        return
    sure = cell.value if cell.sure is None else cell.sure
    for kind, start, end in (("bar", 0.0, sure), ("light", sure, cell.value)):
        left, right = sorted((x(start), x(end)))
        if right > left:
            yield (
                f'<rect class="{kind} z{row}" fill="{ink.light}" x="{left:.1f}" y="{top}" '
                f'width="{right - left:.1f}" height="9"/>'
            )
    if cell.low is not None and cell.high is not None and cell.low < cell.high:
        a, b, middle = x(cell.low), x(cell.high), top + 4.5
        yield (
            f'<path class="whisker" d="M{a:.1f} {middle}H{b:.1f}M{a:.1f} {middle - 4}v8'
            f'M{b:.1f} {middle - 4}v8"/>'
        )


def comparison_sheet(chapters: Sequence[Chapter], voice: Voice) -> Sheet:
    """Return the same as a sheet, a row a zone, with the people of a span in two columns."""
    columns = comparison(chapters, voice)
    sure = [least_people(chapter.table) for chapter in chapters]
    heads = [voice.phrase(f"sheets.column.{name}") for name in ("place", "extent")]
    rows = [
        [
            chapter.title,
            chapter.area.extent.title(voice.lang),
            *(
                Rounded(cell.value, column.digits) if cell.value is not None else None
                for column in columns[:-1]
                for cell in (column.cells[number],)
            ),
            *(
                None if end is None else Rounded(end, 0)
                for end in (
                    chapter.table.get("members").value,
                    chapter.table.get("members_with_evidence").value,
                    sure[number],
                )
            ),
        ]
        for number, chapter in enumerate(chapters)
    ]
    heads += [column.name for column in columns[:-1]]
    heads += [
        voice.phrase(f"measures.name.{name}")
        for name in ("members", "members_with_evidence", "population_with_evidence")
    ]
    return Sheet(voice.phrase("report.side_by_side"), heads, rows)
