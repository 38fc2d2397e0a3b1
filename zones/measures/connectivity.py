"""Connectivity: whether the municipalities of an extent hang together, and through whom."""

import functools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree
from scipy.spatial.distance import pdist

from geodata import countries
from geodata.units import M_PER_KM
from zones.catalogue.names import all_groups
from zones.extents.area import Area, Subject
from zones.extents.membership import incidence
from zones.extents.resolving import as_area
from zones.extents.spine import centres_of
from zones.measures.coverage.regions import without_regions
from zones.measures.figure import (
    exact,
    figure,
    group_text,
    in_order,
    missing,
    no_common_year,
    stand_ins,
    without_boundaries,
)
from zones.measures.graphs.graph import TieGraph
from zones.measures.graphs.shared import bridging_members
from zones.measures.graphs.ties import typed_links
from zones.measures.graphs.undecided import BorderGraphs, border_graphs, contiguities
from zones.measures.parts import Graphs, Part, rows_of
from zones.model.contract import CONTRACT
from zones.model.figures import Measure, MeasureTable
from zones.texts import Text

__all__ = ["connectivity", "connectivity_parts", "people_cut_off"]

_DISTANCES = ("centre_distance_nearest", "centre_distance_mean", "centre_distance_longest")


def connectivity(area: Subject, *, sea: bool = False) -> MeasureTable:
    """
    Compute how the members of an extent hang together.

    The graph is the land-border graph (rook contiguity) induced on the members. In Finland who
    borders on whom is known as a fact; elsewhere, and with a user's own boundaries, the polygons
    say it, and pairs that their scale cannot decide are named and give bounds. Borders through the
    sea alone are `sea_links`. Ties across the national border are typed links (bridge, ferry, rail)
    and in neither.

    Parameters
    ----------
    area
        An extent in a year, or a zone in any form that `zones.area` takes.
    sea
        Whether borders through the sea alone, known in Finland, count as land borders do.

    Returns
    -------
    MeasureTable
        `border_links`, `sea_links`, `isolated`, `cut_members`, `people_cut_off` (a row a cut
        member), `bridges`, `mean_hops`, `longest_hops`, `region_crossings`, `border_crossings`,
        `centre_distance_nearest`, `centre_distance_mean`, `centre_distance_longest`, `neighbours`,
        `shared_memberships` (a row another group) and `bridging_members`.

    Examples
    --------
    >>> import zones
    >>> table = connectivity(zones.area("peramerenkaari"))
    >>> table.get("isolated").items
    ('FI_208', 'FI_678')
    """
    area = as_area(area)
    graphs = functools.cache(lambda: border_graphs(area, sea=sea))
    return in_order(rows_of(connectivity_parts(area, graphs)))


def connectivity_parts(area: Area, graphs: Graphs) -> list[Part]:
    """Return what makes the figures of `connectivity`.

    Parameters
    ----------
    area
        An extent in a year.
    graphs
        Its border graphs.
    """
    bordering: dict[tuple[str, ...], Callable[[], list[Measure]]] = {
        ("border_links", "isolated", "bridges"): lambda: _structure(graphs()),
        ("cut_members", "people_cut_off"): lambda: _cut_off(area, graphs()),
        ("mean_hops", "longest_hops"): lambda: _paths(area, graphs()),
        ("sea_links",): lambda: [_sea_links(area)],
        ("region_crossings", "neighbours"): lambda: _surroundings(area, graphs()),
    }
    parts = [Part(names, make) for names, make in bordering.items()]
    if not area.has_boundaries:
        names = tuple(
            row.name
            for row in CONTRACT.values()
            if row.table == "connectivity" and "neighbours" in row.bases
        )
        parts = [Part(names, lambda: [without_boundaries(area, name) for name in names])]
    return [
        *parts,
        Part(("border_crossings",), lambda: [_border_crossings(area)]),
        Part(_DISTANCES, lambda: _centre_distances(area)),
        Part(("shared_memberships",), lambda: _shared(area)),
        Part(("bridging_members",), lambda: [_bridging(area)]),
    ]


def _structure(graphs: BorderGraphs) -> list[Measure]:
    graph = graphs.graph
    isolates, bridges = graph.isolates(), graph.bridges()
    ends = {unit for bridge in bridges for unit in bridge}
    return [
        graphs.count("border_links", lambda one: len(one.ties)),
        graphs.count("isolated", lambda one: len(one.isolates()), items=isolates),
        graphs.structure("bridges", len(bridges), items=ends),
    ]


def _sea_links(area: Area) -> Measure:
    each = [area.contiguity[country].sea for country in area.countries]
    pairs = pd.concat([one for one in each if len(one)] or each[:1])
    inside = pairs[pairs["left"].isin(area.units.index) & pairs["right"].isin(area.units.index)]
    known = [area.contiguity[code].known for code in area.countries]
    # What pairs of a country of a file meet at sea is not known, and one member has no pair.
    unknown = any(
        countries.country(code).given and not sure and len(area.members(code)) > 1
        for code, sure in zip(area.countries, known, strict=True)
    )
    if unknown or not any(known):
        return missing(area, "sea_links", reason=Text.of("measures.note.no_sea_links"))
    return exact(area, "sea_links", len(inside), items={*inside["left"], *inside["right"]})


def people_cut_off(area: Area, graph: TieGraph, member: str) -> int | None:
    """
    Return the people of a cut member's component outside the most populous remainder.

    The cut member itself is not counted; nothing is returned where a figure is missing.

    Parameters
    ----------
    area
        An extent in a year.
    graph
        The border graph of its members.
    member
        An articulation point of the graph.
    """
    parts = [area.units.loc[list(part), "population"] for part in graph.remainders(member)]
    if any(part.isna().any() for part in parts):
        return None
    totals = sorted(int(part.sum()) for part in parts)
    return sum(totals[:-1])


def _cut_off(area: Area, graphs: BorderGraphs) -> list[Measure]:
    cut = graphs.graph.articulation_points()
    rows = [graphs.structure("cut_members", len(cut), items=cut)]
    for member in cut:
        people = people_cut_off(area, graphs.graph, member)
        if people is None:
            reason = no_common_year(area)
            rows.append(missing(area, "people_cut_off", key=member, reason=reason))
        else:
            rows.append(graphs.structure("people_cut_off", people, key=member, year=area.data_year))
    return rows


def _paths(area: Area, graphs: BorderGraphs) -> list[Measure]:
    hops = graphs.graph.hops()
    pairs = hops[np.triu_indices_from(hops, k=1)]
    reached = pairs[np.isfinite(pairs)]
    if not len(reached):
        reason = Text.of("measures.note.no_path")
        return [missing(area, name, reason=reason) for name in ("mean_hops", "longest_hops")]
    return [
        graphs.structure("mean_hops", float(reached.mean())),
        graphs.structure("longest_hops", int(reached.max())),
    ]


def _surroundings(area: Area, graphs: BorderGraphs) -> list[Measure]:
    region = area.units["region"]

    def crossing(graph: TieGraph) -> int:
        left, right = (region.loc[graph.ties[end]].to_numpy() for end in ("left", "right"))
        return int((left != right).sum())

    ties = contiguities(area, sea=bool(graphs.said))
    members = [(found, area.members(c)) for found, c in zip(ties, area.countries, strict=True)]
    neighbours = {unit for found, inside in members for unit in found.neighbours(inside)}
    bounds = [found.bounds_of_neighbours(inside) for found, inside in members]
    low, high = (sum(ends) for ends in zip(*bounds, strict=True))
    unsure = low != high or not graphs.bounded
    unknown = without_regions(area)
    return [
        missing(area, "region_crossings", reason=unknown)
        if unknown
        else graphs.count("region_crossings", crossing),
        figure(
            area,
            "neighbours",
            len(neighbours),
            low=low if graphs.bounded else None,
            high=high if graphs.bounded else None,
            items=neighbours,
            notes=[*graphs.said, *(graphs.notes if unsure else ())],
        ),
    ]


def _border_crossings(area: Area) -> Measure:
    ties = typed_links(area)
    ties = ties[ties["inside"] & (ties["left"].str[:2] != ties["right"].str[:2])]
    ends = {*ties["left"], *ties["right"]}
    return exact(area, "border_crossings", len(ties), items=ends)


def _centre_distances(area: Area) -> list[Measure]:
    found = centres_of(area.countries, area.division, area.crs)
    lacking = area.units.index.difference(found.index)
    reason = None
    if len(lacking):
        reason = Text.of("measures.note.no_centre", units=tuple(lacking))
    elif len(area.units) < 2:
        reason = Text.of("measures.note.one_member")
    if reason is not None:
        return [missing(area, name, reason=reason) for name in _DISTANCES]
    points = shapely.get_coordinates(found.geometry.loc[area.units.index].to_numpy()) / M_PER_KM
    nearest = np.asarray(cKDTree(points).query(points, k=2)[0])[:, 1]
    between = pdist(points)
    values = (nearest.mean(), between.mean(), between.max())
    notes = stand_ins(found.loc[area.units.index])
    return [
        exact(area, name, float(value), notes=notes)
        for name, value in zip(_DISTANCES, values, strict=True)
    ]


def _shared(area: Area) -> list[Measure]:
    table = incidence(division=area.division, former=True).reset_index()
    others = table[(table["group"] != area.group.id) & table["lau_id"].isin(area.units.index)]
    names = {group.id: group_text(group) for group in all_groups()}
    found = (
        exact(
            area,
            "shared_memberships",
            part["lau_id"].nunique(),
            key=str(group),
            items=part["lau_id"].unique(),
        )
        for group, part in others.groupby("group", sort=True)
    )
    return [replace(row, of=names[str(row.key)]) for row in found]


def _bridging(area: Area) -> Measure:
    """Count the members that alone tie groups together, this group being the area's extent."""
    mine = area.group.with_default(area.extent)
    groups = [mine, *(group for group in all_groups() if group.id != mine.id)]
    table = bridging_members(groups, division=area.division)
    found = table.index[table["parted"] > 0].intersection(area.units.index)
    return exact(
        area,
        "bridging_members",
        len(found),
        items=found,
    )
