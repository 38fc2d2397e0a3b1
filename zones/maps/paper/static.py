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
from zones.maps.forms import FORMATS, form_of
from zones.maps.indicators import MapColumn
from zones.maps.palette import VIEWS
from zones.maps.paper.carto import paint
from zones.maps.paper.corners import inset, scale_bar
from zones.maps.paper.figures import figure_key
from zones.maps.paper.layout import (
    MM,
    Box,
    Paper,
    enlarge,
    layout_of,
    paper_of,
)
from zones.maps.paper.scene import Scene, frame_around, natural_ratio, scene_of
from zones.maps.paper.sheet import (
    Column,
    add_axes,
    cards,
    legend,
    sheet_size,
    sources,
    title,
)
from zones.output import check_target, visible, write_with
from zones.texts import Language, check_language, phrase

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from zones.extents.area import Area

__all__ = ["draw", "map_svg"]

_TIGHTER = ((12, 24), (8, 24), (4, 24), (2, 24), (0, 24), (0, 12), (0, 6))
"""How many groups get a short card and a line of the legend where not all fits the sheet."""
_INSET = (30.0, 52.0)
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
    size: str = "A4",
    landscape: bool = False,
    dpi: float | None = None,
) -> Path:
    """
    Draw extents on a sheet: map, figures, legend, scale bar and sources.

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
    size, landscape, dpi
        The paper, as `paper_of` takes it: A4 upright where not given.

    Returns
    -------
    Path
        The file written. The same input on the same machine gives the same bytes.

    Raises
    ------
    OutputError
        If the suffix is another one, or the file cannot be written.
    ArgumentError
        If there is no such view or paper.
    NoGeometryError
        If there are no boundaries for the division.
    """
    target = Path(path)
    check_target(target)
    form = form_of(target, FORMATS)
    paper = paper_of(size, landscape=landscape, dpi=dpi, form=form)
    scene = _scene(areas, check_language(lang), view, column)
    with _settings():
        figure = _sheet(scene, title, paper)
        drawn = _bytes(figure, form, dpi=paper.dpi)
    return write_with(target, lambda draft: draft.write_bytes(drawn))


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

    figure = Figure(figsize=(width / MM, height / MM), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _sheet(scene: Scene, heading: str | None, paper: Paper) -> "Figure":
    """Set the sheet as if it were about as large as A4, and then enlarge it to the paper."""
    times = paper.enlarged
    figure = _blank(paper.width / times, paper.height / times)
    top = title(figure, scene, _heading(scene) if heading is None else heading)
    layout = layout_of(*sheet_size(figure), top, natural_ratio(scene))
    box = layout.map
    axes = add_axes(figure, box.left, box.bottom, box.width, box.height)
    frame = frame_around(scene, box.ratio)
    free = _beside(figure, layout.columns, scene)
    last, (wide, high) = layout.columns[-1], _INSET
    if not scene.shapes.own and frame.height < 1_000_000 and free > high + 6:
        inset(add_axes(figure, last.left, last.bottom, wide, high), scene, frame)
    paint(axes, scene, frame)
    scale_bar(axes)
    sources(figure, scene)
    enlarge(figure, times)
    return figure


def _beside(figure: "Figure", places: Sequence[Box], scene: Scene) -> float:
    """Write figures and legend beside the map, as much as fits; return what is free below."""
    first, *others = places
    for most, groups in ((None, 24), *_TIGHTER):
        columns = [Column(figure, place.left, place.top, place.width) for place in places]
        cards(columns[0], scene, most)
        if not others:
            columns[0].space(6)
        legend(columns[-1], scene, groups)
        figure_key(columns[-1], scene)
        free = [column.y - first.bottom for column in columns]
        if min(free) >= 0 or (most, groups) == _TIGHTER[-1]:
            break
        for column in columns:
            column.axes.remove()
    return free[-1]


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


def _bytes(figure: "Figure", form: str, *, digits: int = 2, dpi: float = 72) -> bytes:
    stream = io.BytesIO()
    figure.savefig(
        stream, format=form, dpi=dpi if form == "png" else 72, metadata=_METADATA[form],
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
