"""Golden figures of every extent of every zone, by other means than the library's.

    python tests/golden/compute.py            write figures.json beside this file

Reads the raw inputs of the snapshot and the facts, and uses shapely, networkx, csv, sqlite and
tomllib alone: nothing of `zones` or `geodata` is imported. Borders are intersections of polygons,
outlines are unions, graphs are networkx graphs, and people are sums of rows of a CSV file.
"""

import itertools
import json
import math
import statistics
import tomllib
from pathlib import Path

import networkx as nx
import shapely
from inputs import FACTS, World, evidence, extent_of, facts, unit_of

HERE = Path(__file__).parent
DIVISIONS = (2022, 2026)
ERROR_KM = {"FI": 0.36, "SE": 0.72}  # how far a border strays at 1:4.5 million, 90 % of cases


def coverage(world, zone, units):
    figures, finland = {}, world.of("FI")
    parts = {c: sorted(u for u in units if u[:2] == c) for c in ("FI", "SE")}
    union = {c: shapely.union_all([world.polygons[u] for u in part]) for c, part in parts.items()}
    for key, part in ((None, units), *parts.items()):
        figures["members", key] = {"value": len(part), "items": sorted(part)}
        figures["area", key] = {"value": sum(world.polygons[u].area for u in part) / 1e6}
        strays = sum(
            ERROR_KM[c] * union[c].length / 1e3 for c in parts if key in (None, c) and parts[c]
        )
        figures["area", key] |= {
            "low": figures["area", key]["value"] - strays,
            "high": figures["area", key]["value"] + strays,
        }
    seen = evidence(zone, 2021, world.division) & units
    figures["members_with_evidence", None] = {"value": len(seen), "items": sorted(seen)}
    of_finland = sum(world.polygons[u].area for u in finland)
    figures["area_share", None] = {"value": 100 * union["FI"].area / of_finland}
    figures["regions_touched", None] = {"value": len({world.region[u] for u in units})}
    for region in sorted({world.region[u] for u in units}):
        whole = [u for u in world.polygons if world.region[u] == region]
        inside = sorted(set(whole) & units)
        country = world.of(region[:2])
        year = max(world.years(country))
        for name, value in (
            (
                "area",
                sum(world.polygons[u].area for u in inside)
                / sum(world.polygons[u].area for u in whole),
            ),
            ("units", len(inside) / len(whole)),
            ("people", world.total(inside, year) / world.total(whole, year)),
        ):
            figures[f"region_share_{name}", region] = {"value": 100 * value}
        figures["region_share_area", region] |= share_bounds(world, inside, whole)
    shapes = [p for c in parts for p in shapely.get_parts(union[c]) if not p.is_empty]
    rings = [shapely.Polygon(ring) for shape in shapes for ring in shape.interiors]
    enclosed = {
        unit
        for unit, polygon in world.polygons.items()
        if unit not in units
        for ring in rings
        if shapely.intersection(ring, polygon).area > 0.5 * polygon.area
        and any(unit[:2] == u[:2] for u in units)
    }
    outer = sum(union[c].length for c in parts) / 1e3
    area = sum(union[c].area for c in parts) / 1e6
    figures["pieces", None] = {"value": len(shapes)}
    figures["components", None] = {
        "value": nx.number_connected_components(border_graph(world, units))
    }
    figures["components", None] |= ranges(world, units)["components"]
    figures["holes", None] = {"value": len(rings), "items": sorted(enclosed)}
    figures["perimeter", None] = {"value": outer}
    figures["inner_border", None] = {
        "value": sum(km for pair, km in world.shared.items() if set(pair) <= units)
    }
    figures["compactness", None] = {"value": 4 * math.pi * area / outer**2}
    return figures | spine(world, zone, units)


def share_bounds(world, inside, whole):
    """Bounds of A / (A + B) by its derivatives in A and B, each border straying by itself."""
    rest = sorted(set(whole) - set(inside))
    ours, theirs = (shapely.union_all([world.polygons[u] for u in part]) for part in (inside, rest))
    a, b = ours.area / 1e6, theirs.area / 1e6
    between = sum(
        km
        for pair, km in world.shared.items()
        if len({*pair} & {*inside}) == len({*pair} & {*rest}) == 1
    )
    by_a, by_b = b / (a + b) ** 2, a / (a + b) ** 2
    error = by_a * (ours.length / 1e3 - between) + by_b * (theirs.length / 1e3 - between)
    error += (by_a + by_b) * between
    error *= ERROR_KM[whole[0][:2]]
    share = a / (a + b)
    return {"low": 100 * max(share - error, 0), "high": 100 * min(share + error, 1)}


def spine(world, zone, units):
    """Leg by leg: a leg between two centres of a country runs through that country alone."""
    stops = [
        unit_of(p["code"], p["country"])
        for p in sorted(zone["spine"], key=lambda p: p["order"])
        if "branch" not in p
    ]
    length = dict.fromkeys((None, "FI", "SE"), 0.0)
    inside = dict.fromkeys((None, "FI", "SE"), 0.0)
    gaps = {None: set(), "FI": set(), "SE": set()}
    for ends in itertools.pairwise(stops):
        leg = shapely.LineString([world.centres[end] for end in ends])
        countries = {end[:2] for end in ends}
        members = shapely.union_all(
            [shapely.intersection(leg, world.polygons[u]) for u in units if u[:2] in countries]
        )
        crossed = {
            unit
            for unit, polygon in world.polygons.items()
            if unit not in units
            and unit[:2] in countries
            and shapely.intersection(leg, polygon).length > 0
        }
        for key in (None, *(countries if len(countries) == 1 else ())):
            length[key] += leg.length / 1e3
            inside[key] += members.length / 1e3
            gaps[key] |= crossed
    figures = {}
    for key, total in length.items():
        figures["spine_length", key] = {"value": total}
        figures["spine_inside_share", key] = {"value": 100 * inside[key] / total if total else None}
        figures["spine_gaps", key] = {"value": len(gaps[key]), "items": sorted(gaps[key])}
    return figures


def overlaps(world, zone, units, groups):
    figures = {}
    for other in groups:
        if other["id"] == zone["id"]:
            continue
        theirs = extent_of(other, world.division)
        both = theirs & units
        if both:
            year = max(world.years(both))
            values = {
                "units": len(both),
                "area": sum(world.polygons[u].area for u in both) / 1e6,
                "people": world.total(both, year),
                "jaccard": len(both) / len(theirs | units),
            }
            for name, value in values.items():
                figures[f"overlap_{name}", other["id"]] = {"value": value}
            figures["overlap_units", other["id"]]["items"] = sorted(both)
        member = both | evidence(other, 2021 if "extent" in other else 2023, world.division) & units
        if member:
            figures["shared_memberships", other["id"]] = {
                "value": len(member),
                "items": sorted(member),
            }
    return figures


def bridging(world, zone, units, groups):
    """Articulation points of the graph of units and groups, with this zone as its extent."""
    graph = nx.Graph()
    for group in groups:
        extent = units if group["id"] == zone["id"] else extent_of(group, world.division)
        since = 2021 if "extent" in group else 2023
        for unit in extent | evidence(group, since, world.division):
            graph.add_edge(unit, group["id"])
    found = sorted(set(nx.articulation_points(graph)) & units)
    return {("bridging_members", None): {"value": len(found), "items": found}}


def reach(world, zone, units):
    figures = {}
    for key in (None, "FI", "SE"):
        part = [u for u in units if key in (None, u[:2])]
        years = world.years(part)
        if not part:
            figures["population", key] = {"value": 0}
            figures["population_change", key] = {"value": None}
            continue
        last = years[-1]
        first = min(year for year in years if year >= last - 10)
        now, before = world.total(part, last), world.total(part, first)
        figures["population", key] = {"value": now, "year": last}
        figures["population_change", key] = {"value": 100 * (now / before - 1), "year": last}
    seen = evidence(zone, 2021, world.division) & units
    figures["population_with_evidence", None] = {
        "value": world.total(seen, figures["population", None]["year"]),
        "items": sorted(seen),
    }
    finns = [u for u in units if u[:2] == "FI"]
    year = world.years(finns)[-1]
    share = world.total(finns, year) / world.total(world.of("FI"), year)
    figures["population_share", None] = {"value": 100 * share, "year": year}
    area = sum(world.polygons[u].area for u in units) / 1e6
    figures["density", None] = {"value": figures["population", None]["value"] / area}
    return figures


def border_graph(world, units, pairs=None):
    graph = nx.Graph()
    graph.add_nodes_from(units)
    graph.add_edges_from(
        pair for pair in (world.land if pairs is None else pairs) if set(pair) <= set(units)
    )
    return graph


def ranges(world, units):
    """Figures of the graph without any of the undecided pairs, and with all of them."""
    found = []
    for pairs in (world.land - world.unsure, world.land | world.unsure):
        graph = border_graph(world, units, pairs)
        found.append(
            {
                "border_links": graph.number_of_edges(),
                "components": nx.number_connected_components(graph),
                "isolated": nx.number_of_isolates(graph),
                "region_crossings": sum(world.region[a] != world.region[b] for a, b in graph.edges),
                "neighbours": len({u for pair in pairs if set(pair) & units for u in pair} - units),
            }
        )
    return {
        name: {"low": min(one[name] for one in found), "high": max(one[name] for one in found)}
        for name in found[0]
    }


def connectivity(world, units):
    graph = border_graph(world, units)
    isolated, cut = sorted(nx.isolates(graph)), sorted(nx.articulation_points(graph))
    bridges = list(nx.bridges(graph))
    hops = [
        steps
        for unit, paths in nx.all_pairs_shortest_path_length(graph)
        for other, steps in paths.items()
        if unit < other
    ]
    figures = {
        ("border_links", None): {"value": graph.number_of_edges()},
        ("isolated", None): {"value": len(isolated), "items": isolated},
        ("cut_members", None): {"value": len(cut), "items": cut},
        ("bridges", None): {
            "value": len(bridges),
            "items": sorted({unit for bridge in bridges for unit in bridge}),
        },
        ("mean_hops", None): {"value": statistics.fmean(hops) if hops else None},
        ("longest_hops", None): {"value": max(hops) if hops else None},
        ("region_crossings", None): {
            "value": sum(world.region[a] != world.region[b] for a, b in graph.edges)
        },
    }
    year = world.years(units)[-1]
    for unit in cut:
        component = nx.node_connected_component(graph, unit)
        rest = nx.connected_components(graph.subgraph(component - {unit}))
        totals = sorted(world.total(part, year) for part in rest)
        figures["people_cut_off", unit] = {"value": sum(totals[:-1]), "year": year}
    links = tomllib.loads((FACTS / "links.toml").read_text("utf-8"))["link"]
    crossing = [
        link["between"]
        for link in links
        if set(link["between"]) <= units and len({unit[:2] for unit in link["between"]}) == 2
    ]
    figures["border_crossings", None] = {
        "value": len(crossing),
        "items": sorted({unit for ends in crossing for unit in ends}),
    }
    figures["sea_links", None] = {"value": sum(set(pair) <= units for pair in world.sea)}
    neighbours = {u for pair in world.land if set(pair) & units for u in pair} - units
    figures["neighbours", None] = {"value": len(neighbours), "items": sorted(neighbours)}
    for name, bounds in ranges(world, units).items():
        if name != "components":
            figures[name, None] |= bounds
    return figures | distances(world, units)


def distances(world, units):
    names = ("nearest", "mean", "longest")
    if len(units) < 2 or not set(units) <= set(world.centres):
        return {(f"centre_distance_{name}", None): {"value": None} for name in names}
    km = {
        (a, b): math.dist(world.centres[a], world.centres[b]) / 1e3
        for a in units
        for b in units
        if a != b
    }
    nearest = [min(km[a, b] for b in units if b != a) for a in units]
    values = (statistics.fmean(nearest), statistics.fmean(km.values()), max(km.values()))
    return {
        (f"centre_distance_{name}", None): {"value": value}
        for name, value in zip(names, values, strict=True)
    }


def rounded(figure):
    """To eleven digits, so that the order in which floats are added does not change the file."""
    return {
        field: float(f"{value:.11g}") if isinstance(value, float) else value
        for field, value in figure.items()
    }


def main():
    zones, networks = facts()
    result = {}
    for division in DIVISIONS:
        world = World(division)
        finns = set(world.of("FI"))
        whole = border_graph(world, finns)
        result[f"Finland {division}"] = {
            "land_pairs": whole.number_of_edges(),
            "sea_pairs": len(world.sea),
            "components": nx.number_connected_components(whole),
            "isolates": nx.number_of_isolates(whole),
        }
        for zone in zones:
            for row in zone["extent"]:
                units = extent_of(zone, division, row["id"])
                figures = (
                    coverage(world, zone, units)
                    | overlaps(world, zone, units, [*zones, *networks])
                    | bridging(world, zone, units, [*zones, *networks])
                    | reach(world, zone, units)
                    | connectivity(world, units)
                )
                result[f"{zone['id']} {row['id']} {division}"] = {
                    name if key is None else f"{name} {key}": rounded(figure)
                    for (name, key), figure in sorted(
                        figures.items(), key=lambda item: (item[0][0], item[0][1] or "")
                    )
                }
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    (HERE / "figures.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
