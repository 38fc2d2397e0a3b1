"""The raw inputs of the golden figures: polygons, people, centres and facts, by plain means."""

import csv
import itertools
import json
import sqlite3
import tomllib
from pathlib import Path

import shapely
from pyproj import Transformer

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "tools" / "snapshot" / "source"
FACTS = ROOT / "zones" / "facts"


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


def people(division):
    """People by unit and year; of a unit that has merged since, no figure of the merged one."""
    sums = {}
    for name, country, own in (
        ("population_2000_2022.csv", "FI", 2023),
        ("population_finland_2025.csv", "FI", 2026),
        ("population_sweden_2000_2025.csv", "SE", division),
    ):
        merged = {row["successor"] for row in MERGERS if division < int(row["in_force"][:4]) <= own}
        for row in rows(name):
            if country == "FI" and row["code"] in merged:
                continue
            unit = later(f"{country}_{row['code']}", after=own, until=division)
            series = sums.setdefault(unit, {})
            series[int(row["year"])] = series.get(int(row["year"]), 0) + int(row["population"])
    return sums


def neighbours(division):
    """Pairs of Finnish municipalities with a land border, and those through the sea alone."""
    found = {"land": set(), "sea": set()}
    for row in rows("municipality_neighbours_2021.csv"):
        ends = {later(f"FI_{row[end]}", after=2021, until=division) for end in ("left", "right")}
        if len(ends) == 2:
            found[row["border"]].add(tuple(sorted(ends)))
    return found["land"], found["sea"] - found["land"]


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
        self.people = people(division)
        land, self.sea = neighbours(division)
        drawn = {pair for pair in self.shared if pair[0][:2] == "SE"}
        self.land = land | drawn
        self.unsure = self.undecided()
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

    def undecided(self):
        """Swedish pairs that meet in points, or whose border or gap is shorter than 720 m."""
        units = self.of("SE")
        pairs = [tuple(sorted(pair)) for pair in itertools.combinations(units, 2)]
        near = {p for p in pairs if self.polygons[p[0]].distance(self.polygons[p[1]]) <= 720}
        return {pair for pair in near if self.shared.get(pair, 0) < 0.72}

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
