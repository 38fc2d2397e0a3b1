"""The report as Markdown: the same figures as text, for an issue, a wiki or a mail."""

import re
from collections.abc import Sequence
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from zones.output import visible
from zones.reports.chapters import Chapter
from zones.reports.page import words
from zones.wording.voice import Voice

__all__ = ["markdown", "plain"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$])")
_SPACE = re.compile(r"\s+")
_LIST_START = re.compile(r"^([-+]|\d+[.)])(?=\s)")


def plain(text: object) -> Markup:
    r"""
    Return text that Markdown shows as it is, on one line; what is set already stays.

    Examples
    --------
    >>> print(plain("a_b | <b>\n# c"))
    a\_b \| \<b\> \# c
    """
    if isinstance(text, Markup):
        return text
    line = (
        _SPACE.sub(" ", visible(str(text)).replace("\xa0", "\x00")).replace("\x00", "\xa0").strip()
    )
    # No HTML: what Markdown would obey is escaped here, for every value of the template.
    return Markup(_LIST_START.sub(r"\\\1", _SPECIAL.sub(r"\\\1", line)))  # noqa: S704


def markdown(chapters: Sequence[Chapter], title: str, *, voice: Voice) -> str:
    """Return the report as Markdown."""
    text = (
        _environment()
        .get_template("report.md")
        .render(chapters=chapters, title=title, t=partial(words, voice))
    )
    return f"{text.rstrip()}\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("zones.reports"),
        autoescape=True,
        finalize=plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
