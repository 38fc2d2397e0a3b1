"""Pieces counted by the workers of a Dask cluster: two processes, one of which dies."""

import multiprocessing
import os
import signal

import numpy as np
import pandas as pd
import pytest

import geodata
from geodata.errors import ArgumentError, FileFormatError, PieceError
from geodata.streams import engines, sources
from tests.geodata.streams.examples import cells, units

distributed = pytest.importorskip("distributed", reason="pip install '.[dask]'")
pytest.importorskip("pyarrow", reason="pip install '.[parquet]'")


@pytest.fixture(scope="module")
def cluster():
    before = {child.pid for child in multiprocessing.active_children()}
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        silence_logs=50,
    ) as started:
        yield started
    left = [child for child in multiprocessing.active_children() if child.pid not in before]
    for child in left:
        child.join(30)
    assert not [child for child in left if child.is_alive()]


@pytest.fixture
def client(cluster):
    with distributed.Client(cluster, set_as_default=False) as connected:
        connected.wait_for_workers(2, timeout=300)
        yield connected


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    # Workers that start anew on a busy machine take their time.
    monkeypatch.setattr(engines, "_WAIT_S", 300)


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "_FEW_ROWS", 20)
    path = tmp_path / "cells.parquet"
    cells().assign(people=lambda table: table.people + 0.1).to_parquet(path, row_group_size=20)
    return path


def test_workers_give_the_answer_of_this_process(client, path):
    here = geodata.people_by_unit(path, units(), nearest_m=300)
    there = geodata.people_by_unit(path, units(), nearest_m=300, engine=client)
    pd.testing.assert_series_equal(there.by_unit, here.by_unit, check_exact=True)
    pd.testing.assert_frame_equal(there.how, here.how, check_exact=True)
    assert (there.notes, there.cell_m) == (here.notes, here.cell_m)


def test_an_address_is_an_engine_too(cluster, client, path):
    shape, limits = units().iloc[12], [0, 500, 2000]
    here = geodata.people_within(path, shape, limits)
    there = geodata.people_within(path, shape, limits, engine=cluster.scheduler_address)
    assert there.equals(here)


def test_a_survey_of_all_points_is_made_there_too(client, path, tmp_path):
    table = cells().assign(x=lambda table: table.x + 0.003 * (np.arange(len(table)) % 3))
    noisy = tmp_path / "noisy.parquet"
    table.to_parquet(noisy, row_group_size=50)
    here = geodata.people_by_unit(noisy, units())
    there = geodata.people_by_unit(noisy, units(), engine=client)
    assert there.by_unit.equals(here.by_unit)
    assert there.notes == here.notes


def test_a_worker_that_dies_does_not_change_the_answer(client, path):
    expected = geodata.people_by_unit(path, units())
    workers = list(client.run(os.getpid).values())
    assert len(workers) == 2
    killed = []

    def kill_one(done, of):
        assert of == 40
        if not killed:
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)

    found = geodata.people_by_unit(path, units(), engine=client, progress=kill_one)
    assert killed
    pd.testing.assert_series_equal(found.by_unit, expected.by_unit, check_exact=True)
    assert found.how.equals(expected.how)


def test_what_was_sent_is_sent_anew_when_all_workers_died(client, path):
    expected = geodata.people_by_unit(path, units())
    killed = []

    def kill_all(done, of):
        if not killed:
            killed.extend(client.run(os.getpid).values())
            for worker in killed:
                os.kill(worker, signal.SIGKILL)

    found = geodata.people_by_unit(path, units(), engine=client, progress=kill_all)
    assert len(killed) == 2
    assert found.by_unit.equals(expected.by_unit)


def test_an_error_on_a_worker_names_file_and_row_group(client, path):
    table = pd.read_parquet(path)
    table.loc[500, "people"] = -1
    table.to_parquet(path, row_group_size=20)
    with pytest.raises(FileFormatError, match=r"cells\.parquet, row group 25: column 'people' is"):
        geodata.people_by_unit(path, units(), engine=client)
    table.loc[500] = table.loc[17]
    table.to_parquet(path, row_group_size=20)
    with pytest.raises(FileFormatError, match=r"row group (0|25): the cell at .* is in another"):
        geodata.people_by_unit(path, units(), engine=client)


def test_a_file_that_workers_do_not_have_is_said(client, path):
    engine = geodata.streams.stream.GridStream(path, engine=client)
    path.unlink()
    with pytest.raises((FileFormatError, PieceError), match=r"cells\.parquet"):
        engine.fold(geodata.unit_counter(units()))


def test_no_scheduler(path):
    with pytest.raises(ArgumentError, match="no scheduler answers there"):
        geodata.people_by_unit(path, units(), engine="nothing://here")


def test_no_worker(path, monkeypatch):
    monkeypatch.setattr(engines, "_WAIT_S", 0.1)
    with (
        distributed.LocalCluster(
            n_workers=0, processes=False, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as empty,
        distributed.Client(empty, set_as_default=False) as client,
        pytest.raises(PieceError, match="no worker has come to"),
    ):
        geodata.people_by_unit(path, units(), engine=client)


def test_workers_that_die_again_and_again_are_said(cluster, client, monkeypatch):
    monkeypatch.setattr(engines, "_TRIES", 0)
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    with pytest.raises(PieceError, match="workers died"):
        list(engines.each(os._exit, [3], client))
