"""Maps for paper: PNG, SVG and PDF on A4, in EPSG:3067, the same bytes for the same input."""

import io
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import ArgumentError
from geodata.messages import unknown
from zones.catalogue.names import all_groups
from zones.errors import OutputError
from zones.maps.indicators import MapColumn
from zones.maps.palette import VIEWS
from zones.maps.paper.carto import paint
from zones.maps.paper.figures import figure_key
from zones.maps.paper.scene import Scene, frame_around, scene_of
from zones.maps.paper.sheet import (
    HEIGHT,
    WIDTH,
    Column,
    add_axes,
    cards,
    inset,
    legend,
    scale_bar,
    sources,
    title,
)
from zones.output import visible, write_with
from zones.texts import Language, check_language, phrase

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from zones.extents.area import Area

__all__ = ["FORMATS", "draw", "map_svg"]

FORMATS = ("png", "svg", "pdf")
_DPI = 200
_MM = 25.4
_MAP = (12.0, 21.0, 134.0, 240.0)
_SIDE = (151.0, 261.0, 48.0)
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "zones",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "axes.unicode_minus": True,
    "path.simplify": False,
}
_FONTS = ("Noto Sans", "Source Sans 3", "Open Sans", "DejaVu Sans")
# What a backend writes of itself and of the day it ran.
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_ROUNDED = {digits: re.compile(rf"(\d+\.\d{{{digits}}})\d+") for digits in (1, 2)}
_PATH_DATA = re.compile(r'(?<= d=")[^"]*(?=")')
_PROLOGUE = re.compile(r"^.*?(?=<svg )|<metadata>.*?</metadata>", re.DOTALL)
_STYLE = re.compile(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.DOTALL)
_OPENING = re.compile(r'<svg [^>]*?(viewBox="[^"]*")[^>]*>')
_ID = re.compile(r' id="([^"]*)"')


def draw(
    areas: "Iterable[Area] | Area",
    path: "str | os.PathLike[str]",
    *,
    lang: str | None = None,
    title: str | None = None,
    view: str = "groups",
    column: MapColumn | None = None,
) -> Path:
    """
    Draw extents on an A4 sheet: map, figures, legend, scale bar and sources.

    Parameters
    ----------
    areas
        Extents in a year, of one division.
    path
        Where the file goes; its suffix, ``.png``, ``.svg`` or ``.pdf``, says in which form.
    lang
        Language of the sheet: ``fi``, ``sv`` or ``en``.
    title
        Heading; the group's name where there is one group, else what the map shows.
    view
        ``groups`` as fills, or a choropleth of ``people``, ``density`` or ``change`` with the
        groups as outlines.
    column
        A column of a table that is drawn in place of the view.

    Returns
    -------
    Path
        The file written. The same input on the same machine gives the same bytes.

    Raises
    ------
    OutputError
        If the suffix is another one, or the file cannot be written.
    NoGeometryError
        If there are no boundaries for the division.
    """
    target = Path(path)
    form = target.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        wanted = ", ".join(f".{name}" for name in FORMATS)
        raise OutputError(f"cannot draw a map into {str(target)!r}: give a name ending in {wanted}")
    scene = _scene(areas, check_language(lang), view, column)
    with _settings():
        figure = _sheet(scene, title)
        return write_with(target, lambda draft: draft.write_bytes(_bytes(figure, form)))


def map_svg(
    areas: "Sequence[Area] | Area",
    *,
    lang: str | None = None,
    view: str = "groups",
    size: tuple[float, float] = (118.0, 150.0),
    names: int = 30,
    label: str | None = None,
) -> str:
    """
    Return the map alone as SVG that can stand inside a page, without prologue and metadata.

    Parameters
    ----------
    areas, lang, view
        As in `draw`.
    size
        Width and height in millimetres.
    names
        At most so many names of members.
    label
        What the picture is, for those who do not see it; already escaped text is not expected.
    """
    scene = _scene(areas, check_language(lang), view)
    with _settings():
        figure = _blank(*size)
        axes = figure.add_axes((0, 0, 1, 1))
        frame = frame_around(scene, size[0] / size[1])
        paint(axes, scene, frame, names=names)
        scale_bar(axes)
        text = _bytes(figure, "svg", digits=1).decode()
    return _inline(text, label)


def _scene(
    areas: "Iterable[Area] | Area", lang: Language, view: str, column: MapColumn | None = None
) -> Scene:
    if view not in VIEWS:
        raise ArgumentError(unknown("view", view, VIEWS))
    chosen = tuple(areas) if isinstance(areas, Iterable) else (areas,)
    if not chosen:
        raise ArgumentError("no extents are given: give at least one, as zones.area returns them")
    return scene_of(chosen, lang=lang, view=view, column=column)


def _blank(width: float, height: float) -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - slow to load
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    figure = Figure(figsize=(width / _MM, height / _MM), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _sheet(scene: Scene, heading: str | None) -> "Figure":
    figure = _blank(WIDTH, HEIGHT)
    title(figure, scene, _heading(scene) if heading is None else heading)
    left, bottom, width, height = _MAP
    frame = frame_around(scene, width / height)
    axes = add_axes(figure, left, bottom, width, height)
    column = Column(figure, *_SIDE)
    cards(column, scene)
    column.space(6)
    legend(column, scene)
    figure_key(column, scene)
    if not scene.shapes.own and frame.height < 1_000_000 and column.y > 85:
        inset(add_axes(figure, _SIDE[0], bottom, 30, 52), scene, frame)
    paint(axes, scene, frame)
    scale_bar(axes)
    sources(figure, scene)
    return figure


def _heading(scene: Scene) -> str:
    if len(scene.areas) == 1:
        return scene.areas[0].group.names.text(scene.lang)

    known = {group.id for group in all_groups("zone")}
    own = any(area.group.id not in known for area in scene.areas)
    return phrase("static.title_own" if own else "static.title", scene.lang)


@contextmanager
def _settings() -> Iterator[None]:
    """Draw with the library's own settings, whatever the user's are, and leave those alone."""
    import matplotlib as mpl  # noqa: PLC0415 - slow to load
    from matplotlib import font_manager  # noqa: PLC0415 - slow to load

    have = set(font_manager.get_font_names())
    with mpl.rc_context(), warnings.catch_warnings():
        # A name may hold letters that no font here has; they are drawn as boxes.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        mpl.rcdefaults()
        settings: Any = mpl.rcParams
        settings.update(_SETTINGS)
        settings["font.family"] = [name for name in _FONTS if name in have]
        yield


def _bytes(figure: "Figure", form: str, *, digits: int = 2) -> bytes:
    stream = io.BytesIO()
    figure.savefig(
        stream, format=form, dpi=_DPI if form == "png" else 72, metadata=_METADATA[form],
        facecolor="white",
    )  # fmt: skip
    found = stream.getvalue()
    if form != "svg":
        return found
    rounded = _ROUNDED[digits]
    text = _PATH_DATA.sub(lambda match: rounded.sub(r"\1", match[0]), found.decode())
    return text.encode()


def _inline(text: str, label: str | None) -> str:

    bare = _STYLE.sub("", _PROLOGUE.sub("", text))
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", bare))
    bare = _ID.sub(lambda match: match[0] if match[1] in used else "", bare)
    words = (
        "" if label is None else f' role="img" aria-label="{escape(visible(label), quote=True)}"'
    )
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    # matplotlib says this of every element of the page it stands in.
    style = 'style="stroke-linejoin:round;stroke-linecap:butt"'
    return _OPENING.sub(lambda match: f"<svg {match[1]} {space} {style}{words}>", bare, count=1)
