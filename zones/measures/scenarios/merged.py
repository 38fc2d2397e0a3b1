"""Mergers between two years of an area: who came in with a member, and what changed besides."""

from collections.abc import Iterator

import pandas as pd

import geodata
from zones.extents.area import Area
from zones.texts import Text
from zones.wording.amounts import Amount, named_units

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
    everyone = pd.Index([unit for f in older.municipalities.values() for unit in f.index])
    later = geodata.successors(everyone, from_year=older.division, to_year=newer.division)
    inside = pd.Index(everyone[later.isin(newer.units.index).to_numpy()])
    outside = newer.units.index[newer.units.index.str.startswith("SE_")].difference(everyone)
    units = {id(older): older.units.index, id(newer): inside.append(outside)}
    one, two = units[id(before)], units[id(after)]
    return older, two.difference(one), one.difference(two)


def brought_in(before: Area, after: Area) -> Iterator[Text]:
    """Say which non-members merged into members between two years, with their people."""
    if after.division <= before.division:
        return
    everyone = before.municipalities["FI"]
    later = geodata.successors(everyone.index, from_year=before.division, to_year=after.division)
    outside = ~everyone.index.isin(before.units.index) & later.isin(after.units.index).to_numpy()
    # A unit that has merged is no more; one that is only in the other extent is.
    merged = later[outside & (later.to_numpy() != later.index.to_numpy())]
    for unit, member in merged.items():
        names = {
            "unit": named_units(before, [str(unit)]),
            "member": named_units(after, [str(member)]),
            "after": str(_in_force(str(unit), before, after)),
        }
        people = everyone.loc[unit, "population"]
        if pd.isna(people):
            yield Text.of("scenarios.note.merged_in", **names)
        else:
            yield Text.of(
                "scenarios.note.merged_in_people",
                people=Amount.of_unit(int(people), "people"),
                year=str(before.data_year),
                **names,
            )


def _in_force(unit: str, before: Area, after: Area) -> int:
    """Return the first year in which a unit that merged between two divisions was no more."""
    table = geodata.mergers()
    dates = table.loc[table["lau_id"] == unit, "in_force"]
    return min(int(date.year) for date in dates if before.division < date.year <= after.division)
