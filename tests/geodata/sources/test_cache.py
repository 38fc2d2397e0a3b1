"""The cache of fetched files: whole or not at all, also with several processes at once.

Contents are constructed; the WFS is the stand-in of `bad_server`.
"""

import contextlib
import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import platformdirs
import pytest
import shapely

import geodata
from geodata import sources
from geodata.errors import ServiceError
from geodata.sources import cache, updates
from geodata.sources.records import fetched
from tests.geodata.sources.bad_server import QUICK, BadServer, Reply, pxweb, wfs

MOMENT = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)


def put(folder, content=b"content", layer="ns:kunta_2026", **more):
    record = {
        "dataset": "boundaries-fi",
        "layer": layer,
        "year": 2026,
        "division": 2026,
        "title": "municipalities 2026",
        "url": "https://example.org/wfs",
        "fetched_at": MOMENT,
    }
    return cache.store(content, folder=folder, **(record | more))


def change(folder, statement, *values):
    """Change the cache behind the library's back."""
    (path,) = folder.glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(statement, values)


def test_what_is_stored_is_loaded(tmp_path):
    entry = put(tmp_path)
    assert cache.load("ns:kunta_2026", folder=tmp_path) == (b"content", entry)
    assert entry.fetched_at == MOMENT
    assert entry.line == (
        "Source: Statistics Finland, municipalities 2026, retrieved 2026-09-01. Licence: CC BY 4.0"
    )
    assert cache.load("ns:kunta_2025", folder=tmp_path) is None


def test_storing_again_replaces(tmp_path):
    put(tmp_path)
    second = put(tmp_path, b"newer")
    assert cache.load("ns:kunta_2026", folder=tmp_path) == (b"newer", second)
    assert sources.cached(tmp_path) == (second,)


def test_the_list_is_by_layer(tmp_path):
    entries = [put(tmp_path, layer=f"ns:kunta_{year}", year=year) for year in (2025, 2026)]
    assert sources.cached(tmp_path) == tuple(entries)
    assert sources.cached(tmp_path / "nothing") == ()


def test_looking_makes_no_file(tmp_path):
    assert sources.cached(tmp_path / "cache") == ()
    assert cache.load("ns:kunta_2026", folder=tmp_path / "cache") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["100 % mine?#", "äö"])
def test_the_folder_may_be_moved_and_called_anything(tmp_path, name):
    entry = put(tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / name)
    assert cache.load("ns:kunta_2026", folder=tmp_path / name) == (b"content", entry)


def test_the_default_is_the_users_cache_folder():
    assert sources.cache_folder().is_relative_to(platformdirs.user_cache_path("development-zones"))


@pytest.mark.parametrize("damage", [b"", b"conten", b"contenT"])
def test_a_content_that_is_damaged_is_not_used(tmp_path, damage, caplog):
    put(tmp_path)
    change(tmp_path, "UPDATE files SET content = ?", damage)
    assert cache.load("ns:kunta_2026", folder=tmp_path) is None
    assert "checksum" in caplog.text


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no database" * 100),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: change(path.parent, "UPDATE files SET fetched_at = 'yesterday'"),
        lambda path: change(path.parent, "ALTER TABLE files DROP COLUMN url"),
    ],
)
@pytest.mark.parametrize(
    "look",
    [
        lambda folder: cache.load("tilastointialueet:kunta4500k_2026", folder=folder),
        sources.cached,
        lambda folder: sources.fetch_boundaries(2026, folder=folder, base_url="http://[::1"),
    ],
)
def test_a_damaged_cache_is_said_before_anything_is_asked(tmp_path, damage, look):
    put(tmp_path, layer="tilastointialueet:kunta4500k_2026")
    (path,) = tmp_path.iterdir()
    damage(path)
    message = rf"{path} cannot be read .*delete it where it is damaged"
    with pytest.raises(ServiceError, match=message):
        look(tmp_path)


def test_an_empty_file_is_an_empty_cache(tmp_path):
    """A writer that was stopped at its very beginning leaves one."""
    put(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"")
    assert sources.cached(tmp_path) == ()
    entry = put(tmp_path)
    assert sources.cached(tmp_path) == (entry,)


def test_a_cache_that_is_only_read_may_be_read_only(tmp_path):
    entry = put(tmp_path)
    (path,) = tmp_path.iterdir()
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert cache.load("ns:kunta_2026", folder=tmp_path) == (b"content", entry)
        if os.geteuid():  # nothing is read-only to root
            with pytest.raises(ServiceError, match="cannot be written"):
                put(tmp_path)
    finally:
        tmp_path.chmod(0o755)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ServiceError, match=r"cannot be written .*name another folder"):
        put(tmp_path / "file" / "cache")


def test_a_cache_that_another_writer_holds(tmp_path, monkeypatch):
    entry = put(tmp_path)
    monkeypatch.setattr(cache, "_BUSY_SECONDS", 0.05)
    with contextlib.closing(sqlite3.connect(next(tmp_path.iterdir()))) as other:
        other.execute("BEGIN IMMEDIATE")
        assert sources.cached(tmp_path) == (entry,)
        with pytest.raises(ServiceError, match=r"cannot be written \(database is locked\)"):
            put(tmp_path, b"newer")
    assert cache.load("ns:kunta_2026", folder=tmp_path) == (b"content", entry)


STOPPED = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("PRAGMA cache_size = 1")
database.execute("UPDATE files SET content = zeroblob(3000000), size = 3000000")
os.kill(os.getpid(), 9)
"""


def test_a_writer_that_is_stopped_leaves_the_earlier_file(tmp_path):
    entry = put(tmp_path)
    (path,) = tmp_path.iterdir()
    subprocess.run([sys.executable, "-c", STOPPED, path], check=False)
    assert len(list(tmp_path.iterdir())) == 2, "half of the change is in the file"
    assert cache.load("ns:kunta_2026", folder=tmp_path) == (b"content", entry)


def test_many_writers_and_readers_see_whole_entries(tmp_path):
    put(tmp_path, b"0" * 1000)

    def write(number):
        put(tmp_path, str(number % 10).encode() * 1000 * (number + 1))

    def read(_):
        content, entry = cache.load("ns:kunta_2026", folder=tmp_path)
        assert len(content) == entry.size
        assert len(set(content)) == 1

    with ThreadPoolExecutor(8) as pool:
        work = [pool.submit(write if n % 2 else read, n) for n in range(80)]
        for done in work:
            done.result()
    assert len(sources.cached(tmp_path)) == 1


FETCH = """
import json, sys
from geodata import sources
url, folder = sys.argv[1:]
fetched = sources.fetch_boundaries(2026, base_url=url, folder=folder, refresh=True)
print(json.dumps([len(fetched.data), fetched.sha256]))
"""


def features():
    frame = geodata.municipalities(2026)
    return [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(shape),
            "properties": {"kunta": unit[3:], "vuosi": 2026},
        }
        for unit, shape in frame.geometry.items()
    ]


def test_two_processes_at_once(tmp_path):
    with BadServer(wfs({"tilastointialueet:kunta4500k_2026": features()})) as server:
        server.spoil(Reply(hang=0.2))
        running = [
            subprocess.Popen(
                [sys.executable, "-c", FETCH, server.url, tmp_path],
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        answers = [json.loads(process.communicate(timeout=60)[0]) for process in running]
    assert answers[0] == answers[1]
    assert answers[0][0] == 308
    (entry,) = sources.cached(tmp_path)
    assert cache.load(entry.layer, folder=tmp_path) is not None
    assert entry.sha256 == answers[0][1]
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]


def test_update_fetches_anew_and_says_what(tmp_path):
    with (
        BadServer(wfs({"tilastointialueet:kunta4500k_2026": features()})) as areas,
        BadServer(pxweb({"SSS": 1, "KU005": 1})) as people,
    ):
        for _ in range(2):
            done = sources.update(
                year=2026,
                folder=tmp_path,
                transport=QUICK,
                wfs_url=areas.url,
                pxweb_url=people.url,
            )
    boundaries, population = done
    assert (boundaries.year, boundaries.is_older) == (2026, False)
    assert (population.year, population.is_older) == (2025, True)
    # A count and the features, metadata and figures: each asked for both times.
    assert (len(areas.requests), len(people.requests)) == (4, 4)
    assert [entry.dataset for entry in sources.cached(tmp_path)] == [
        "population-fi",
        "boundaries-fi",
    ]


@pytest.mark.parametrize(
    ("dataset", "year"),
    [("boundaries-fi", 0), ("population-fi", -1), ("population-grid-fi", -1)],
)
def test_update_asks_for_the_newest(tmp_path, monkeypatch, dataset, year):
    asked = []

    def fetch(of_year, **options):
        asked.append((of_year, options["refresh"]))
        return fetched("data", of_year, put(options["folder"]))

    for name in ("fetch_boundaries", "fetch_population", "fetch_population_grid"):
        monkeypatch.setattr(updates, name, fetch)
    (done,) = updates.update([dataset], folder=tmp_path)
    assert done.data == "data"
    assert asked == [(dt.datetime.now(dt.UTC).year + year, True)]


def test_update_of_what_is_not_to_be_fetched():
    with pytest.raises(ValueError, match=r"boundaries-se: not to be fetched; choose from"):
        sources.update(["boundaries-se"])


def test_the_module_is_light():
    code = "import sys, geodata.sources; print('httpx' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
