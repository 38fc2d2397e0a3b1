"""Data to time on, made from a seed: real borders in more detail, grids of people, a continent."""

from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

import geodata

__all__ = [
    "SEED",
    "coast_and_islands",
    "continent",
    "continent_cells",
    "country_cells",
    "detailed",
    "zones",
]

SEED = 20260101


@cache
def detailed(levels: int = 4) -> gpd.GeoDataFrame:
    """
    Finland's municipalities with each edge broken into 2 ** levels: about 112,000 vertices.

    Both sides of a border break in the same places, so the coverage stays one.
    """
    frame = geodata.municipalities(2026)
    # A smaller break keeps even the sharpest corner from crossing itself.
    for size in (0.06, 0.04, 0.02, 0.01):
        broken = frame.set_geometry(_broken(frame.geometry, levels, size))
        if broken.is_valid.all() and shapely.coverage_is_valid(broken.geometry.to_numpy()):
            return broken
    raise AssertionError("no size of detail leaves a valid coverage")


def zones(frame: gpd.GeoDataFrame) -> dict[str, pd.Index]:
    """Return 19 regions and the wellbeing services counties as zones: each unit is in two."""
    found: dict[str, pd.Index] = {}
    for column in ("region", "wellbeing_county"):
        for key, units in frame.groupby(column).groups.items():
            found[f"{column} {key}"] = pd.Index(units)
    return found


@cache
def coast_and_islands(islands: int = 480) -> shapely.MultiPolygon:
    """Return ten municipalities of the south-west as one, with hundreds of islands before them."""
    random = np.random.default_rng(SEED)
    coast = ["853", "529", "445", "577", "202", "680", "704", "738", "761", "322"]
    shore = shapely.union_all(detailed().geometry[[f"FI_{code}" for code in coast]].to_numpy())
    west, south, east, north = shapely.bounds(shore)
    count = 12 * islands
    at = random.uniform((west - 30_000, south - 30_000), (east, north), (count, 2))
    rounds = shapely.buffer(shapely.points(at), random.uniform(80, 1500, count), quad_segs=2)
    broken = _broken(gpd.GeoSeries(rounds, crs=3067), 2, 0.06).to_numpy()
    broken = broken[shapely.is_valid(broken) & ~shapely.intersects(broken, shore.buffer(500))]
    first, second = shapely.STRtree(broken).query(broken, predicate="intersects")
    alone = np.setdiff1d(np.arange(len(broken)), second[first < second])[:islands]
    return shapely.multipolygons([*shapely.get_parts(shore), *broken[alone]])


@cache
def country_cells(count: int = 100_000) -> pd.DataFrame:
    """Return populated 1 km cells of Finland with 5.5 million people, heavily tailed."""
    return _cells(geodata.municipalities(2026).geometry.to_numpy(), count, 5_500_000)


@cache
def continent(count: int = 110_000) -> gpd.GeoSeries:
    """Return the cells of a Voronoi diagram with broken borders: about five million vertices."""
    random = np.random.default_rng(SEED)
    side = 2_100_000.0
    seeds = shapely.MultiPoint(random.uniform(0, side, (int(count * 1.02), 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds))
    west, south, east, north = shapely.bounds(cells).T
    inner = (west > 0) & (south > 0) & (east < side) & (north < side)
    kept = gpd.GeoSeries(cells[inner][:count], crs=3067)
    return _broken(kept, 3, 0.02)


@cache
def continent_cells(count: int = 2_500_000) -> pd.DataFrame:
    """Return populated 1 km cells of the continent."""
    return _cells(continent().to_numpy(), count, 450_000_000)


def _cells(polygons: NDArray[np.object_], count: int, people: int) -> pd.DataFrame:
    random = np.random.default_rng(SEED)
    west, south, east, north = (edge // 1000 * 1000 for edge in shapely.total_bounds(polygons))
    columns, rows = int((east - west) / 1000) + 1, int((north - south) / 1000) + 1
    chosen = random.permutation(columns * rows)
    row, column = np.divmod(chosen, columns)
    x, y = west + 500 + 1000.0 * column, south + 500 + 1000.0 * row
    if len(polygons) < 1000:
        # Of a country with a coast, only cells that are in it.
        land = shapely.union_all(polygons)
        shapely.prepare(land)
        inside = np.flatnonzero(shapely.contains_xy(land, x, y))[:count]
    else:
        inside = np.arange(count)
    weight = random.pareto(1.1, len(inside)) + 0.1
    crowd = np.maximum(1, np.rint(weight / weight.sum() * people)).astype(np.int64)
    return pd.DataFrame({"x": x[inside], "y": y[inside], "people": crowd})


def _broken(geometry: gpd.GeoSeries, levels: int, size: float) -> gpd.GeoSeries:
    """Displace the middle of every edge sideways, again and again, alike from both sides."""
    parts, of_part = shapely.get_parts(geometry.to_numpy(), return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    for _ in range(levels):
        inside = ring[1:] == ring[:-1]
        middle = _middles(xy[:-1], xy[1:], size)
        place = np.arange(len(xy)) + np.concatenate(([0], np.cumsum(inside)))
        wider = np.empty((len(xy) + int(inside.sum()), 2))
        owner = np.empty(len(wider), dtype=ring.dtype)
        wider[place], owner[place] = xy, ring
        between = place[:-1][inside] + 1
        wider[between], owner[between] = middle[inside], ring[:-1][inside]
        xy, ring = wider, owner
    broken = shapely.linearrings(xy, indices=ring)
    polygons = shapely.polygons(broken, indices=None) if len(broken) == len(parts) else None
    if polygons is None:
        shells = np.flatnonzero(np.concatenate(([True], of_ring[1:] != of_ring[:-1])))
        ends = np.append(shells[1:], len(broken))
        pairs = zip(shells, ends, strict=True)
        polygons = np.array([shapely.polygons(broken[s], broken[s + 1 : e]) for s, e in pairs])
    if len(polygons) == len(geometry):
        return gpd.GeoSeries(polygons, index=geometry.index, crs=geometry.crs)
    whole = shapely.multipolygons(polygons, indices=of_part)
    return gpd.GeoSeries(whole, index=geometry.index, crs=geometry.crs)


def _middles(
    start: NDArray[np.float64], end: NDArray[np.float64], size: float
) -> NDArray[np.float64]:
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low = np.where(swap[:, None], end, start)
    high = np.where(swap[:, None], start, end)
    # A number for each edge that follows from its coordinates alone.
    wave = np.sin(
        low[:, 0] * 12.9898 + low[:, 1] * 78.233 + high[:, 0] * 37.719 + high[:, 1] * 4.581
    )
    noise = np.modf(wave * 43758.5453)[0]
    along = high - low
    across = np.column_stack([-along[:, 1], along[:, 0]])
    return (low + high) / 2 + across * (noise * 4 * size)[:, None]
