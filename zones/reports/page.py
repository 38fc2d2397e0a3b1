"""The page of a report: templates filled with what the chapters say, all of it escaped."""

import base64
import hashlib
import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import metadata, resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from geodata import countries, snapshot
from zones.maps.palette import SHARED, custom_properties, numbers
from zones.model.credits import credit
from zones.reports.chapters import Chapter
from zones.reports.comparison import comparison, panel
from zones.reports.pictures import Ink, image
from zones.reports.plots import distance_plot, graph_plot, time_plots
from zones.texts import LANGUAGES, Language, phrases, rendered
from zones.wording.voice import Voice

__all__ = ["DATASETS", "Edition", "page", "title", "words"]

DATASETS = (
    "boundaries-fi", "boundaries-se", "neighbours-fi", "register", "population-fi",
    "population-fi-2025", "population-se", "centres", "backdrop",
)  # fmt: skip
MAP_SIZE = (446, 567)
"""Pixels of a map where nothing else says how large it is."""
_WORTH = 100
"""Characters that an image has to share with another to be kept as what differs."""
_SECTIONS = (
    *("what", "members", "coverage", "reach", "connectivity"),
    *("indicators", "claims", "gaps", "sources"),
)


@dataclass(frozen=True)
class Edition:
    """
    What a report says in one language.

    Attributes
    ----------
    chapters
        What is said of each extent.
    overview, maps
        The maps as SVG: one of everything, and one a chapter; empty where none can be drawn.
    """

    chapters: tuple[Chapter, ...]
    overview: str
    maps: tuple[str, ...]


def page(editions: Mapping[Language, Edition], *, lang: Language, files: Sequence[str]) -> str:
    """
    Return the page as HTML that asks nothing of the network, and that its reader can turn.

    It stands in one language; the others are in it as data, which a script of its own puts in its
    place when asked to. Without scripts, and in a word processor, there is the one language.

    Parameters
    ----------
    editions
        What is said in each language.
    lang
        The language that the page opens in.
    files
        Names of the files beside it.
    """
    bodies = {spoken: _body(editions[spoken], Voice(spoken), files) for spoken in editions}
    script = _resource("report.js")
    shown = bodies.pop(lang)
    others = {
        spoken: _kept(title(editions[spoken].chapters, Voice(spoken)), body, shown)
        for spoken, body in bodies.items()
    }
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        _environment()
        .get_template("index.html")
        .render(
            lang=lang,
            policy=(
                f"default-src 'none'; script-src 'sha256-{hashed}'; style-src 'unsafe-inline'; "
                "img-src data:; base-uri 'none'; form-action 'none'"
            ),
            style=Markup(_style()),  # noqa: S704 - the library's own
            title=title(editions[lang].chapters, Voice(lang)),
            body=Markup(shown),  # noqa: S704 - a template's, escaped there
            others=[(spoken, Markup(kept)) for spoken, kept in others.items()],  # noqa: S704 - JSON
            script=Markup(script),  # noqa: S704 - the library's own
        )
    )


def _body(edition: Edition, voice: Voice, files: Sequence[str]) -> str:
    chapters = edition.chapters
    number = numbers([chapter.area.group for chapter in chapters])
    palette = [Ink(light, dark) for light, dark in SHARED["groups"]]
    inks = [palette[number[chapter.id] % len(palette)] for chapter in chapters]
    shown = [
        {
            "c": chapter,
            "anchor": f"zone-{rank}",
            "sections": [name for name in _SECTIONS if _has(chapter, name)],
            "ink": ink,
            "map": _map(drawn, _map_words([chapter], voice)),
            "time": time_plots(chapter.area, voice, ink),
            "distance": distance_plot(chapter.table, voice, ink),
            "graph": graph_plot(chapter.area, chapter.table, voice, ink),
        }
        for rank, (chapter, drawn, ink) in enumerate(
            zip(chapters, edition.maps, inks, strict=True), start=1
        )
    ]
    columns = comparison(chapters, voice) if len(chapters) > 1 else ()
    names = [chapter.title for chapter in chapters]
    return (
        _environment()
        .get_template("body.html")
        .render(
            lang=voice.lang,
            t=partial(words, voice),
            title=title(chapters, voice),
            shown=shown,
            columns=columns,
            panels=[(one.name, plot) for one in columns if (plot := panel(one, names, inks))],
            overview=_map(edition.overview, _map_words(chapters, voice)),
            files=files,
            datasets=_datasets(chapters, voice),
            elsewhere=[
                (other, Voice(other).phrase("report.other_language"))
                for other in LANGUAGES
                if other != voice.lang
            ],
            version=metadata.version("development-zones"),
        )
    )  # fmt: skip


def _has(chapter: Chapter, section: str) -> bool:
    match section:
        case "indicators":
            return chapter.indicators is not None
        case "claims":
            return chapter.published
        case "gaps":
            return bool(chapter.gaps or chapter.contradictions)
    return True


def _map(svg: str, words: str) -> Markup:
    return image(svg, words, kind="map", size=MAP_SIZE) if svg else Markup()


def _map_words(chapters: Sequence[Chapter], voice: Voice) -> str:
    """Say what a map shows: of each extent its name, size and regions, and what is documented."""
    said = []
    for chapter in chapters:
        regions = dict.fromkeys(row.region for row in chapter.members if row.region)
        seen = chapter.table.get("members_with_evidence").value
        said.append(
            voice.phrase(
                "report.map_words",
                name=chapter.title,
                extent=chapter.area.extent.title(voice.lang),
                members=chapter.size,
                seen=int(seen or 0),
                regions=", ".join(regions),
            )
        )
    return " ".join(said)


_IMAGE = 'src="data:image/svg+xml,'


def _kept(heading: str, body: str, shown: str) -> str:
    """Return an edition as JSON within a script; of an image, what is not in the one shown."""
    base = [part.partition('"')[0] for part in shown.split(_IMAGE)[1:]]
    first, *parts = body.split(_IMAGE)
    lean = [first]
    for number, part in enumerate(parts):
        data, end, rest = part.partition('"')
        same = base[number] if number < len(base) else ""
        lean.append(f"{_differing(data, same, number)}{end}{rest}")
    text = json.dumps({"title": heading, "body": _IMAGE.join(lean)}, ensure_ascii=False)
    for tag in ("/", "!--", "script"):
        text = text.replace(f"<{tag}", f"\\u003c{tag}")
    return text


def _differing(data: str, shown: str, number: int) -> str:
    """Return data as what stands between the beginning and the end that it shares with others."""
    start = _alike(data, shown)
    end = _alike(data[start:][::-1], shown[start:][::-1])
    if start + end < _WORTH:
        return data
    return f"={number}:{start}:{end}:{data[start : len(data) - end]}"


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    lengths = range(1, min(len(one), len(other)) + 1)
    return bisect_left(lengths, x=True, key=lambda size: one[:size] != other[:size])


def _datasets(chapters: Sequence[Chapter], voice: Voice) -> list[snapshot.Attribution]:
    """Return what was brought in of countries, and what is bundled of all that figures rest on."""
    texts = phrases("credits", voice.lang)
    touched = list(dict.fromkeys(code for one in chapters for code in one.area.countries))
    given = [record for record in map(countries.country, touched) if record.given]
    used = {credit(line) for one in chapters for row in one.table for line in row.sources}
    bundled = {
        name: found
        for name in DATASETS
        for found in [snapshot.attribution(name)]
        if name == "backdrop" or credit(found.line) in used
    }
    brought = [
        snapshot.Attribution(
            dataset=record.code,
            title=record.names[voice.lang],
            publisher="",
            licence="",
            url="",
            changes="",
            line=record.line("boundaries"),
            reference_date=", ".join(map(str, record.people().columns)) or "–",
        )
        for record in given
    ]
    return brought + [
        replace(
            found,
            line=rendered(credit(found.line), voice.lang),
            title=texts[f"title.{name}"],
            reference_date=texts[f"of.{name}"],
        )
        for name, found in bundled.items()
    ]


def title(chapters: Sequence[Chapter], voice: Voice) -> str:
    """Return the title of a report."""
    if len(chapters) == 1:
        return voice.phrase("report.title_one", name=chapters[0].title)
    return voice.phrase("report.title")


def words(voice: Voice, key: str, **params: Any) -> str:
    """Return a text of the report, or of claims and measures by its whole key."""
    name = (
        key if "." in key and key.partition(".")[0] in {"claims", "measures"} else f"report.{key}"
    )
    return voice.phrase(name, **params)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("zones.reports"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _style() -> str:
    light, dark = custom_properties("light"), custom_properties("dark")
    themes = (
        f":root {{ color-scheme: light; {light}; }}",
        f":root[data-theme=dark] {{ color-scheme: dark; {dark}; }}",
        (
            "@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) "
            f"{{ color-scheme: dark; {custom_properties('dark')}; }} }}"
        ),
        # Paper is white.
        f"@media print {{ :root:root:root {{ color-scheme: light; {light}; }} }}",
    )
    return "\n".join([*themes, _resource("report.css")])


def _resource(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8")
