"""Files as accidents and attackers make them: each is read as what it says, or refused at once."""

import json
import os
import sqlite3
import time
import zipfile
from contextlib import closing

import geopandas as gpd
import pytest
from shapely import box

from geodata.errors import FileFormatError
from geodata.files.spatial import checked_path, read_spatial
from geodata.files.tables import read_points, read_table

FEATURE = {
    "type": "Feature",
    "properties": {"kunta": "091"},
    "geometry": {"type": "Point", "coordinates": [1, 2]},
}
SLOW = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"


def collection(**more):
    return json.dumps({"type": "FeatureCollection", "features": [FEATURE], **more})


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "kunta.gpkg"
    gpd.GeoDataFrame({"kunta": ["091"]}, geometry=[box(0, 0, 1, 1)], crs=3067).to_file(path)
    return path


def change(path, *statements):
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)
    return path


def refused(path, said, **options):
    start = time.monotonic()
    with pytest.raises(FileFormatError, match=said):
        read_spatial(path, **options)
    assert time.monotonic() - start < 2


# -- nothing is asked of the network -------------------------------------------------------------


@pytest.mark.parametrize("kind", ["link", "url", "LINK"])
@pytest.mark.parametrize("first", [True, False])
def test_a_crs_that_is_a_link_is_refused(tmp_path, listener, kind, first):
    url, asked = listener
    address = {"href": url, "url": url}
    parts = [("type", kind), ("properties", address)]
    path = tmp_path / "kunta.geojson"
    path.write_text(collection(crs=dict(parts if first else parts[::-1])))
    refused(path, "its crs is a link, which is not followed")
    assert asked == []


def test_no_name_hides_a_link_from_what_keeps_off_the_network(tmp_path, listener):
    url, asked = listener
    path = tmp_path / "kunta.geojson"
    text = collection(crs={"type": "link", "properties": {"url": url, "href": url}})
    path.write_text(text.replace('"crs"', r'"\u0063rs"').replace('"link"', r'"l\u0069nk"'))
    read_spatial(path)
    assert asked == []


def test_links_of_a_service_are_not_followed(tmp_path, listener):
    url, asked = listener
    path = tmp_path / "kunta.geojson"
    links = [{"rel": "next", "type": "application/geo+json", "href": f"{url}/next"}]
    path.write_text(collection(links=links, numberMatched=3, exceededTransferLimit=True))
    assert len(read_spatial(path)) == 1
    assert asked == []


GML = (
    '<?xml version="1.0"?><!-- of a service --><wfs:FeatureCollection '
    'xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:a="urn:a" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="urn:a {url}/wfs?SERVICE=WFS&amp;VERSION=1.1.0&amp;'
    'REQUEST=DescribeFeatureType&amp;TYPENAME=a:b"><gml:featureMember><a:b><a:kunta>091</a:kunta>'
    '<a:g><gml:Point srsName="EPSG:3067"><gml:pos>1 2</gml:pos></gml:Point></a:g></a:b>'
    "</gml:featureMember></wfs:FeatureCollection>"
)


def test_gml_is_read_without_its_schema_and_nothing_is_written_beside_it(tmp_path, listener):
    url, asked = listener
    path = tmp_path / "kunta.gml"
    path.write_text(GML.format(url=url))
    read = read_spatial(path)
    assert read["kunta"].astype(str).str.zfill(3).tolist() == ["091"]
    assert asked == []
    assert list(tmp_path.iterdir()) == [path]


def test_entities_of_entities_are_refused(tmp_path):
    path = tmp_path / "kunta.gml"
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path.write_text(GML.format(url="").replace("?>", f"?>{entity}", 1))
    refused(path, r"not what its ending \.gml says")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/kunta.gpkg",
        "/vsicurl/https://example.org/kunta.gpkg",
        "/vsizip//vsicurl/https://example.org/a.zip/kunta.shp",
        "PG:dbname=kunta",
        "WFS:https://example.org",
        "GeoJSON:https://example.org/a",
    ],
)
def test_an_address_is_no_file(address):
    with pytest.raises(FileFormatError, match=r"is an address and no file|no such file"):
        read_spatial(address)


def test_a_file_that_is_named_like_an_address_is_a_file(package, monkeypatch):
    monkeypatch.chdir(package.parent)
    package.rename("PG:dbname=x.gpkg")
    assert len(read_spatial("PG:dbname=x.gpkg")) == 1


# -- pipes, devices and links --------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "csv", "parquet", "zip", "gml"])
def test_a_pipe_is_refused_at_once(tmp_path, suffix):
    path = tmp_path / f"kunta.{suffix}"
    os.mkfifo(path)
    refused(path, "is a pipe and no file")
    link = tmp_path / f"link.{suffix}"
    link.symlink_to(path)
    refused(link, "is a pipe and no file")
    with pytest.raises(FileFormatError, match="is a pipe and no file"):
        read_table(path)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no devices here")  # noqa: PTH110
def test_a_device_is_refused_at_once(tmp_path):
    link = tmp_path / "kunta.gpkg"
    link.symlink_to("/dev/zero")
    refused(link, "is a device and no file")
    refused("/dev/zero", "is a device and no file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_among_the_parts_of_a_shapefile_is_refused(tmp_path):
    path = tmp_path / "kunta.shp"
    gpd.GeoDataFrame({"kunta": ["091"]}, geometry=[box(0, 0, 1, 1)], crs=3067).to_file(path)
    path.with_suffix(".prj").unlink()
    os.mkfifo(path.with_suffix(".prj"))
    refused(path, "is a pipe and no file")


def test_a_link_is_followed_to_its_file(package):
    link = package.with_name("link.gpkg")
    link.symlink_to(package)
    assert len(read_spatial(link)) == 1
    loop = package.with_name("loop.gpkg")
    loop.symlink_to(loop)
    refused(loop, "no such file")


@pytest.mark.parametrize("given", [None, 3, ["a.gpkg"], "", "nowhere.gpkg", "a\0b.gpkg"])
def test_what_is_no_path_of_a_file(given):
    with pytest.raises(FileFormatError, match=r"is no path|no such file|is a folder"):
        checked_path(given, "polygons")


# -- zips ----------------------------------------------------------------------------------------


def zipped(tmp_path, **files):
    path = tmp_path / "kunta.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = zipped(tmp_path, kunta__geojson=b" " * (60 * 2**20))
    refused(path, "more than 200 times its size: such a zip is not opened")


def test_a_zip_that_lies_of_its_sizes_is_damaged(tmp_path):
    content = collection().encode()
    path = zipped(tmp_path, kunta__geojson=content)
    size, shorter = (number.to_bytes(4, "little") for number in (len(content), len(content) - 9))
    path.write_bytes(path.read_bytes().replace(size, shorter))
    refused(path, "not a zip file, damaged or locked")


def test_a_zip_cannot_write_outside_its_folder(tmp_path):
    path = zipped(tmp_path, **{"../../outside__geojson": collection()})
    assert len(read_spatial(path)) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["kunta.zip"]
    assert not (tmp_path.parent / "outside.geojson").exists()


def test_a_zip_of_folders_alone(tmp_path):
    refused(zipped(tmp_path, **{"kunta/": b""}), "no spatial file in the zip")


# -- GeoPackages that compute --------------------------------------------------------------------


def test_a_slow_view_beside_a_layer_is_not_computed(package):
    change(package, f"CREATE VIEW slow AS {SLOW}")
    start = time.monotonic()
    assert read_spatial(package)["kunta"].tolist() == ["091"]
    assert time.monotonic() - start < 2


REGISTERED = (
    "INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES ('slow', 'features', 3067)",
    "INSERT INTO gpkg_geometry_columns VALUES ('slow', 'geom', 'POLYGON', 3067, 0, 0)",
)


def test_a_view_as_a_layer_is_refused(package):
    view = f"CREATE VIEW slow AS SELECT 1 AS fid, (SELECT geom FROM kunta) AS geom, ({SLOW}) AS n"
    change(package, view, *REGISTERED)
    refused(package, "'?slow'? is a view.*save it as a layer of its own", layer="slow")
    assert len(read_spatial(package)) == 1
    change(package, "DELETE FROM gpkg_contents WHERE table_name = 'kunta'")
    refused(package, "slow is a view")


def test_a_column_that_is_computed_is_refused(package):
    column = "hex(zeroblob(1000000000))"
    table = f"CREATE TABLE slow (fid INTEGER PRIMARY KEY, geom BLOB, n TEXT AS ({column}) VIRTUAL)"
    change(package, table, *REGISTERED)
    refused(package, "slow is a view, computed", layer="slow")


@pytest.mark.parametrize("own", ["gpkg_contents", "gpkg_extensions"])
def test_the_tables_of_a_geopackage_itself_are_no_views(package, own):
    change(package, f"DROP TABLE IF EXISTS {own}", f"CREATE VIEW {own} AS {SLOW}")
    refused(package, r"not what its ending \.gpkg says")


def test_a_database_that_is_no_geopackage(tmp_path):
    path = change(tmp_path / "kunta.gpkg", "CREATE TABLE kunta (a TEXT)")
    refused(path, r"not what its ending \.gpkg says")


# -- nesting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["geojson", "topojson", "json"])
@pytest.mark.parametrize("kind", ["FeatureCollection", "Topology"])
def test_json_that_is_nested_deeply_is_a_fault_of_the_file(tmp_path, suffix, kind):
    path = tmp_path / f"kunta.{suffix}"
    deep = "[" * 200_000 + "]" * 200_000
    path.write_text(f'{{"type": "{kind}", "features": {deep}, "objects": {deep}}}')
    refused(path, "cannot be read as polygons")


def test_geoparquet_whose_description_is_nested_deeply(tmp_path, package):
    from pyarrow import parquet  # noqa: PLC0415

    path = tmp_path / "kunta.parquet"
    read_spatial(package).to_parquet(path)
    table = parquet.read_table(path)
    for about in (b"[" * 100_000 + b"]" * 100_000, b"3", b"[]", b'{"columns": {}}', b"{"):
        parquet.write_table(table.replace_schema_metadata({b"geo": about}), path)
        refused(path, "not a Parquet file")


@pytest.mark.parametrize("suffix", ["vrt", "kml", "tab", "sqlite", "gz", "exe", ""])
def test_an_ending_that_is_not_read_says_which_are(tmp_path, suffix):
    path = tmp_path / f"kunta.{suffix}".rstrip(".")
    path.write_text("anything")
    refused(path, "is none that is read; GeoPackage.*save it as one of these")


def test_a_folder_that_is_called_a_geodatabase(tmp_path):
    folder = tmp_path / "kunta.gdb"
    folder.mkdir()
    (folder / "kunta.vrt").write_text("<OGRVRTDataSource/>")
    refused(folder, r"not what its ending \.gdb says")


def test_where_tables_are_read_too_the_message_says_so(tmp_path):
    path = tmp_path / "grid.md"
    path.write_text("# No grid")
    with pytest.raises(FileFormatError, match=r"grid\.md: the ending \.md .*; CSV, Excel, GeoPa"):
        read_points(path)
