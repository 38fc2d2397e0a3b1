"""The pages of the interface: every public name, by what it is for."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import geodata
import geodata.errors
import geodata.testing
import zones
import zones.errors
import zones.testing

__all__ = ["PARTS", "write_api"]

PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "zones": {
        "Zones and their members": (
            *("get", "all_groups", "themes", "links", "read_zone", "area", "Area", "join"),
            *("memberships", "incidence", "corridor", "spine_line", "spine_distances"),
        ),
        "Measures": (
            *("coverage", "reach", "connectivity", "flows", "indicators", "population_table"),
            *("catchments", "reached_by", "potential"),
        ),
        "What if, and what is published": (
            *("what_if", "compare", "over_time", "rank_candidates", "check_claims"),
        ),
        "Graphs": (
            *("border_graph", "distance_graph", "link_graph", "travel_time_graph"),
            *("membership_graph", "bridging_members", "flow_graph", "TieGraph"),
        ),
        "Maps and reports": ("map", "report"),
        "Own tables": ("read_indicators", "Indicator", "IndicatorTable"),
        "Records": (
            *("Zone", "Network", "Theme", "Extent", "Membership", "Claim", "Link"),
            *("Measure", "MeasureTable"),
        ),
    },
    "geodata": {
        "Municipalities and their borders": (
            *("municipalities", "municipality_register", "classification", "read_boundaries"),
            *("as_boundaries", "border_table", "Incidence", "contiguity", "known_neighbours"),
            *("check_coverage", "repair_coverage", "backdrop_layers"),
        ),
        "Other countries": ("read_country", "as_country", "read_lau", "use_countries"),
        "Codes, years and mergers": (
            *("parse_id", "parse_ids", "find_faults", "detect_years", "describe_years"),
            *("mergers", "successors", "harmonise", "region_changes"),
        ),
        "People and places": (
            *("population", "population_series", "population_estimate", "population_line"),
            *("centres", "populated_places"),
        ),
        "Points, grids and roads": (
            *("read_grid", "assign_points", "check_totals", "within_distance_bands", "PointIndex"),
            *("inside_share", "road_graph"),
            *("people_by_unit", "people_within", "unit_counter"),
        ),
        "Own tables": (
            *("read_indicators", "read_description", "starter", "read_flows"),
            *("Indicator", "IndicatorTable"),
        ),
    },
}
"""Public names of each package, by heading; a test holds them to `__all__`."""


def write_api(folder: Path) -> None:
    """Write the pages of both packages, their errors and their assertions."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in PARTS:
        (folder / f"{package}.md").write_text("\n".join(_page(package)), encoding="utf-8")
    (folder / "index.md").write_text(
        "# Interface\n\nEvery public name. `geodata` knows municipalities, people and places;"
        " `zones` stands on it.\n\n```{toctree}\nzones\ngeodata\n```\n",
        encoding="utf-8",
    )


def _page(package: str) -> Iterator[str]:
    modules = {"zones": (zones.errors, zones.testing), "geodata": (geodata.errors, geodata.testing)}
    errors, testing = modules[package]
    yield f"# {package}\n"
    yield f"{inspect.getdoc(sys.modules[package])}\n"
    for heading, names in PARTS[package].items():
        yield from _part(heading, [_home(package, name) for name in names])
    yield from _part("Errors", [f"{package}.errors.{name}" for name in errors.__all__])
    yield from _part("For tests of your own", [f"{package}.testing.{n}" for n in testing.__all__])


def _home(package: str, name: str) -> str:
    """Return where a name is documented: what zones takes over from geodata, there."""
    shared = getattr(geodata, name, None)
    return f"geodata.{name}" if getattr(zones, name, None) is shared else f"{package}.{name}"


def _part(heading: str, names: list[str]) -> Iterator[str]:
    yield f"## {heading}\n"
    yield "```{eval-rst}\n.. autosummary::\n   :toctree: objects\n   :nosignatures:\n"
    yield from (f"   {name}" for name in names)
    yield "```\n"
