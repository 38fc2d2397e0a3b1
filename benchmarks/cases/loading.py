"""Importing the library, and loading the bundled municipalities."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import geopandas as gpd
import shapely
from pyarrow import parquet

from benchmarks.harness import Result, compare
from geodata import snapshot
from geodata.countries import bundled, country

__all__ = ["importing", "loading", "loading_bare"]

_ROUNDS = 7


def importing() -> Result:
    """Time ``import zones, geodata`` and ``import geopandas`` in fresh interpreters."""
    statements = ("import zones, geodata", "import geopandas", "pass")
    times: dict[str, list[float]] = {statement: [] for statement in statements}
    for _ in range(_ROUNDS):
        for statement in statements:
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", statement], check=True)
            times[statement].append(time.perf_counter() - start)
    ours, rival, bare = (median(times[statement]) for statement in statements)
    # The bare interpreter is nobody's; a millisecond keeps the ratio from losing its meaning.
    return Result(
        "import zones, geodata",
        "import geopandas",
        max(ours - bare, 0.001),
        rival - bare,
        "net of the interpreter",
        target=4,
    )


def loading() -> Result:
    """Time from the bundled file to polygons, against GeoParquet."""
    return _loading("geopandas.read_parquet", gpd.read_parquet, 10)


def loading_bare() -> Result:
    """Time the same against the polygons alone, without the CRS that costs the rival most."""

    def bare(path: Path) -> gpd.GeoSeries:
        column = parquet.read_table(path, columns=["geometry"])["geometry"]
        return gpd.GeoSeries(shapely.from_wkb(column.to_numpy()))

    return _loading("pyarrow + shapely.from_wkb", bare, 1)


def _loading(rival: str, read: Callable[[Path], Any], target: float) -> Result:
    finland = country("FI")
    layer = finland.polygons()
    folder = Path(tempfile.mkdtemp())
    path = folder / "municipalities.parquet"
    gpd.GeoDataFrame(geometry=layer).to_parquet(path)

    def ours() -> gpd.GeoSeries:
        bundled.polygons.cache_clear()
        snapshot.read_bytes.cache_clear()  # the file is read and its checksum taken each time
        return finland.polygons()

    def check(mine: gpd.GeoSeries, theirs: gpd.GeoDataFrame) -> str:
        assert len(mine) == len(theirs)
        same = shapely.equals_exact(mine.to_numpy(), theirs.geometry.to_numpy())
        assert same.all()
        return f"{len(mine)} polygons, every vertex"

    return compare(
        "load the bundled municipalities",
        rival,
        ours,
        lambda: read(path),
        check=check,
        target=target,
        rounds=15,
    )
