"""People of each municipality from a grid, by the cell's centre."""

import geopandas as gpd
import pandas as pd

from benchmarks.data import continent, continent_cells, country_cells, detailed
from benchmarks.harness import Result, compare
from geodata.points.assignment import assign_points
from geodata.points.grids import Grid, as_grid

__all__ = ["inside", "inside_continent", "inside_continent_prepared", "inside_prepared"]


def inside() -> Result:
    """Time 100,000 cells in 308 municipalities of 112,000 vertices."""
    return _compare("people by municipality, 100k cells", detailed(), country_cells(), 12, 15)


def inside_prepared() -> Result:
    """Time the same against the rival with points and both indexes made beforehand."""
    case = "people by municipality, 100k cells"
    return _compare(case, detailed(), country_cells(), 4, 15, prepared=True)


def inside_continent_prepared() -> Result:
    """Time the continent against the rival with points and both indexes made beforehand."""
    units = gpd.GeoDataFrame(geometry=continent())
    case = "people by polygon, 2.5 M cells in 110k polygons"
    return _compare(case, units, continent_cells(), 5, 3, memory=True, prepared=True)


def inside_continent() -> Result:
    """Time 2.5 million cells in 110,000 polygons, some of which overlap."""
    units = gpd.GeoDataFrame(geometry=continent())
    case = "people by polygon, 2.5 M cells in 110k polygons"
    return _compare(case, units, continent_cells(), 10, 3, memory=True)


def _compare(
    case: str,
    units: gpd.GeoDataFrame,
    cells: pd.DataFrame,
    target: float,
    rounds: int,
    *,
    memory: bool = False,
    prepared: bool = False,
) -> Result:
    units = units[["geometry"]]
    grid = as_grid(cells)
    x, y, people = grid.x, grid.y, grid.people

    def ours() -> "pd.Series[int]":
        points = Grid(x, y, people, None, None, units.crs, cells.index)
        return assign_points(points, units).by_unit

    def made() -> gpd.GeoDataFrame:
        at = gpd.points_from_xy(x, y)
        return gpd.GeoDataFrame({"people": people}, geometry=at, crs=units.crs)

    ready = made() if prepared else None
    if ready is not None:
        assert ready.sindex is not None
        assert units.sindex is not None

    def theirs() -> "pd.Series[int]":
        points = made() if ready is None else ready
        joined = gpd.sjoin(points, units, predicate="within")
        index = next(name for name in joined.columns if name not in ("people", "geometry"))
        return joined.groupby(index)["people"].sum()

    def check(mine: "pd.Series[int]", other: "pd.Series[int]") -> str:
        full = other.reindex(mine.index, fill_value=0)
        # A cell in two polygons that overlap is counted twice by the rival, once here.
        different = int((mine != full).sum())
        assert different <= len(mine) // 10_000
        assert (mine <= full).all()
        twice = f"; {different} that overlap counted twice by the rival" if different else ""
        return f"people of {len(mine):,} units{twice}"

    return compare(
        case,
        "geopandas.sjoin, all prepared" if prepared else "geopandas.sjoin",
        ours,
        theirs,
        check=check,
        target=target,
        rounds=rounds,
        memory=memory,
    )
