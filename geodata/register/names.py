"""Names of municipalities in three languages, in the forms in which people write them."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from geodata import countries
from geodata.countries import cached_by_countries, country_of
from geodata.countries.record import LANGUAGES
from geodata.register.divisions import YEARS, lifetimes, municipality_register
from geodata.register.genitives import genitives

__all__ = ["fold", "label_of", "names_like", "repair", "suggest", "units_named"]

# What an administration adds to its municipality's name.
_PREFIXES = ("city of ", "town of ", "municipality of ")
_AFTER_GENITIVE = (" kunta", " kaupunki", " kunnan", " kaupungin")
_OTHERS = (" kommun", " stad", " kommuns", " stads", " municipality", " city", " town")

# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "’": "", "'": ""})


def fold(text: str) -> str:
    """Reduce a name to the form used for look-ups: small letters, no diacritics, single spaces.

    Punctuation counts as space, so that "Mänttä-Vilppula" and "mantta vilppula" are the same.

    Examples
    --------
    >>> fold("  Mänttä–Vilppula ")
    'mantta vilppula'
    """
    # Folding can bring forth letters to take apart, and taking apart letters to fold.
    plain = text.translate(_LETTERS)
    for _ in range(2):
        plain = unicodedata.normalize("NFKD", plain).casefold().translate(_LETTERS)
    letters = (
        (character if character.isalnum() else " ")
        for character in plain
        if not unicodedata.combining(character)
    )
    return " ".join("".join(letters).split())


def suggest(text: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Candidates that a text may be a misspelling of, best first, at most three.

    Compares folded texts, so that case and diacritics do not count; a candidate that the text
    begins also counts.

    Examples
    --------
    >>> suggest("Rovaneimi", ["Rovaniemi", "Raahe"])
    ('Rovaniemi',)
    """
    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(fold(candidate), candidate)
    return tuple(folded[name] for name in _near(fold(text), folded))


def _near(given: str, folded: Collection[str]) -> list[str]:
    close = difflib.get_close_matches(given, folded, n=3, cutoff=0.7)
    if len(given) >= 3:
        close += sorted(name for name in folded if name.startswith(given) and name not in close)
    return close[:3]


def label_of(unit: str, *, year: int | None = None) -> str:
    """Code and name of a `lau_id`, as messages show it: "588 Pertunmaa"."""
    record = country_of(unit)
    code = unit.partition("_")[2] if record.digits else unit
    first, last = lifetimes()[unit]
    at = last if year is None else min(max(year, first), last)
    register = municipality_register(at, country=record.code)
    name = register.loc[unit, f"name_{record.language}"]
    return f"{code} {name!s}"


def units_named(text: str) -> frozenset[str]:
    """Units of all countries that have had a name, in any language and year; mostly one.

    Examples
    --------
    >>> sorted(units_named("Övertorneå"))
    ['FI_976', 'SE_2518']
    """
    names, folded = known_names(), fold(text)
    if found := names.get(folded):
        return found
    bare, inflected = _bare(folded)
    # "Vihdin kunta", "Uleåborgs stad", "Luleå kommun".
    for form in (bare, "" if inflected else bare.removesuffix("s")):
        if bare != folded and (found := names.get(form)):
            return found
    if inflected and (found := known_genitives().get(bare)):
        return found
    # "Raahe / Brahestad": both names, of one municipality.
    halves = re.split(r"\s*/\s*|\s+[–-]\s+|\s*,\s+", text)
    if len(halves) < 2:
        return frozenset()
    return frozenset.intersection(*(units_named(half) for half in halves))


def _bare(folded: str) -> tuple[str, bool]:
    """Return a name without what its administration adds, and whether a genitive goes before it."""
    for suffix in (*_AFTER_GENITIVE, *_OTHERS):
        if folded.endswith(suffix):
            return folded.removesuffix(suffix), suffix in _AFTER_GENITIVE
    for prefix in _PREFIXES:
        if folded.startswith(prefix):
            return folded.removeprefix(prefix), False
    return folded, False


def names_like(text: str, units: frozenset[str]) -> Iterator[str]:
    """Units whose names or genitives a text may be a misspelling of, best first.

    Examples
    --------
    >>> list(names_like("Vihdn kunta", frozenset({"FI_091", "FI_927"})))
    ['FI_927']
    """
    bare, inflected = _bare(fold(text))
    for genitive in (inflected, not inflected):
        candidates = _names_of(units, genitive=genitive)
        if near := _near(bare, candidates):
            yield from dict.fromkeys(unit for name in near for unit in sorted(candidates[name]))
            return


@cache
def _names_of(units: frozenset[str], *, genitive: bool) -> Mapping[str, frozenset[str]]:
    named = known_genitives() if genitive else known_names()
    return MappingProxyType({name: found & units for name, found in named.items() if found & units})


@cached_by_countries
def known_names() -> Mapping[str, frozenset[str]]:
    """Folded name, in any language and year, to the units that have had it."""
    names: dict[str, set[str]] = {}
    for record in countries.countries():
        for year in YEARS[-1:] if record.given else YEARS:
            frame = municipality_register(year, country=record.code)
            # A user's country has one name in all of them.
            for language in LANGUAGES[:1] if record.given else LANGUAGES:
                named = frame[f"name_{language}"].dropna()
                for unit, name in zip(named.index, named, strict=True):
                    for form in _variants(name):
                        names.setdefault(form, set()).add(unit)
    return MappingProxyType({name: frozenset(units) for name, units in names.items()})


@cached_by_countries
def known_genitives() -> Mapping[str, frozenset[str]]:
    """Folded genitive to the units that may have it, of their names in any language."""
    # What a plain -n makes is its name's before it is anything that the rules only allow.
    plain = {f"{name}n": units for name, units in known_names().items()}
    forms: dict[str, frozenset[str]] = {}
    given = {record.code for record in countries.countries() if record.given}
    for name, units in known_names().items():
        if given and all(unit.partition("_")[0] in given for unit in units):
            continue
        for form in genitives(name):
            forms[form] = plain.get(form) or forms.get(form, frozenset()) | units
    return MappingProxyType(forms)


def _variants(name: str) -> set[str]:
    """Return a registered name folded, its two halves if bilingual, and without "kunta" or "Tl"."""
    parts = {name, *name.split(" - ")}
    folded = {fold(part) for part in parts}
    short = {part.removesuffix(" kunta").removesuffix(" tl") for part in folded}
    return folded | short


def repair(text: str) -> str | None:
    """Undo UTF-8 read as Latin-1 or Windows-1252, if that is what happened."""
    for encoding in ("latin-1", "cp1252"):
        try:
            repaired = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if repaired != text:
            return repaired
    return None
