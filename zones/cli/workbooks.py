"""Sheets for readers of what commands print: names, words and numbers as a language has them."""

from collections.abc import Iterable, Sequence
from typing import Any

from zones.measures.claims.checked import CheckedClaim
from zones.measures.claims.verdicts import kind_of
from zones.measures.scenarios.differences import Comparison, Difference
from zones.measures.scenarios.ranking import Candidate
from zones.model.amounts import unit_word
from zones.model.evidence import Claim, Membership
from zones.model.figures import Measure, year_cell
from zones.model.groups import Group, Theme
from zones.model.keys import key_name, notes_text, unit_name, unit_names
from zones.model.sheets import rounded, sheets
from zones.output import Rounded, Sheet
from zones.texts import Language, Text, phrase, phrases, rendered
from zones.wording.dates import date_text
from zones.wording.voice import worth_showing

__all__ = [
    "CLAIM_SHEET",
    "COMPARE_SHEET",
    "EXTENT_SHEET",
    "MEMBER_SHEET",
    "RANKING_SHEET",
    "WHAT_IF_SHEET",
    "claim_sheets",
    "comparison_sheets",
    "extent_sheets",
    "member_sheets",
    "ranking_sheets",
]

EXTENT_SHEET = ("kind", "name", "id", "extent", "extent_id", "members", "division", "default")
"""Columns of the sheet of all zones and networks."""

MEMBER_SHEET = (
    *("municipality", "lau_id", "role", "confidence", "basis", "valid_from", "valid_to"),
    *("evidence_year", "weak", "sources", "note"),
)
"""Columns of the sheet of a group's members; notes are in the language of their makers."""

_CHANGE = ("difference", "difference_low", "difference_high", "difference_unit")
_ABOUT = ("sources", "method", "notes", "gained", "lost")

WHAT_IF_SHEET = (
    *("measure", "of", "before_place", "before", "before_year"),
    *("after_place", "after", "after_year", "unit", *_CHANGE, *_ABOUT),
)
"""Columns of the sheet of what changes."""

COMPARE_SHEET = (
    *("measure", "of", "first_place", "first", "first_year"),
    *("second_place", "second", "second_year", "unit", *_CHANGE, *_ABOUT),
)
"""Columns of the sheet of two areas side by side."""

RANKING_SHEET = (
    *("rank", "municipality", "lau_id", "region", "gain", "unit", "people", "spine_km"),
    *("components_joined", "reasons"),
)
"""Columns of the sheet of candidates."""

CLAIM_SHEET = (
    *("claim", "date", "qualifier", "published", "published_unit", "verdict", "measure", "extent"),
    *("year", "value", "low", "high", "unit", "deviation", "deviation_unit", "reason"),
    *("confidence", "published_in", "sources", "notes", "id"),
)
"""Columns of the sheet of published figures."""


def extent_sheets(groups: Iterable[Group | Theme], lang: Language) -> Sequence[Sheet]:
    """Return a row an extent, and one for a group or theme without any."""
    rows: list[list[Any]] = []
    for group in groups:
        kind = "theme" if isinstance(group, Theme) else group.kind
        head = [phrase(f"groups.kind.{kind}", lang), group.names.text(lang), group.id]
        extents = () if isinstance(group, Theme) else group.extents
        rows += [
            [*head, one.title(lang), one.id, Rounded(len(one), 0), one.division, one.default]
            for one in extents
        ]
        if not extents:
            rows.append([*head, *[None] * (len(EXTENT_SHEET) - len(head))])
    return sheets(EXTENT_SHEET, rows, lang)


def member_sheets(rows: Iterable[Membership], lang: Language) -> Sequence[Sheet]:
    """Return a row of evidence a row."""
    return sheets(MEMBER_SHEET, [_member(row, lang) for row in rows], lang)


def _member(row: Membership, lang: Language) -> list[Any]:
    return [
        unit_name(row.lau_id, lang, year=row.division),
        row.lau_id,
        phrase(f"groups.role.{row.role}", lang),
        phrase(f"groups.confidence.{row.confidence}", lang),
        _word("groups.basis", row.basis, lang),
        *(date and date_text(date, lang) for date in (row.valid_from, row.valid_to)),
        row.evidence_year,
        row.weak,
        row.sources,
        row.note,
    ]


def comparison_sheets(comparison: Comparison, lang: Language) -> Sequence[Sheet]:
    """Return a row a figure of either side, and what there is to know of the whole."""
    columns = COMPARE_SHEET if comparison.kind == "compare" else WHAT_IF_SHEET
    sides = (comparison.before, comparison.after)
    rows = [
        _difference(row, lang, year=comparison.after.division)
        for row in comparison
        if any(
            _bounded(one) and worth_showing(area, one)
            for area, one in zip(sides, (row.before, row.after), strict=True)
        )
    ]
    found = sheets(columns, rows, lang)
    if not comparison.notes:
        return found
    notes = [[notes_text([note], lang)] for note in comparison.notes]
    called = phrase("sheets.column.notes", lang)
    return (*found, Sheet(called, [called], notes))


def _bounded(one: Measure) -> bool:
    return one.value is not None or None not in (one.low, one.high)


def _difference(row: Difference, lang: Language, *, year: int) -> list[Any]:
    unit, label = row.unit_of_difference, row.after.label
    sides = [
        ("" if one.place is None else one.place.render(lang), _figure(one), year_cell(one))
        for one in (row.before, row.after)
    ]
    return [
        row.after.title.render(lang),
        key_name(row.after, lang),
        *sides[0],
        *sides[1],
        unit_word(row.unit, lang, label),
        *(rounded(end, unit, label) for end in (row.difference, row.low, row.high)),
        unit_word(unit, lang, label),
        _lines(row.sources, lang),
        row.method.render(lang),
        notes_text(row.notes, lang),
        *(", ".join(unit_names(units or (), lang, year=year)) for units in (row.gained, row.lost)),
    ]


def _figure(one: Measure) -> Rounded | None:
    return rounded(one.value, one.unit, one.label)


def ranking_sheets(candidates: Iterable[Candidate], lang: Language) -> Sequence[Sheet]:
    """Return a row a candidate."""
    rows = [
        [
            one.rank,
            one.name.render(lang),
            one.lau_id,
            one.region.render(lang),
            rounded(one.gain, one.unit, one.label),
            unit_word(one.unit, lang, one.label),
            rounded(one.people, "people"),
            rounded(one.spine_km, "km"),
            one.components_joined,
            "; ".join(reason.render(lang) for reason in one.reasons),
        ]
        for one in candidates
    ]
    return sheets(RANKING_SHEET, rows, lang)


def claim_sheets(claims: Iterable[CheckedClaim], lang: Language) -> Sequence[Sheet]:
    """Return a row a published figure."""
    return sheets(CLAIM_SHEET, [_claim(checked, lang) for checked in claims], lang)


def _claim(checked: CheckedClaim, lang: Language) -> list[Any]:
    claim, measure = checked.claim, checked.reading.measure if checked.reading else None
    share = kind_of(claim.unit) == "share"
    return [
        checked.shown_text(lang),
        date_text(claim.date, lang),
        _word("groups.qualifier", claim.qualifier, lang),
        _published(claim),
        _word("claims.unit", claim.unit, lang),
        phrase(f"claims.verdict.{checked.verdict}", lang),
        measure and measure.title.render(lang),
        checked.shown_extent(lang),
        measure and year_cell(measure),
        *(
            measure and rounded(end, measure.unit, measure.label)
            for end in (checked.value, checked.low, checked.high)
        ),
        measure and unit_word(measure.unit, lang, measure.label),
        rounded(checked.deviation, "points"),
        None if checked.deviation is None else unit_word("points" if share else "percent", lang),
        checked.reason.render(lang),
        _word("groups.confidence", claim.confidence, lang),
        [link for link in (claim.source, claim.source_2) if link],
        _lines(checked.sources, lang),
        notes_text(checked.notes, lang),
        claim.id,
    ]


def _published(claim: Claim) -> Rounded:
    """Return a published figure with the decimals that it was published with."""
    return Rounded(claim.value, len(f"{claim.value:.10g}".partition(".")[2]))


def _lines(lines: Iterable[str | Text], lang: Language) -> list[str]:
    return [rendered(line, lang) for line in lines]


def _word(texts: str, name: str | None, lang: Language) -> str | None:
    """Return the text of a word of the facts; one of a user's own stays, and none is none."""
    file, _, kind = texts.partition(".")
    return phrases(file, lang).get(f"{kind}.{name}", name) if name else None
