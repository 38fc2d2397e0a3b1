"""What the command line prints: lists, groups and measures as tables or JSON."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from zones.catalogue.names import all_groups, themes
from zones.cli.console import console, heading, rich_table, write_line
from zones.cli.handing import Data, hand_over
from zones.cli.options import Shown, Spoken
from zones.cli.workbooks import extent_sheets, member_sheets
from zones.extents.area import Area
from zones.model.contract import CONTRACT
from zones.model.credits import credit
from zones.model.figures import Measure, MeasureTable, figure_sheets
from zones.model.groups import Group, Network, Theme, Zone
from zones.model.keys import key_kind
from zones.texts import LANGUAGES, rendered
from zones.wording.formats import table_json, table_rows
from zones.wording.homes import said_of_home
from zones.wording.voice import Voice, worth_showing

if TYPE_CHECKING:
    from zones.reports.report import Report

__all__ = ["print_group", "print_list", "print_measures", "print_report", "print_written"]


_MEMBER = (
    *("lau_id", "name_fi", "name_sv", "role", "confidence", "basis", "valid_from", "valid_to"),
    *("evidence_year", "weak", "sources", "note"),
)


def print_list(shown: Shown) -> None:
    """Print all zones and networks."""
    every = (*all_groups(), *themes())
    data = Data(
        content=lambda: {"groups": [_brief(group) for group in every]},
        rows=lambda _: _extent_rows(every),
        sheets=lambda lang: extent_sheets(every, lang),
    )
    if hand_over(data, shown):
        return
    out, voice = console(), shown.voice
    word = _words(voice)
    zones = rich_table([word("id"), word("name"), word("extents")], title=word("zones"))
    for zone in all_groups("zone"):
        extents = ", ".join(
            f"{e.id} ({len(e)}{', ' + word('default') if e.default else ''})" for e in zone.extents
        )
        zones.add_row(zone.id, zone.short_names.text(voice.lang), extents)
    networks = rich_table([word("id"), word("name"), word("members")], title=word("networks"))
    for network in all_groups("network"):
        known = {row.lau_id for row in network.memberships if not row.weak}
        networks.add_row(
            network.id,
            network.names.text(voice.lang),
            str(len(known)) if known else word("members_not_known"),
        )
    out.print(zones)
    out.print()
    out.print(networks)


def _words(voice: Voice) -> Any:
    return lambda key, **params: voice.phrase(f"cli.{key}", **params)


def _brief(group: Group | Theme) -> dict[str, Any]:
    brief: dict[str, Any] = {
        "id": group.id,
        "kind": "theme" if isinstance(group, Theme) else group.kind,
        "names": {"fi": group.names.fi, "sv": group.names.sv, "en": group.names.en},
    }
    if not isinstance(group, Theme):
        brief["extents"] = [
            {"id": e.id, "division": e.division, "members": len(e), "default": e.default}
            for e in group.extents
        ]
    return brief


def _extent_rows(groups: Iterable[Group | Theme]) -> tuple[Sequence[str], list[list[Any]]]:
    """Return a row an extent, and one for a group or theme without any."""
    rows = []
    for brief in map(_brief, groups):
        names = (brief["names"][lang] for lang in LANGUAGES)
        head = [brief["id"], brief["kind"], *names]
        extents = brief.get("extents") or [dict.fromkeys(("id", "division", "members", "default"))]
        rows += [[*head, *extent.values()] for extent in extents]
    columns = ("id", "kind", *(f"names_{lang}" for lang in LANGUAGES))
    return (*columns, "extent", "division", "members", "default"), rows


def print_group(group: Group | Theme, shown: Shown) -> None:
    """Print what is known of a zone, network or theme, with sources and gaps."""
    evidence = getattr(group, "memberships", ())
    data = Data(
        content=lambda: _full(group),
        rows=lambda _: _member_rows(group),
        sheets=lambda lang: member_sheets(evidence, lang),
    )
    if hand_over(data, shown):
        return
    out, voice = console(), shown.voice
    word = _words(voice)
    out.print(heading(group.names.text(voice.lang)))
    if not isinstance(group, Theme):
        for key, value in _headings(group, voice):
            if value:
                out.print(f"{word(key)}: {value}")
        out.print()
        if group.extents:
            out.print(_extent_table(group, voice))
            out.print()
            out.print(_member_table(group, voice))
        else:
            out.print(word("members_not_known"))
        weak = sum(row.weak for row in group.memberships)
        if weak:
            out.print(word("weak_left_out", count=weak))
        for key in ("gaps", "contradictions"):
            lines = getattr(group, key, ())
            if lines:
                out.print(heading(f"\n{word(key)} ({len(lines)})"))
                for line in lines:
                    out.print(f"  – {line.text(voice.lang)}")


def _headings(group: Zone | Network, voice: Voice) -> list[tuple[str, str | None]]:
    if isinstance(group, Zone):
        return [("host", group.host), ("period", voice.period(group.period_from, group.period_to))]
    theme = next((each for each in themes() if each.id == group.theme), None)
    return [
        ("theme", theme.names.text(voice.lang) if theme else None),
        ("coordinator", group.coordinator),
        ("period", voice.period(group.valid_from, group.valid_to)),
        ("source", group.source),
        ("about", group.about.text(voice.lang) if group.about else None),
    ]


def _extent_table(group: Zone | Network, voice: Voice) -> Table:
    word = _words(voice)
    columns = [word("id"), word("units"), word("name"), word("source")]
    table = rich_table(columns, title=word("extents"), numbers=[word("units")])
    for extent in group.extents:
        mark = f" ({word('default')})" if extent.default else ""
        table.add_row(
            f"{extent.id}{mark}",
            str(len(extent)),
            extent.title(voice.lang),
            rendered(credit(extent.source), voice.lang),
        )
    return table


def _member_table(group: Zone | Network, voice: Voice) -> Table:
    word = _words(voice)
    names = ("id", "name", "role", "confidence", "dates", "source")
    title = f"{word('rows')} ({len(group.memberships)})"
    table = rich_table([word(name) for name in names], title=title)
    for row in group.memberships:
        table.add_row(
            row.lau_id,
            voice.member(row),
            voice.phrase(f"groups.role.{row.role}"),
            voice.phrase(f"groups.confidence.{row.confidence}"),
            voice.period(row.valid_from, row.valid_to) or str(row.evidence_year or ""),
            rendered(credit(row.source), voice.lang),
        )
    return table


def _full(group: Group | Theme) -> dict[str, Any]:
    full = _brief(group)
    for key in ("gaps", "contradictions"):
        full[key] = [text.text("en") for text in getattr(group, key, ())]
    columns, rows = _member_rows(group)
    full["members"] = [dict(zip(columns, row, strict=True)) for row in rows]
    return full


def _member_rows(group: Group | Theme) -> tuple[Sequence[str], list[list[Any]]]:
    """Return a row of evidence a row."""
    rows = [[getattr(row, name) for name in _MEMBER] for row in getattr(group, "memberships", ())]
    return _MEMBER, [[list(v) if isinstance(v, tuple) else v for v in row] for row in rows]


def print_measures(area: Area, table: MeasureTable, shown: Shown, *, members: bool = True) -> None:
    """
    Print the measures of an area: a table for people, JSON or CSV for programs.

    Parameters
    ----------
    members
        Whether people see the figures of single members of a table of theirs.
    """
    voice = shown.voice
    worth = [measure for measure in table if worth_showing(area, measure)]
    data = Data(
        content=lambda: table_json(area, table),
        rows=lambda lang: table_rows([(area, table)], lang=lang),
        sheets=lambda lang: figure_sheets(worth, lang, key=lambda one: voice.key(area, one)),
    )
    if hand_over(data, shown):
        return
    word = _words(voice)
    out = console()
    out.print(_area_line(area, voice, people=any(map(_rests_on_people, worth))))
    names = ("measure", "of", "figure", "bounds", "year", "units")
    numbers = [word(name) for name in ("figure", "bounds", "year")]
    rows = rich_table([word(name) for name in names], numbers=numbers)
    if not members:
        worth = [row for row in worth if row.label is None or key_kind(row) != "member"]
    for measure in worth:
        # Of a table of a user's own, members with a figure are most of them; of flows, few.
        given = measure.label is not None and measure.name not in CONTRACT
        everyone = measure.name == "members" or (given and measure.key is None)
        counted = None if everyone else measure.items
        rows.add_row(
            voice.name(measure),
            voice.key(area, measure),
            voice.figure(measure),
            voice.bounds(measure),
            voice.year(measure),
            voice.items(area, measure) if counted else "",
        )
    out.print(rows)
    # Those of the rows that are shown: others would credit a country without a member.
    for note in dict.fromkeys(voice.text(area, note) for row in worth for note in row.notes):
        out.print(f"– {note}")
    out.print(heading(word("sources")))
    for line in dict.fromkeys(rendered(line, voice.lang) for row in worth for line in row.sources):
        out.print(f"  {line}")


def _rests_on_people(row: Measure) -> bool:
    """Whether the year of people matters to a figure; of a table of a user's it may."""
    return row.name not in CONTRACT or "people" in CONTRACT[row.name].bases


def _area_line(area: Area, voice: Voice, *, people: bool) -> str:
    word = _words(voice)
    line: str = word(
        "area_line",
        name=area.title(voice.lang),
        extent=area.extent.title(voice.lang),
        members=voice.amount(len(area.units), "municipalities"),
        division=str(area.division),
    )
    if not people:
        return line
    if area.data_year is None:
        return f"{line}; {word('people_unknown')}"
    return f"{line}; {word('people_line', year=str(area.data_year))}"


def print_report(written: "Report", shown: Spoken) -> None:
    """Print the headline figures of a report and the files it wrote."""
    out, voice = console(), shown.voice
    word = _words(voice)
    for area, table in written.parts:
        out.print(heading(area.title(voice.lang)))
        share, surface = table.get("population_share"), table.get("area")
        members, several = table.get("members"), len(area.countries) > 1
        lines = [f"{voice.figure(members)} ({area.extent.title(voice.lang)}, {area.division})"]
        for measure in (table.get("population", key) for key in area.keys):
            if measure.value is not None and worth_showing(area, measure):
                part = f"{voice.key(area, measure)}: " if measure.key else ""
                figure = voice.number(measure.value) if measure.key else voice.people(table)
                lines.append(part + word("headline_people", people=figure, year=str(measure.year)))
                # A share of a country stands with the part of the zone that is in it.
                if share.value is not None and measure.key == (area.home if several else None):
                    percent = voice.share(table)
                    said = said_of_home(
                        "cli.headline_share", "headline", [area], voice.lang,
                        share=percent, year=str(share.year),
                    )  # fmt: skip
                    lines[-1] += f"; {said}"
        if surface.value is not None:
            lines.append(", ".join(filter(None, (voice.figure(surface), voice.bounds(surface)))))
        for line in lines:
            out.print(f"  {line}")
        for note in area.notes:
            out.print(f"  – {voice.text(area, note)}")
    if not any(path.name == "map.html" for path in written.files):
        out.print(word("no_map"))
    print_written(written.files, shown)


def print_written(files: Iterable[Path], shown: Spoken) -> None:
    """Print the files that were written."""
    for path in files:
        write_line(shown.voice.phrase("cli.wrote", path=str(path)))
