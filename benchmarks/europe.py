"""A Europe to time on, written to a folder: 110,000 polygons, and grids of 2.5, 25 and 100 million.

All of it is made from a seed, a strip of rows at a time, so that nothing of it needs to be in
memory at once, and is left in the folder for the next run.
"""

import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
from pyarrow import parquet

from benchmarks.data import SEED, continent

__all__ = ["SIDES", "cells_file", "units_file"]

SIDES = {2_500_000: 1000.0, 25_000_000: 250.0, 100_000_000: 125.0}
"""Side of the cells, in metres, by how many populated ones there are."""

_EXTENT_M = 2_100_000.0
_ROWS_A_GROUP = 1_000_000


def units_file(folder: Path) -> Path:
    """Return GeoParquet of the polygons, each with its number, made if it is not there."""
    path = folder / "units.parquet"
    if not path.exists():
        geometry = continent()
        frame = gpd.GeoDataFrame({"unit": np.arange(len(geometry))}, geometry=geometry.to_numpy())
        _kept(path, lambda new: frame.set_crs(3067).to_parquet(new))
    return path


def cells_file(folder: Path, count: int) -> Path:
    """Return Parquet of x, y and people of populated cells, row by row, made if it is not there."""
    path = folder / f"cells_{count // 100_000}.parquet"
    if not path.exists():
        _kept(path, lambda new: _write_cells(new, count, SIDES[count]))
    return path


def _kept(path: Path, write: "object") -> None:
    """Write a file beside its place first, so that what is there is whole."""
    new = path.with_suffix(".new")
    write(new)  # type: ignore[operator]
    os.replace(new, path)  # noqa: PTH105


def _write_cells(path: Path, count: int, side: float) -> None:
    columns = rows = int(_EXTENT_M / side)
    random = np.random.default_rng(SEED)
    schema = pa.schema([("x", pa.float64()), ("y", pa.float64()), ("people", pa.int32())])
    at_once = max(1, 4_000_000 // columns)
    waiting: list[pa.Table] = []
    with parquet.ParquetWriter(path, schema) as writer:
        for first in range(0, rows, at_once):
            strip = min(at_once, rows - first)
            # As many of the strip as bring the total to the count at the last row.
            goal = count * (first + strip) // rows - count * first // rows
            chosen = np.sort(random.permutation(strip * columns)[:goal])
            row, column = np.divmod(chosen, columns)
            x, y = side / 2 + side * column, side / 2 + side * (row + first)
            people = 1 + np.minimum(random.pareto(1.1, goal) * 2, 30_000).astype(np.int32)
            waiting.append(pa.table([x, y, people], schema=schema))
            if sum(map(len, waiting)) >= _ROWS_A_GROUP:
                waiting = _written(writer, waiting, whole=False)
        _written(writer, waiting, whole=True)


def _written(
    writer: parquet.ParquetWriter, waiting: list[pa.Table], *, whole: bool
) -> list[pa.Table]:
    table = pa.concat_tables(waiting)
    full = len(table) if whole else len(table) // _ROWS_A_GROUP * _ROWS_A_GROUP
    writer.write_table(table[:full], row_group_size=_ROWS_A_GROUP)
    return [table[full:]]
