"""How flows are called: by what flows, and the word after their numbers."""

from zones.model.amounts import Label
from zones.model.contract import CONTRACT
from zones.texts import Named, Text, phrases

__all__ = ["label_of", "unit_of"]


def unit_of(of: str | None, unit: str | None) -> str | None:
    """
    Return the unit of flows that are not of people.

    Examples
    --------
    >>> unit_of("commuters", None), unit_of("trips", None), unit_of("freight", "tonnes")
    (None, 'trips', 'tonnes')
    """
    return unit or (of if f"unit.{of}" in phrases("flows", "en") else None)


def label_of(name: str, of: str | None, unit: str | None) -> Label | None:
    """
    Return how a figure is called where it is said what flows; nothing where it is not.

    Examples
    --------
    >>> label_of("flow_out", "commuters", None).name.render("sv")
    'Flöden ut från zonen (pendlare)'
    """
    if of is None and unit is None:
        return None
    row = CONTRACT[name]
    title = Text.of(row.name_text)
    if of is not None:
        title = Text.of("flows.named", name=title, what=_word("of", of))
    own = unit_of(of, unit)
    word = _word("unit", own) if own is not None and row.unit == "persons" else None
    return Label(title, word, row.digits)


def _word(kind: str, word: str) -> Text:
    """Return a word in three languages, where it is one of the library's."""
    if f"{kind}.{word}" in phrases("flows", "en"):
        return Text.of(f"flows.{kind}.{word}")
    return Named.in_three(word, word, word)
