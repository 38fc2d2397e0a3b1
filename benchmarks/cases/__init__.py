"""The cases by name; each is a function without arguments that returns a `Result`.

Beside the usual rival of a case stands the fairest: its fastest setting, with all made beforehand
that a user could have made.
"""

from collections.abc import Callable

from benchmarks.harness import Result

from . import borders, distances, loading, maps, memberships, reach, travel_times

__all__ = ["CASES", "LARGE"]

CASES: dict[str, Callable[[], Result]] = {
    "import": loading.importing,
    "load": loading.loading,
    "load-bare": loading.loading_bare,
    "contiguity": borders.contiguity,
    "contiguity-strict": borders.contiguity_strict,
    "zone-metrics": borders.zone_metrics,
    "zone-metrics-coverage": borders.zone_metrics_coverage,
    "reach": reach.inside,
    "reach-prepared": reach.inside_prepared,
    "within": distances.within,
    "archipelago": distances.archipelago,
    "travel-times": travel_times.nearest_centre,
    "travel-times-scipy": travel_times.over_scipy,
    "shared-membership": memberships.shared,
    "map": maps.polygons,
}
"""Cases of a country's size: seconds each."""

LARGE: dict[str, Callable[[], Result]] = {
    "contiguity-continent": borders.contiguity_continent,
    "contiguity-continent-strict": borders.contiguity_continent_strict,
    "zones-continent": borders.zones_continent,
    "reach-continent": reach.inside_continent,
    "reach-continent-prepared": reach.inside_continent_prepared,
    "within-continent": distances.within_continent,
    "within-continent-prepared": distances.within_continent_prepared,
    "within-continent-exact": distances.within_continent_exact,
}
"""Cases of a continent's size: minutes, and several gigabytes."""
