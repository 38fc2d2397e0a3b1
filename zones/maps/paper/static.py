"""Maps for paper: PNG, SVG and PDF on A4, in EPSG:3067, the same bytes for the same input."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zones.catalogue.names import all_groups
from zones.maps.forms import FORMATS, form_of
from zones.maps.indicators import MapColumn
from zones.maps.paper.backends import blank, drawn_bytes, settings
from zones.maps.paper.carto import lakes_in, paint
from zones.maps.paper.corners import inset, scale_bar
from zones.maps.paper.figures import figure_key
from zones.maps.paper.keys import lakes_key
from zones.maps.paper.layout import (
    Box,
    Paper,
    enlarge,
    layout_of,
    paper_of,
)
from zones.maps.paper.scene import Frame, Scene, frame_around, natural_ratio, scene_for
from zones.maps.paper.sheet import (
    Column,
    add_axes,
    cards,
    legend,
    sheet_size,
    sources,
    title,
)
from zones.output import check_target, path_of, write_with
from zones.texts import check_language, phrase

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from zones.extents.area import Area

__all__ = ["draw"]

_TIGHTER = ((12, 24), (8, 24), (4, 24), (2, 24), (0, 24), (0, 12), (0, 6))
"""How many groups get a short card and a line of the legend where not all fits the sheet."""
_INSET = (30.0, 52.0)


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
    target = path_of(path)
    check_target(target)
    form = form_of(target, FORMATS)
    paper = paper_of(size, landscape=landscape, dpi=dpi, form=form)
    scene = scene_for(areas, check_language(lang), view, column)
    with settings():
        figure = _sheet(scene, title, paper)
        drawn = drawn_bytes(figure, form, dpi=paper.dpi)
    return write_with(target, lambda draft: draft.write_bytes(drawn))


def _sheet(scene: Scene, heading: str | None, paper: Paper) -> "Figure":
    """Set the sheet as if it were about as large as A4, and then enlarge it to the paper."""
    times = paper.enlarged
    figure = blank(paper.width / times, paper.height / times)
    top = title(figure, scene, _heading(scene) if heading is None else heading)
    layout = layout_of(*sheet_size(figure), top, natural_ratio(scene))
    box = layout.map
    axes = add_axes(figure, box.left, box.bottom, box.width, box.height)
    frame = frame_around(scene, box.ratio)
    free = _beside(figure, layout.columns, scene, frame)
    last, (wide, high) = layout.columns[-1], _INSET
    if not scene.shapes.own and frame.height < 1_000_000 and free > high + 6:
        inset(add_axes(figure, last.left, last.bottom, wide, high), scene, frame)
    paint(axes, scene, frame)
    scale_bar(axes)
    sources(figure, scene)
    enlarge(figure, times)
    return figure


def _beside(figure: "Figure", places: Sequence[Box], scene: Scene, frame: Frame) -> float:
    """Write figures and legend beside the map, as much as fits; return what is free below."""
    first, *others = places
    for most, groups in ((None, 24), *_TIGHTER):
        columns = [Column(figure, place.left, place.top, place.width) for place in places]
        cards(columns[0], scene, most)
        if not others:
            columns[0].space(6)
        legend(columns[-1], scene, groups)
        figure_key(columns[-1], scene)
        if scene.classed and lakes_in(scene, frame).size:
            lakes_key(columns[-1], scene)
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
