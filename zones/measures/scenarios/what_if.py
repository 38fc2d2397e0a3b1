"""Scenarios: what changes if members join or leave, or the extent or the year changes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from zones.errors import MeasureError
from zones.extents import resolving
from zones.extents.area import Area, Subject
from zones.measures.indicators.given import Data
from zones.measures.scenarios.changes import read_changes
from zones.measures.scenarios.comparing import compared, with_units
from zones.measures.scenarios.differences import Comparison
from zones.model.values import Facts, Names
from zones.texts import LANGUAGES, Text, phrase
from zones.wording.amounts import named_units

if TYPE_CHECKING:
    from zones.model.groups import Extent

__all__ = ["what_if"]

_CHANGED = "+what-if"


def what_if(
    area: Subject,
    *,
    add: Iterable[str] | str = (),
    remove: Iterable[str] | str = (),
    add_regions: Iterable[str] | str = (),
    remove_regions: Iterable[str] | str = (),
    extent: "str | Extent | None" = None,
    year: int | None = None,
    data: Data | None = None,
) -> Comparison:
    """
    Compute what changes if municipalities or regions join or leave, or the extent or year changes.

    Every measure is computed before and after. People on both sides are of the same year wherever
    both have one, so that a difference is that of the members and not of time. The bounds of a
    difference of areas are those of the borders that change.

    Parameters
    ----------
    area
        An extent in a year; or a zone in any form, for its default extent in the newest division.
    add, remove
        Municipalities, by any name or code that `geodata.parse_id` reads.
    add_regions, remove_regions
        Whole regions (in Sweden counties), by name or code. Members that are in already stay, and
        only those that are in are removed.
    extent
        Another extent of the same zone to change to, before members are changed: documented, or
        computed (`zones.corridor`).
    year
        Another year to move to, before members are changed.
    data
        A table of the user's, as `zones.indicators` takes it, whose figures of the area are
        compared too; those of single members are not.

    Returns
    -------
    Comparison
        `after` is the changed area, from which a further scenario can start.

    Raises
    ------
    MeasureError
        If nothing would change, or a name is unknown, in already, or not in; all faults are listed.

    Examples
    --------
    >>> import zones
    >>> change = what_if(zones.area("peramerenkaari"), add=["Keminmaa"])
    >>> change.get("members").difference, change.get("population", "FI").difference
    (1, 7576)
    """
    base = resolving.as_area(area)
    target = resolving.area(base, extent=extent, year=year)
    joining, leaving = read_changes(
        target,
        add=add,
        remove=remove,
        add_regions=add_regions,
        remove_regions=remove_regions,
    )
    after = target
    if joining or leaving:
        units = (set(target.units.index) - leaving) | joining
        after = with_units(target, units, called=_what_if(target.extent))
    elif target is base:
        raise MeasureError(
            f"what-if on {base.group.id} has nothing to change: give municipalities to add or "
            "remove, regions, another extent or another year"
        )
    said = _said(after, joining, leaving)
    return compared(base, after, kind="what-if", notes=said, data=data)


def _what_if(extent: "Extent") -> "Extent":
    """Return an extent by a name of its own: that of the one it was is a documented list."""
    if extent.id.endswith(_CHANGED):
        return extent
    names = (phrase("scenarios.line.what_if", lang, name=extent.title(lang)) for lang in LANGUAGES)
    return replace(
        extent,
        id=f"{extent.id}{_CHANGED}",
        names=Names(*names),
        description=Names.of("scenarios.line.changed"),
        note=None,
        published=Facts(),
    )


def _said(after: Area, joining: set[str], leaving: set[str]) -> list[Text]:
    said = []
    for key, units in (("joined", joining), ("left", leaving)):
        if units:
            said.append(Text.of(f"scenarios.note.{key}", units=named_units(after, sorted(units))))
    return said
