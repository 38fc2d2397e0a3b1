"""Elements of folium and branca for a page that asks nothing of the network."""

import itertools
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.map import Layer
from folium.raster_layers import TileLayer
from jinja2 import Template

from zones.errors import ZonesError
from zones.maps.web.assets import page_markup, page_script, page_style, vendored
from zones.maps.web.encode import to_script_text
from zones.texts import Language

__all__ = ["Call", "OfflineFigure", "Verbatim", "policy"]

_PAGE = resources.files(__package__).joinpath("template.html").read_text(encoding="utf-8")


class Verbatim(Element):
    """Text that is put in the page as it is; no template engine ever reads it."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 - branca's signature
        """Return the text."""
        return self.text


def policy(tiles: TileLayer | None) -> str:
    """
    Return the Content-Security-Policy: nothing from outside, but for the host of tiles asked for.

    Examples
    --------
    >>> policy(None)[:19]
    "default-src 'none';"
    """
    images = "data: blob:"
    if tiles is not None:
        parts = urlsplit(tiles.tiles.replace("{s}", "*"))
        images += f" {parts.scheme}://{parts.netloc}"
    return (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        f"img-src {images}; font-src data:; base-uri 'none'; form-action 'none'"
    )


class OfflineFigure(Figure):
    """A page whose libraries stand inside it."""

    _template = Template(_PAGE)

    def __init__(
        self, *, lang: Language, title: str, tiles: TileLayer | None, fallback: str
    ) -> None:
        """Take language, title, tiles that the page may ask for, what shows without scripts."""
        super().__init__(title=title)
        self.lang = lang
        self.policy = policy(tiles)
        self.markup = page_markup(title=title, fallback=fallback)

    def render(self, **kwargs: Any) -> str:
        """
        Return the page.

        Raises
        ------
        ZonesError
            If a layer added to the map needs a library that the page does not have.
        """
        self.header, self.html, self.script = Element(), Element(), Element()
        for part in (self.header, self.html, self.script):
            part._parent = self  # noqa: SLF001 - as branca's own constructor does
        drawn: list[Any] = list(self._children.values())
        for child in drawn:
            child.arrange()
        _number(self)
        for child in drawn:
            child.draw(**kwargs)
        for name, element in self.header._children.items():  # noqa: SLF001
            if isinstance(element, JavascriptLink | CssLink):
                try:
                    link: Any = element
                    link.code = vendored(name)
                except KeyError:
                    msg = (
                        f"a layer on the map needs {element.url}, which is not in the page: "
                        "add only layers that need nothing but Leaflet"
                    )
                    raise ZonesError(msg) from None
        self.header.add_child(Verbatim(f"<style>{page_style()}</style>"), name="page_style")
        self.header.add_child(Verbatim(f"<script>{page_script()}</script>"), name="page_script")
        page: str = self._template.render(this=self, kwargs={"embedded": True})
        return page


def _number(root: Element) -> None:
    """Give every element a number for its name, so that the same input makes the same bytes."""
    numbers = itertools.count(1)
    waiting = [root]
    while waiting:
        element = waiting.pop(0)
        element._id = str(next(numbers))  # noqa: SLF001 - branca draws it at random
        waiting.extend(element._children.values())  # noqa: SLF001


class Call(Layer):
    """
    A call of the page's script with data, written as JSON before any template is filled.

    ``addBackdrop`` takes land, lakes and borders; ``addUnits`` the polygons of the units, as steps
    on a grid, with the most of them that are each a path of its own; ``start`` the rest, and goes.
    """

    def __init__(self, function: str, value: Any) -> None:
        """Write the value down."""
        super().__init__(name=function, overlay=True, control=False, show=True)
        self._name = self.function = function
        self.text = to_script_text(value)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ARG002
        """Add the call to the page's script; the script itself puts the layer on the map."""
        target = self._parent.get_name() if self._parent is not None else ""
        call = f"var {self.get_name()} = zonesPage.{self.function}({target}, {self.text});"
        page: Any = self.get_root()
        page.script.add_child(Verbatim(call), name=self.get_name())
