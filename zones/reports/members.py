"""Who is in an extent, and what the sources say of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from zones.extents.area import Area
from zones.extents.evidence import evidence_of, period_of, rows_by_unit
from zones.model.evidence import Membership
from zones.reports.references import References
from zones.texts import phrases
from zones.texts.alphabet import alphabetical
from zones.wording.voice import Voice

if TYPE_CHECKING:
    from zones.model.groups import Network, Zone

__all__ = ["Evidence", "MemberRow", "OutsideRow", "member_rows", "outside_rows"]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One row of evidence in words, with the numbers of its sources."""

    role: str
    confidence: str
    confidence_id: str
    seen: str
    weak: bool
    former: bool
    sources: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """A unit of the extent with its evidence, and its status where that is not documented."""

    id: str
    name: str
    other_name: str
    other_lang: str
    region: str
    people: str
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class OutsideRow:
    """A unit that sources tie to the group, and that the extent does not hold."""

    id: str
    name: str
    evidence: tuple[Evidence, ...]


def member_rows(area: Area, references: References, voice: Voice) -> Iterable[MemberRow]:
    """Yield the units of an extent by country and name."""
    found, status = rows_by_unit(area.group, area.division), evidence_of(area)
    other = "sv" if voice.lang != "sv" else "fi"
    rows = []
    for unit, row in area.units.iterrows():
        name = _text(row.get(f"name_{voice.lang}")) or str(unit)
        alias = _text(row.get(f"name_{other}"))
        people = row.get("population")
        rows.append(
            (
                str(row.get("country", "")),
                MemberRow(
                    id=str(unit),
                    name=name,
                    other_name=alias if alias != name else "",
                    other_lang=other,
                    region=_text(row.get(f"region_{voice.lang}")),
                    people="–" if pd.isna(people) else voice.number(int(people)),
                    status=""
                    if status[unit] == "documented"
                    else voice.phrase(f"report.status.{status[unit]}"),
                    evidence=tuple(
                        _evidence(one, area.group, references, voice) for one in found.get(unit, ())
                    ),
                ),
            )
        )
    return [
        row
        for _, row in sorted(
            rows, key=lambda pair: (pair[0], alphabetical(pair[1].name, voice.lang))
        )
    ]


def members_caption(area: Area, voice: Voice) -> str:
    """Return the heading of `member_rows`: of each unit evidence, of some or of none."""
    status = evidence_of(area)
    seen = int((status != "extent").sum())
    key = "members_caption"
    if seen < len(status):
        key = "members_caption_part" if seen else "members_caption_none"
    size = voice.amount(len(status), "municipalities")
    return voice.phrase(f"report.{key}", n=size, seen=seen)


def outside_rows(area: Area, references: References, voice: Voice) -> Iterable[OutsideRow]:
    """Yield the units with evidence that are not in the extent, by name."""
    rows: dict[str, list[Membership]] = {}
    for unit, evidence in rows_by_unit(area.group, area.division).items():
        if unit not in area.units.index:
            rows.setdefault(unit, []).extend(evidence)
    found = [
        OutsideRow(
            id=unit,
            name=voice.member(evidence[0]),
            evidence=tuple(_evidence(row, area.group, references, voice) for row in evidence),
        )
        for unit, evidence in rows.items()
    ]
    return sorted(found, key=lambda row: alphabetical(row.name, voice.lang))


def _evidence(
    row: Membership, group: "Zone | Network", references: References, voice: Voice
) -> Evidence:
    seen = voice.period(*period_of(row, group)) or str(row.evidence_year or "")
    return Evidence(
        role=_term("role", row.role, voice),
        confidence=_term("confidence", row.confidence, voice),
        confidence_id=row.confidence,
        seen=seen,
        weak=row.weak,
        former=row.former,
        sources=references.numbers(row.sources),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _term(kind: str, word: str, voice: Voice) -> str:
    """Return a word of the model in a language; a user's own word as it is."""
    return phrases("groups", voice.lang).get(f"{kind}.{word}", word)
