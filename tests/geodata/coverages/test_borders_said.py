"""What a border table hands out, to the column, and what is said of a wrong question, in full."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Polygon, box

from geodata import border_table
from geodata.coverages.contiguity import contiguity
from geodata.errors import CoverageError

# c alone; b between a and d; e meets d in a point.
UNITS = gpd.GeoSeries(
    {
        "d": box(4, 0, 6, 2),
        "b": box(2, 0, 4, 2),
        "a": box(0, 0, 2, 2),
        "e": box(6, 2, 7, 3),
        "c": box(20, 20, 21, 21),
    }
)


@pytest.fixture(scope="module")
def borders():
    return border_table(UNITS)


def test_columns_and_order(borders):
    pairs = pd.DataFrame({"left": ["a", "b"], "right": ["b", "d"], "length_m": [2.0, 2.0]})
    pd.testing.assert_frame_equal(borders.pairs, pairs)
    touching = pd.DataFrame({"left": ["d"], "right": ["e"]})
    pd.testing.assert_frame_equal(borders.touching, touching)
    perimeter = pd.Series([8.0, 8.0, 8.0, 4.0, 4.0], index=list("dbaec"), name="perimeter_m")
    pd.testing.assert_series_equal(borders.perimeter_m, perimeter)
    assert repr(borders) == "<BorderTable: 5 units, 2 borders, 1 contacts in points only>"


def test_some_of_the_units(borders):
    some = borders.induced(["d", "b", "e"])
    pairs = pd.DataFrame({"left": ["b"], "right": ["d"], "length_m": [2.0]})
    pd.testing.assert_frame_equal(some.pairs, pairs)
    pd.testing.assert_frame_equal(some.touching, pd.DataFrame({"left": ["d"], "right": ["e"]}))
    assert some.perimeter_m.to_dict() == {"d": 8, "b": 8, "e": 4}
    # Of a part of the table, the rest is as of the whole.
    assert some.outer_border_m(["b", "d"]) == 12
    assert some.inner_border_m(["b", "d"]) == 2
    assert some.neighbours(["b"]) == ("d",)
    assert borders.induced(["a", "e"]).pairs.empty
    assert borders.induced("a").perimeter_m.to_dict() == {"a": 8}


def test_groups_without_links_and_the_last_of_them(borders):
    table = borders.of_groups({"row": [*"abd"], "apart": [*"ad"], "alone": "c", "none": []})
    expected = pd.DataFrame(
        {
            "units": [3, 2, 1, 0],
            "perimeter_m": [16.0, 16.0, 4.0, 0.0],
            "inner_border_m": [4.0, 0.0, 0.0, 0.0],
            "links": [2, 0, 0, 0],
            "pieces": [1, 2, 1, 0],
            "neighbours": [0, 1, 0, 0],
        },
        index=["row", "apart", "alone", "none"],
    )
    pd.testing.assert_frame_equal(table, expected, check_dtype=False, check_index_type=False)


def test_pieces_however_the_links_run():
    # The middle of a row of five sorts first: its links run both ways.
    row = gpd.GeoSeries({name: box(at, 0, at + 1, 1) for at, name in enumerate("dbaec")})
    table = border_table(row).of_groups({"whole": [*"abcde"], "split": [*"dbec"]})
    assert table["pieces"].to_dict() == {"whole": 1, "split": 2}
    assert table["neighbours"].to_dict() == {"whole": 0, "split": 1}


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (
            gpd.GeoSeries([]),
            "no polygons were given: give a GeoSeries with one polygon a unit",
        ),
        (
            gpd.GeoSeries({"a": box(0, 0, 1, 1), "b": Polygon([(0, 2), (2, 4), (2, 2), (0, 4)])}),
            (
                "b with an invalid polygon (Self-intersection[1 3]): geodata.check_coverage says "
                "what is wrong and where"
            ),
        ),
        (
            gpd.GeoSeries({"a": box(0, 0, 2, 2), "b": box(1, 1, 3, 3), "c": box(9, 9, 10, 10)}),
            (
                "a, b overlap or have different vertices along their common border: "
                "geodata.check_coverage lists every place, and can repair them"
            ),
        ),
    ],
)
def test_what_is_no_coverage(units, said):
    with pytest.raises(CoverageError) as refused:
        border_table(units)
    assert str(refused.value) == said


def test_units_that_are_not_there(borders):
    with pytest.raises(CoverageError) as refused:
        borders.neighbours(["a", "x", "y"])
    assert str(refused.value) == (
        "x, y not among the 5 units of the border table: give units of the division it was "
        "made from"
    )


def test_borders_as_long_as_the_error_are_borders():
    found = contiguity(border_table(UNITS), UNITS, error_m=2.0)
    # The border of 2 m is no shorter than the error; a point is, and so are gaps of 2 m.
    rows = [("a", "d", False), ("b", "e", False), ("d", "e", False)]
    assert list(found.undecided.itertuples(index=False, name=None)) == rows
    wider = contiguity(border_table(UNITS), UNITS, error_m=2.1).undecided
    rows = [("a", "b", True), ("a", "d", False), ("b", "d", True), *rows[1:]]
    assert list(wider.itertuples(index=False, name=None)) == rows
    assert list(found.sea.columns) == ["left", "right"]
    assert found.known is False
    assert found.with_sea() is found


def test_borders_through_the_sea_have_no_length():
    known = pd.DataFrame(
        {"left": ["a", "b"], "right": ["b", "d"], "border": ["sea", "land"]},
    )
    found = contiguity(border_table(UNITS), UNITS, known=known)
    both = found.with_sea().pairs
    assert both[["left", "right"]].to_numpy().tolist() == [["a", "b"], ["b", "d"]]
    assert both["length_m"].dtype == np.float64
    assert both["length_m"].isna().tolist() == [True, False]
