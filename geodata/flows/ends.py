"""Where a flow begins or ends: a municipality, abroad, no known place, or a total of places."""

import numbers
import re
import unicodedata
from collections.abc import Iterable, Sequence

import pandas as pd

from geodata import countries
from geodata.errors import IdentifierError
from geodata.register.faults import not_municipalities
from geodata.register.identifiers import find_faults
from geodata.register.names import fold
from geodata.register.unpadded import of_numbers
from geodata.tables.places import as_place

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

# What the places of other tables are not called, as `fold` leaves it, between commas.
_WORDS = {
    OUTSIDE: "ulkomaat,ulkomaa,ulkomailla,ulkomaille,ulkomailta,muu maa,muut maat,utlandet,"
    "utomlands,annat land,andra lander,abroad,foreign countries,other country,other countries",
    UNKNOWN: "tieto puuttuu,muu,muut,muualla,muualle,muualta,muu kunta,muut kunnat,okant,"
    "ingen uppgift,ovriga,annanstans,annan kommun,ovriga kommuner,no data,not stated,other,others,"
    "elsewhere,other municipality,other municipalities",
}
_MEANINGS = {word: meaning for meaning, words in _WORDS.items() for word in words.split(",")}
# "200 Ulkomaat", "KU200".
_CODED = re.compile(r"(?:[A-Z]{2}[ _:-]?)?(?P<code>\d{3,4})(?:[ _:-]+(?P<name>.+))?")
_KINDS = {
    "country": TOTAL,
    "total": TOTAL,
    "area": REGION,
    "part": REGION,
    "nowhere": UNKNOWN,
    "elsewhere": OUTSIDE,
}


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
        places, the whole country and regions; codes may be numbers, if all of them are.
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
    rows = labels.index if isinstance(labels, pd.Series) else None
    column = pd.Series(list(labels), index=rows, dtype=object)
    of: dict[object, str] = {}
    for label in column.drop_duplicates():
        end = _end(str(label)) if isinstance(label, str | numbers.Integral) else None
        # Of numbers those that are no municipality; the rest are read together.
        if end is not None and (isinstance(label, str) or end in PLACELESS):
            of[label] = end
    faults = find_faults(column[~column.isin(list(of))])
    other = {*PLACELESS, TOTAL, REGION}
    units = [label for label in column.drop_duplicates() if of.get(label) not in other]
    if faults and (codes := of_numbers(units, what)):
        of |= codes
    elif faults:
        raise IdentifierError(f"{what}: {not_municipalities(faults, column)}")
    lands = countries.in_order(of.values())
    return Ends({label: _seen_from(lands, label, end) for label, end in of.items()})


def _seen_from(lands: Sequence[str], label: object, end: str) -> str:
    """Return an end; "Ruotsi" beside municipalities of Finland alone is abroad, and no total."""
    place = as_place(str(label))
    other = place.kind == "country" and bool(lands) and place.key not in lands
    return OUTSIDE if other else end


def _end(label: str) -> str | None:
    """Return what a label stands for, if that is known."""
    place = as_place(label)
    if place.kind == "unit":
        return place.key
    coded = _CODED.fullmatch(unicodedata.normalize("NFKC", label.strip()))
    name, code = (coded["name"] or "", coded["code"]) if coded else (label, "")
    for land in countries.countries():
        if code in land.abroad:
            return OUTSIDE
        if code in land.unplaced:
            return UNKNOWN
    return _MEANINGS.get(fold(name)) or _KINDS.get(place.kind)
