"""Where a flow begins or ends: a municipality, abroad, no known place, or a total of places."""

import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

from geodata import countries
from geodata.countries import cached_by_countries
from geodata.register.divisions import NEWEST_DIVISION, municipality_register
from geodata.register.identifiers import find_faults, parse_ids
from geodata.register.names import fold

__all__ = ["OUTSIDE", "PLACELESS", "REGION", "TOTAL", "UNKNOWN", "Ends", "read_ends"]

OUTSIDE = "outside"
"""An end abroad, or in a part of a country whose municipalities are not known here."""

UNKNOWN = "unknown"
"""An end of which no municipality is known: it may be any."""

TOTAL = "total"
"""All ends together, which is no end of its own."""

REGION = "region"
"""All ends in a region or sub-region."""

PLACELESS = (OUTSIDE, UNKNOWN)

# As `fold` leaves them, between commas.
_WORDS = {
    OUTSIDE: "ulkomaat,ulkomaa,ulkomailla,ulkomaille,ulkomailta,muu maa,muut maat,utlandet,"
    "utomlands,annat land,andra lander,abroad,foreign countries,other country,other countries,"
    "outside finland",
    UNKNOWN: "tuntematon,ei tietoa,tieto puuttuu,kunta tuntematon,muu,muut,muualla,muualle,"
    "muualta,muu kunta,muut kunnat,okand,okant,uppgift saknas,ingen uppgift,ovriga,annanstans,"
    "annan kommun,ovriga kommuner,unknown,no data,not known,not stated,municipality unknown,"
    "other,others,elsewhere,other municipality,other municipalities",
    TOTAL: "sss,yhteensa,koko maa,kaikki,kaikki kunnat,suomi,totalt,sammanlagt,summa,hela landet,"
    "alla,alla kommuner,finland,total,totals,sum,all,in total,grand total,whole country,"
    "all municipalities",
}
_MEANINGS = {word: meaning for meaning, words in _WORDS.items() for word in words.split(",")}
# A code before or after a name: "SSS Koko maa", "MK01 Uusimaa", "Tuntematon (199)".
_CODED = re.compile(r"(?:sss|(?:[a-z]{2})?\d+) (?P<before>\D+)|(?P<after>\D+) (?:sss|\d+)")


class Ends:
    """
    What each label of a table stands for.

    Attributes
    ----------
    of
        By label: a `lau_id`, or one of `OUTSIDE`, `UNKNOWN`, `TOTAL` and `REGION`.
    """

    def __init__(self, of: dict[object, str]) -> None:
        """Take the meanings over."""
        self.of = of

    def labels(self, *meanings: str) -> tuple[str, ...]:
        """Return the labels that stand for something else than a municipality, in their order."""
        return tuple(str(label).strip() for label, end in self.of.items() if end in meanings)

    def municipalities(self) -> list[object]:
        """Return the labels that stand for a municipality."""
        other = {*PLACELESS, TOTAL, REGION}
        return [label for label, end in self.of.items() if end not in other]


def read_ends(labels: Iterable[object], *, what: str) -> Ends:
    """
    Read the labels of places that a column or header has.

    Parameters
    ----------
    labels
        Codes or names in any form that `geodata.parse_ids` reads, or words for abroad, unknown
        places, the whole country and regions.
    what
        What the column is called in messages.

    Raises
    ------
    IdentifierError
        If a label is none of these; all of them are listed, with their rows.

    Examples
    --------
    >>> read_ends(["091 Helsinki", "Ulkomaat", "KOKO MAA", "MK01 Uusimaa"], what="to").of
    {'091 Helsinki': 'FI_091', 'Ulkomaat': 'outside', 'KOKO MAA': 'total', 'MK01 Uusimaa': 'region'}
    """
    column = pd.Series(list(labels), dtype=object)
    of: dict[object, str] = {}
    others = {repr(fault.value): fault.value for fault in find_faults(column.drop_duplicates())}
    for value in others.values():
        meaning = _meaning(value) if isinstance(value, str) else None
        if meaning is not None:
            of[value] = meaning
    rest = column[~column.isin(list(of))]
    units = parse_ids(rest, column=what)
    return Ends(dict(zip(rest, units, strict=True)) | of)


def _meaning(label: str) -> str | None:
    """Return what a label that is no municipality stands for, if that is known."""
    text = fold(label)
    found = _CODED.fullmatch(text)
    name = (found["before"] or found["after"]).strip() if found else text
    for form in (text, name):
        if form in _MEANINGS:
            return _MEANINGS[form]
        if form in _regions():
            return REGION
    return _coded(unicodedata.normalize("NFKC", label))


@cached_by_countries
def _regions() -> frozenset[str]:
    """Names of regions and sub-regions, folded."""
    names: set[str] = set()
    for record in countries.countries():
        register = municipality_register(NEWEST_DIVISION, country=record.code)
        for column in map(str, register):
            if column.startswith(("region_", "sub_region_")):
                names |= {fold(name) for name in register[column].dropna().unique()}
    return frozenset(names)


def _coded(label: str) -> str | None:
    """Return what a country's code for what is no municipality stands for."""
    for record in countries.countries():
        letters = "|".join((record.code, *record.prefixes))
        form = rf"(?:(?:{letters})[ _:-]*)?(\d{{{record.digits}}})\b"
        found = re.match(form, label.strip(), re.IGNORECASE)
        if found is None:
            continue
        code = found[1]
        if code in record.abroad or any(code.startswith(digits) for digits in record.elsewhere):
            return OUTSIDE
        if code in record.unplaced:
            return UNKNOWN
    return None
