"""The bundled data: what the build checks, what loading verifies, what travels with them."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata import snapshot
from geodata.errors import SnapshotError
from geodata.snapshot.layers import Layer, pack_layer, unpack_layer
from tools.snapshot import build, check

needs_sources = pytest.mark.skipif(
    not build.SOURCE.is_dir(), reason="the raw inputs are in the source distribution only"
)


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the bundled files that a test may damage; nothing is verified yet."""
    folder = tmp_path / "data"
    shutil.copytree(build.TARGET, folder)
    monkeypatch.setattr(snapshot, "_FOLDER", folder)
    for cached in (snapshot.read_bytes, snapshot._manifest):
        cached.cache_clear()
    yield folder
    for cached in (snapshot.read_bytes, snapshot._manifest):
        cached.cache_clear()


@pytest.fixture
def sources(tmp_path):
    """A copy of the raw inputs that a test may spoil."""
    folder = tmp_path / "source"
    shutil.copytree(build.SOURCE, folder)
    return folder


@pytest.fixture
def clean_arguments(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["build", "--check"])


def spoil(folder, name, change):
    """Change a raw table and write it back as it was written."""
    table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    change(table).to_csv(folder / name, index=False)


@needs_sources
def test_rebuilt_from_the_sources_it_is_the_same(tmp_path):
    build.build(target=tmp_path)
    assert build.compare(tmp_path) == []


@needs_sources
def test_comparison_names_what_differs(tmp_path):
    build.build(target=tmp_path)
    (tmp_path / "centres.csv").write_text("other")
    (tmp_path / "places.csv").unlink()
    (tmp_path / "new.csv").write_text("")
    faults = build.compare(tmp_path)
    assert [fault.partition(":")[0] for fault in faults] == ["new.csv", "places.csv", "centres.csv"]


@needs_sources
def test_command_line_of_the_check():
    done = subprocess.run(
        [sys.executable, "-m", "tools.snapshot.build", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@needs_sources
@pytest.mark.usefixtures("clean_arguments")
def test_command_line_says_what_differs(monkeypatch, capsys):
    monkeypatch.setattr(build, "compare", lambda _: ["centres.csv: differs"])
    assert build._main() == 1
    assert "centres.csv: differs" in capsys.readouterr().err


@pytest.mark.usefixtures("clean_arguments")
def test_command_line_without_the_raw_inputs(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(build, "SOURCE", tmp_path / "none")
    assert build._main() == 1
    assert "source distribution" in capsys.readouterr().err


def test_every_file_has_source_licence_and_line():
    bundled = snapshot.manifest()
    on_disk = {p.name for p in build.TARGET.iterdir()} - {"manifest.json"}
    assert set(bundled["files"]) == on_disk
    for name, entry in bundled["files"].items():
        assert entry["size"] == (build.TARGET / name).stat().st_size
        assert entry["sources"]
        assert all(vars(snapshot.attribution(entry["dataset"])).values())


def test_every_dataset_is_in_the_licence_text():
    text = Path(__file__).parents[2] / "DATA-LICENCES.md"
    if not text.is_file():
        pytest.skip("the licence text is beside the sources only")
    for dataset in snapshot.DATASETS:
        assert snapshot.attribution(dataset).line in text.read_text(encoding="utf-8")


def test_unknown_dataset_names_those_there_are():
    with pytest.raises(KeyError, match="boundaries-fi"):
        snapshot.attribution("boundaries")


def test_manifest_is_a_copy():
    snapshot.manifest()["files"].clear()
    assert snapshot.manifest()["files"]


def test_missing_file_says_reinstall(copied):
    (copied / "boundaries_fi_2021.npz").unlink()
    with pytest.raises(SnapshotError, match=r"boundaries_fi_2021\.npz is missing; reinstall"):
        snapshot.read_bytes("boundaries_fi_2021.npz")


def test_shortened_file_says_reinstall(copied):
    content = (copied / "population_fi.csv").read_bytes()
    (copied / "population_fi.csv").write_bytes(content[:-1])
    with pytest.raises(SnapshotError, match=r"population_fi\.csv is damaged.*reinstall"):
        snapshot.read_bytes("population_fi.csv")


def test_one_changed_byte_says_reinstall(copied):
    content = bytearray((copied / "population_fi.csv").read_bytes())
    content[1000] ^= 1
    (copied / "population_fi.csv").write_bytes(content)
    with pytest.raises(SnapshotError, match=r"population_fi\.csv is damaged.*reinstall"):
        snapshot.read_bytes("population_fi.csv")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": {}}', '{"files": [], "datasets": {}}'])
def test_damaged_manifest_says_reinstall(copied, text):
    (copied / "manifest.json").write_text(text)
    with pytest.raises(SnapshotError, match=r"manifest\.json.*reinstall") as error:
        snapshot.read_bytes("places.csv")
    assert "\n" not in str(error.value)


def test_missing_manifest_says_reinstall(copied):
    (copied / "manifest.json").unlink()
    with pytest.raises(SnapshotError, match=r"manifest\.json is missing; reinstall"):
        snapshot.manifest()


def test_file_not_in_the_manifest_is_refused():
    with pytest.raises(SnapshotError, match=r"no bundled file '\.\./errors\.py'"):
        snapshot.read_bytes("../errors.py")


def test_verified_once(copied):
    first = snapshot.read_bytes("centres.csv")
    (copied / "centres.csv").unlink()
    assert snapshot.read_bytes("centres.csv") is first


def test_layer_is_read_back_bit_for_bit():
    holed = shapely.Polygon([(0.1, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2)]])
    shapes = np.array(
        [
            shapely.MultiPolygon([holed]),
            shapely.MultiPolygon([shapely.box(9, 9, 10, 10), shapely.box(12, 9, 13, 10)]),
        ]
    )
    layer = unpack_layer(pack_layer(Layer(np.array(["005", "9999"]), shapes, 3067)))
    assert layer.codes.tolist() == ["005", "9999"]
    assert layer.epsg == 3067
    assert shapely.to_wkb(layer.geometry).tolist() == shapely.to_wkb(shapes).tolist()


def test_layer_of_other_shapes_is_refused():
    with pytest.raises(TypeError, match="multipolygons, got polygon"):
        pack_layer(Layer(np.array(["1"]), np.array([shapely.box(0, 0, 1, 1)]), 3067))


@needs_sources
def test_bundled_polygons_are_those_of_the_source():
    """Read through SQLite alone, a GeoPackage blob being a header and WKB."""
    with sqlite3.connect(build.SOURCE / "municipality_boundaries_2021_4500k.gpkg") as db:
        (table,) = db.execute("select table_name from gpkg_contents").fetchone()
        (column,) = db.execute("select column_name from gpkg_geometry_columns").fetchone()
        rows = db.execute(f'select code, "{column}" from "{table}" order by code').fetchall()
    db.close()
    layer = unpack_layer(snapshot.read_bytes("boundaries_fi_2021.npz"))
    assert layer.codes.tolist() == [code for code, _ in rows]
    envelopes = (0, 32, 48, 48, 64)
    blobs = [blob[8 + envelopes[blob[3] >> 1 & 7] :] for _, blob in rows]
    assert shapely.equals_identical(layer.geometry, shapely.from_wkb(blobs)).all()


@needs_sources
def test_faults_of_the_mergers_are_found(sources, tmp_path):
    name = "municipality_mergers_2015_2025.csv"
    spoil(sources, name, lambda table: table[table["code"] != "588"])
    with pytest.raises(ValueError, match=r"2025: \['588'\] ended, the table has \[\]"):
        build.build(sources, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@needs_sources
@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        (
            "population_2000_2022.csv",
            lambda t: t.assign(population=t["population"].mask(t.index == 22, "1")),
            "2022 adds up to",
        ),
        ("population_2000_2022.csv", lambda t: t.drop(5), r"2005: \['005'\] missing"),
        ("population_2000_2022.csv", lambda t: pd.concat([t, t[:1]]), "two figures in a year"),
        ("population_sweden_2000_2025.csv", lambda t: t.drop(1), "county 24 is known in part only"),
        (
            "population_sweden_2000_2025.csv",
            lambda t: t.assign(population=t["population"].mask(t["year"] == "2020", "7109")),
            "2020 adds up to",
        ),
        ("municipality_neighbours_2021.csv", lambda t: t.drop(0), "830 pairs, expected"),
        (
            "municipality_neighbours_2021.csv",
            lambda t: t.assign(right=t["right"].mask(t.index == 0, "999")),
            r"\['999'\] have no neighbour or are not in force",
        ),
        (
            "municipality_neighbours_2021.csv",
            lambda t: t.rename(columns={"left": "right", "right": "left"}),
            "not in order",
        ),
        (
            "municipality_neighbours_2021.csv",
            lambda t: pd.concat([t, t[:1]]),
            "a pair is there twice",
        ),
        ("municipality_centres.csv", lambda t: t[t["code"] != "091"], r"no centre for \['091'\]"),
        (
            "municipality_centres.csv",
            lambda t: t.assign(easting=t["easting"].mask(t["code"] == "005", "339221.9")),
            r"a metre apart: \['005'\]",
        ),
        (
            "places_geonames.csv",
            lambda t: t.assign(municipality_code=t["municipality_code"].mask(t.index == 0, "006")),
            "Alajärvi: 006",
        ),
        (
            "municipality_register_2013_2026.csv",
            lambda t: t.assign(code=t["code"].mask(t["code"] == "005", "5")),
            "not three digits",
        ),
        (
            "municipality_register_2013_2026.csv",
            lambda t: t[(t["year"] != "2023") | (t["code"] != "091")],
            "2023 has 308 municipalities, expected 309",
        ),
        (
            "division_names_2013_2026.csv",
            lambda t: t[(t["division"] != "maakunta") | (t["code"] != "19")],
            "maakunta '19' of 2026 has no name",
        ),
    ],
)
def test_faults_of_the_tables_are_found(sources, tmp_path, name, change, fault):
    spoil(sources, name, change)
    with pytest.raises(ValueError, match=fault):
        build.build(sources, tmp_path / "out")


def square(code, x, width=1.0):
    return {"code": code, "geometry": shapely.multipolygons([shapely.box(x, 0, x + width, 1)])}


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([square("1", 0), square("2", 0.5)], r"not a valid coverage at \['1', '2'\]"),
        ([square("1", 0)], r"no polygon for \['2'\]"),
        ([square("1", 0), square("2", 1), square("3", 2)], r"\['3'\] are not in the register"),
        ([square("1", 0), square("2", 1), square("2", 2)], "a code is there twice"),
    ],
)
def test_faults_of_the_boundaries_are_found(rows, fault):
    frame = gpd.GeoDataFrame(rows, crs=3067)
    with pytest.raises(ValueError, match=fault):
        check.boundaries(frame, codes={"1", "2"}, epsg=3067)


def test_boundaries_in_other_coordinates_are_refused():
    frame = gpd.GeoDataFrame([square("1", 0)], crs=4326)
    with pytest.raises(ValueError, match="expected EPSG:3067"):
        check.boundaries(frame, codes={"1"}, epsg=3067)


@needs_sources
def test_backdrop_is_small_and_has_no_properties():
    total = 0
    for layer in ("land", "lakes", "borders"):
        text = snapshot.read_bytes(f"backdrop_{layer}.geojson").decode()
        assert set(json.loads(text)) == {"type", "coordinates"}
        assert "<" not in text
        total += len(text)
    assert total < 300_000


@needs_sources
def test_broken_backdrop_is_found(sources, tmp_path):
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    (sources / "natural_earth_land.geojson").write_text(json.dumps(bow))
    with pytest.raises(ValueError, match="backdrop land: not valid"):
        build.build(sources, tmp_path / "out")
