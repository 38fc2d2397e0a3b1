"""Amounts: numbers with their units, written as each language does."""

from collections.abc import Sequence
from dataclasses import dataclass

from zones.model.contract import UNITS, KeyKind
from zones.texts import Language, Text, check_language, format_number, format_percent, phrase

__all__ = ["Amount", "Label", "amount_span", "decimals", "first_of", "unit_word"]


@dataclass(frozen=True, slots=True)
class Label:
    """
    How a figure is called that the contract does not know: one from a table of the user's.

    Attributes
    ----------
    name
        Its name in three languages.
    unit
        The word after the number, where the unit is not one of the library's.
    digits
        Decimals that a person reads.
    key
        What its key is of, where that is no country and no member.
    """

    name: Text
    unit: Text | None = None
    digits: int = 0
    key: KeyKind | None = None


@dataclass(frozen=True, slots=True)
class Amount(Text):
    r"""
    A number with its unit, written as each language does.

    Examples
    --------
    >>> Amount.of_unit(1600, "people").render("en"), Amount.of_unit(43.77, "percent").render("fi")
    ('1,600 people', '43,8\xa0%')
    """

    @classmethod
    def of_unit(cls, value: float, unit: str, label: Label | None = None) -> "Amount":
        """
        Make an amount of a measure's unit; differences of shares have the unit ``points``.

        A label has the decimals, and the word for a unit that is not one of the library's.
        """
        return cls("", (("label", label), ("unit", unit), ("value", value)))

    def render(self, lang: Language | None = None) -> str:
        """Return the amount in a language."""
        lang = check_language(lang)
        params = dict(self.params)
        value, unit, label = params["value"], params["unit"], params["label"]
        digits = 0 if isinstance(value, int) else decimals(unit, label)
        if unit == "percent":
            return format_percent(value, lang, digits=decimals(unit, label))
        number = format_number(value, lang, digits=digits)
        if unit == "ratio":
            return number
        if unit not in UNITS:
            return f"{number} {unit_word(unit, lang, label)}".rstrip()
        one = abs(value) == 1 and UNITS[unit].counted
        return (
            f"{number} {phrase(f'measures.one.{unit}' if one else f'measures.unit.{unit}', lang)}"
        )

    def __str__(self) -> str:
        """Return the amount in English."""
        return self.render("en")


def decimals(unit: str, label: Label | None = None) -> int:
    """Return how many decimals of a figure a person reads."""
    return UNITS[unit].digits if label is None else label.digits


def unit_word(unit: str, lang: Language, label: Label | None = None) -> str:
    """
    Return the word for a unit of several; one that has no word stays as it is.

    Examples
    --------
    >>> unit_word("people", "fi"), unit_word("points", "sv"), unit_word("EUR", "en")
    ('asukasta', 'procentenheter', 'EUR')
    """
    if unit in UNITS:
        return phrase(f"measures.unit.{unit}", lang)
    return label.unit.render(lang) if label and label.unit else unit


def amount_span(
    low: float, high: float, unit: str, lang: Language, *, label: Label | None = None
) -> str:
    r"""
    Return bounds as a person reads them, with their unit once.

    Examples
    --------
    >>> amount_span(1200, 1250, "people", "en"), amount_span(1.04, 2, "percent", "sv")
    ('1,200–1,250 people', '1,0–2,0\xa0%')
    """
    first = format_number(low, lang, digits=decimals(unit, label))
    return f"{first}–{Amount.of_unit(high, unit, label).render(lang)}"


def first_of(names: Sequence[Text], most: int = 10) -> tuple[Text, ...] | Text:
    """
    Return names for a sentence: the first ones, and how many more there are.

    Examples
    --------
    >>> first_of([Text.of("measures.name.members")] * 3, 1).render("fi")
    'Kunnat ja 2 muuta'
    """
    shown, more = tuple(names[:most]), len(names) - most
    if more <= 0:
        return shown
    key = "groups.listed_one" if more == 1 else "groups.listed_other"
    return Text.of(key, names=shown, count=more)
