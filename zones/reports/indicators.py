"""The figures of a user's table in a report: a row a column of the table, then by member."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zones.extents.area import Area
from zones.model.figures import Measure, MeasureTable
from zones.model.keys import key_kind
from zones.reports.figures import Pivot
from zones.texts import rendered
from zones.wording.voice import Voice

__all__ = ["Indicators", "indicator_section"]

_OF_ZONE = (
    "zone", "share", "location_quotient", "rest", "country", "change", "change_percent", "members",
)  # fmt: skip
_CHANGES = ("change", "change_percent")


@dataclass(frozen=True, kw_only=True)
class Indicators:
    """
    The figures of a user's table over an extent.

    Attributes
    ----------
    credits
        Whose figures they are, and of which year.
    zone, members
        A row a column of the table with the figures of the zone, and a row a member.
    remarks
        What has to be said of a column: what is suppressed, what is not there.
    methods
        How the figures are made, and which.
    """

    credits: tuple[str, ...]
    zone: Pivot
    members: Pivot
    remarks: tuple[str, ...]
    methods: tuple[str, ...]


def indicator_section(area: Area, table: MeasureTable, voice: Voice) -> Indicators | None:
    """Put together what is said of a user's table; nothing where `table` has none of it."""
    columns = _columns(table)
    if not columns:
        return None
    whole = [
        (name, rows[0], row)
        for name, rows in columns.items()
        for row in rows
        if not _is_member(row)
    ]
    return Indicators(
        credits=_grouped(
            (f", {voice.year(own)}: {rendered(own.sources[0], voice.lang)}", voice.name(own))
            for _, own, row in whole
            if row is own
        ),
        zone=_of_zone(area, columns, voice),
        members=_by_member(area, columns, voice),
        remarks=_grouped(_remarks(area, columns, voice)),
        methods=_grouped(
            (f": {voice.text(area, row.method)}", _made_alike(name, own, row, voice))
            for name, own, row in whole
        ),
    )


def _columns(table: Iterable[Measure]) -> dict[str, list[Measure]]:
    """Return the figures by column of the table: the first is the column's own over the zone."""
    found: dict[str, list[Measure]] = {}
    name = ""
    for row in table:
        if row.label is None:
            continue
        if not name or row.name.removeprefix(f"{name}_") not in (name, *_OF_ZONE):
            name = row.name
        found.setdefault(name, []).append(row)
    return found


def _is_member(row: Measure) -> bool:
    return row.key is not None and key_kind(row) == "member"


def _grouped(said: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return each text once, after the names of all that it is said of."""
    found: dict[str, list[str]] = {}
    for text, name in said:
        found.setdefault(text, []).append(name)
    return tuple(f"{', '.join(dict.fromkeys(names))}{text}" for text, names in found.items())


def _remarks(
    area: Area, columns: dict[str, list[Measure]], voice: Voice
) -> Iterable[tuple[str, str]]:
    """Yield what is said of a column once, with the first of its figures of which it is said."""
    for name, rows in columns.items():
        said: set[str] = set()
        for row in rows:
            if _is_member(row):
                continue
            title = voice.name(rows[0] if _kind(name, row) in ("zone", "members") else row)
            texts = [voice.text(area, note) for note in row.notes]
            yield from ((f": {text}", title) for text in texts if text not in said)
            said.update(texts)


def _made_alike(name: str, own: Measure, row: Measure, voice: Voice) -> str:
    """Name a column, or what of it is made in one way for all columns."""
    if row.method == own.method:
        return voice.name(own)
    return voice.phrase(f"report.indicator.{_kind(name, row)}")


def _kind(name: str, row: Measure) -> str:
    return "zone" if row.name == name else row.name.removeprefix(f"{name}_")


def _of_zone(area: Area, columns: dict[str, list[Measure]], voice: Voice) -> Pivot:
    cells: list[tuple[str, dict[str, str]]] = []
    for name, figures in columns.items():
        title = f"{voice.name(figures[0])}, {voice.year(figures[0])}"
        row: dict[str, str] = {}
        cells.append((title, row))
        for figure in figures:
            if _is_member(figure):
                continue
            if figure.key is not None:
                cells.append(
                    (f"{title}, {voice.key(area, figure)}", {"zone": _cell(figure, voice)})
                )
                continue
            kind = _kind(name, figure)
            row[kind] = _changed(figure, voice) if kind in _CHANGES else _cell(figure, voice)
    return _pivot(
        [kind for kind in _OF_ZONE if any(kind in row for _, row in cells)],
        {kind: voice.phrase(f"report.indicator.{kind}") for kind in _OF_ZONE},
        cells,
    )


def _by_member(area: Area, columns: dict[str, list[Measure]], voice: Voice) -> Pivot:
    cells: dict[str, dict[str, str]] = {}
    for name, figures in columns.items():
        for figure in figures:
            if _is_member(figure):
                cells.setdefault(voice.key(area, figure), {})[name] = _cell(figure, voice)
    named = {name: voice.name(figures[0]) for name, figures in columns.items()}
    return _pivot(list(columns), named, sorted(cells.items()))


def _pivot(
    kinds: Sequence[str], titles: dict[str, str], cells: Sequence[tuple[str, dict[str, str]]]
) -> Pivot:
    return Pivot(
        columns=tuple(titles[kind] for kind in kinds),
        rows=tuple((of, tuple(row.get(kind, "–") for kind in kinds)) for of, row in cells),
    )


def _cell(figure: Measure, voice: Voice) -> str:
    """Return a figure; where there is none its bounds, and of a member why."""
    if figure.value is not None:
        return voice.figure(figure)
    if figure.low and figure.high is None:
        least = voice.amount(figure.low, figure.unit, label=figure.label)
        between = voice.phrase("report.at_least", value=least)
    else:
        between = voice.bounds(figure)
    if _is_member(figure):
        for kind in ("suppressed", "missing"):
            if any(note.key == f"indicators.note.{kind}" for note in figure.notes):
                why = voice.phrase(f"map.gap_{kind}")
                return f"{why} ({between})" if between else why
    return between or "–"


def _changed(figure: Measure, voice: Voice) -> str:
    if figure.value is None:
        return _cell(figure, voice)
    shown = voice.amount(figure.value, figure.unit, signed=True, label=figure.label)
    return f"{shown} ({voice.year(figure)})"
