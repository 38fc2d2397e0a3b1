"""Maps inside a page: SVG without a prologue, with the ground drawn once for all languages."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from zones.maps.paper.backends import blank, drawn_bytes, settings
from zones.maps.paper.carto import named, paint_ground, paint_names, set_frame
from zones.maps.paper.corners import scale_bar
from zones.maps.paper.scene import Frame, Scene, frame_around, scene_for
from zones.output import visible
from zones.texts import Language, check_language

if TYPE_CHECKING:
    from zones.extents.area import Area

__all__ = ["map_svg", "map_svgs"]

_PROLOGUE = re.compile(r"^.*?(?=<svg )|<metadata>.*?</metadata>", re.DOTALL)
_STYLE = re.compile(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.DOTALL)
_OPENING = re.compile(r'<svg [^>]*?(viewBox="[^"]*")[^>]*>')
_ID = re.compile(r' id="([^"]*)"')
_AXES = re.compile(r'<g id="axes_1">\n')
_END = "  </g>\n </g>\n"
"""Where the axes and the figure end; what lies above all else stands before it."""


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
    spoken = check_language(lang)
    return map_svgs(areas, [spoken], view=view, size=size, names=names, label=label)[spoken]


def map_svgs(
    areas: "Sequence[Area] | Area",
    langs: Sequence[Language],
    *,
    view: str = "groups",
    size: tuple[float, float] = (118.0, 150.0),
    names: int = 30,
    label: str | None = None,
) -> dict[Language, str]:
    """
    Return the map in several languages, each as `map_svg` returns it.

    What is not text is drawn once.

    Parameters
    ----------
    areas, view, size, names, label
        As in `map_svg`.
    langs
        The languages.
    """
    scene = scene_for(areas, langs[0], view)
    frame = frame_around(scene, size[0] / size[1])
    with settings():
        figure = blank(*size)
        axes = figure.add_axes((0, 0, 1, 1))
        paint_ground(axes, scene, frame)
        scale_bar(axes)
        ground = _inline(drawn_bytes(figure, "svg", digits=1).decode(), label)
        written = dict(zip(langs, _names_alone(scene, frame, size, names, langs), strict=True))
    before, end, after = ground.rpartition(_END)
    return {lang: f"{before}{names}{end}{after}" for lang, names in written.items()}


def _names_alone(
    scene: Scene,
    frame: Frame,
    size: tuple[float, float],
    most: int,
    langs: Sequence[Language],
) -> Iterator[str]:
    """Yield what stands above the ground in each language, as it would be in the same drawing."""
    figure = blank(*size)
    axes = figure.add_axes((0, 0, 1, 1))
    set_frame(axes, frame)
    axes.set_axis_off()
    # Where all that is named has one name in two languages, so have the drawings.
    drawn: dict[tuple[str, ...], str] = {}
    for lang in langs:
        chosen = named(scene, frame, most, lang)
        names = tuple(chosen["name"])
        if names not in drawn:
            paint_names(axes, scene, chosen)
            text = drawn_bytes(figure, "svg", digits=1).decode()
            start = _AXES.search(text)
            drawn[names] = "" if start is None else _unnamed(text[start.end() : text.rindex(_END)])
            for name in (*axes.lines, *axes.texts):
                name.remove()
        yield drawn[names]


def _inline(text: str, label: str | None) -> str:
    bare = _STYLE.sub("", _PROLOGUE.sub("", text))
    bare = _unnamed(bare)
    words = (
        "" if label is None else f' role="img" aria-label="{escape(visible(label), quote=True)}"'
    )
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    # matplotlib says this of every element of the page it stands in.
    style = 'style="stroke-linejoin:round;stroke-linecap:butt"'
    return _OPENING.sub(lambda match: f"<svg {match[1]} {space} {style}{words}>", bare, count=1)


def _unnamed(text: str) -> str:
    """Return SVG without the ids that nothing refers to."""
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", text))
    return _ID.sub(lambda match: match[0] if match[1] in used else "", text)
