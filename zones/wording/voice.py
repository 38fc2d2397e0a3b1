"""The voice: everything that a person reads of a figure, in one language."""

from dataclasses import dataclass
from typing import Any

import geodata
from zones.extents.area import Area
from zones.extents.spine import has_spine
from zones.model.amounts import Amount, Label, decimals
from zones.model.evidence import Membership
from zones.model.figures import Measure, MeasureTable
from zones.model.keys import key_kind, key_name, with_names
from zones.texts import (
    Language,
    Text,
    check_language,
    format_number,
    format_percent,
    phrase,
)
from zones.texts.alphabet import alphabetical
from zones.wording.amounts import named_units
from zones.wording.dates import date_text, period_text
from zones.wording.thin import least_people, least_share

__all__ = ["Voice", "worth_showing"]


@dataclass(frozen=True, slots=True)
class Voice:
    r"""
    One language, made once at the door of a page, report, sheet or command.

    Examples
    --------
    >>> voice = Voice("fi")
    >>> voice.phrase("measures.name.members"), voice.number(1234.5, digits=1)
    ('Kunnat', '1\xa0234,5')
    """

    lang: Language

    def __post_init__(self) -> None:
        """
        Refuse a language that the library does not speak.

        Raises
        ------
        ValueError
            For anything but ``fi``, ``sv`` and ``en``.
        """
        check_language(self.lang)

    def phrase(self, key: str, **params: Any) -> str:
        """Return a text with its placeholders filled."""
        return phrase(key, self.lang, **params)

    def number(self, value: float, *, digits: int = 0) -> str:
        """Return a number as the language writes it."""
        return format_number(value, self.lang, digits=digits)

    def percent(self, value: float) -> str:
        """Return a percentage as the language writes it."""
        return format_percent(value, self.lang)

    def date(self, date: str) -> str:
        """Return a date of the facts as the language writes it."""
        return date_text(date, self.lang)

    def period(self, start: str | None, end: str | None) -> str:
        """Return a period as the language writes it; nothing where neither end is known."""
        return period_text(start, end, self.lang)

    def member(self, row: Membership) -> str:
        """Return the name of a row's municipality, as the register has it in the language."""
        register = geodata.municipality_register(row.division, country=row.country)
        return str(register.loc[row.lau_id, f"name_{self.lang}"])

    def amount(
        self, value: float, unit: str, *, signed: bool = False, label: Label | None = None
    ) -> str:
        r"""
        Return a number with its unit; a difference with its sign.

        Examples
        --------
        >>> Voice("sv").amount(1, "municipalities"), Voice("en").amount(2.5, "points", signed=True)
        ('1 kommun', '+2.5 percentage points')
        """
        shown = Amount.of_unit(value, unit, label).render(self.lang)
        return f"+{shown}" if signed and value > 0 else shown

    def name(self, measure: Measure) -> str:
        """
        Return the name of a figure; of an area with the sea another one than without it.

        Examples
        --------
        >>> import zones
        >>> Voice("en").name(zones.coverage("viitoskaytava").get("area"))
        'Area, land and inland water'
        """
        return measure.title.render(self.lang)

    def figure(self, measure: Measure) -> str:
        """
        Return the value of a figure with its unit.

        Examples
        --------
        >>> import zones
        >>> members = zones.coverage(zones.area("viitoskaytava")).get("members")
        >>> Voice("fi").figure(members)
        '46 kuntaa'
        """
        return measure.amount(self.lang)

    def people(self, table: MeasureTable) -> str:
        """
        Return the people of an extent; a span where few of its members have evidence.

        Examples
        --------
        >>> import zones
        >>> area = zones.area("suomen-kasvukaytava")
        >>> Voice("en").people(zones.coverage(area) + zones.reach(area))
        '1,170,951–2,706,970'
        """
        people, least = table.get("population"), least_people(table)
        if people.value is None:
            return "–"
        whole = self.number(people.value)
        return whole if least is None else f"{self.number(least)}–{whole}"

    def share(self, table: MeasureTable) -> str:
        """
        Return an extent's share of the country's people; a span where its people are one.

        Examples
        --------
        >>> import zones
        >>> area = zones.area("suomen-kasvukaytava")
        >>> Voice("en").share(zones.coverage(area) + zones.reach(area))
        '20.7–47.9%'
        """
        share, least = table.get("population_share"), least_share(table)
        if share.value is None:
            return "–"
        whole = self.percent(share.value)
        return whole if least is None else f"{self.number(least, digits=1)}–{whole}"

    def range(
        self,
        low: float | None,
        high: float | None,
        unit: str,
        *,
        to: str = "–",
        label: Label | None = None,
    ) -> str:
        """Return bounds without their unit; nothing where they are one or not known."""
        if low is None or high is None or low == high:
            return ""
        return to.join(self.number(end, digits=decimals(unit, label)) for end in (low, high))

    def bounds(self, measure: Measure) -> str:
        """Return the bounds of a figure, an error with its level; nothing where it has none."""
        if measure.value is None and measure.high is None and measure.low:
            digits = decimals(measure.unit, measure.label)
            return f"≥ {self.number(measure.low, digits=digits)}"
        ends = self.range(measure.low, measure.high, measure.unit, label=measure.label)
        error = measure.bounds_kind == "error"
        return self.phrase("measures.bounds.error", ends=ends) if error else ends

    def year(self, measure: Measure) -> str:
        """
        Return the year of a figure, or for a change both of its years.

        Examples
        --------
        >>> import zones
        >>> table = zones.reach(zones.area("peramerenkaari"))
        >>> Voice("en").year(table.get("population_change", "FI"))
        '2015–2025'
        """
        return measure.years

    def key(self, area: Area, measure: Measure) -> str:
        """Return what a figure is of, where one name has several: a country, a region, a member."""
        key = measure.key or ""
        match key_kind(measure):
            case "member" | "municipality":
                return named_units(area, [key])[0].render(self.lang)
            case "region":
                country, _, region = key.partition("_")
                frame = area.municipalities[country]
                return str(frame.loc[frame["region"] == region, f"region_{self.lang}"].iloc[0])
        return key_name(measure, self.lang)

    def items(self, area: Area, measure: Measure) -> str:
        """Return the names of the municipalities that a count counts, in alphabetical order."""
        names = (name.render(self.lang) for name in named_units(area, measure.items or ()))
        return ", ".join(sorted(names, key=lambda name: alphabetical(name, self.lang)))

    def text(self, area: Area, text: Text) -> str:
        """
        Return a note or method, with municipalities by name where it has them by code.

        Examples
        --------
        >>> import zones
        >>> note = Text.of("measures.note.no_centre", units="FI_588")
        >>> Voice("sv").text(zones.area("viitoskaytava"), note)
        'Kan inte beräknas: inget centrum är känt för Pertunmaa.'
        """
        return with_names(text.render(self.lang), self.lang, year=area.division)


def worth_showing(area: Area, measure: Measure) -> bool:
    """
    Whether a person needs the row.

    A country says nothing of a zone that is in it alone or without it, nor an axis of a group that
    has none. Programs get the rows of all countries that are looked at together, members or not.
    """
    if measure.value is None and measure.name.startswith("spine_") and not has_spine(area.group):
        return False
    by_country = key_kind(measure) == "country" and measure.key is not None
    return not by_country or (len(area.countries) > 1 and measure.key in area.countries)
