"""Whole processes, from files to an answer: ``python -m benchmarks.processes WHAT FILE ...``.

Each is what a user would write, so that start, reading and memory of all of it count.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

__all__ = ["NEEDS", "Run", "missing", "run"]

NEEDS = {
    "sedonadb": ("sedonadb", "geoarrow.pyarrow"),
    "duckdb": ("duckdb", "duckdb_extensions", "duckdb_extension_spatial"),
    "dask_geopandas": ("dask_geopandas", "distributed"),
    "dask_one": ("distributed",),
    "dask_two": ("distributed",),
}
"""The modules that a process needs beyond the library's own."""

_JOIN = """
    SELECT u.unit, SUM(c.people) AS people FROM units u
    JOIN (SELECT {point} AS point, people FROM cells) c ON ST_Intersects(u.geometry, c.point)
    GROUP BY u.unit
"""


@dataclass(frozen=True)
class Run:
    """
    What a process took.

    Attributes
    ----------
    wall_s, cpu_s
        Seconds by the clock, and of processors, with those of processes that it waited for.
    peak_mb
        Most memory at once.
    answer
        People by unit, or nothing.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    answer: "pd.Series[float]"


def missing(what: str) -> str | None:
    """Return the first module that a process needs and is not installed."""
    for module in NEEDS.get(what, ()):
        try:
            if find_spec(module) is None:
                return module
        except ModuleNotFoundError:
            return module
    return None


def run(what: str, *files: Path, timeout_s: float = 1800) -> Run:
    """Run a process and return what it took, or raise what it said."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "answer.parquet"
        command = [sys.executable, "-m", "benchmarks.processes", what, str(out), *map(str, files)]
        start = time.perf_counter()
        with (Path(folder) / "said").open("w+b") as said:
            process = subprocess.Popen(command, stdout=said, stderr=said)
            # Its own resources, not those of all processes so far.
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            wall = time.perf_counter() - start
            if process.returncode or wall > timeout_s:
                said.seek(0)
                words = said.read().decode(errors="replace")[-2000:]
                raise RuntimeError(f"{what} failed after {wall:.0f} s:\n{words}")
        found = pd.read_parquet(out)
        answer = found.set_index(found.columns[0])[found.columns[1]]
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, answer)


def _library(units: str, cells: str) -> pd.DataFrame:
    import geopandas as gpd  # noqa: PLC0415  each process loads its own

    import geodata  # noqa: PLC0415

    frame = gpd.read_parquet(units).set_index("unit")
    return geodata.people_by_unit(cells, frame).by_unit.rename("people").reset_index()


def _in_memory(units: str, cells: str) -> pd.DataFrame:
    import geopandas as gpd  # noqa: PLC0415

    import geodata  # noqa: PLC0415

    frame = gpd.read_parquet(units).set_index("unit")
    found = geodata.assign_points(geodata.read_grid(cells), frame)
    return found.by_unit.rename("people").reset_index()


def _decoding(units: str, cells: str) -> pd.DataFrame:
    """Read what everyone has to read, and do nothing with it."""
    from pyarrow import parquet  # noqa: PLC0415

    parquet.read_table(units)
    total = 0
    for batch in parquet.ParquetFile(cells).iter_batches(batch_size=1_000_000):
        total += len(batch)
    return pd.DataFrame({"unit": [0], "people": [total]})


def _sjoin(units: str, cells: str) -> pd.DataFrame:
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.read_parquet(units)
    table = pd.read_parquet(cells)
    at = gpd.points_from_xy(table["x"], table["y"])
    points = gpd.GeoDataFrame(table[["people"]], geometry=at, crs=frame.crs)
    joined = gpd.sjoin(points, frame, predicate="within")
    return joined.groupby("unit", as_index=False)["people"].sum()


def _sedonadb(units: str, cells: str) -> pd.DataFrame:
    import sedonadb  # noqa: PLC0415

    database = sedonadb.connect()
    database.read_parquet(units).to_view("units")
    database.read_parquet(cells).to_view("cells")
    point = "ST_SetSRID(ST_Point(x, y), 3067)"
    found: pd.DataFrame = database.sql(_JOIN.format(point=point)).to_pandas()
    return found


def _duckdb(units: str, cells: str) -> pd.DataFrame:
    import duckdb  # noqa: PLC0415
    import duckdb_extensions  # noqa: PLC0415

    database = duckdb.connect()
    duckdb_extensions.import_extension("spatial")
    database.execute("LOAD spatial")
    for name, file in (("units", units), ("cells", cells)):
        database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{file}')")  # noqa: S608
    found: pd.DataFrame = database.execute(_JOIN.format(point="ST_Point(x, y)")).df()
    return found


def _dask(workers: int) -> Callable[[str, str], pd.DataFrame]:
    def counted(units: str, cells: str) -> pd.DataFrame:
        import geopandas as gpd  # noqa: PLC0415

        import geodata  # noqa: PLC0415

        frame = gpd.read_parquet(units).set_index("unit")
        with _cluster(workers) as client:
            # Workers start, load and take what is sent to them before the clock runs.
            client.run(_warmed)
            start = time.perf_counter()
            found = geodata.people_by_unit(cells, frame, engine=client).by_unit
            taken = time.perf_counter() - start
        found = found.rename("people")
        found.loc[-1] = round(taken * 1000)
        return found.reset_index()

    return counted


def _dask_geopandas(units: str, cells: str) -> pd.DataFrame:
    import dask.dataframe as dd  # noqa: PLC0415
    import dask_geopandas  # noqa: PLC0415
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.read_parquet(units)
    with _cluster(2) as client:
        client.run(_warmed)
        start = time.perf_counter()
        table = dd.read_parquet(cells, split_row_groups=True)
        points = dask_geopandas.from_dask_dataframe(
            table, geometry=dask_geopandas.points_from_xy(table, "x", "y", crs=frame.crs)
        )
        joined = dask_geopandas.sjoin(points, frame, predicate="within")
        found = client.compute(joined.groupby("unit")["people"].sum()).result()
        taken = time.perf_counter() - start
    found.loc[-1] = round(taken * 1000)
    return found.rename_axis("unit").rename("people").reset_index()


def _cluster(workers: int) -> "object":
    from contextlib import contextmanager  # noqa: PLC0415

    from distributed import Client, LocalCluster  # noqa: PLC0415

    @contextmanager
    def started() -> "object":
        with (
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                silence_logs=50,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client

    return started()


def _warmed() -> None:
    import geopandas  # noqa: F401, PLC0415

    import geodata.streams.people  # noqa: F401, PLC0415


def _report() -> pd.DataFrame:
    import zones  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        zones.report(
            ["peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"], Path(folder) / "report"
        )
    return pd.DataFrame({"unit": [0], "people": [0]})


_PROCESSES: dict[str, Callable[..., pd.DataFrame]] = {
    "library": _library,
    "in_memory": _in_memory,
    "decoding": _decoding,
    "sjoin": _sjoin,
    "sedonadb": _sedonadb,
    "duckdb": _duckdb,
    "dask_one": _dask(1),
    "dask_two": _dask(2),
    "dask_geopandas": _dask_geopandas,
    "report": _report,
}


def _main(words: list[str]) -> None:
    what, out, *files = words
    found = _PROCESSES[what](*files)
    found.astype({"people": np.float64}).to_parquet(out)


if __name__ == "__main__":
    _main(sys.argv[1:])
