"""What a report says of one extent, ready to be set in a page or in plain text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata import countries
from zones.catalogue.names import all_groups
from zones.extents.area import Area
from zones.measures.claims.checked import ClaimTable
from zones.model.contract import Chapter as Place
from zones.model.contract import measures_of
from zones.model.figures import Measure, MeasureTable
from zones.reports.figures import FigureRow, Pivot, figure_rows, pivot
from zones.reports.indicators import Indicators, indicator_section
from zones.reports.members import (
    MemberRow,
    OutsideRow,
    member_rows,
    members_caption,
    outside_rows,
)
from zones.reports.references import References
from zones.texts import rendered
from zones.wording.homes import home_of
from zones.wording.voice import Voice

if TYPE_CHECKING:
    from zones.model.groups import Network, Zone

__all__ = ["Chapter", "Fact", "chapter", "share_year"]

_UNDECIDED = "cannot-be-computed"


@dataclass(frozen=True)
class Fact:
    """One line of what a group is: a heading, a text, the language it is in, its source."""

    heading: str
    text: str
    lang: str | None = None
    source: int | None = None


@dataclass(frozen=True)
class Headline:
    """A large figure with what it is and how sure it is."""

    label: str
    figure: str
    detail: str


@dataclass(frozen=True)
class ExtentRow:
    """A documented extent: which it is, how large, from where."""

    title: str
    units: str
    division: int
    text: str
    source: int | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A published figure, its verdict and why."""

    text: str
    date: str
    verdict: str
    verdict_id: str
    computed: str
    reason: str
    source: int | None


@dataclass(frozen=True, eq=False, kw_only=True)
class Chapter:
    """Everything that a report says of one extent."""

    id: str
    area: Area
    table: MeasureTable
    title: str
    title_lang: str | None
    kind: str
    standfirst: str
    headlines: tuple[Headline, ...]
    facts: tuple[Fact, ...]
    extents: tuple[ExtentRow, ...]
    members: tuple[MemberRow, ...]
    members_caption: str
    size: str
    outside: tuple[OutsideRow, ...]
    coverage: tuple[FigureRow, ...]
    reach: tuple[FigureRow, ...]
    connectivity: tuple[FigureRow, ...]
    indicators: Indicators | None
    regions: Pivot
    others: Pivot
    cut: Pivot
    notes: tuple[str, ...]
    claims: tuple[ClaimRow, ...]
    undecided: tuple[ClaimRow, ...]
    tally: str
    published: bool
    """Whether figures were published, or looked for: not those of a zone of one's own."""
    gaps: tuple[str, ...]
    contradictions: tuple[str, ...]
    references: References
    credits: tuple[str, ...]


def chapter(area: Area, table: MeasureTable, claims: ClaimTable, *, voice: Voice) -> Chapter:
    """
    Put together what is said of an extent in a language.

    Parameters
    ----------
    area, table
        The extent and its figures, those of a user's table among them.
    claims
        Its published figures, checked.
    voice
        Language of the report.
    """
    group = area.group
    references = References(voice.lang)
    name, name_lang = group.short_names.get(voice.lang)
    notes: dict[str, int] = {}
    facts = tuple(_facts(group, references, voice))
    extents = tuple(_extent_rows(area, references, voice))
    members = tuple(member_rows(area, references, voice))
    outside = tuple(outside_rows(area, references, voice))
    published = tuple(_claim_rows(claims, references, voice))
    numbered = {reference.text for reference in references.listed}

    def rows(place: Place) -> tuple[FigureRow, ...]:
        return tuple(figure_rows(area, table, measures_of(place), notes, voice))

    return Chapter(
        id=group.id,
        area=area,
        table=table,
        title=name,
        title_lang=None if name_lang == voice.lang else name_lang,
        kind=voice.phrase(f"groups.kind.{group.kind}"),
        standfirst=_standfirst(area, voice),
        headlines=tuple(_headlines(area, table, voice)),
        facts=facts,
        extents=extents,
        members=members,
        members_caption=members_caption(area, voice),
        size=voice.amount(len(members), "municipalities"),
        outside=outside,
        coverage=rows("coverage"),
        reach=rows("reach"),
        connectivity=rows("connectivity"),
        indicators=indicator_section(area, table, voice),
        regions=pivot(area, table, measures_of("regions"), voice),
        others=pivot(area, table, measures_of("others"), voice),
        cut=pivot(area, table, measures_of("cut"), voice),
        notes=tuple(notes),
        claims=tuple(row for row in published if row.verdict_id != _UNDECIDED),
        undecided=tuple(row for row in published if row.verdict_id == _UNDECIDED),
        published=bool(published) or group.id in {one.id for one in all_groups()},
        tally=claims.summary(voice.lang) if len(claims) else "",
        gaps=tuple(gap.text(voice.lang) for gap in group.gaps),
        contradictions=tuple(
            text.text(voice.lang) for text in getattr(group, "contradictions", ())
        ),
        references=references,
        credits=tuple(
            dict.fromkeys(
                line
                for measure in table
                for line in (rendered(source, voice.lang) for source in measure.sources)
                # A source of the zone itself, such as its own file, has its number above.
                if not line.startswith(("http://", "https://")) and line not in numbered
            )
        ),
    )


def _standfirst(area: Area, voice: Voice) -> str:
    if area.data_year is None:
        return voice.phrase(
            "report.standfirst_no_people",
            extent=area.extent.title(voice.lang),
            division=str(area.division),
        )
    return voice.phrase(
        "report.standfirst",
        extent=area.extent.title(voice.lang),
        division=str(area.division),
        year=str(area.data_year),
    )


def share_year(area: Area, part: str, year: str, voice: Voice) -> str:
    """Return the year of a share, with the part of the zone that it is of where it is in two."""
    if part == "end_of" or home_of([area]) is None:
        return voice.phrase(f"report.{part}", year=year)
    named = countries.country(area.home).parts[voice.lang]
    return voice.phrase("abroad.share.dated", part=named, year=year)


def _headlines(area: Area, table: MeasureTable, voice: Voice) -> Iterable[Headline]:
    people, share, surface, members = (
        table.get(name) for name in ("population", "population_share", "area", "members")
    )
    yield Headline(
        voice.name(people),
        voice.people(table),
        ". ".join(_people_years(area, table, voice)),
    )
    if area.members(area.home).size:
        part = "share_part" if len(area.countries) > 1 else "end_of"
        yield Headline(
            voice.name(share),
            voice.share(table),
            "" if share.value is None else share_year(area, part, str(share.year), voice),
        )
    yield Headline(
        voice.name(surface),
        voice.figure(surface),
        voice.bounds(surface),
    )
    seen = table.get("members_with_evidence")
    yield Headline(
        voice.name(members),
        _number(members, voice),
        "" if seen.value is None else voice.phrase("report.with_evidence", n=int(seen.value)),
    )


def _people_years(area: Area, table: MeasureTable, voice: Voice) -> Iterable[str]:
    """Yield the year of the whole, and the newest figure of each of several countries."""
    people = table.get("population")
    if people.value is not None:
        yield voice.phrase("report.end_of", year=str(people.year))
    if len(area.countries) > 1:
        parts = [table.get("population", country) for country in area.countries]
        shown = [
            f"{voice.key(area, part)} {voice.number(part.value)} ({part.year})"
            for part in parts
            if part.value is not None
        ]
        yield voice.phrase("report.newest", parts=", ".join(shown))


def _number(measure: Measure, voice: Voice) -> str:
    return "–" if measure.value is None else voice.number(measure.value)


def _facts(group: "Zone | Network", references: References, voice: Voice) -> Iterable[Fact]:
    """Yield what is known of a group, what is not known left out."""
    facts: Any = getattr(group, "facts", {})

    def first(*names: str) -> Any:
        return next((value for name in names if (value := getattr(group, name, None))), None)

    names = [(f"name_{code}", getattr(group.names, code), code) for code in ("fi", "sv", "en")]
    lines: list[tuple[str, Any, str | None, Any]] = [
        (key, name, code, None) for key, name, code in names if code != voice.lang
    ]
    full = group.names.get(voice.lang)
    if full[0] != group.short_names.text(voice.lang):
        lines.insert(0, ("full_name", full[0], full[1], None))
    if full[1] != voice.lang:
        lines.append(("no_name", voice.phrase("groups.missing.name"), None, None))
    about = first("about")
    status, money = first("status"), first("funding_eur", "grant_eur")
    start, end = first("period_from", "valid_from"), first("period_to", "valid_to")
    lines += [
        ("project", facts.get("project_name"), facts.get("project_name_lang"), None),
        ("host", first("host"), None, facts.get("host_source")),
        ("coordinator", first("coordinator"), None, None),
        ("status", status and voice.phrase(f"groups.status.{status}"), None, None),
        ("period", voice.period(start, end), None, None),
        (
            "funding",
            money and f"{voice.number(money)}\N{NO-BREAK SPACE}€",
            None,
            facts.get("funding_source"),
        ),
        ("spine_road", facts.get(f"spine_road_{voice.lang}"), None, facts.get("spine_source")),
        ("spine_rail", facts.get(f"spine_rail_{voice.lang}"), None, None),
        ("about", about and about.text(voice.lang), None, None),
    ]
    for key, text, code, source in lines:
        if text:
            number = references.number(str(source)) if source else None
            other = None if code == voice.lang else code
            yield Fact(voice.phrase(f"report.fact.{key}"), str(text), other, number)
    if number := references.number(first("source")):
        yield Fact(voice.phrase("report.fact.source"), "", None, number)


def _extent_rows(area: Area, references: References, voice: Voice) -> Iterable[ExtentRow]:
    for extent in area.group.extents:
        yield ExtentRow(
            title=extent.title(voice.lang),
            units=voice.amount(len(extent), "municipalities"),
            division=extent.division,
            text=extent.description.text(voice.lang) if extent.description else "",
            source=references.number(extent.source),
            chosen=extent.id == area.extent.id,
        )


def _claim_rows(claims: ClaimTable, references: References, voice: Voice) -> Iterable[ClaimRow]:
    for checked in claims:
        yield ClaimRow(
            text=checked.shown_text(voice.lang),
            date=voice.date(checked.claim.date),
            verdict=voice.phrase(f"claims.verdict.{checked.verdict}"),
            verdict_id=checked.verdict,
            computed=checked.shown_value(voice.lang),
            reason=checked.reason.render(voice.lang),
            source=references.number(checked.claim.source),
        )
