"""Names of municipalities in sentences."""

from collections.abc import Iterable

import pandas as pd

import geodata
from geodata import countries
from zones.extents.area import Area
from zones.texts import Named

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
