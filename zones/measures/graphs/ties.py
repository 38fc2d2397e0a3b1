"""The ties that join municipalities: borders, typed links, distances, travel times."""

from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.messages import listed
from geodata.travel.matrices import TravelTimes, read_travel_times, travel_times
from geodata.units import M_PER_KM
from zones.catalogue.names import links
from zones.errors import MeasureError
from zones.extents.area import Area, Subject
from zones.extents.resolving import as_area
from zones.extents.spine import centres_of
from zones.measures.graphs.graph import TieGraph

__all__ = ["border_graph", "distance_graph", "link_graph", "travel_time_graph", "typed_links"]


def border_graph(
    area: Subject, *, members_only: bool = True, queen: bool = False, sea: bool = False
) -> TieGraph:
    """Return the land-border graph: rook contiguity, with the shared border in km.

    Two municipalities are tied where they share a border line over land, not a point only. In
    Finland the pairs are known as facts, and the polygons only say how long a border is: its length
    is missing where none is drawn. Elsewhere, and with a user's boundaries, the polygons decide.
    Each country is by itself, so that no tie crosses the national border.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    members_only
        The graph induced on the members; otherwise on all municipalities of their countries.
    queen
        Whether municipalities that meet in points only are tied too, with a border of 0 km.
    sea
        Whether borders through the sea alone count too, their length missing.

    Examples
    --------
    >>> import zones
    >>> border_graph(zones.area("viitoskaytava"))
    <TieGraph land border: 46 nodes, ... edges, 1 components, 0 isolates>
    """
    area = as_area(area)
    pairs = [found.with_sea().pairs if sea else found.pairs for found in area.contiguity.values()]
    if queen:
        pairs += [table.touching.assign(length_m=0.0) for table in area.borders.values()]
    table = pd.concat([part for part in pairs if len(part)] or pairs[:1], ignore_index=True)
    table = table.drop_duplicates(["left", "right"])
    table = table.sort_values(["left", "right"], ignore_index=True)
    ties = table[["left", "right"]].assign(weight=table["length_m"] / M_PER_KM)
    nodes = pd.Index([unit for frame in area.municipalities.values() for unit in frame.index])
    kind = "land border or point" if queen else "land border"
    graph = TieGraph(nodes, ties, kind=kind, unit="km")
    return graph.induced(area.units.index) if members_only else graph


def typed_links(area: Area) -> pd.DataFrame:
    """Return the typed links (bridge, ferry, rail) with a member at one end or both.

    Returns
    -------
    DataFrame
        ``left``, ``right``, ``kind``, ``name``, ``source`` and ``inside``: whether both ends are
        members.
    """
    members = set(area.units.index)
    rows = [
        (*sorted(link.between), link.kind, link.name, link.source, set(link.between) <= members)
        for link in links()
        if members & set(link.between)
    ]
    table = pd.DataFrame(rows, columns=["left", "right", "kind", "name", "source", "inside"])
    # Without a row the type is not known, and the column would pick columns instead of rows.
    return table.astype({"inside": bool})


def link_graph(area: Subject) -> TieGraph:
    """Return the graph of typed links between members: bridges, ferries and railways.

    These are ties that a land border does not show, among them all that cross the national border.
    The weight is the number of links between the two.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.

    Examples
    --------
    >>> import zones
    >>> link_graph(zones.area("peramerenkaari")).ties
          left    right  weight
    0  FI_851  SE_2583       2
    """
    area = as_area(area)
    table = typed_links(area)
    inside = table[table["inside"]].assign(weight=1)
    return TieGraph.from_pairs(area.units.index, inside, kind="typed link", unit="links")


def distance_graph(
    area: Subject, *, nearest: int | None = None, within_km: float | None = None
) -> TieGraph:
    r"""Return the graph of distances between the members' centres, in km.

    Two members are tied where one is among the `nearest` others of the other, or where their
    centres lie within `within_km`: :math:`\lVert c_i - c_j \rVert \le d` in the area's plane.
    Distances look across the national border.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    nearest
        Number of nearest others; the tie holds where either has the other among them.
    within_km
        Longest distance. Give one of the two.

    Raises
    ------
    MeasureError
        When both or none are given, one is not above zero, or a member's centre is not known.

    Examples
    --------
    >>> import zones
    >>> distance_graph(zones.area("peramerenkaari"), within_km=50)
    <TieGraph centres within 50 km: 15 nodes, ... edges, ... components, ... isolates>
    """
    area = as_area(area)
    if (nearest is None) == (within_km is None):
        raise MeasureError(
            f"nearest={nearest!r} and within_km={within_km!r}: give one of the two, "
            "a number of nearest centres or a distance in km"
        )
    given = nearest if within_km is None else within_km
    if given is None or not given > 0:
        raise MeasureError(f"{given!r} is not above zero: give nearest=3 or within_km=50")
    units, points = area.units.index, _centres(area)
    if nearest is None:
        pairs = cKDTree(points).query_pairs(float(given), output_type="ndarray")
        kind = f"centres within {given:.15g} km"
    else:
        pairs = _nearest(points, int(nearest))
        kind = f"{int(nearest)} nearest centres"
    lengths = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    table = pd.DataFrame(
        {"left": units[pairs[:, 0]], "right": units[pairs[:, 1]], "weight": lengths}
    )
    return TieGraph.from_pairs(units, table, kind=kind, unit="km")


def _centres(area: Area) -> NDArray[np.float64]:
    found = centres_of(area.countries, area.division, area.crs).geometry
    lacking = area.units.index.difference(found.index)
    if len(lacking):
        raise MeasureError(
            f"no centre is known for {listed(lacking)}: leave them out of the extent, "
            "or take a division from 2020 on"
        )
    return shapely.get_coordinates(found.loc[area.units.index].to_numpy()) / M_PER_KM


def _nearest(points: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """Return pairs of positions, each once, of which one has the other among its nearest."""
    count = min(count, len(points) - 1)
    if count < 1:
        return np.empty((0, 2), dtype=np.intp)
    found = np.asarray(cKDTree(points).query(points, k=count + 1)[1])
    starts = np.repeat(np.arange(len(points)), count + 1)
    pairs = np.sort(np.column_stack([starts, found.ravel()]), axis=1)
    unique: NDArray[np.intp] = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
    return unique


def travel_time_graph(
    area: Subject,
    times: TravelTimes | pd.DataFrame | str | Path,
    *,
    within_minutes: float | None = None,
) -> TieGraph:
    """Return the graph of travel times between members, in minutes.

    The weight is the longer of the two directions. Where one direction is not given there is no
    way, and so no tie.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    times
        A matrix or table of minutes, or the path of a CSV file, as `zones.reach` takes them.
    within_minutes
        Longest time; all ways that are given where not set.

    Raises
    ------
    MeasureError
        When members are not in the matrix.
    FileFormatError
        When the table or file cannot be used.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("viitoskaytava", extent="partners-seen")
    >>> units = area.units.index
    >>> minutes = pd.DataFrame(40.0, index=units, columns=units)
    >>> travel_time_graph(area, minutes, within_minutes=60)
    <TieGraph within 60 minutes: 4 nodes, 6 edges, 1 components, 0 isolates>
    """
    area = as_area(area)
    if isinstance(times, str | Path):
        times = read_travel_times(times)
    elif isinstance(times, pd.DataFrame):
        times = travel_times(times)
    units, minutes = area.units.index, times.minutes
    lacking = [unit for unit in units if unit not in minutes.index or unit not in minutes.columns]
    if lacking:
        raise MeasureError(
            f"{times.source}: no travel times from and to {listed(sorted(lacking))}: "
            "give minutes between all members of the extent"
        )
    between = minutes.loc[units, units].to_numpy(float)
    longer = np.maximum(between, between.T)
    left, right = np.triu_indices(len(units), k=1)
    weight = longer[left, right]
    limit = np.inf if within_minutes is None else within_minutes
    keep = np.isfinite(weight) & (weight <= limit)
    table = pd.DataFrame(
        {"left": units[left[keep]], "right": units[right[keep]], "weight": weight[keep]}
    )
    kind = "travel time" if within_minutes is None else f"within {within_minutes:.15g} minutes"
    return TieGraph.from_pairs(units, table, kind=kind, unit="minutes")
