"""The cases by name; each is a function without arguments that returns a `Result`."""

from collections.abc import Callable

from benchmarks.harness import Result

from . import borders, distances, loading, maps, memberships, reach, travel_times

__all__ = ["CASES", "LARGE"]

CASES: dict[str, Callable[[], Result]] = {
    "import": loading.importing,
    "load": loading.loading,
    "contiguity": borders.contiguity,
    "zone-metrics": borders.zone_metrics,
    "reach": reach.inside,
    "within": distances.within,
    "travel-times": travel_times.nearest_centre,
    "travel-times-scipy": travel_times.over_scipy,
    "shared-membership": memberships.shared,
    "map": maps.polygons,
}
"""Cases of a country's size: seconds each."""

LARGE: dict[str, Callable[[], Result]] = {
    "contiguity-continent": borders.contiguity_continent,
    "reach-continent": reach.inside_continent,
}
"""Cases of a continent's size: minutes, and several gigabytes."""
