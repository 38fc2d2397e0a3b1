"""Neighbours with shared lengths and perimeters, and what zones make of them."""

import warnings
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.data import continent, detailed, zones
from benchmarks.harness import Result, compare
from geodata.coverages.borders import BorderTable, border_table

__all__ = [
    "contiguity",
    "contiguity_continent",
    "contiguity_continent_strict",
    "contiguity_strict",
    "zone_metrics",
    "zone_metrics_coverage",
    "zones_continent",
]


_FIGURES = [
    "area",
    "perimeter_m",
    "inner_border_m",
    "links",
    "neighbours",
    "pieces",
    "compactness",
]


def _libpysal(frame: gpd.GeoDataFrame, *, by_perimeter: bool, strict: bool = False) -> Any:
    from libpysal.graph import Graph  # noqa: PLC0415  three seconds to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Graph.build_contiguity(frame, rook=True, by_perimeter=by_perimeter, strict=strict)


def contiguity() -> Result:
    """Time rook neighbours, shared lengths and perimeters of 112,000 vertices."""
    return _contiguity("libpysal by_perimeter", 25, strict=False)


def contiguity_strict() -> Result:
    """Time the same against the rival's fastest setting, which takes the coverage for granted."""
    return _contiguity("libpysal by_perimeter, strict", 12, strict=True)


def _contiguity(rival: str, target: float, *, strict: bool) -> Result:
    frame = detailed()

    def check(mine: BorderTable, theirs: Any) -> str:
        lengths = theirs.adjacency
        left, right = (lengths.index.get_level_values(level) for level in (0, 1))
        once = pd.Series(lengths.to_numpy(), index=[left, right])[(left < right) & (lengths > 0)]
        found = mine.pairs.set_index(["left", "right"])["length_m"]
        assert list(found.index) == list(once.sort_index().index)
        assert np.allclose(found.to_numpy(), once.sort_index().to_numpy(), rtol=1e-9, atol=0)
        assert np.allclose(mine.perimeter_m, frame.length, rtol=1e-9, atol=0)
        return f"{len(found)} pairs, lengths and perimeters to 1e-9"

    return compare(
        "rook, shared lengths, perimeters; 112k vertices; coverage checked",
        rival,
        lambda: border_table(frame.geometry),
        lambda: _libpysal(frame, by_perimeter=True, strict=strict),
        check=check,
        target=target,
    )


def contiguity_continent() -> Result:
    """Time the same on 110,000 polygons; the rival gives neighbours alone."""
    return _of_continent("libpysal rook", strict=False)


def contiguity_continent_strict() -> Result:
    """Time the same against the rival's fastest setting."""
    return _of_continent("libpysal rook, strict", strict=True)


def _of_continent(rival: str, *, strict: bool) -> Result:
    geometry = continent()
    frame = gpd.GeoDataFrame(geometry=_valid_part(geometry))

    def check(mine: BorderTable, theirs: Any) -> str:
        adjacency = theirs.adjacency
        pairs = adjacency[adjacency > 0].index.to_frame(index=False).to_numpy()
        pairs = pairs[pairs[:, 0] < pairs[:, 1]]
        expected = pd.MultiIndex.from_arrays(pairs.T).sort_values()
        assert pd.MultiIndex.from_frame(mine.pairs[["left", "right"]]).equals(expected)
        return f"{len(expected):,} pairs"

    return compare(
        "rook, shared lengths, perimeters; 110k polygons, 5 M vertices",
        rival,
        lambda: border_table(frame.geometry),
        lambda: _libpysal(frame, by_perimeter=False, strict=strict),
        check=check,
        target=10,
        rounds=1,
        memory=True,
    )


def _valid_part(geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    """Leave out the few cells whose broken borders cross."""
    valid = geometry[geometry.is_valid]
    lines = shapely.coverage_invalid_edges(valid.to_numpy())
    return valid[shapely.is_empty(lines)]


def zone_metrics() -> Result:
    """Time area, perimeter, compactness, inner border, neighbours and groups of 42 zones."""
    return _zone_metrics("unary", 15)


def zone_metrics_coverage() -> Result:
    """Time the same against the rival's fastest way to dissolve, which a coverage allows."""
    return _zone_metrics("coverage", 2.5)


def _zone_metrics(method: str, target: float) -> Result:
    frame = detailed()
    groups = zones(frame)

    def ours() -> pd.DataFrame:
        borders = border_table(frame.geometry)
        area = shapely.area(frame.geometry.to_numpy())
        table = borders.of_groups(groups)
        table["area"] = [area[frame.index.get_indexer(units)].sum() for units in groups.values()]
        return _with_compactness(table)

    def theirs() -> pd.DataFrame:
        graph = _libpysal(frame, by_perimeter=False).adjacency
        graph = graph[graph > 0]  # isolates are their own neighbours with weight 0
        left, right = (graph.index.get_level_values(level) for level in (0, 1))
        rows = {}
        for column in ("region", "wellbeing_county"):
            dissolved = frame[[column, "geometry"]].dissolve(column, method=method)
            for key, shape in dissolved.geometry.items():
                zone = f"{column} {key}"
                units = groups[zone]
                member = left.isin(units), right.isin(units)
                inside = member[0] & member[1]
                at = units.get_indexer(left[inside]), units.get_indexer(right[inside])
                ties = coo_array((np.ones(len(at[0])), at), shape=(len(units), len(units)))
                rows[zone] = (
                    shape.area,
                    shape.length,
                    (frame.geometry[units].length.sum() - shape.length) / 2,
                    int(inside.sum()) // 2,
                    len(set(right[member[0] & ~member[1]])),
                    connected_components(ties, directed=False)[0],
                )
        columns = _FIGURES[:-1]
        return _with_compactness(pd.DataFrame.from_dict(rows, orient="index", columns=columns))

    def check(mine: pd.DataFrame, other: pd.DataFrame) -> str:
        expected = other.loc[mine.index].set_axis(mine.index)
        pd.testing.assert_frame_equal(mine, expected, rtol=1e-9, atol=1e-3)
        return f"{mine.shape[1]} figures of {len(mine)} zones"

    return compare(
        "all metrics of 42 zones and the graph; 112k vertices",
        f"dissolve ({method}) + libpysal rook",
        ours,
        theirs,
        check=check,
        target=target,
    )


def zones_continent() -> Result:
    """Time the perimeters and inner borders of 2,622 zones, with the borders given."""
    frame = gpd.GeoDataFrame(geometry=_valid_part(continent()))
    borders = border_table(frame.geometry)
    middles = frame.geometry.representative_point()
    # Squares of 41 km, as many as there are zones of that kind in Europe.
    square = (middles.y // 41_000).astype(int) * 1000 + (middles.x // 41_000).astype(int)
    frame["zone"] = square
    groups = dict(frame.groupby("zone").groups)
    own = frame.length

    def ours() -> pd.DataFrame:
        return borders.of_groups(groups)[["perimeter_m", "inner_border_m"]]

    def theirs() -> pd.DataFrame:
        perimeter = frame.dissolve("zone", method="coverage").length
        inner = (own.groupby(square).sum() - perimeter) / 2
        return pd.DataFrame({"perimeter_m": perimeter, "inner_border_m": inner})

    def check(mine: pd.DataFrame, other: pd.DataFrame) -> str:
        found = mine.loc[other.index].astype(float)
        assert np.allclose(found, other, rtol=1e-9, atol=1e-3)
        return f"2 lengths of {len(mine):,} zones"

    return compare(
        f"perimeters and inner borders of {len(groups):,} zones, borders given",
        "dissolve (coverage)",
        ours,
        theirs,
        check=check,
        target=10,
        rounds=3,
    )


def _with_compactness(table: pd.DataFrame) -> pd.DataFrame:
    table["compactness"] = 4 * np.pi * table["area"] / table["perimeter_m"] ** 2
    return table[_FIGURES].astype(float)
