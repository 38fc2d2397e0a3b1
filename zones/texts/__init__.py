"""Text that a person sees, in Finnish, Swedish and English, and numbers as each writes them.

Phrases live in ``texts/{language}/{file}.toml`` and are named ``file.key``. All three languages
hold the same keys with the same placeholders, which the tests check.
"""

import os
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from importlib import resources
from typing import Any, Literal, Protocol, runtime_checkable

from geodata.errors import ArgumentError
from geodata.messages import unknown

__all__ = [
    "LANGUAGES",
    "Language",
    "Named",
    "Replaced",
    "Text",
    "check_language",
    "format_number",
    "format_percent",
    "phrase",
    "phrases",
    "rendered",
]

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

_VARIABLE = "ZONES_LANG"
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"


def check_language(lang: str | None = None) -> Language:
    """
    Return the language if the library speaks it; where none is given, that of ``ZONES_LANG``.

    Without that variable it is English.

    Raises
    ------
    ValueError
        For anything but ``fi``, ``sv`` and ``en``.

    Examples
    --------
    >>> check_language("sv")
    'sv'
    """
    asked = lang if lang is not None else os.environ.get(_VARIABLE, "").strip() or "en"
    for known in LANGUAGES:
        if asked == known:
            return known
    raise ArgumentError(unknown("lang" if lang is not None else _VARIABLE, asked, LANGUAGES))


@cache
def _file(name: str, lang: Language) -> dict[str, str]:
    resource = resources.files(__name__).joinpath(lang, f"{name}.toml")
    with resource.open("rb") as stream:
        return dict(_flattened(tomllib.load(stream)))


def _flattened(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def phrases(name: str, lang: Language) -> dict[str, str]:
    """
    Return all phrases of one file in one language, placeholders unfilled.

    Examples
    --------
    >>> phrases("measures", "en")["name.members"]
    'Municipalities'
    """
    return dict(_file(name, check_language(lang)))


def phrase(key: str, lang: Language | None = None, **params: Any) -> str:
    """
    Return one phrase with its placeholders filled.

    Numbers among the parameters are written as the language writes them; what can render itself,
    as `Text` can, is rendered in the same language.

    Examples
    --------
    >>> phrase("measures.name.members", "fi")
    'Kunnat'
    """
    name, _, rest = key.partition(".")
    spoken = check_language(lang)
    template = _file(name, spoken)[rest]
    return string.Formatter().vformat(
        template, (), {field: _shown(value, spoken) for field, value in params.items()}
    )


def _shown(value: Any, lang: Language) -> str:
    if isinstance(value, _Rendered):
        return value.render(lang)
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int):
        return format_number(value, lang)
    if isinstance(value, float):
        return format_number(value, lang, digits=0 if value.is_integer() else 2)
    if isinstance(value, tuple | list):
        return ", ".join(_shown(part, lang) for part in value)
    return str(value)


@runtime_checkable
class _Rendered(Protocol):
    def render(self, lang: Language) -> str: ...


@dataclass(frozen=True, slots=True)
class Text:
    """
    A phrase and what fills it, kept apart from any language until it is shown.

    Examples
    --------
    >>> str(Text("measures.unit.km2"))
    'km²'
    """

    key: str
    params: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, key: str, **params: Any) -> "Text":
        """Make a text with named parameters; years are given as strings, so 2022 stays 2022."""
        return cls(key, tuple(sorted(params.items())))

    def render(self, lang: Language | None = None) -> str:
        """Return the text in a language."""
        return phrase(self.key, lang, **dict(self.params))

    def __str__(self) -> str:
        """Return the English text."""
        return self.render("en")


def rendered(line: "str | Text", lang: Language) -> str:
    """Return a line as it is, or a text in a language."""
    return line.render(lang) if isinstance(line, Text) else line


def format_number(value: float, lang: Language | None = None, *, digits: int = 0) -> str:
    r"""
    Write a number as the language does: ``1 234,5`` in Finnish and Swedish, ``1,234.5`` in English.

    Examples
    --------
    >>> format_number(1234567.891, "en", digits=1)
    '1,234,567.9'
    >>> format_number(-1234.5, "fi", digits=1)
    '−1\xa0234,5'
    """
    # The decimal that the number is written as, halves up: the page's script does the same.
    with localcontext(rounding=ROUND_HALF_UP):
        text = f"{Decimal(str(value)).copy_abs():,.{digits}f}"
    if check_language(lang) != "en":
        text = text.translate({ord(","): _NO_BREAK_SPACE, ord("."): ","})
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"{_MINUS}{text}" if negative else text


def format_percent(value: float, lang: Language | None = None, *, digits: int = 1) -> str:
    r"""
    Write a percentage: ``47,2 %`` in Finnish and Swedish, ``47.2%`` in English.

    Examples
    --------
    >>> format_percent(47.2, "en")
    '47.2%'
    >>> format_percent(47.2, "sv")
    '47,2\xa0%'
    """
    text = format_number(value, lang, digits=digits)
    return f"{text}%" if check_language(lang) == "en" else f"{text}{_NO_BREAK_SPACE}%"


@dataclass(frozen=True, slots=True)
class Named(Text):
    """
    A name as each language has it, of a municipality, a region or a country.

    Examples
    --------
    >>> Named.in_three("Oulu", "Uleåborg", "Oulu").render("sv")
    'Uleåborg'
    """

    @classmethod
    def in_three(cls, fi: str, sv: str, en: str) -> "Named":
        """Make a name of its three forms."""
        return cls("", (("en", en), ("fi", fi), ("sv", sv)))

    def render(self, lang: Language | None = None) -> str:
        """Return the name in a language."""
        return str(dict(self.params)[check_language(lang)])

    def __str__(self) -> str:
        """Return the English name."""
        return self.render("en")


@dataclass(frozen=True, slots=True)
class Replaced(Text):
    """
    A phrase in which something is said otherwise, such as the plane of what was computed.

    Examples
    --------
    >>> Replaced.of_text(Text("measures.unit.km2"), {"km": "mi"}).render("en")
    'mi²'
    """

    others: tuple[tuple[str | Text, str | Text], ...] = ()

    @classmethod
    def of_text(cls, text: Text, others: Mapping[str | Text, str | Text]) -> "Replaced":
        """Make it of a text, and what is to stand in the place of what."""
        return cls(text.key, text.params, tuple(others.items()))

    def render(self, lang: Language | None = None) -> str:
        """Return the text in a language."""
        spoken = check_language(lang)
        shown = phrase(self.key, spoken, **dict(self.params))
        for usual, other in self.others:
            shown = shown.replace(rendered(usual, spoken), rendered(other, spoken))
        return shown.strip()

    def __str__(self) -> str:
        """Return the English text."""
        return self.render("en")
