"""Figures of matplotlib with the library's own settings, and their bytes, the same every time."""

import functools
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from zones.maps.paper.layout import MM

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["blank", "drawn_bytes", "settings"]

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
# What comes after so many digits; it is cut off.
_FURTHER = {1: re.compile(r"(?<=\.\d)\d+"), 2: re.compile(r"(?<=\.\d\d)\d+")}
_PATH_DATA = re.compile(r'(?<= d=")[^"]*(?=")')


def blank(width: float, height: float) -> "Figure":
    """Return an empty figure of a width and height in millimetres."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - slow to load
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    figure = Figure(figsize=(width / MM, height / MM), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


@functools.cache
def _fonts() -> frozenset[str]:
    from matplotlib import font_manager  # noqa: PLC0415 - slow to load

    return frozenset(font_manager.get_font_names())


@contextmanager
def settings() -> Iterator[None]:
    """Draw with the library's own settings, whatever the user's are, and leave those alone."""
    import matplotlib as mpl  # noqa: PLC0415 - slow to load

    have = _fonts()
    with mpl.rc_context(), warnings.catch_warnings():
        # A name may hold letters that no font here has; they are drawn as boxes.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        mpl.rcdefaults()
        settings: Any = mpl.rcParams
        settings.update(_SETTINGS)
        settings["font.family"] = [name for name in _FONTS if name in have]
        yield


def drawn_bytes(figure: "Figure", form: str, *, digits: int = 2, dpi: float = 72) -> bytes:
    """Return a figure as a file of a form; in SVG, paths with so many digits."""
    stream = io.BytesIO()
    figure.savefig(
        stream, format=form, dpi=dpi if form == "png" else 72, metadata=_METADATA[form],
        facecolor="white",
    )  # fmt: skip
    found = stream.getvalue()
    if form != "svg":
        return found
    further = _FURTHER[digits]
    text = _PATH_DATA.sub(lambda match: further.sub("", match[0]), found.decode())
    return text.encode()
