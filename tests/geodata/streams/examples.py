"""Cells and units that tests of streams share."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

SIDE = 250.0
WEST, SOUTH = 400_000.0, 6_700_000.0


def cells(rows=40, columns=40, seed=1):
    random = np.random.default_rng(seed)
    row, column = np.divmod(
        np.sort(random.permutation(rows * columns)[: rows * columns // 2]), columns
    )
    x, y = WEST + SIDE / 2 + SIDE * column, SOUTH + SIDE / 2 + SIDE * row
    people = 1 + random.pareto(1.1, len(x)).astype(np.int64)
    return pd.DataFrame({"x": x, "y": y, "people": people})


def units(across=5):
    side = 40 * SIDE / across
    shapes = {
        f"u{row}{column}": shapely.Point(
            WEST + side * (column + 0.5), SOUTH + side * (row + 0.5)
        ).buffer(0.6 * side, quad_segs=3)
        for row in range(across)
        for column in range(across)
    }
    return gpd.GeoSeries(shapes, crs=3067).iloc[::-1]
