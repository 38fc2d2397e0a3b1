"""The benchmarks' data and harness, and that every case finds library and rival equal."""

import sys

import numpy as np
import pandas as pd
import pytest
import shapely

pytest.importorskip("benchmarks", reason="benchmarks/ is not beside the tests")

pytest.importorskip("pyarrow", reason="pip install '.[parquet]'")

from pyarrow import parquet

from benchmarks import europe, growth, processes, whole
from benchmarks.__main__ import main
from benchmarks.cases import CASES
from benchmarks.data import continent, country_cells, detailed, zones
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


@pytest.fixture
def small_europe(tmp_path, monkeypatch):
    monkeypatch.setattr(europe, "SIDES", {20_000: 8_000.0, 30_000: 8_000.0})
    monkeypatch.setattr(europe, "_ROWS_A_GROUP", 3_000)
    monkeypatch.setattr(europe, "continent", lambda: continent(600))
    return tmp_path


def test_europe_is_made_once_of_rows_in_their_order(small_europe):
    path = europe.cells_file(small_europe, 20_000)
    cells = pd.read_parquet(path)
    assert len(cells) == 20_000
    assert not cells.duplicated(["x", "y"]).any()
    assert cells["y"].is_monotonic_increasing
    assert parquet.read_metadata(path).num_row_groups == 7
    made = path.stat().st_mtime_ns
    assert europe.cells_file(small_europe, 20_000) == path
    assert path.stat().st_mtime_ns == made
    assert list(small_europe.glob("*.new")) == []


@pytest.mark.parametrize("what", ["in_memory", "sjoin", "sedonadb", "duckdb", "dask_two"])
def test_whole_processes_answer_alike_or_are_skipped(small_europe, what):
    units = europe.units_file(small_europe)
    cells = europe.cells_file(small_europe, 20_000)
    ours = processes.run("library", units, cells)
    assert min(ours.wall_s, ours.cpu_s, ours.peak_mb) > 0
    row = whole.compared(
        "case", what, ours, lambda: processes.run(what, units, cells), what=what, goal=0
    )
    lacking = processes.missing(what)
    if lacking is None:
        assert row.checked.startswith("people of 525 units")
    else:
        assert row.checked == f"skipped: {lacking} is not installed"
    assert row.checked in whole.markdown_whole([row])


def test_what_a_process_says_is_raised(tmp_path):
    with pytest.raises(RuntimeError, match="library failed after"):
        processes.run("library", tmp_path / "none.parquet", tmp_path / "none.parquet")


def test_a_goal_that_is_missed_is_said_so():
    answer = pd.Series([1.0, 2.0])
    fast, slow = (processes.Run(s, s, 100 * s, answer) for s in (1.0, 3.0))
    table = whole.markdown_whole([whole.Compared("case", "rival", fast, slow, "all", 3.5)])
    assert "| case | rival | **3** (missed) | 3 | 3.5 | 0.33x | 1.0 s, 1.0 s, 100 MB |" in table
    with pytest.raises(AssertionError, match="2 of 2 units differ"):
        whole.compared(
            "case",
            "rival",
            fast,
            lambda: processes.Run(1.0, 1.0, 1.0, answer - 1),
            what="sjoin",
            goal=None,
        )


def test_growth_is_a_power_of_the_size(monkeypatch):
    assert growth.exponent((10, 20, 40), (1.0, 4.0, 16.0)) == pytest.approx(2)
    monkeypatch.setattr(growth, "continent", lambda: continent(600))
    monkeypatch.setattr(growth, "continent_cells", lambda: pd.DataFrame(detailed_cells()))
    found = growth.growths(shares=(0.5, 1.0), rounds=1)
    assert len(found) == 4
    assert all(len(one.sizes) == len(one.seconds) == 2 for one in found)
    slow = growth.Growth("borders", (1, 10), (1.0, 100.0))
    assert "| borders | 1, 10 | 1.00, 100.00 | **2.00** (missed) | 1.15 |" in (
        growth.markdown_growth([slow])
    )


def detailed_cells():
    x, y = np.meshgrid(np.arange(90) * 20_000.0, np.arange(90) * 20_000.0)
    return {"x": x.ravel(), "y": y.ravel(), "people": 1}


def test_the_command_refuses_what_is_no_case(capsys):
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "no case nothing: give some of" in capsys.readouterr().err


def test_the_command_takes_a_scale(small_europe, monkeypatch, capsys):
    row = whole.Compared("case", "rival", processes.Run(1, 1, 1, pd.Series()), None, "why", None)
    monkeypatch.setattr("benchmarks.__main__.europe", lambda *_: iter([row]))
    assert main(["--scale", "eu"]) == 0
    assert "| case | rival |  |  |  |  | 1.0 s, 1.0 s, 1 MB |  | why |" in capsys.readouterr().out
