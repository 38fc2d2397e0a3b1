"""Importing the library, and loading the bundled municipalities."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import geopandas as gpd
import shapely

from benchmarks.harness import Result, compare
from geodata import snapshot
from geodata.countries import bundled, country

__all__ = ["importing", "loading"]

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
        assert list(mine.index) == list(theirs.index)
        same = shapely.equals_exact(mine.to_numpy(), theirs.geometry.to_numpy())
        assert same.all()
        return f"{len(mine)} polygons, every vertex"

    return compare(
        "load the bundled municipalities",
        "geopandas.read_parquet",
        ours,
        lambda: gpd.read_parquet(path),
        check=check,
        target=10,
        rounds=15,
    )
