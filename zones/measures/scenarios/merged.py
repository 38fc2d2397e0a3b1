"""Mergers between two years of an area: who came in with a member, and what changed besides."""

from collections.abc import Iterator

import pandas as pd

from geodata.countries import country_of
from geodata.register.carried import carried, first_year_without, heirs
from zones.extents.area import Area
from zones.model.amounts import Amount
from zones.texts import Text
from zones.wording.amounts import named_units

__all__ = ["brought_in", "changed_units"]


def changed_units(before: Area, after: Area) -> tuple[Area, pd.Index, pd.Index]:
    """
    Return the units that one area has and the other has not, in the older of their divisions.

    Parameters
    ----------
    before, after
        Two areas with bundled boundaries, which are all made from the same ones.

    Returns
    -------
    tuple
        The area of the older division, the units added and the units removed.
    """
    older, newer = sorted((before, after), key=lambda area: area.division)
    inside = pd.Index(carried(newer.units.index, newer.division, older.division))
    units = {id(older): older.units.index, id(newer): inside}
    one, two = units[id(before)], units[id(after)]
    return older, two.difference(one), one.difference(two)


def brought_in(before: Area, after: Area) -> Iterator[Text]:
    """Say which non-members merged into members between two years, with their people."""
    if after.division <= before.division:
        return
    was, inside = set(before.units.index), set(after.units.index)
    # A unit that has merged is no more; one that is only in the other extent is.
    merged = {
        unit: heir
        for unit, heir in heirs(before.division, after.division).items()
        if unit != heir and unit not in was and heir in inside
    }
    for unit, member in merged.items():
        names = {
            "unit": named_units(before, [unit]),
            "member": named_units(after, [member]),
            "after": str(first_year_without(unit, before.division, after.division)),
        }
        people = before.municipalities[country_of(unit).code].loc[unit, "population"]
        if pd.isna(people):
            yield Text.of("scenarios.note.merged_in", **names)
        else:
            yield Text.of(
                "scenarios.note.merged_in_people",
                people=Amount.of_unit(int(people), "people"),
                year=str(before.data_year),
                **names,
            )
