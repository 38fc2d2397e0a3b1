"""What a report says of one extent, ready to be set in a page or in plain text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zones.extents.area import Area
from zones.measures.claims.checked import ClaimTable
from zones.model.contract import Chapter as Place
from zones.model.contract import measures_of
from zones.model.figures import Measure, MeasureTable
from zones.model.values import FREE_TEXT_LANGUAGE
from zones.reports.figures import FigureRow, Pivot, figure_rows, pivot
from zones.reports.members import MemberRow, OutsideRow, member_rows, outside_rows
from zones.reports.references import References
from zones.texts import Language, format_number, format_percent, phrase
from zones.wording.figures import shown_value

if TYPE_CHECKING:
    from zones.model.groups import Network, Zone

__all__ = ["Chapter", "Fact", "chapter"]


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

    id: str
    units: str
    division: int
    text: str
    lang: str | None
    source: int | None
    chosen: bool


@dataclass(frozen=True)
class ClaimRow:
    """A published figure, its verdict and why."""

    text: str
    text_lang: str | None
    date: str
    date_lang: str | None
    verdict: str
    verdict_id: str
    computed: str
    reason: str
    source: int | None


@dataclass(frozen=True)
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
    outside: tuple[OutsideRow, ...]
    coverage: tuple[FigureRow, ...]
    reach: tuple[FigureRow, ...]
    connectivity: tuple[FigureRow, ...]
    regions: Pivot
    others: Pivot
    cut: Pivot
    notes: tuple[str, ...]
    claims: tuple[ClaimRow, ...]
    tally: str
    gaps: tuple[str, ...]
    contradictions: tuple[str, ...]
    free_lang: str | None
    references: References
    credits: tuple[str, ...]


def chapter(
    area: Area, table: MeasureTable, claims: ClaimTable, *, lang: Language, known: bool
) -> Chapter:
    """
    Put together what is said of an extent in a language.

    Parameters
    ----------
    area, table
        The extent and its figures.
    claims
        Its published figures, checked.
    lang
        Language of the report.
    known
        Whether the group is of the catalogue, whose free text is in a known language.
    """
    group = area.group
    free = FREE_TEXT_LANGUAGE if known else None
    references = References()
    name, name_lang = group.names.get(lang)
    notes: dict[str, int] = {}
    facts = tuple(_facts(group, references, lang, free))
    extents = tuple(_extent_rows(area, references, lang, free))
    members = tuple(member_rows(area, references, lang))
    outside = tuple(outside_rows(area, references, lang))

    def rows(place: Place) -> tuple[FigureRow, ...]:
        return tuple(figure_rows(area, table, measures_of(place), notes, lang))

    return Chapter(
        id=group.id,
        area=area,
        table=table,
        title=name,
        title_lang=None if name_lang == lang else name_lang,
        kind=phrase(f"groups.kind.{group.kind}", lang),
        standfirst=_standfirst(area, lang),
        headlines=tuple(_headlines(area, table, lang)),
        facts=facts,
        extents=extents,
        members=members,
        outside=outside,
        coverage=rows("coverage"),
        reach=rows("reach"),
        connectivity=rows("connectivity"),
        regions=pivot(area, table, measures_of("regions"), lang),
        others=pivot(area, table, measures_of("others"), lang),
        cut=pivot(area, table, measures_of("cut"), lang),
        notes=tuple(notes),
        claims=tuple(_claim_rows(claims, references, lang, free)),
        tally=_tally(claims, lang),
        gaps=tuple(group.gaps),
        contradictions=tuple(getattr(group, "contradictions", ())),
        free_lang=free,
        references=references,
        credits=tuple(
            dict.fromkeys(
                line
                for measure in table
                for line in measure.sources
                if not line.startswith(("http://", "https://"))
            )
        ),
    )


def _standfirst(area: Area, lang: Language) -> str:
    if area.data_year is None:
        return phrase(
            "report.standfirst_no_people", lang, extent=area.extent.id, division=str(area.division)
        )
    return phrase(
        "report.standfirst",
        lang,
        extent=area.extent.id,
        division=str(area.division),
        year=str(area.data_year),
    )


def _headlines(area: Area, table: MeasureTable, lang: Language) -> Iterable[Headline]:
    people, share, surface, members = (
        table.get(name) for name in ("population", "population_share", "area", "members")
    )
    yield Headline(
        phrase("measures.name.population", lang),
        _number(people, lang),
        phrase("report.end_of", lang, year=str(people.year)) if people.value is not None else "",
    )
    if area.members("FI").size:
        part = "share_part" if len(area.countries) > 1 else "end_of"
        yield Headline(
            phrase("measures.name.population_share", lang),
            "–" if share.value is None else format_percent(share.value, lang),
            "" if share.value is None else phrase(f"report.{part}", lang, year=str(share.year)),
        )
    yield Headline(
        phrase("measures.name.area", lang),
        shown_value(surface, lang),
        ""
        if surface.low is None or surface.high is None
        else phrase(
            "report.range",
            lang,
            low=format_number(surface.low, lang),
            high=format_number(surface.high, lang),
        ),
    )
    seen = table.get("members_with_evidence")
    yield Headline(
        phrase("measures.name.members", lang),
        _number(members, lang),
        "" if seen.value is None else phrase("report.with_evidence", lang, n=int(seen.value)),
    )


def _number(measure: Measure, lang: Language) -> str:
    return "–" if measure.value is None else format_number(measure.value, lang)


def _facts(
    group: "Zone | Network", references: References, lang: Language, free: str | None
) -> Iterable[Fact]:
    """Yield what is known of a group, what is not known left out."""
    facts: Any = getattr(group, "facts", {})

    def first(*names: str) -> Any:
        return next((value for name in names if (value := getattr(group, name, None))), None)

    names = [(f"name_{code}", getattr(group.names, code), code) for code in ("fi", "sv", "en")]
    lines: list[tuple[str, Any, str | None, Any]] = [
        (key, name, code, None) for key, name, code in names if code != lang
    ]
    if group.names.get(lang)[1] != lang:
        lines.append(("no_name", phrase("groups.missing.name", lang), None, None))
    status, money = first("status"), first("funding_eur", "grant_eur")
    start, end = first("period_from", "valid_from"), first("period_to", "valid_to")
    lines += [
        ("project", facts.get("project_name"), None, None),
        ("host", first("host"), None, facts.get("host_source")),
        ("coordinator", first("coordinator"), None, None),
        ("status", status and phrase(f"groups.status.{status}", lang), None, None),
        ("period", (start or end) and f"{start or ''}–{end or ''}", None, None),
        (
            "funding",
            money and f"{format_number(money, lang)}\N{NO-BREAK SPACE}€",
            None,
            facts.get("funding_source"),
        ),
        ("spine_road", facts.get("spine_road"), free, facts.get("spine_source")),
        ("spine_rail", facts.get("spine_rail"), free, None),
        ("note", first("note"), free, None),
    ]
    for key, text, code, source in lines:
        if text:
            number = references.number(str(source)) if source else None
            yield Fact(phrase(f"report.fact.{key}", lang), str(text), code, number)
    if number := references.number(first("source")):
        yield Fact(phrase("report.fact.source", lang), "", None, number)


def _extent_rows(
    area: Area, references: References, lang: Language, free: str | None
) -> Iterable[ExtentRow]:
    for extent in area.group.extents:
        yield ExtentRow(
            id=extent.id,
            units=_municipalities(len(extent), lang),
            division=extent.division,
            text=extent.description,
            lang=free,
            source=references.number(extent.source),
            chosen=extent.id == area.extent.id,
        )


def _municipalities(count: int, lang: Language) -> str:
    form = "one" if count == 1 else "unit"
    return f"{format_number(count, lang)} {phrase(f'measures.{form}.municipalities', lang)}"


def _claim_rows(
    claims: ClaimTable, references: References, lang: Language, free: str | None
) -> Iterable[ClaimRow]:
    for checked in claims:
        yield ClaimRow(
            text=checked.shown_text(lang),
            text_lang=free if checked.kind == "claim" else None,
            date=checked.claim.date,
            date_lang=free,
            verdict=phrase(f"claims.verdict.{checked.verdict}", lang),
            verdict_id=checked.verdict,
            computed=checked.shown_value(lang),
            reason=checked.reason.render(lang),
            source=references.number(checked.claim.source),
        )


def _tally(claims: ClaimTable, lang: Language) -> str:
    counts = ", ".join(
        f"{format_number(count, lang)} {phrase(f'claims.verdict.{verdict}', lang)}"
        for verdict, count in claims.tally().items()
        if count
    )
    return phrase("claims.line.tally", lang, total=len(claims), counts=counts) if counts else ""
