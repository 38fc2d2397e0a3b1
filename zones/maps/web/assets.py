"""Files of the page: Leaflet and the page's own, as text that can stand inside HTML."""

import base64
import re
from functools import cache
from importlib import resources

from jinja2 import Template

from zones.maps.palette import custom_properties
from zones.maps.web.bundle import bundle

__all__ = ["page_markup", "page_script", "page_style", "vendored"]

_STYLES = (
    *("tokens", "layout", "fallback", "panel", "map", "evidence", "time", "sheet"),
    *("table", "tools", "stage", "forced", "print"),
)
_URL = re.compile(r"url\((?!#|data:)['\"]?([^'\")]+)['\"]?\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def _text(*path: str) -> str:
    return resources.files(__package__).joinpath(*path).read_text(encoding="utf-8")


@cache
def vendored(name: str) -> str:
    """
    Return a vendored library as text for an inline element, its images as data.

    Raises
    ------
    KeyError
        If the page has no such library: nothing may be loaded from elsewhere.
    """
    if name == "leaflet":
        script = _SOURCE_MAP.sub("", _text("vendor", "leaflet.js"))
        return re.sub(r"</(script)", r"<\\/\1", script, flags=re.IGNORECASE)
    if name == "leaflet_css":
        return _URL.sub(_as_data, _text("vendor", "leaflet.css"))
    raise KeyError(name)


def _as_data(match: re.Match[str]) -> str:
    image = resources.files(__package__).joinpath("vendor", *match[1].split("/")).read_bytes()
    return f"url(data:image/png;base64,{base64.b64encode(image).decode()})"


@cache
def page_style() -> str:
    """Return the page's own style sheets as one, with the palette's colours."""
    themes = f":root {{ {custom_properties('light')} }}\n"
    themes += f':root[data-theme="dark"] {{ {custom_properties("dark")} }}\n'
    return themes + "\n".join(_text("styles", f"{name}.css") for name in _STYLES)


@cache
def page_script() -> str:
    """Return the page's own modules as one script, with one name outside: ``zonesPage``."""
    folder = resources.files(__package__).joinpath("scripts")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".js"))
    sources = {name.removesuffix(".js"): _text("scripts", name) for name in names}
    script = bundle(sources, entry="main", name="zonesPage")
    return f"{script}\nzonesPage.showAskedTheme();\nzonesPage.expectStart();"


def page_markup(*, title: str, fallback: str) -> str:
    """Return what stands in the body before the map: the page, and what shows without scripts."""
    markup: str = Template(_text("markup.html"), autoescape=True).render(
        title=title, fallback=fallback
    )
    return markup
