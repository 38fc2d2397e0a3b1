"""Which groups the map holds, and their extents resolved in the year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geodata import countries
from zones.catalogue.finding import groups_in, several
from zones.catalogue.names import all_groups, themes
from zones.errors import ExtentError
from zones.extents import resolving
from zones.extents.area import Area

if TYPE_CHECKING:
    from zones.model.groups import Network, Theme, Zone

__all__ = ["Shown", "choose", "own_boundaries"]


@dataclass(frozen=True, eq=False)
class Shown:
    """A group on the map: its extents in the year, and which one the page starts with."""

    group: "Zone | Network"
    areas: tuple[Area, ...]
    start: Area | None
    on: bool
    known: bool
    theme: "Theme | None" = None


def choose(
    groups: Iterable[Any] | str | Any | None,
    *,
    year: int,
    extents: Mapping[str, str],
    networks: bool,
    boundaries: "gpd.GeoDataFrame | None",
) -> tuple[Shown, ...]:
    """
    Resolve the groups asked for, then the theme networks that come along switched off.

    Raises
    ------
    UnknownGroupError
        If a name is not known.
    ExtentError
        If an extent is asked for that its group does not have.
    """
    asked = _asked(groups)
    ids = [one.group.id if isinstance(one, Area) else one.id for one in asked]
    unused = [name for name in extents if name not in ids]
    if unused:
        raise ExtentError(
            f"an extent is given for {', '.join(unused)}, which is not on the map: "
            f"give extents of {', '.join(ids) or 'a group'}"
        )
    catalogue = {group.id: group for group in (*all_groups("zone"), *all_groups("network"))}
    called = {theme.id: theme for theme in themes()}
    found = [
        _shown(
            one, year=year, extents=extents, boundaries=boundaries, on=True,
            known=catalogue, themes=called,
        )
        for one in asked
    ]  # fmt: skip
    if networks and _at_home(found):
        found += [
            _shown(
                one, year=year, extents={}, boundaries=None, on=False,
                known=catalogue, themes=called,
            )
            for one in all_groups("network")
            if one.id not in ids
        ]  # fmt: skip
    return tuple(found)


def _at_home(shown: Sequence[Shown]) -> bool:
    """Whether the networks, which are all of the home country, can be drawn beside these."""
    touched = {country for one in shown for area in one.areas for country in area.countries}
    return not touched or bool({record.code for record in countries.beside(())} & touched)


def _asked(groups: Any) -> list[Any]:
    if groups is None:
        return list(all_groups("zone"))
    found: dict[str, Any] = {}
    for one in several(groups):
        if isinstance(one, Area):
            found[one.group.id] = one
        else:
            found |= {group.id: group for group in groups_in(one)}
    return list(found.values())


def _shown(
    one: Any,
    *,
    year: int,
    extents: Mapping[str, str],
    boundaries: "gpd.GeoDataFrame | None",
    on: bool,
    known: Mapping[str, Any],
    themes: Mapping[str, "Theme"],
) -> Shown:
    group: Any = one.group if isinstance(one, Area) else one
    if isinstance(one, Area):
        wanted: str | None = one.extent.id
        settings: dict[str, Any] = {
            "year": one.year, "division": one.division, "data_year": one.people_until,
        }  # fmt: skip
        if one.own_boundaries or one.credits:
            areas: list[Area] = [one]
        else:
            areas = [
                one if each.id == wanted else resolving.area(group, extent=each.id, **settings)
                for each in group.extents
            ]
            if wanted not in [each.id for each in group.extents]:
                areas.append(one)
    else:
        wanted = extents.get(group.id)
        if wanted is not None:
            group.extent(wanted)
        areas = [
            resolving.area(group, extent=each.id, year=year, boundaries=boundaries)
            for each in group.extents
        ]
    return Shown(
        group=group,
        areas=tuple(areas),
        start=_start(areas, wanted),
        on=on and bool(areas),
        known=known.get(group.id) == group,
        theme=themes.get(group.theme) if group.kind == "network" else None,
    )


def _start(areas: Sequence[Area], wanted: str | None) -> Area | None:
    for area in areas:
        if area.extent.id == wanted or (wanted is None and area.extent.default):
            return area
    return areas[0] if areas else None


def own_boundaries(shown: Sequence[Shown]) -> "gpd.GeoDataFrame | None":
    """Return the units of the first area that was resolved on a user's own boundaries."""
    for area in (area for one in shown for area in one.areas):
        if area.own_boundaries:
            return gpd.GeoDataFrame(pd.concat(area.municipalities.values()), crs=area.units.crs)
    return None
