"""Rows of a table: municipalities, coarser areas, totals, and those that are of no place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import pandas as pd

from geodata import countries
from geodata.countries import cached_by_countries
from geodata.countries.record import LANGUAGES, YEARS
from geodata.messages import did_you_mean, listed
from geodata.places import populated_places
from geodata.register.codes import NotAnIdError, read
from geodata.register.divisions import classification, classifications
from geodata.register.names import fold, label_of

__all__ = [
    "Place",
    "area_members",
    "areas_named",
    "as_place",
    "mixed_classes",
    "older_than_known",
    "places_of",
    "share_of_places",
    "total_among",
]

# Marks that publishers put behind a name for a note below the table: "Akaa 1)", "Akaa*", "Akaa²".
_MARK = r"(?:\s*(?:\d{1,2}\)|\(\d{1,2}\)|\[\d{1,2}\]|[*†‡¹²³⁴⁵⁶⁷⁸⁹]))+"
_MARKED = re.compile(rf"(?P<name>.*?\S){_MARK}\s*")
_NUMBERED = re.compile(r"(\d{1,5})[\s,;:–-]+(?=[^\W\d])")
_TOTAL = frozenset(
    {
        *("yhteensa", "kaikki", "kaikki kunnat", "kaikki yhteensa", "kunnat yhteensa", "summa"),
        *("total", "totals", "all", "sum", "all municipalities", "grand total", "in total"),
        *("totalt", "sammanlagt", "summa totalt", "alla", "alla kommuner", "samtliga"),
    }
)
_NOWHERE = frozenset(
    {
        *("tuntematon", "kunta tuntematon", "ei tietoa", "erittelematon", "muu tai tuntematon"),
        *("unknown", "municipality unknown", "not known", "unspecified", "not specified"),
        *("okand", "kommun okand", "uppgift saknas", "ospecificerad"),
    }
)
_SAMPLE = 40
# Names that may be of former municipalities, from which on a table may be of an old division.
_SEVERAL = 2
_SPAN = f"{YEARS[0]}-{YEARS[-1]}"

Kind = Literal["unit", "area", "country", "part", "total", "nowhere", "elsewhere", "none"]


@dataclass(frozen=True, slots=True)
class Place:
    """
    What the cell of a row says of its place.

    Attributes
    ----------
    kind
        A municipality, a coarser area, a whole country, a part of it without municipalities known
        here, the total of the rows, people of no known place, a municipality that the library does
        not have, or none of these.
    key
        ``lau_id`` of a municipality, code of a country.
    areas
        Of a coarser area: what it may be, classification and code.
    reason
        What is wrong, where it is none.
    marked
        Whether a mark of a note was left out.
    former
        Whether it may be a municipality that is older than the divisions known here: a populated
        place, or a name that is like no municipality's.
    """

    kind: Kind
    key: str = ""
    areas: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    marked: bool = False
    former: bool = False


def places_of(texts: Iterable[str], *, country: str | None = None) -> dict[str, Place]:
    """
    Return what each distinct text means.

    A name that municipalities of two countries have is of the country that all others are of.

    Examples
    --------
    >>> found = places_of(["KU091", "Akaa 1)", "MK01 Uusimaa", "KOKO MAA"])
    >>> [(place.kind, place.key) for place in found.values()]
    [('unit', 'FI_091'), ('unit', 'FI_020'), ('area', ''), ('country', 'FI')]
    """
    found = {text: as_place(text, country) for text in dict.fromkeys(texts)}
    lands = countries.in_order(place.key for place in found.values() if place.kind == "unit")
    if country is None and len(lands) == 1:
        rest = [text for text, place in found.items() if place.kind == "none"]
        found |= {text: as_place(text, lands[0]) for text in rest}
    return found


def share_of_places(
    values: Iterable[object], *, kinds: tuple[Kind, ...] = ("unit", "area")
) -> float:
    """
    Return which share of some of the texts are municipalities or coarser areas.

    Numbers that may be codes of municipalities that are not known here count only if all others
    are codes too.
    """
    texts = list(dict.fromkeys(str(value) for value in values))
    texts = texts[:: max(1, len(texts) // _SAMPLE)]
    found = [as_place(text).kind for text in texts]
    far = [text for text, kind in zip(texts, found, strict=True) if kind == "elsewhere"]
    here = sum(kind in kinds for kind in found)
    counted = here + len(far) == len(texts) or not any(text.strip().isdigit() for text in far)
    return (here + counted * len(far)) / max(1, len(found))


def total_among(values: Iterable[str]) -> str | None:
    """Return the first of some texts that is a total, such as that of both sexes."""
    return next((value for value in values if as_place(value).kind == "total"), None)


def mixed_classes(classes: pd.DataFrame) -> tuple[str, str, str] | None:
    """
    Find totals of some rows beside a part of others: their column, the total, and a sentence.

    Parameters
    ----------
    classes
        Columns that part the rows into classes, such as sexes.

    Examples
    --------
    >>> mixed_classes(pd.DataFrame({"sex": ["Total", "Men"]}))
    ('sex', 'Total', "rows are of different 'sex' ('Total', 'Men')")
    """
    for name in classes:
        values = classes[name].dropna().astype(str).unique()
        total = total_among(values)
        if total is not None and len(values) > 1:
            said = listed(map(repr, values), most=8)
            return str(name), total, f"rows are of different {name!r} ({said})"
    return None


@cached_by_countries
def as_place(text: str, country: str | None = None) -> Place:
    """
    Return what a text says of the place of its row.

    Examples
    --------
    >>> as_place("Helsingfors").key, as_place("SSS").kind, as_place("SK011").areas
    ('FI_091', 'country', (('sub_region', '011'),))
    """
    text = text.strip()
    marked = _MARKED.fullmatch(text)
    found = _as_place(marked["name"] if marked else text, country)
    if marked is None:
        return found
    if found.kind == "none":
        return _as_place(text, country)
    return replace(found, marked=True)


def _as_place(text: str, country: str | None) -> Place:
    if found := _of_no_unit(text):
        return found
    if coded := _coded_area(text):
        return Place("area", areas=(coded,))
    try:
        return Place("unit", read(text, None, country))
    except NotAnIdError as fault:
        if areas := areas_named(text):
            return Place("area", areas=areas)
        if _elsewhere(text):
            return Place("elsewhere")
        return _nowhere_known(text, fault)


def _nowhere_known(text: str, fault: NotAnIdError) -> Place:
    """Return a text that is no place here, with what it may be."""
    if unit := _populated().get(fold(text)):
        said = f"is a place in {label_of(unit)}, and no municipality of {_SPAN}"
        return Place("none", reason=said, former=True)
    near = did_you_mean(label_of(unit) for unit in fault.suggestions)
    former = not near and text[:1].isalpha()
    return Place("none", reason=f"{fault.reason}{near}", former=former)


@cache
def _populated() -> Mapping[str, str]:
    """Folded names of towns and villages, to the municipality that each is in, where it is one."""
    places = populated_places()
    named = places["lau_id"].groupby(places["name"].map(fold)).unique()
    return {name: str(units[0]) for name, units in named.items() if len(units) == 1}


def older_than_known(unknown: Iterable[Place]) -> str:
    """
    Return what to do about names that may be of municipalities older than the divisions known.

    Nothing where it may be a mistake in one name.
    """
    if sum(place.former for place in unknown) < _SEVERAL:
        return ""
    return (
        f"; municipalities that merged before {YEARS[0]} are not known: give the figures by those "
        f"of a year from {YEARS[0]} to {YEARS[-1]}, or add the rows up to today's yourself"
    )


def _of_no_unit(text: str) -> Place | None:
    """Return what a row of a country, a part of it or a total is."""
    words = fold(text)
    first, _, rest = words.partition(" ")
    forms = {words, fold(_numbered(text)[1])}
    for land in countries.countries():
        # "SSS Koko maa", "Suomi yhteensä": both halves say the same.
        if forms & land.row_names or (first in land.row_names and rest in land.row_names | _TOTAL):
            return Place("country", land.code)
        if forms & land.part_names or {first, rest} <= land.part_names:
            return Place("part", land.code)
    if words in _TOTAL:
        return Place("total")
    return Place("nowhere") if words in _NOWHERE else None


def areas_named(text: str) -> tuple[tuple[str, str], ...]:
    """
    Return the coarser areas that a text may be: classification and code.

    Examples
    --------
    >>> areas_named("Uusimaa"), areas_named("01 Uusimaa"), areas_named("02 Uusimaa")
    ((('region', '01'),), (('region', '01'),), ())
    """
    if coded := _coded_area(text):
        return (coded,)
    number, name = _numbered(text)
    found = _area_names().get(fold(name), frozenset())
    return tuple(sorted(area for area in found if number in ("", area[1])))


def _numbered(text: str) -> tuple[str, str]:
    """Return the number that a text begins with, and what follows."""
    match = _NUMBERED.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def _coded_area(text: str) -> tuple[str, str] | None:
    """Return classification and code of "MK01 Uusimaa" and the like."""
    match = re.match(r"([A-Z]{2,3})(\d{1,4})\b", text)
    prefixes = {k: v for land in countries.countries() for k, v in land.area_prefixes.items()}
    if match is None or match[1] not in prefixes:
        return None
    return prefixes[match[1]], match[2]


def _elsewhere(text: str) -> bool:
    """Whether a text begins with the code of a municipality that the library does not have."""
    match = re.match(r"(?:([A-Z]{2})_?)?(\d+)\b", text)
    if match is None:
        return False
    return any(
        len(match[2]) == land.digits
        and match[1] in (None, land.code)
        and match[2].startswith(tuple(land.elsewhere))
        for land in countries.countries()
    )


@cached_by_countries
def _area_names() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Folded names of coarser areas of any year, to classification and code."""
    found = set()
    for year in YEARS:
        for kind in _kinds():
            rows = classification(kind, year=year).dropna(subset=["code"]).drop_duplicates()
            for language in LANGUAGES:
                pairs = zip(rows["code"], rows[f"name_{language}"], strict=True)
                found |= {(kind, code, name) for code, name in pairs}
    names: dict[str, set[tuple[str, str]]] = {}
    for kind, code, name in found:
        names.setdefault(fold(name), set()).add((kind, code))
    return {name: frozenset(areas) for name, areas in names.items()}


def _kinds() -> list[str]:
    """Classifications whose units are areas that tables are published by."""
    left_out = {"nuts2", "nuts3", "avi", "electoral_district", "language_status", "urban_rural"}
    return [name for name in classifications() if name not in left_out]


@cached_by_countries
def area_members(name: str, year: int) -> Mapping[str, tuple[str, ...]]:
    """
    Return the municipalities of each unit of a classification in a year, by its code.

    Examples
    --------
    >>> area_members("region", 2026)["21"][:2]
    ('FI_035', 'FI_043')
    """
    codes = classification(name, year=year)["code"].dropna()
    return {
        str(code): tuple(sorted(str(unit) for unit in units))
        for code, units in codes.groupby(codes).groups.items()
    }
