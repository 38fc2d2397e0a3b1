"""The report as Markdown: the same figures as text, for an issue, a wiki or a mail."""

import re
from collections.abc import Iterable, Sequence
from functools import partial

from zones.reports.chapters import Chapter
from zones.reports.figures import FigureRow, Pivot
from zones.reports.members import Evidence
from zones.texts import Language, phrase

__all__ = ["markdown", "plain"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$])")
_SPACE = re.compile(r"\s+")
_LIST_START = re.compile(r"^([-+]|\d+[.)])(?=\s)")


def plain(text: str) -> str:
    r"""
    Return text that Markdown shows as it is, on one line.

    Examples
    --------
    >>> plain("a_b | <b>\n# c")
    'a\\_b \\| \\<b\\> \\# c'
    """
    line = _SPACE.sub(" ", text.replace("\xa0", "\x00")).replace("\x00", "\xa0").strip()
    return _LIST_START.sub(r"\\\1", _SPECIAL.sub(r"\\\1", line))


def markdown(chapters: Sequence[Chapter], title: str, *, lang: Language) -> str:
    """Return the report as Markdown."""
    lines = [f"# {plain(title)}", ""]
    for chapter in chapters:
        lines += _chapter(chapter, lang, alone=len(chapters) == 1)
    return "\n".join(lines).rstrip() + "\n"


def _chapter(chapter: Chapter, lang: Language, *, alone: bool) -> Iterable[str]:
    word = partial(_word, lang)
    if not alone:
        yield from (f"## {plain(chapter.title)}", "")
    yield from (plain(chapter.standfirst), "")
    for tile in chapter.headlines:
        detail = f" ({plain(tile.detail)})" if tile.detail else ""
        yield f"- {plain(tile.label)}: **{plain(tile.figure)}**{detail}"
    yield ""
    yield from _section(word("what"))
    for fact in chapter.facts:
        source = f" [{fact.source}]" if fact.source else ""
        yield f"- {plain(fact.heading)}: {plain(fact.text)}{source}"
    yield ""
    yield from _table(
        [word("extents"), word("municipality"), word("division"), word("description")],
        [
            [f"{row.id} ({word('chosen')})" if row.chosen else row.id, row.units,
             str(row.division), row.text]
            for row in chapter.extents
        ],
    )  # fmt: skip
    yield from _section(word("members"))
    yield from _table(
        [word("municipality"), word("region"), word("people"), word("evidence")],
        [
            [f"{row.name} ({row.id})", row.region, row.people, _evidence(row.evidence, lang)]
            for row in chapter.members
        ],
    )
    if chapter.outside:
        yield from _section(word("outside"))
        yield from _table(
            [word("municipality"), word("evidence")],
            [[f"{row.name} ({row.id})", _evidence(row.evidence, lang)] for row in chapter.outside],
        )
    for key, rows in (
        ("coverage", chapter.coverage),
        ("reach", chapter.reach),
        ("connectivity", chapter.connectivity),
    ):
        yield from _section(word(key))
        yield from _figures(rows, lang)
    for key, first, table in (
        ("regions_table", "region", chapter.regions),
        ("others_table", "group", chapter.others),
        ("cut_table", "municipality", chapter.cut),
    ):
        yield from _pivot(table, word(key), word(first))
    if chapter.claims:
        yield from _section(word("claims"))
        yield from (plain(chapter.tally), "")
        yield from _table(
            [phrase(f"claims.column.{key}", lang) for key in ("claim", "verdict", "reason")],
            [
                [f"{row.text} ({row.date})", row.verdict, row.reason]
                for row in chapter.claims
            ],
        )  # fmt: skip
    yield from _listed(word("gaps"), chapter.gaps)
    yield from _listed(word("contradictions"), chapter.contradictions)
    yield from _listed(word("notes"), chapter.notes, numbered=True)
    sources = [reference.text for reference in chapter.references.listed]
    yield from _listed(word("chapter_sources"), sources, numbered=True)
    yield from _listed(word("credits"), chapter.credits)


def _word(lang: Language, key: str) -> str:
    return phrase(f"report.{key}", lang)


def _section(title: str) -> Iterable[str]:
    return (f"### {plain(title)}", "")


def _figures(rows: Sequence[FigureRow], lang: Language) -> Iterable[str]:
    word = partial(_word, lang)
    return _table(
        [word("measure"), word("figure"), word("bounds"), word("year"), word("notes")],
        [
            [
                f"{row.name}: {row.of}" if row.of else row.name,
                row.figure,
                row.bounds,
                row.year,
                ", ".join(str(number) for number in row.notes),
            ]
            for row in rows
        ],
    )


def _pivot(table: Pivot, title: str, first: str) -> Iterable[str]:
    if not table.rows:
        return ()
    body = [[of, *cells] for of, cells in table.rows]
    return (*_section(title), *_table([first, *table.columns], body))


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterable[str]:
    if not body:
        return ()
    rows = [head, ["---"] * len(head), *body]
    lines = [
        "| " + " | ".join(cell if cell == "---" else plain(cell) for cell in row) + " |"
        for row in rows
    ]
    return (*lines, "")


def _listed(title: str, lines: Sequence[str], *, numbered: bool = False) -> Iterable[str]:
    if not lines:
        return ()
    marks = (f"{rank}." if numbered else "-" for rank in range(1, len(lines) + 1))
    body = [f"{mark} {plain(line)}" for mark, line in zip(marks, lines, strict=True)]
    return (*_section(title), *body, "")


def _evidence(rows: Sequence[Evidence], lang: Language) -> str:
    parts = []
    for row in rows:
        words = [f"{row.role}, {row.seen}" if row.seen else row.role, row.confidence]
        if row.weak:
            words.append(_word(lang, "weak"))
        numbers = ", ".join(str(number) for number in row.sources)
        parts.append(" · ".join(words) + (f" ({numbers})" if numbers else ""))
    return "; ".join(parts) or "–"
