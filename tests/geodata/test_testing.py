"""What the public assertions say."""

import geopandas as gpd
import pytest
import shapely
from shapely import box

import geodata
from geodata.testing import assert_coverage_equal


def series(**units):
    return gpd.GeoSeries(units, crs=3067)


def test_the_same_ground_is_equal():
    finland = geodata.municipalities(2026)
    turned = finland.geometry.iloc[::-1].normalize().reverse()
    assert_coverage_equal(finland, turned)
    moved = finland.geometry.copy()
    moved["FI_091"] = shapely.segmentize(moved["FI_091"], 500).buffer(0.01)
    with pytest.raises(AssertionError, match=r"^1 of 308 polygons differ: FI_091 by"):
        assert_coverage_equal(finland, moved)
    assert_coverage_equal(finland, moved, tolerance_m=0.02)


def test_every_difference_is_told_at_once():
    left = series(**{f"u{n}": box(n, 0, n + 1, 1) for n in range(9)}, gone=box(9, 0, 10, 1))
    right = series(**{f"u{n}": box(n, 0, n + 1, 1 + n) for n in range(9)}, new=None, more=None)
    right["u8"] = None
    message = (
        "1 only in left: gone; 2 only in right: more, new; 8 of 9 polygons differ: "
        "u8 missing in one, u7 by 7 m², u6 by 6 m², u5 by 5 m², u4 by 4 m² and 3 more"
    )
    with pytest.raises(AssertionError) as caught:
        assert_coverage_equal(left, right)
    assert str(caught.value) == message


def test_what_cannot_be_compared_is_told():
    twice = gpd.GeoSeries([box(0, 0, 1, 1)] * 2, index=["a", "a"], crs=3067)
    with pytest.raises(
        AssertionError, match=r"^a is given more than once in left; CRS is EPSG:3067"
    ):
        assert_coverage_equal(twice, series(a=box(0, 0, 1, 1)).to_crs(3006))
