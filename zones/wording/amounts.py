"""Parts of sentences that each language writes in its own way: names of municipalities, amounts."""

from collections.abc import Iterable
from dataclasses import dataclass

from zones.extents.area import Area
from zones.model.contract import UNITS
from zones.texts import Language, Named, Text, format_number, format_percent, phrase

__all__ = ["Amount", "named_units"]


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
    def of_unit(cls, value: float, unit: str) -> "Amount":
        """Make an amount of a measure's unit; differences of shares have the unit ``points``."""
        return cls("", (("unit", unit), ("value", value)))

    def render(self, lang: Language | None = None) -> str:
        """Return the amount in a language."""
        params = dict(self.params)
        value, unit = params["value"], params["unit"]
        if unit == "percent":
            return format_percent(value, lang)
        digits = 0 if isinstance(value, int) else UNITS[unit].digits
        number = format_number(value, lang, digits=digits)
        if unit == "ratio":
            return number
        one = abs(value) == 1 and UNITS[unit].counted
        return (
            f"{number} {phrase(f'measures.one.{unit}' if one else f'measures.unit.{unit}', lang)}"
        )

    def __str__(self) -> str:
        """Return the amount in English."""
        return self.render("en")


def named_units(area: Area, units: Iterable[str]) -> tuple[Named, ...]:
    """
    Return the names of municipalities of an area's countries; a code where a name is not at hand.

    Parameters
    ----------
    area
        Whose division the units are of.
    units
        Their ``lau_id``, in the order in which to name them.
    """
    named = []
    for unit in units:
        frame = area.municipalities.get(unit[:2])
        if frame is None or unit not in frame.index:
            named.append(Named.in_three(unit, unit, unit))
        else:
            row = frame.loc[unit, ["name_fi", "name_sv", "name_en"]]
            named.append(Named.in_three(*(str(name) for name in row)))
    return tuple(named)
