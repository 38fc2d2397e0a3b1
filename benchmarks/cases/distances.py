"""People within distances of zones."""

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.data import (
    SEED,
    coast_and_islands,
    continent,
    continent_cells,
    country_cells,
    detailed,
    zones,
)
from benchmarks.harness import Result, compare
from geodata.points.bands import PointIndex, within_distance_bands
from zones.measures.reach.distances import Target

__all__ = [
    "archipelago",
    "within",
    "within_continent",
    "within_continent_exact",
    "within_continent_prepared",
]

_DISTANCES = (10_000.0,)


def within() -> Result:
    """Time the people within 10 km of each of 21 zones, exactly, against buffers."""
    frame = detailed()
    cells = country_cells()
    x, y = cells["x"].to_numpy(dtype=float), cells["y"].to_numpy(dtype=float)
    people = cells["people"].to_numpy()
    groups = [units for name, units in zones(frame).items() if name.startswith("wellbeing")][:21]
    shapes = [shapely.coverage_union_all(frame.geometry[units].to_numpy()) for units in groups]
    points = gpd.GeoDataFrame({"people": people}, geometry=gpd.points_from_xy(x, y), crs=frame.crs)
    assert points.sindex is not None  # the rival's index is made beforehand

    def ours() -> list[list[int]]:
        return [
            [int(people[bands <= limit].sum()) for limit in _DISTANCES]
            for bands in (within_distance_bands(x, y, shape, _DISTANCES) for shape in shapes)
        ]

    def theirs() -> list[list[int]]:
        answers = []
        for shape in shapes:
            row = []
            for limit in _DISTANCES:
                zone = gpd.GeoDataFrame(geometry=[shape.buffer(limit)], crs=frame.crs)
                row.append(int(gpd.sjoin(points, zone, predicate="within")["people"].sum()))
            answers.append(row)
        return answers

    def check(mine: list[list[int]], other: list[list[int]]) -> str:
        tree = shapely.STRtree(points.geometry.to_numpy())
        for shape, row in zip(shapes, mine, strict=True):
            for limit, found in zip(_DISTANCES, row, strict=True):
                exact = tree.query(shape, predicate="dwithin", distance=limit)
                assert found == people[exact].sum()
        off = np.abs(np.array(mine) - np.array(other)) / np.array(mine)
        # Buffers are polygons that fall short of their circles.
        assert off.max() < 0.02
        return f"{len(shapes)} zones, 0 people off from dwithin (buffers: up to {off.max():.1%})"

    return compare(
        "people within 10 km of 21 zones, exact",
        "buffer + sjoin",
        ours,
        theirs,
        check=check,
        target=5,
        rounds=3,
    )


def within_continent() -> Result:
    """Time the people within 25 km of each of 40 zones of a continent, against buffers."""
    return _of_continent("buffer + sjoin", 4)


def within_continent_prepared() -> Result:
    """Time the same against buffers and an index of points made beforehand."""
    return _of_continent("buffer + index of points", 2)


def within_continent_exact() -> Result:
    """Time the same against an index of points that answers exactly."""
    return _of_continent("index of points, dwithin", 2)


def _of_continent(rival: str, target: float) -> Result:
    polygons = continent()
    middles = polygons.representative_point()
    square = ((middles.y // 41_000) * 1000 + middles.x // 41_000).astype(int)
    random = np.random.default_rng(SEED)
    chosen = random.choice(square.unique(), 40, replace=False)
    shapes = [shapely.union_all(polygons[square == one].to_numpy()) for one in chosen]
    cells = continent_cells()
    x, y = cells["x"].to_numpy(dtype=float), cells["y"].to_numpy(dtype=float)
    people = cells["people"].to_numpy()
    points = gpd.points_from_xy(x, y, crs=polygons.crs)
    frame = gpd.GeoDataFrame({"people": people}, geometry=points)
    tree, index = shapely.STRtree(points), PointIndex.of(x, y)
    limit = 25_000.0

    def ours() -> list[int]:
        found = (index.within(shape, [limit]) for shape in shapes)
        return [int(people[at].sum()) for at, _ in found]

    def joined() -> list[int]:
        around = gpd.GeoDataFrame(geometry=shapely.buffer(shapes, limit), crs=polygons.crs)
        found = gpd.sjoin(frame, around, predicate="within").groupby("index_right")["people"]
        return found.sum().reindex(range(len(shapes)), fill_value=0).tolist()

    def indexed() -> list[int]:
        around = shapely.buffer(shapes, limit)
        shapely.prepare(around)
        found = (tree.query(shape, predicate="contains") for shape in around)
        return [int(people[at].sum()) for at in found]

    def exactly() -> list[int]:
        found = (tree.query(shape, predicate="dwithin", distance=limit) for shape in shapes)
        return [int(people[at].sum()) for at in found]

    exact = rival.endswith("dwithin")
    theirs = exactly if exact else joined if rival.endswith("sjoin") else indexed

    def check(mine: list[int], other: list[int]) -> str:
        off = np.abs(np.array(mine) - np.array(other))
        assert off.max() == 0 if exact else (off / np.array(mine)).max() < 0.02
        return "40 zones" if exact else f"40 zones (the buffers are {off.sum():,} people off)"

    return compare(
        "people within 25 km of 40 zones, 2.5 M cells",
        rival,
        ours,
        theirs,
        check=check,
        target=target,
        rounds=3,
    )


def archipelago() -> Result:
    """Time what lies within 10 km of a zone of hundreds of islands, as the library reaches it."""
    zone = coast_and_islands()
    target = Target("zone", (zone,))

    def check(mine: shapely.Geometry, other: shapely.Geometry) -> str:
        share = shapely.symmetric_difference(mine, other).area / other.area
        assert share < 1e-9
        parts, vertices = shapely.get_num_geometries(zone), shapely.get_num_coordinates(zone)
        return f"the same ground; {parts} parts, {vertices:,} vertices"

    return compare(
        "within 10 km of an archipelago",
        "shapely.buffer of the whole",
        lambda: target.reach(10_000.0),
        lambda: shapely.buffer(zone, 10_000.0, quad_segs=32),
        check=check,
        target=5,
        rounds=3,
    )
