"""The benchmarks' data and harness, and that every case finds library and rival equal."""

import sys

import pytest
import shapely

pytest.importorskip("benchmarks", reason="benchmarks/ is not beside the tests")

from benchmarks.cases import CASES
from benchmarks.data import country_cells, detailed, zones
from benchmarks.harness import Result, compare, markdown
from benchmarks.page import page


def test_the_data_are_what_they_say():
    frame = detailed()
    polygons = frame.geometry.to_numpy()
    assert 110_000 < shapely.get_num_coordinates(polygons).sum() < 115_000
    assert shapely.coverage_is_valid(polygons)
    assert len(zones(frame)) == 42
    cells = country_cells()
    assert len(cells) == 100_000
    assert not cells.duplicated(["x", "y"]).any()


def test_answers_are_compared_before_anything_is_timed():
    calls = []

    def check(mine, theirs):
        assert mine == theirs
        return "one number"

    result = compare("sum", "rival", lambda: calls.append(1), lambda: None, check=check, target=1)
    assert len(calls) == 6
    assert result.checked == "one number"
    with pytest.raises(AssertionError):
        compare("sum", "rival", lambda: 1, lambda: 2, check=check, target=1)


def test_the_table_shows_ratios():
    table = markdown([Result("case", "rival", 0.5, 2.0, "all", 3, ours_mb=10, rival_mb=40)])
    assert "| case | rival | **4.0** | 3 | 0.25x |" in table
    assert "geopandas" in table


@pytest.mark.parametrize("name", CASES)
def test_every_case_finds_library_and_rival_equal(monkeypatch, name):
    case = CASES[name]
    module = sys.modules[case.__module__]

    def once(*what, **how):
        return compare(*what, **how | {"rounds": 1})

    monkeypatch.setattr(module, "compare", once)
    monkeypatch.setattr(module, "_ROUNDS", 1, raising=False)
    assert case().checked


def test_without_a_browser_the_page_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert "no chromium on the path" in page()
