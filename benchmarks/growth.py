"""How what the library takes grows with its input: an exponent fitted over three sizes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks.data import SEED, continent, continent_cells
from geodata.coverages.borders import border_table
from geodata.points.assignment import UnitPolygons
from geodata.points.bands import within_distance_bands
from geodata.points.grids import Grid

__all__ = ["Growth", "exponent", "growths", "markdown_growth"]

_SHARES = (0.25, 0.5, 1.0)
_ROUNDS = 3
_AT_MOST = 1.15


@dataclass(frozen=True)
class Growth:
    """
    What one thing took at three sizes.

    Attributes
    ----------
    case
        What was done.
    sizes
        How large the input was.
    seconds
        Of processors, medians.
    """

    case: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The exponent of the power of the size that fits best; 1 is linear."""
        return exponent(self.sizes, self.seconds)


def exponent(sizes: tuple[int, ...], seconds: tuple[float, ...]) -> float:
    """
    Fit the exponent of a power law by least squares of the logarithms.

    Examples
    --------
    >>> round(exponent((10, 20, 40), (1.0, 2.0, 4.0)), 6)
    1.0
    """
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def growths(shares: tuple[float, ...] = _SHARES, rounds: int = _ROUNDS) -> list[Growth]:
    """Return how what is done with points, vertices and memberships grows with them."""
    polygons, cells = continent(), continent_cells()
    units = UnitPolygons.of(polygons)
    x, y = (cells[axis].to_numpy(dtype=float) for axis in "xy")
    people = cells["people"].to_numpy()
    valid = polygons[polygons.is_valid]
    valid = valid[shapely.is_empty(shapely.coverage_invalid_edges(valid.to_numpy()))]
    zone = shapely.union_all(valid.to_numpy()[:400])

    def assigned(count: int) -> Callable[[], object]:
        grid = Grid(
            x[:count], y[:count], people[:count], None, None, units.crs, cells.index[:count]
        )
        return lambda: units.assign(grid).by_unit

    def bordered(count: int) -> Callable[[], object]:
        some = gpd.GeoSeries(valid.iloc[:count])
        return lambda: border_table(some)

    def near(count: int) -> Callable[[], object]:
        return lambda: within_distance_bands(x[:count], y[:count], zone, [25_000.0, 300_000.0])

    borders = border_table(valid)
    ids = borders.perimeter_m.index

    def grouped(count: int) -> Callable[[], object]:
        at = np.random.default_rng(SEED).integers(0, len(ids), (count // 50, 50))
        groups = {number: pd.Index(np.unique(ids[one])) for number, one in enumerate(at)}
        return lambda: borders.of_groups(groups)

    vertices = shapely.get_num_coordinates(valid.to_numpy())
    cases = (
        ("people by polygon, points", assigned, len(x), None),
        ("within distances, points", near, len(x), None),
        ("borders, vertices", bordered, len(valid), np.cumsum(vertices)),
        ("borders of zones, memberships", grouped, 100_000, None),
    )
    found = []
    for case, prepare, whole, size in cases:
        counts = [int(whole * share) for share in shares]
        seconds = [_taken(prepare(count), rounds) for count in counts]
        sizes = counts if size is None else [int(size[count - 1]) for count in counts]
        found.append(Growth(case, tuple(sizes), tuple(seconds)))
    return found


def _taken(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def markdown_growth(found: list[Growth]) -> str:
    """Return the exponents as a Markdown table."""
    lines = [
        "| what grows | sizes | seconds of processors | exponent | at most |",
        "| --- | --- | --- | --- | --- |",
    ]
    for one in found:
        missed = " (missed)" if one.exponent > _AT_MOST else ""
        lines.append(
            f"| {one.case} | {', '.join(f'{size:,}' for size in one.sizes)} "
            f"| {', '.join(f'{taken:.2f}' for taken in one.seconds)} "
            f"| **{one.exponent:.2f}**{missed} | {_AT_MOST:g} |"
        )
    return "\n".join(lines)
