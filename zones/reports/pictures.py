"""Pictures of a page: SVG that stands on its own, in the page as an image with words for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from string import Template
from urllib.parse import quote

from markupsafe import Markup

from zones.maps.palette import SHARED
from zones.output import visible

__all__ = ["Ink", "drawing", "image", "lettering", "lighter"]

_FONT = "system-ui,-apple-system,'Segoe UI','Noto Sans',Roboto,'Helvetica Neue',Arial,sans-serif"
_RULES = Template(
    "text{fill:$ink}.tick,.label,.range{fill:$muted}.grid,.axis{stroke:$line}.axis{stroke:$strong}"
    ".series,.tie{stroke:$zone}.dot,.node{fill:$paper;stroke:$zone}"
    ".whisker{stroke:$ink}.unit{fill:$unit;stroke:$paper}.cut{fill:$zone;stroke:$paper}"
    ".halo{fill:$paper;stroke:$paper}"
)
# What is the same in both themes.
_SHAPE = (
    f":root text{{font-family:{_FONT}}}text{{font-size:12px}}.tick,.range{{font-size:11px}}"
    ".value,.name{font-weight:600}"
    ".series{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}"
    ".whisker{fill:none;stroke-width:1.3}.dot{stroke-width:1.6}.bar{fill-opacity:.8}"
    ".light{fill-opacity:.3}.tie{fill:none;stroke-width:1.4;stroke-opacity:.75}"
    ".node{stroke-width:1.5}.halo{stroke-width:3;stroke-linejoin:round}"
)
# After a point, a line to the next one needs no letter.
_LINES_ON = re.compile(r"(?<=\d)\s*L\s*(?=[\d-])")
# The halo of a letter is drawn wide, and once more as the letter itself in the same colour.
_TWICE = re.compile(
    r'(<path d="(?P<d>[^"]+)"[^>]*/>)\s*<path d="(?P=d)" style="fill: '
    + SHARED["light"]["halo"]
    + r'[^"]*"/>'
)
_BETWEEN = re.compile(r"\s*\n\s*")
# What an address has in another form; letters, digits and the rest of ASCII stay.
_UNSAFE = re.compile(r"[^A-Za-z0-9 !$()*+,\-./:;=?@\[\]^_{|}~]+")
_DATA = re.compile(r'(?<= d=")[^"]*(?=")')


@dataclass(frozen=True)
class Ink:
    """The colour of a zone on light and on dark ground."""

    light: str
    dark: str


def drawing(width: float, height: float, parts: Sequence[str], inks: Sequence[Ink]) -> str:
    """
    Return parts as SVG that stands on its own, and follows a reader's dark theme.

    Lines take the first of the colours, and what has class ``z1`` the second.
    """
    light, dark = (
        _RULES.substitute(
            {name: SHARED[theme][name] for name in ("ink", "muted", "line", "unit")},
            strong=SHARED[theme]["line_strong"],
            paper=SHARED[theme]["card"],
            zone=colours[0],
        )
        + "".join(f".z{rank}{{fill:{colour}}}" for rank, colour in enumerate(colours))
        for theme, colours in (
            ("light", [ink.light for ink in inks]),
            ("dark", [ink.dark for ink in inks]),
        )
    )
    # Word processors read the rules of any medium, but not those of a root.
    dark = re.sub(r"(^|[},])(?=[a-z.])", r"\1:root ", dark)
    style = f"{_SHAPE}{light}@media (prefers-color-scheme:dark){{{dark}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif">'
        f"<style>{style}</style>{''.join(parts)}</svg>"
    )


def lettering(x: float, y: float, text: str, anchor: str, kind: str, *, halo: bool = False) -> str:
    """Return a line of text at a place; with a halo below it where it may lie over lines."""
    said = escape(visible(text))
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    below = f'<text class="{kind} halo" {place}>{said}</text>' if halo else ""
    return f'{below}<text class="{kind}" {place}>{said}</text>'


def image(svg: str, words: str, *, kind: str, size: tuple[float, float]) -> Markup:
    """
    Return SVG as an image of a page.

    As an image it opens in a word processor too, which takes the letters of SVG within a page for
    text of the page.

    Parameters
    ----------
    svg
        One whole drawing.
    words
        What it shows, for those who do not see it.
    kind
        Class of the image.
    size
        Width and height in pixels.
    """
    return Markup('<img class="{}" width="{:.0f}" height="{:.0f}" alt="{}" src="{}">').format(
        kind,
        *size,
        visible(words),
        f"data:image/svg+xml,{_UNSAFE.sub(lambda found: _quoted(found[0]), lighter(svg))}",
    )


# The same few signs stand between all coordinates.
_quoted = lru_cache(maxsize=4096)(quote)


def lighter(svg: str) -> str:
    """
    Return SVG without the space that only its makers need.

    Examples
    --------
    >>> lighter('<path d="M 1 2 L 3 4 L 5 6 z "/>')
    '<path d="M 1 2 3 4 5 6z"/>'
    """
    once = _TWICE.sub(r"\1", svg)
    return _BETWEEN.sub(" ", _DATA.sub(lambda found: _shorter(found[0]), once))


# The ground of a map is the same in each language.
@lru_cache(maxsize=4096)
def _shorter(data: str) -> str:
    text = _BETWEEN.sub(" ", data).strip()
    if "Q" in text or "C" in text:
        return text.replace(" z", "z")
    return _LINES_ON.sub(" ", text).replace(" z", "z").replace("z M", "zM")
