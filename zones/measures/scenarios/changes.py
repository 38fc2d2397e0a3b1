"""Changes of members: reads names of municipalities and regions, and finds every fault first."""

from collections.abc import Iterable

import geodata
from geodata.countries import codes, countries
from geodata.errors import GeodataError
from geodata.messages import did_you_mean
from geodata.register.names import fold, suggest
from zones.errors import MeasureError
from zones.extents.area import Area

__all__ = ["read_changes"]

Names = Iterable[str] | str


def read_changes(
    area: Area,
    *,
    add: Names = (),
    remove: Names = (),
    add_regions: Names = (),
    remove_regions: Names = (),
) -> tuple[set[str], set[str]]:
    """
    Return the units that join an area and those that leave it.

    Parameters
    ----------
    area
        The area to change; names are of its division.
    add, remove
        Municipalities, by any name or code.
    add_regions, remove_regions
        Regions, by name or code: those of their municipalities that are not in, or in.

    Raises
    ------
    MeasureError
        With every name that is unknown, in already or not in, or given twice.
    """
    faults: list[str] = []
    members = set(area.units.index)
    joining = _joining(area, _listed(add), members, faults)
    leaving = _leaving(area, _listed(remove), members, faults)
    for name in _listed(add_regions):
        units = _region(name, area.division, faults)
        if units and units <= members:
            faults.append(f"all municipalities of {name!r} are in already: it cannot be added")
        joining |= units - members
    for name in _listed(remove_regions):
        units = _region(name, area.division, faults)
        if units and not units & members:
            faults.append(f"no municipality of {name!r} is in: it cannot be removed")
        leaving |= units & members
    if not faults and not (members - leaving) | joining:
        faults.append("no member would be left: keep one or more")
    if faults:
        count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise MeasureError(
            f"what-if on {area.group.id} (extent {area.extent.id}, division of {area.division}) "
            f"has {count}: " + "; ".join(faults)
        )
    return joining, leaving


def _listed(names: Names) -> list[str]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        # A number is refused by name later, as any that is no municipality.
        return [names]
    return list(names)


def _joining(area: Area, names: list[str], members: set[str], faults: list[str]) -> set[str]:
    joining: set[str] = set()
    for name in names:
        unit = _municipality(name, area.division, faults)
        if unit in members:
            faults.append(f"{name!r} ({unit}) is in already: it cannot be added")
        elif unit in joining:
            faults.append(f"{name!r} ({unit}) is added twice: give it once")
        elif unit:
            joining.add(unit)
    return joining


def _leaving(area: Area, names: list[str], members: set[str], faults: list[str]) -> set[str]:
    leaving: set[str] = set()
    for name in names:
        unit = _municipality(name, area.division, faults)
        if unit in leaving:
            faults.append(f"{name!r} ({unit}) is removed twice: give it once")
        elif unit in members:
            leaving.add(unit)
        elif unit:
            faults.append(f"{name!r} ({unit}) is not in: it cannot be removed")
    return leaving


def _municipality(name: str, division: int, faults: list[str]) -> str:
    """Return the unit of a name, or nothing after noting what is wrong with it."""
    try:
        return geodata.parse_id(name, year=division)
    except GeodataError as error:
        known = isinstance(name, str) and fold(name) in _regions(division)
        hint = "; it is a region: give it among the regions" if known else ""
        faults.append(f"{error}{hint}")
        return ""


def _region(name: str, division: int, faults: list[str]) -> set[str]:
    """Return the municipalities of a region, or nothing after noting what is wrong."""
    known = _regions(division)
    if isinstance(name, str) and fold(name) in known:
        return known[fold(name)][1]
    near = suggest(str(name), list(dict.fromkeys(shown for shown, _ in known.values())))
    hint = did_you_mean(near)
    places = " or ".join(record.names["en"] for record in countries())
    faults.append(f"{name!r} is no region of {places} in {division}{hint}")
    return set()


def _regions(division: int) -> dict[str, tuple[str, set[str]]]:
    """Map the folded names and codes of a division's regions to a name and the municipalities."""
    found: dict[str, tuple[str, set[str]]] = {}
    for country in codes():
        register = geodata.municipality_register(division, country=country)
        for region, part in register.groupby("region"):
            row, units = part.iloc[0], set(part.index)
            names = [str(row[f"region_{lang}"]) for lang in ("fi", "sv", "en")]
            for code in (f"{country}_{region}", str(region)):
                found.setdefault(fold(code), (names[0], units))
            for name in names:
                found.setdefault(fold(name), (name, units))
    return found
