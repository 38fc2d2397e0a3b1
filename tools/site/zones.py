"""A page for each zone: what is known, who says so, what is contradicted, and its map."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import zones
from tools.site.markdown import escaped, table
from zones import Area, Extent, Zone
from zones.texts import phrase, rendered
from zones.wording.voice import Voice

__all__ = ["write_zones"]

_VOICE = Voice("en")
_HEADLINES = ("members", "members_with_evidence", "population", "population_with_evidence", "area")


def write_zones(folder: Path, maps: Path) -> None:
    """Write the pages of the development zones and their index, and a map of each into `maps`."""
    folder.mkdir(parents=True, exist_ok=True)
    maps.mkdir(parents=True, exist_ok=True)
    found = [zone for zone in zones.all_groups() if isinstance(zone, Zone)]
    for zone in found:
        zones.map(zone, lang="en").save(maps / f"{zone.id}.html")
        (folder / f"{zone.id}.md").write_text("\n".join(_page(zone)), encoding="utf-8")
    (folder / "index.md").write_text("\n".join(_index(found)), encoding="utf-8")


def _index(found: list[Zone]) -> Iterator[str]:
    yield "# The zones\n"
    yield "The three development zones that the Finnish Ministry of Economic Affairs and Employment"
    yield "funded in 2021–2023. Each page is made of the facts that the library carries; a fact has"
    yield "a source, and where sources contradict each other, both are there.\n"
    yield "```{toctree}\n"
    yield from (zone.id for zone in found)
    yield "```\n"


def _page(zone: Zone) -> Iterator[str]:
    area = zones.area(zone)
    yield f"# {escaped(zone.names.en or zone.names.fi or zone.id)}\n"
    others = dict.fromkeys(name for name in (zone.names.fi, zone.names.sv) if name)
    yield f"{escaped(' · '.join(others))} · `{zone.id}`\n"
    yield _frame(zone)
    yield "## Figures\n"
    yield from _figures(area)
    yield "## Extents\n"
    yield "Which municipalities the zone is has several documented answers; every figure says which"
    yield "it is for.\n"
    yield from (_extent(zone, extent) for extent in zone.extents)
    yield "## Members by evidence\n"
    yield from _members(zone)
    yield "## Published figures\n"
    yield from _claims(zone)
    if zone.contradictions:
        yield "## What is contradicted\n"
        yield from (f"- {escaped(text.en or text.fi or '')}" for text in zone.contradictions)
    if zone.gaps:
        yield "\n## What is not known\n"
        yield from (f"- {escaped(text.en or text.fi or '')}" for text in zone.gaps)


def _frame(zone: Zone) -> str:
    title = escaped(zone.names.en or zone.id)
    return (
        '```{raw} html\n<iframe class="live-map" loading="lazy" '
        f'title="Map: {title}" src="../../maps/{zone.id}.html#embed"></iframe>\n'
        f'<p><a href="../../maps/{zone.id}.html">Open the map by itself</a></p>\n```\n'
    )


def _figures(area: Area) -> Iterator[str]:
    figures = zones.coverage(area) + zones.reach(area) + zones.connectivity(area)
    shown = [one for one in figures if one.name in _HEADLINES and one.key is None]
    rows = [
        (escaped(rendered(one.title, "en")), _VOICE.figure(one), escaped(_VOICE.year(one)))
        for one in shown
    ]
    yield table(("figure", "value", "year"), rows) + "\n"


def _extent(zone: Zone, extent: Extent) -> str:
    default = ", the default" if extent.default else ""
    text = extent.description.en if extent.description else None
    return (
        f"**{escaped(extent.title('en'))}** (`{zone.id}/{extent.id}`{default}): {len(extent)} "
        f"municipalities of {extent.division}. {escaped(text or '')} {_link(extent.source)}\n"
    )


def _members(zone: Zone) -> Iterator[str]:
    rows = [
        (
            escaped(member.name_fi),
            escaped(phrase(f"groups.role.{member.role}")),
            escaped(_VOICE.period(member.valid_from, member.valid_to)),
            escaped(phrase(f"groups.confidence.{member.confidence}")),
            " ".join(_link(source) for source in member.sources),
        )
        for member in zone.memberships
    ]
    yield table(("municipality", "role", "period", "confidence", "source"), rows) + "\n"


def _claims(zone: Zone) -> Iterator[str]:
    rows = [
        (
            escaped(str(claim.text.en or claim.text.fi)),
            escaped(str(claim.date)),
            escaped(claim.official.en or "") if claim.official else "",
            _link(claim.source),
        )
        for claim in zone.claims
    ]
    yield "{func}`zones.check_claims` holds them against what can be computed.\n"
    yield table(("what is published", "date", "official statistics", "source"), rows) + "\n"


def _link(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"}:
        return escaped(address)
    return f"[{escaped(parts.netloc.removeprefix('www.'))}](<{address}>)"
