"""People within distances of zones."""

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.data import country_cells, detailed, zones
from benchmarks.harness import Result, compare
from geodata.points.bands import within_distance_bands

__all__ = ["within"]

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
