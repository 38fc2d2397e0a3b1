"""Names of municipalities in sentences."""

from collections.abc import Iterable, Mapping

import geodata
from geodata import countries
from geodata.countries import cached_by_countries
from zones.extents.area import Area
from zones.texts import LANGUAGES, Named

__all__ = ["named_units"]


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
        named.append(Named.in_three(*(names or (unit, unit, unit))))
    return tuple(named)


@cached_by_countries
def _registered(division: int, country: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names of a country's units; nothing of a country that is not known."""
    if country not in countries.codes():
        return {}
    frame = geodata.municipality_register(division, country=country)
    columns = (frame[f"name_{lang}"].astype(str) for lang in LANGUAGES)
    return dict(zip(frame.index, zip(*columns, strict=True), strict=True))
