"""Reach over a grid that is read piece by piece: the figures of the grid in memory."""

import logging

import numpy as np
import pandas as pd
import pytest

import geodata
import zones
from geodata.errors import FileFormatError
from geodata.streams import sources
from zones.cli import app
from zones.errors import MeasureError

pytest.importorskip("pyarrow", reason="pip install '.[parquet]'")


@pytest.fixture
def path(tmp_path, monkeypatch):
    """Cells of a kilometre around the north of the Gulf of Bothnia, some with a code."""
    random = np.random.default_rng(7)
    places = np.sort(random.permutation(300 * 300)[:20_000])
    row, column = np.divmod(places, 300)
    table = pd.DataFrame({"x": 320_500.0 + 1000 * column, "y": 7_160_500.0 + 1000 * row})
    table["people"] = random.integers(0, 400, len(table))
    table["kunta"] = np.where(random.random(len(table)) < 0.01, "564", None)
    path = tmp_path / "grid.parquet"
    table.to_parquet(path, row_group_size=2500)
    monkeypatch.setattr(sources, "_FEW_ROWS", 2500)
    return path


def as_figures(table):
    return [
        (row.name, row.key, row.value, row.low, row.high, *map(str, (row.method, *row.notes)))
        for row in table
    ]


@pytest.mark.parametrize(
    "options",
    [
        {"within_km": [0, 10, 50]},
        {"within_km": [0, 10], "rule": "area"},
        {"within_km": [10, 40], "of": "centres"},
        {"within_km": [10], "of": "spine"},
    ],
)
def test_pieces_make_the_figures_of_the_whole(arc, path, monkeypatch, caplog, options):
    in_memory = zones.reach(arc, grid=path, **options)
    monkeypatch.setattr(sources, "LARGE_ROWS", 10_000)
    caplog.set_level(logging.INFO)
    by_pieces = zones.reach(arc, grid=path, **options)
    assert "8 of 8 pieces are counted" in caplog.text
    assert as_figures(by_pieces) == as_figures(in_memory)


def test_a_folder_is_read_file_by_file(arc, path, tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    table = pd.read_parquet(path)
    for number in range(4):
        table[number::4].to_parquet(folder / f"{number}.parquet")
    found = zones.reach(arc, grid=folder, within_km=10).get("population_within", "10")
    whole = zones.reach(arc, grid=path, within_km=10).get("population_within", "10")
    assert (found.value, str(found.sources[0])) == (
        whole.value,
        str(whole.sources[0]).replace("grid.parquet", "cells"),
    )


def test_points_on_no_lattice_have_no_cells(arc, path, monkeypatch):
    table = pd.read_parquet(path)
    frame = geodata.read_grid(path).to_crs(3035)
    table[["x", "y"]] = np.column_stack([frame.x, frame.y])
    table.to_parquet(path)
    monkeypatch.setattr(sources, "LARGE_ROWS", 10_000)
    with pytest.raises(MeasureError, match="rule='area' needs square cells"):
        zones.reach(arc, grid=path, within_km=10, rule="area")


def test_travel_times_take_the_grid_at_once(arc, path, monkeypatch):
    monkeypatch.setattr(sources, "LARGE_ROWS", 10_000)
    times = pd.DataFrame(10.0, index=range(20_000), columns=list(arc.units.index))
    found = zones.reach(arc, grid=path, matrix=times, minutes=30)
    total = pd.read_parquet(path)["people"].sum()
    assert found.get("population_within_time", "30").value == total


def test_an_engine_has_an_effect_or_is_refused(arc, path):
    with pytest.raises(MeasureError, match="engine= has no effect without a grid"):
        zones.reach(arc, within_km=10, engine="tcp://127.0.0.1:1")
    with pytest.raises(MeasureError, match="engine= counts the cells of a file"):
        zones.reach(arc, within_km=10, engine="tcp://x", grid=geodata.read_grid(path))


def test_an_error_names_the_row_group(arc, path, monkeypatch):
    table = pd.read_parquet(path)
    table.loc[9_000, "people"] = -1
    table.to_parquet(path, row_group_size=2500)
    monkeypatch.setattr(sources, "LARGE_ROWS", 10_000)
    with pytest.raises(FileFormatError, match=r"grid\.parquet, row group 3: .* row index 9000"):
        zones.reach(arc, grid=path, within_km=10)


def test_workers_give_the_same(arc, path, capsys):
    distributed = pytest.importorskip("distributed", reason="pip install '.[dask]'")
    here = zones.reach(arc, grid=path, within_km=[0, 25])
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        there = zones.reach(arc, grid=path, within_km=[0, 25], engine=client)
        words = ["reach", "peramerenkaari", "--within", "0,25", "--grid", str(path), "--csv"]
        assert app.status(words) == 0
        printed = capsys.readouterr().out
        assert app.status([*words, "--engine", cluster.scheduler_address]) == 0
        assert capsys.readouterr().out == printed
    assert as_figures(there) == as_figures(here)
    assert app.status([*words[:4], "--engine", "tcp://127.0.0.1:1"]) == 2
    assert "--engine has no effect without --grid: give --grid FILE too" in capsys.readouterr().err


def test_the_command_takes_what_columns_are(path, monkeypatch, capsys):
    words = ["reach", "peramerenkaari", "--within", "10", "--grid", str(path), "--csv"]
    assert app.status(words) == 0
    printed = capsys.readouterr().out
    monkeypatch.setattr(sources, "LARGE_ROWS", 10_000)
    for more in ([], ["--grid-crs", "3067"], ["--grid-x", "x", "--grid-y", "y"]):
        assert app.status([*words, *more]) == 0
        assert capsys.readouterr().out == printed
