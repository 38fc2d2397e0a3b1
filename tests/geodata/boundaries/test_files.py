"""Boundaries in every format of files, and in files that cannot be read."""

import contextlib
import json
import shutil
import sqlite3
import struct
import zipfile

import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from pyarrow import parquet

import geodata
from geodata.boundaries.given import read_boundaries
from geodata.errors import FileFormatError
from geodata.files.spatial import read_spatial

# -- formats -----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["gpkg", "parquet", "shp", "fgb", "geojson"])
def test_every_format_gives_the_bundled_frame(statfi, bundled, tmp_path, suffix):
    path = tmp_path / f"kunta.{suffix}"
    (statfi.to_parquet if suffix == "parquet" else statfi.to_file)(path)
    assert_geodataframe_equal(read_boundaries(path), bundled)


def test_geojson_in_degrees(statfi, bundled, tmp_path):
    path = tmp_path / "kunta.geojson"
    statfi.to_crs(4326).to_file(path, RFC7946="NO", COORDINATE_PRECISION=9)
    frame = read_boundaries(path, check=False)
    apart = shapely.hausdorff_distance(frame.geometry.to_numpy(), bundled.geometry.to_numpy())
    assert apart.max() < 0.001
    assert frame.crs == bundled.crs


def test_topojson(tmp_path):
    # Two unit squares in arcs of one another, around the centres of Kauniainen and Espoo.
    points = geodata.centres(2026).to_crs(4326).geometry.loc[["FI_049", "FI_235"]]
    west, east = points.x.round(4)
    y = round(points.y.iloc[0], 4)
    middle = (west + east) / 2
    topology = {
        "type": "Topology",
        "arcs": [
            [[middle, y - 0.1], [middle, y + 0.1]],
            [[middle, y + 0.1], [west - 0.1, y + 0.1], [west - 0.1, y - 0.1], [middle, y - 0.1]],
            [[middle, y - 0.1], [east + 0.1, y - 0.1], [east + 0.1, y + 0.1], [middle, y + 0.1]],
        ],
        "objects": {
            "kunnat": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "049"}},
                    {"type": "Polygon", "arcs": [[2, -1]], "properties": {"code": "235"}},
                ],
            }
        },
    }
    for name in ("kunta.topojson", "kunta.json"):
        path = tmp_path / name
        path.write_text(json.dumps(topology), encoding="utf-8")
        frame = read_boundaries(path, partial=True)
        assert list(frame.index) == ["FI_049", "FI_235"]
        assert len(geodata.border_table(frame.geometry).pairs) == 1


def test_zipped_shapefile(statfi, bundled, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    statfi.to_file(folder / "kunta.shp")
    archive = shutil.make_archive(str(tmp_path / "kunta"), "zip", folder)
    assert_geodataframe_equal(read_boundaries(archive), bundled)


def test_a_zip_with_several_files_wants_a_layer(statfi, bundled, tmp_path):
    for name in ("old", "new"):
        statfi.to_file(tmp_path / f"{name}.gpkg")
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for name in ("old", "new"):
            archive.write(tmp_path / f"{name}.gpkg", f"data/{name}.gpkg")
    with pytest.raises(FileFormatError, match="layer= one of old, new"):
        read_boundaries(tmp_path / "both.zip")
    assert_geodataframe_equal(read_boundaries(tmp_path / "both.zip", layer="new"), bundled)


def test_a_file_with_several_layers_wants_a_layer(statfi, bundled, tmp_path):
    path = tmp_path / "kunta.gpkg"
    for layer in ("kunta1000k", "kunta4500k"):
        statfi.to_file(path, layer=layer)
    with pytest.raises(FileFormatError, match="layer= one of kunta1000k, kunta4500k"):
        read_boundaries(path)
    with pytest.raises(FileFormatError, match="no layer 'kunta'"):
        read_boundaries(path, layer="kunta")
    assert_geodataframe_equal(read_boundaries(path, layer="kunta4500k"), bundled)


def test_what_the_library_writes_it_reads(bundled, tmp_path):
    for suffix, write in (("gpkg", bundled.to_file), ("parquet", bundled.to_parquet)):
        write(tmp_path / f"own.{suffix}")
        assert_geodataframe_equal(read_boundaries(tmp_path / f"own.{suffix}"), bundled)


# -- files that cannot be read -----------------------------------------------------------------


def unclosed(path, *, parts=1):
    ring = [[23.0, 62.0], [24.0, 62.0], [24.0, 63.0], [23.0, 63.0]]
    closed = [[25.0, 62.0], [26.0, 62.0], [26.0, 63.0], [25.0, 62.0]]
    shapes = {
        1: {"type": "Polygon", "coordinates": [ring]},
        2: {"type": "MultiPolygon", "coordinates": [[closed], [ring]]},
    }
    features = [
        {
            "type": "Feature",
            "properties": {"kunta": "009", "nimi": "Alavieska"},
            "geometry": {"type": "Polygon", "coordinates": [closed]},
        },
        {
            "type": "Feature",
            "properties": {"kunta": "005", "nimi": "Alajärvi"},
            "geometry": shapes[parts],
        },
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.mark.parametrize("parts", [1, 2])
def test_an_unclosed_ring(tmp_path, parts):
    with pytest.raises(
        FileFormatError,
        match=r"feature 2 \(005, Alajärvi\): unclosed ring, from \(23, 62\) to \(23, 63\)",
    ):
        read_boundaries(unclosed(tmp_path / "kunta.geojson", parts=parts))


def test_an_unclosed_ring_in_geoparquet(statfi, tmp_path):
    path = tmp_path / "kunta.parquet"
    statfi.iloc[:2].to_parquet(path)
    table = parquet.read_table(path)
    corners = [(3e5, 7e6), (4e5, 7e6), (4e5, 7.1e6), (3e5, 7.1e6)]
    wkb = struct.pack("<BIII8d", 1, 3, 1, 4, *(number for xy in corners for number in xy))
    column = table.schema.get_field_index("geometry")
    shapes = [wkb, table["geometry"][1].as_py()]
    table = table.set_column(column, table.schema.field(column), [shapes])
    parquet.write_table(table, path)
    with pytest.raises(FileFormatError, match=r"feature 1 \(005, Alajärvi.*unclosed ring, from"):
        read_boundaries(path)


def test_an_unclosed_ring_in_geopackage(statfi, tmp_path):
    path = tmp_path / "kunta.gpkg"
    statfi.iloc[:2].to_file(path)
    corners = [(3e5, 7e6), (4e5, 7e6), (4e5, 7.1e6), (3e5, 7.1e6)]
    header = struct.pack("<2sBBi", b"GP", 0, 1, 3067)
    wkb = struct.pack("<BIII8d", 1, 3, 1, 4, *(number for xy in corners for number in xy))
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        # Its triggers call functions that plain SQLite does not have.
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE kunta SET geom = ? WHERE fid = 2", (header + wkb,))
    with pytest.raises(FileFormatError, match=r"feature 2 \(009, Alavieska.*unclosed ring, from"):
        read_boundaries(path)


def test_no_such_file(tmp_path):
    with pytest.raises(FileFormatError, match=r"kunta\.gpkg: no such file"):
        read_boundaries(tmp_path / "kunta.gpkg")
    with pytest.raises(FileFormatError, match="is a folder"):
        read_boundaries(tmp_path)


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "parquet", "shp", "fgb", "zip", "txt"])
def test_not_a_spatial_file(tmp_path, suffix):
    path = tmp_path / f"kunta.{suffix}"
    path.write_text("code,name\n005,Alajärvi\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"kunta\."):
        read_boundaries(path)


def test_a_table_without_polygons(tmp_path):
    path = tmp_path / "kunta.parquet"
    pd.DataFrame({"kunta": ["005"]}).to_parquet(path)
    with pytest.raises(FileFormatError, match=r"not a (Geo)?Parquet file"):
        read_boundaries(path)
    path = tmp_path / "kunta.csv"
    path.write_text("kunta,nimi\n005,Alajärvi\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match="has no polygons"):
        read_boundaries(path)


def test_a_zip_without_a_spatial_file(tmp_path):
    with zipfile.ZipFile(tmp_path / "kunta.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    with pytest.raises(FileFormatError, match=r"no spatial file in the zip \(found readme\.txt\)"):
        read_boundaries(tmp_path / "kunta.zip")


def test_an_empty_layer(statfi, tmp_path):
    path = tmp_path / "kunta.gpkg"
    statfi.iloc[:0].to_file(path, geometry_type="MultiPolygon")
    with pytest.raises(FileFormatError, match="layer is empty"):
        read_boundaries(path)


def test_a_shapefile_without_its_table(statfi, tmp_path):
    path = tmp_path / "kunta.shp"
    statfi.to_file(path)
    path.with_suffix(".dbf").unlink()
    with pytest.raises(FileFormatError, match=r"its \.dbf is not beside it"):
        read_boundaries(path)


def test_without_pyarrow_the_command_is_given(tmp_path, monkeypatch):
    path = tmp_path / "kunta.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install 'development-zones\[parquet\]'"):
        read_spatial(path)
