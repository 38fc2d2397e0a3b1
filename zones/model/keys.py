"""What the key of a figure is of: a country, a region, a member, another group, km or minutes."""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

import geodata
from geodata import countries
from zones.model.amounts import Label
from zones.model.contract import CONTRACT, KeyKind
from zones.texts import Language, Named, Text, format_number

__all__ = [
    "country_name",
    "key_kind",
    "key_name",
    "notes_text",
    "unit_name",
    "unit_names",
    "with_names",
]


class _Keyed(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def key(self) -> str | None: ...
    @property
    def label(self) -> Label | None: ...
    @property
    def of(self) -> Text | None: ...


def key_kind(measure: _Keyed) -> KeyKind | None:
    """Return what a figure's key is of; nothing where it has none."""
    if measure.key is None:
        return None
    if measure.name in CONTRACT:
        return CONTRACT[measure.name].key
    if measure.label is not None and measure.label.key is not None:
        return measure.label.key
    return "country" if measure.key in countries.codes() else "member"


def key_name(measure: _Keyed, lang: Language) -> str:
    """Return what a figure is of: as the figure says, else as far as the register tells."""
    key, kind = measure.key, key_kind(measure)
    if key is None or kind is None:
        return ""
    country, _, code = key.partition("_")
    if kind == "country":
        return countries.country(key).parts[lang]
    if kind in {"member", "municipality"}:
        return unit_name(key, lang)
    if kind == "region":
        register = geodata.municipality_register(country=country)
        names = register.loc[register["region"] == code, f"region_{lang}"]
        return str(names.iloc[0]) if len(names) else key
    if kind == "group":
        return key if measure.of is None else measure.of.render(lang)
    return f"{format_number(float(key), lang, digits=len(key.partition('.')[2]))} {kind}"


def country_name(code: str) -> Named:
    """
    Return the name of a country, or of the part of it that the library has.

    Examples
    --------
    >>> country_name("FI").render("sv"), country_name("SE").render("fi")
    ('Finland', 'Pohjois-Ruotsi')
    """
    return Named.in_three(**countries.country(code).names)


def unit_name(unit: str, lang: Language, *, year: int | None = None) -> str:
    """
    Return the name of a municipality in the division of a year, or the one nearest that has it.

    The newest one where no year is given; a code that no division has stays as it is.

    Examples
    --------
    >>> unit_name("FI_564", "sv"), unit_name("FI_588", "fi", year=2026), unit_name("FI_000", "fi")
    ('Uleåborg', 'Pertunmaa', 'FI_000')
    """
    from geodata.register.divisions import lifetimes  # noqa: PLC0415 - it loads pandas

    if unit not in lifetimes():
        return unit
    first, last = lifetimes()[unit]
    held = last if year is None else min(max(year, first), last)
    return _names(held, unit.partition("_")[0], lang)[unit]


def unit_names(units: Iterable[str], lang: Language, *, year: int | None = None) -> list[str]:
    """
    Return the names of municipalities as `unit_name` does, in alphabetical order.

    Examples
    --------
    >>> unit_names(["FI_992", "FI_148"], "sv")
    ['Enare', 'Äänekoski']
    """
    from zones.texts.alphabet import alphabetical  # noqa: PLC0415 - it loads pandas

    names = (unit_name(unit, lang, year=year) for unit in units)
    return sorted(names, key=lambda name: alphabetical(name, lang))


def with_names(text: str, lang: Language, *, year: int | None = None) -> str:
    """
    Return a text with its municipalities by name where it has them by code.

    Examples
    --------
    >>> with_names("inget centrum är känt för FI_588", "sv")
    'inget centrum är känt för Pertunmaa'
    """

    def name(found: re.Match[str]) -> str:
        return unit_name(found[0], lang, year=year)

    return countries.lau_ids().sub(name, text)


def notes_text(notes: Iterable[Text], lang: Language) -> str:
    """Return notes as one text, with municipalities by name."""
    return with_names(" ".join(note.render(lang) for note in notes), lang)


@countries.cached_by_countries
def _names(year: int, country: str, lang: Language) -> Mapping[str, str]:
    register = geodata.municipality_register(year, country=country)
    return {str(unit): str(name) for unit, name in register[f"name_{lang}"].items()}
