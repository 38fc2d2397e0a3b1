"""Golden figures of every extent of every zone, by other means than the library's.

    python tests/golden/compute.py            write figures.json beside this file

Reads the raw inputs of the snapshot and the facts, and uses shapely, networkx, csv, sqlite and
tomllib alone: nothing of `zones` or `geodata` is imported. Borders are intersections of polygons,
outlines are unions, graphs are networkx graphs, and people are sums of rows of a CSV file.
"""

import csv
import itertools
import json
import math
import sqlite3
import statistics
import tomllib
from pathlib import Path

import networkx as nx
import shapely
from pyproj import Transformer

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SOURCE = ROOT / "geodata" / "snapshot" / "source"
FACTS = ROOT / "zones" / "facts"
DIVISIONS = (2022, 2026)
ERROR_KM = {"FI": 0.36, "SE": 0.72}  # see data/README.md: a border's straying at 1:4.5 million


def rows(name):
    with (SOURCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def finland_2021():
    """The geometry column of a GeoPackage: a header of known length, then WKB."""
    connection = sqlite3.connect(SOURCE / "municipality_boundaries_2021_4500k.gpkg")
    polygons = {}
    for blob, code in connection.execute("SELECT geom, code FROM kunta4500k_2021"):
        envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
        polygons[f"FI_{code}"] = shapely.from_wkb(blob[8 + envelope :])
    connection.close()
    return polygons


def sweden():
    text = (SOURCE / "municipalities_northern_sweden.geojson").read_text(encoding="utf-8")
    project = Transformer.from_crs(4326, 3067, always_xy=True)

    def planar(coordinates):
        x, y = project.transform(coordinates[:, 0], coordinates[:, 1])
        return [[round(a, 3), round(b, 3)] for a, b in zip(x, y, strict=True)]

    return {
        f"SE_{feature['properties']['code']}": shapely.transform(
            shapely.geometry.shape(feature["geometry"]), planar
        )
        for feature in json.loads(text)["features"]
    }


MERGERS = sorted(rows("municipality_mergers_2015_2025.csv"), key=lambda row: row["in_force"])


def later(unit, *, after, until):
    """The unit that a unit of one division has become in a later one."""
    for row in MERGERS:
        in_force = int(row["in_force"][:4])
        if after < in_force <= until and unit == f"FI_{row['code']}":
            unit = f"FI_{row['successor']}"
    return unit


def people():
    """People by unit and year, in the division of 2023, which is that of 2021."""
    table = {}
    for row in rows("population_2000_2022.csv"):
        table.setdefault(f"FI_{row['code']}", {})[int(row["year"])] = int(row["population"])
    for row in rows("population_sweden_scb.csv"):
        table.setdefault(f"SE_{row['code']}", {})[int(row["year"])] = int(row["population"])
    return table


def centres():
    return {
        f"{row['country']}_{row['code']}": (float(row["easting"]), float(row["northing"]))
        for row in rows("municipality_centres.csv")
    }


class World:
    """Polygons, borders, regions and people of one division."""

    def __init__(self, division):
        self.division = division
        parts = {}
        for unit, polygon in finland_2021().items():
            parts.setdefault(later(unit, after=2021, until=division), []).append(polygon)
        self.polygons = {unit: shapely.union_all(part) for unit, part in parts.items()} | sweden()
        self.shared = self.borders()
        self.people = {}
        for unit, series in people().items():
            sums = self.people.setdefault(later(unit, after=2023, until=division), {})
            for year, number in series.items():
                sums[year] = sums.get(year, 0) + number
        self.region = {unit: unit[:3] + unit[3:5] for unit in self.polygons}
        self.region |= {
            f"FI_{row['code']}": f"FI_{row['maakunta']:>02}"
            for row in rows("municipality_register_2013_2026.csv")
            if int(row["year"]) == division
        }
        self.centres = centres()

    def borders(self):
        """Length of the common border of every pair of units of one country."""
        shared = {}
        for country in ("FI", "SE"):
            units = [unit for unit in self.polygons if unit[:2] == country]
            tree = shapely.STRtree([self.polygons[unit] for unit in units])
            for position, unit in enumerate(units):
                for other in tree.query(self.polygons[unit], predicate="intersects"):
                    if other > position:
                        pair = tuple(sorted((unit, units[other])))
                        line = shapely.intersection(*(self.polygons[end] for end in pair))
                        if line.length > 0:
                            shared[pair] = line.length / 1e3
        return shared

    def of(self, country):
        return [unit for unit in self.polygons if unit[:2] == country]

    def years(self, units):
        """Years not after the division's with a figure for every unit."""
        each = [{y for y in self.people.get(u, {}) if y <= self.division} for u in units]
        return sorted(set.intersection(*each)) if each else []

    def total(self, units, year):
        return sum(self.people[unit][year] for unit in units)


def facts():
    zones = [tomllib.loads(file.read_text("utf-8")) for file in sorted((FACTS / "zones").iterdir())]
    networks = [
        tomllib.loads(file.read_text("utf-8")) for file in sorted((FACTS / "networks").iterdir())
    ]
    return zones, networks


def unit_of(code, country=None):
    return f"{country or ('SE' if len(code) == 4 else 'FI')}_{code}"


def strong(row):
    return (
        row["confidence"] != "low" and row.get("basis") != "stale" and row["role"] != "geographic"
    )


def evidence(group, since, division):
    return {
        later(unit_of(row["code"], row["country"]), after=since, until=division)
        for row in group.get("member", [])
        if strong(row)
    }


def extent_of(group, division, name=None):
    """Units of an extent (the default one) of a zone, or of a network's strong rows."""
    if "extent" not in group:
        return evidence(group, 2023, division)
    chosen = next(
        row for row in group["extent"] if row["id"] == name or (not name and row.get("default"))
    )
    return {
        later(unit_of(code), after=chosen["division"], until=division) for code in chosen["codes"]
    }


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
    figures["groups", None] = {"value": nx.number_connected_components(border_graph(world, units))}
    figures["holes", None] = {"value": len(rings), "items": sorted(enclosed)}
    figures["perimeter", None] = {"value": outer}
    figures["inner_border", None] = {
        "value": sum(km for pair, km in world.shared.items() if set(pair) <= units)
    }
    figures["compactness", None] = {"value": 4 * math.pi * area / outer**2}
    return figures | spine(world, zone, units)


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


def reach(world, units):
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
    finns = [u for u in units if u[:2] == "FI"]
    year = world.years(finns)[-1]
    share = world.total(finns, year) / world.total(world.of("FI"), year)
    figures["population_share", None] = {"value": 100 * share, "year": year}
    area = sum(world.polygons[u].area for u in units) / 1e6
    figures["density", None] = {"value": figures["population", None]["value"] / area}
    return figures


def border_graph(world, units):
    graph = nx.Graph()
    graph.add_nodes_from(units)
    graph.add_edges_from(pair for pair in world.shared if set(pair) <= units)
    return graph


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
        ("links", None): {"value": graph.number_of_edges()},
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
    neighbours = {u for pair in world.shared if set(pair) & units for u in pair} - units
    figures["neighbours", None] = {"value": len(neighbours), "items": sorted(neighbours)}
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


def main():
    zones, networks = facts()
    result = {}
    for division in DIVISIONS:
        world = World(division)
        finns = set(world.of("FI"))
        whole = border_graph(world, finns)
        result[f"Finland {division}"] = {
            "rook_pairs": whole.number_of_edges(),
            "components": nx.number_connected_components(whole),
            "isolates": nx.number_of_isolates(whole),
        }
        for zone in zones:
            for row in zone["extent"]:
                units = extent_of(zone, division, row["id"])
                figures = (
                    coverage(world, zone, units)
                    | overlaps(world, zone, units, [*zones, *networks])
                    | reach(world, units)
                    | connectivity(world, units)
                )
                result[f"{zone['id']} {row['id']} {division}"] = {
                    name if key is None else f"{name} {key}": figure
                    for (name, key), figure in sorted(
                        figures.items(), key=lambda item: (item[0][0], item[0][1] or "")
                    )
                }
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    (HERE / "figures.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
