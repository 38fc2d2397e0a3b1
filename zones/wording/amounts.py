"""Names of municipalities in sentences."""

from collections.abc import Iterable, Mapping, Sequence

import geodata
from geodata import countries
from geodata.countries import cached_by_countries
from zones.extents.area import Area
from zones.model.amounts import first_of
from zones.model.keys import unit_name
from zones.texts import LANGUAGES, Named, Text

__all__ = ["first_named", "named_units"]


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
        known = unit[:2] in area.municipalities
        names = (area.unit_names if known else _registered(area.division, unit[:2])).get(unit)
        # Of another division than the area's, a unit has the name that it had.
        others = (unit_name(unit, lang, year=area.division) for lang in LANGUAGES)
        named.append(Named.in_three(*(names or others)))
    return tuple(named)


def first_named(area: Area, units: Sequence[str]) -> tuple[Text, ...] | Text:
    """
    Return the names of municipalities for a note: the first ten, and how many more there are.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("viitoskaytava")
    >>> first_named(area, area.units.index[:12]).render("en").partition("Kangasniemi, ")[2]
    'Keitele and 2 more'
    """
    return first_of(named_units(area, units))


@cached_by_countries
def _registered(division: int, country: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names of a country's units; nothing of a country that is not known."""
    if country not in countries.codes():
        return {}
    frame = geodata.municipality_register(division, country=country)
    columns = (frame[f"name_{lang}"].astype(str) for lang in LANGUAGES)
    return dict(zip(frame.index, zip(*columns, strict=True), strict=True))
