"""Parts of sentences that each language writes in its own way: names of municipalities, amounts."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

import geodata
from geodata import countries
from zones.extents.area import Area
from zones.model.contract import UNITS
from zones.model.figures import Label, Measure
from zones.texts import Language, Named, Text, format_number, format_percent, phrase

__all__ = ["Amount", "decimals", "named_units"]


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

    @classmethod
    def of_measure(cls, measure: Measure) -> "Amount":
        """
        Make the amount of a figure that has a value.

        Examples
        --------
        >>> import zones
        >>> print(Amount.of_measure(zones.coverage("viitoskaytava").get("members")))
        46 municipalities
        """
        assert measure.value is not None  # the caller says what stands in the place of none
        return cls.of_unit(measure.value, measure.unit, measure.label)

    def render(self, lang: Language = "en") -> str:
        """Return the amount in a language."""
        params = dict(self.params)
        value, unit, label = params["value"], params["unit"], params["label"]
        digits = 0 if isinstance(value, int) else decimals(unit, label)
        if unit == "percent":
            return format_percent(value, lang, digits=decimals(unit, label))
        number = format_number(value, lang, digits=digits)
        if unit == "ratio":
            return number
        if unit not in UNITS:
            word = label.unit.render(lang) if label and label.unit else unit
            return f"{number} {word}".rstrip()
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


def named_units(area: Area, units: Iterable[str]) -> tuple[Named, ...]:
    """
    Return the names of municipalities of an area's division; a code where a name is not at hand.

    Parameters
    ----------
    area
        Whose division the units are of.
    units
        Their ``lau_id``, in the order in which to name them.
    """
    named = []
    for unit in units:
        country = unit[:2]
        frame: pd.DataFrame | None = area.municipalities.get(country)
        if frame is None and country in countries.codes():
            frame = geodata.municipality_register(area.division, country=country)
        if frame is None or unit not in frame.index:
            named.append(Named.in_three(unit, unit, unit))
        else:
            row = frame.loc[unit, ["name_fi", "name_sv", "name_en"]]
            named.append(Named.in_three(*(str(name) for name in row)))
    return tuple(named)
