"""In which forms a map is written: a page for the browser, or a picture."""

import os
from collections.abc import Sequence

from zones.errors import OutputError
from zones.output import path_of

__all__ = ["FORMATS", "PAGES", "form_of"]

FORMATS = ("png", "svg", "pdf")
"""What a map on paper is written as."""
PAGES = ("html", "htm")
"""What a map that a browser shows is written as."""


def form_of(path: "str | os.PathLike[str]", forms: Sequence[str] = (*PAGES, *FORMATS)) -> str:
    """
    Return in which form a map is written into a file, by its suffix.

    Raises
    ------
    OutputError
        If there is no such form; the message says which there are.

    Examples
    --------
    >>> form_of("Map.PNG")
    'png'
    """
    form = path_of(path).suffix.lower().removeprefix(".")
    if form not in forms:
        *some, last = (f".{name}" for name in forms if name != "htm")
        raise OutputError(
            f"{os.fspath(path)!r} is no kind of map: end it in {', '.join(some)} or {last}"
        )
    return form
