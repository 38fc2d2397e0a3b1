"""The page of a report: templates filled with what the chapters say, all of it escaped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import metadata, resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from geodata import snapshot
from zones.maps.palette import PALETTE, numbers
from zones.model.credits import credit
from zones.reports.chapters import Chapter
from zones.reports.plots import distance_plot, graph_plot, time_plots
from zones.texts import rendered
from zones.wording.voice import Voice

__all__ = ["DATASETS", "Drawn", "page", "title", "words"]

DATASETS = (
    "boundaries-fi", "boundaries-se", "neighbours-fi", "register", "population-fi",
    "population-fi-2025", "population-se", "centres", "backdrop",
)  # fmt: skip
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Drawn:
    """The maps of a report as SVG: one of everything, and one a chapter; empty where none."""

    overview: str
    chapters: tuple[str, ...]


def page(chapters: Sequence[Chapter], drawn: Drawn, *, voice: Voice, files: Sequence[str]) -> str:
    """
    Return the page as HTML that asks nothing of the network.

    Parameters
    ----------
    chapters
        What is said of each extent.
    drawn
        The maps.
    voice
        Language of the page.
    files
        Names of the files beside it.
    """
    number = numbers([chapter.area.group for chapter in chapters])
    shown = [
        {
            "c": chapter,
            "anchor": f"zone-{rank}",
            "colour": PALETTE[number[chapter.id] % len(PALETTE)],
            "map": Markup(map_svg),  # noqa: S704 - drawn here, every text in it escaped
            "time": [(head, Markup(plot)) for head, plot in time_plots(chapter.area, voice)],  # noqa: S704
            "distance": Markup(distance_plot(chapter.table, voice)),  # noqa: S704
            "graph": Markup(graph_plot(chapter.area, chapter.table, voice)),  # noqa: S704
        }
        for rank, (chapter, map_svg) in enumerate(
            zip(chapters, drawn.chapters, strict=True), start=1
        )
    ]
    return (
        _environment()
        .get_template("index.html")
        .render(
            lang=voice.lang,
            t=partial(words, voice),
            policy=POLICY,
            style=Markup(_style()),  # noqa: S704 - the library's own
            title=title(chapters, voice),
            shown=shown,
            overview=Markup(drawn.overview),  # noqa: S704 - as above
            files=files,
            datasets=_datasets(voice),
            version=metadata.version("development-zones"),
        )
    )


def _datasets(voice: Voice) -> list[snapshot.Attribution]:
    found = map(snapshot.attribution, DATASETS)
    return [replace(one, line=rendered(credit(one.line), voice.lang)) for one in found]


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
    return resources.files(__package__).joinpath("templates", "report.css").read_text("utf-8")
