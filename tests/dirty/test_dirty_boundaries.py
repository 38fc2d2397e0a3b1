"""Files of boundaries, by `zones check` and by `geodata.read_boundaries`."""

import json
import os
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely import box

import geodata
from geodata.files.spatial import read_spatial
from tests.dirty.harness import Right, Says, cli, hold, table, write

TWO = ["FI_240", "FI_241"]


def layer(**columns):
    """Return the polygons of Kemi and Keminmaa with columns."""
    frame = geodata.municipalities(2026).loc[TWO, ["geometry"]].reset_index(drop=True)
    return frame.assign(**({"kunta": ["240", "241"]} | columns))


def collection(features=None, **more):
    """Return GeoJSON text with features, or those of the two municipalities in degrees."""
    known = json.loads(layer().to_crs(4326).to_json(drop_id=True))["features"]
    return {"type": "FeatureCollection", "features": known if features is None else features} | more


def changed(place, value):
    """Return GeoJSON whose first feature is changed at a place."""
    content = collection()
    feature = content["features"][0]
    for step in place[:-1]:
        feature = feature[step]
    feature[place[-1]] = value
    return content


def read():
    return list(geodata.read_boundaries("own.geojson", partial=True).index)


POINT = {"type": "Point", "coordinates": [24.5, 65.7]}
OPEN = {"type": "Polygon", "coordinates": [[[24, 65], [25, 65], [25, 66]]]}
NOTHING = {"type": "Polygon", "coordinates": []}
NAN = {"type": "Polygon", "coordinates": [[[24, 65], [25, 65], [25, float("nan")], [24, 65]]]}
FAR = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
SWAPPED = {"type": "Polygon", "coordinates": [[[65, 24], [65, 25], [66, 25], [65, 24]]]}
BOW = {"type": "Polygon", "coordinates": [[[24, 65], [25, 66], [25, 65], [24, 66], [24, 65]]]}
UNREAD = Says("own.geojson: cannot be read as polygons")
DEEP = "[" * 100_000 + "]" * 100_000
NESTED_BEFORE = f'{{"a": {DEEP}, "type": "FeatureCollection"}}'


@table(
    ("fine", collection(), Right(TWO)),
    ("id of a feature", {**collection(), "name": "kunta"}, Right(TWO)),
    ("foreign members", collection(links=[{"href": "http://x.invalid"}], bbox=[1]), Right(TWO)),
    ("no features", collection([]), Says("own.geojson: the layer is empty")),
    ("null geometry", changed(["geometry"], None), Says("240 Kemi has no polygon")),
    ("a point", changed(["geometry"], POINT), Says("own.geojson", "240 Kemi is a Point")),
    ("unclosed ring", changed(["geometry"], OPEN), Says("own.geojson", "feature 1.*unclosed ring")),
    ("empty polygon", changed(["geometry"], NOTHING), Says("240 Kemi has no polygon")),
    ("not a number", changed(["geometry"], NAN), Says("240 Kemi has a corner that is no number")),
    ("Gulf of Guinea", changed(["geometry"], FAR), Says("240 Kemi at .*7,729 km from its centre")),
    ("swapped", changed(["geometry"], SWAPPED), Says("240 Kemi at .*with x and y swapped")),
    ("crosses itself", changed(["geometry"], BOW),
     Says("FI_240: invalid polygon at .*Self-intersection")),
    ("code missing", changed(["properties", "kunta"], None), Says("row 1: .* missing")),
    ("code of nobody", changed(["properties", "kunta"], "999"),
     Says("row 1: '999' is not a municipality")),
    ("code twice", changed(["properties", "kunta"], "241"), Says("given twice: 241")),
    ("code as a number", changed(["properties", "kunta"], 240),
     Says("numbers .240 instead of .240.")),
    ("code as a list", changed(["properties", "kunta"], ["240"]), Says("row 1: .* is a ndarray")),
    ("code as an object", changed(["properties", "kunta"], {"a": 1}), Says("row 1: .* is a dict")),
    ("no properties", changed(["properties"], {}), Says("row 1: .* missing")),
    ("no fields and an open ring", collection([
        {"type": "Feature", "properties": {}, "geometry": {
            "type": "Polygon", "coordinates": [[[24, 65], [25, 65], [25, 66], [24.5, 65.5]]]}}]),
     Says("feature 1 .no text.: unclosed ring")),
    ("features of numbers", collection([1, 2]), Says("own.geojson: the layer is empty")),
    ("features of an object", collection({}), Says("Missing 'features' member")),
    ("crs as a link", collection(crs={"type": "link", "properties": {"href": "http://x.invalid"}}),
     Says("its crs is a link, which is not followed")),
    ("crs as a number", collection(crs=3067), Right(TWO)),
    ("an error", {"error": {"code": 400, "message": "no"}}, UNREAD),
    ("a list", [1, 2], UNREAD),
    ("a text", "kunta", UNREAD),
)  # fmt: skip
def test_geojson(given, expected):
    write("own.geojson", json.dumps(given))
    hold(expected, read)


@table(
    ("nothing", b"", UNREAD),
    ("cut off", json.dumps(collection()).encode()[:-200],
     Says("own.geojson: cannot be read .*Unterminated object")),
    ("BOM", json.dumps(collection()).encode("utf-8-sig"), Right(TWO)),
    ("UTF-16", json.dumps(collection()).encode("utf-16"), UNREAD),
    ("nested", f'{{"type": "FeatureCollection", "features": {DEEP}}}'.encode(),
     Says("cannot be read .*Too many nested")),
    ("nested before", NESTED_BEFORE.encode(), UNREAD),
    ("a page", b"<!DOCTYPE html><html>404</html>", UNREAD),
    ("a virtual layer", b"<OGRVRTDataSource></OGRVRTDataSource>", UNREAD),
    ("a service", b"<OGRWFSDataSource><URL>http://x.invalid</URL></OGRWFSDataSource>",
     UNREAD),
    ("a pipeline", b'{"type": "gdal_streamed_alg", "command_line": "gdal vector x"}',
     UNREAD),
    ("noise", bytes(range(256)) * 40, UNREAD),
    ("a database", b"SQLite format 3\0" + bytes(200), UNREAD),
)  # fmt: skip
def test_bytes_that_are_called_geojson(given, expected):
    write("own.geojson", given)
    hold(expected, read)


@table(
    ("codes and polygons apart", ("--code", "apart"),
     Says("find out which it is and give --crs; or the codes are not those of the polygons")),
    ("a year of no division", ("--year", "3000"),
     Says("^--year 3000 is of no boundaries: give that of the division$")),
    ("an error of the globe", ("--error-m", "1e9"),
     Says("^--error-m 1000000000.0 is no distance that borders stray: .* up to 10000, such as 20")),
)  # fmt: skip
def test_what_is_said_of_boundaries(given, expected):
    frame = geodata.municipalities(2026, country="FI").reset_index()
    codes = frame["lau_id"].str[3:]
    apart = [*codes[150:], *codes[:150]]
    frame.assign(kunta=codes, apart=apart)[["kunta", "apart", "geometry"]].to_file("own.gpkg")
    words = ("check", "own.gpkg")
    if "--error-m" in given:
        words = ("coverage", "Kemi,Keminmaa", "--boundaries", "own.gpkg")
    hold(expected, lambda: cli(*words, *given))


@table(
    ("numbers", {"kunta": [240, 241]}, Says("--integer-codes")),
    ("no code", {"kunta": ["", ""]}, Says("own.gpkg: column 'kunta'.*rows 1, 2: '' is empty")),
    ("years", {"vuosi": [2013, 2026]}, Says("'vuosi' has several years .2013, 2026.")),
    ("escapes", {"kunta": ["\x1b[2J", "241"]}, Says("x1b")),
    ("turned", {"kunta": ["\u202e042", "241"]}, Says("u202e")),
)
def test_a_geopackage(given, expected):
    layer(**given).to_file("own.gpkg")
    hold(expected, lambda: cli("check", "own.gpkg", "--partial"))


def gadm(**columns):
    """Write a layer of Finland whose columns are called as GADM calls them."""
    frame = geodata.municipalities(2026, country="FI").reset_index()
    assert len(frame) == 308
    given = {"GID_4": [f"FIN.1.{row}_1" for row in frame.index], "TYPE_4": "Kunta"}
    own = gpd.GeoDataFrame(given, geometry=frame.geometry, crs=frame.crs)
    own.assign(**{name: make(frame) for name, make in columns.items()}).to_file("gadm.gpkg")


UNKNOWN = "gadm.gpkg: no column of municipality codes is recognised; "


@table(
    ("names", {"NAME_4": lambda frame: frame["name_fi"]},
     ((f"^{UNKNOWN}column 'NAME_4' holds municipalities in 308 of 308 rows: give --code 'NAME_4', "
      "or --code one of the columns found: GID_4, TYPE_4, NAME_4$"), "--code", "NAME_4")),
    ("names, given as such", {"NAME_4": lambda frame: frame["name_fi"]},
     ("give --code 'NAME_4'", "--name", "NAME_4")),
    ("codes", {"CC_4": lambda frame: frame["lau_id"].str[3:]}, None),
    ("numbers", {"CC_4": lambda frame: frame["lau_id"].str[3:].astype(int)},
     ("column 'CC_4' holds municipalities in 308 of 308 rows: give --code 'CC_4', --integer-codes",
      "--code", "CC_4", "--integer-codes")),
)  # fmt: skip
def test_columns_that_are_called_otherwise(given, expected):
    gadm(**given)
    words = ["check", "gadm.gpkg"]
    if expected is not None:
        said, *more = expected
        hold(Says(said), lambda: cli(*words))
        words += more
    assert "308 units: a valid coverage" in cli(*words)


@table(
    ("names of some", {"NAME_4": lambda frame: frame["name_fi"].where(frame.index > 15, "Else")},
     Says("column 'NAME_4' holds municipalities in 292 of 308 rows: give --code 'NAME_4'")),
    # As many numbers as are codes by chance.
    ("numbers of rows", {"row": lambda frame: frame.index + 1},
     Says(f"^{UNKNOWN}give --code one of the columns found: GID_4, TYPE_4, row$")),
    ("no names", {}, Says(f"^{UNKNOWN}give --code one of the columns found: GID_4, TYPE_4$")),
)  # fmt: skip
def test_columns_that_are_municipalities_in_part(given, expected):
    gadm(**given)
    hold(expected, lambda: cli("check", "gadm.gpkg"))


def test_a_geopackage_as_it_should_be():
    layer().to_file("own.gpkg")
    assert "valid" in cli("check", "own.gpkg", "--partial")
    hold(Says("--partial"), lambda: cli("check", "own.gpkg"))


@table(
    ("not there", "none.gpkg", Says("none.gpkg: no such file")),
    ("address", "https://x.invalid/a.gpkg", Says("is an address and no file: nothing is fetched")),
    ("virtual path", "/vsicurl/http://x.invalid/a.gpkg", Says("is an address and no file")),
    ("database", "PG:dbname=a", Says("is an address and no file")),
    ("folder", ".", Says("is a folder")),
    ("device", "/dev/null", Says("is a device and no file")),
    ("nothing", "", Says("is a folder; give a file")),
    ("a null", "a\0.gpkg", Says("null byte")),
    ("very long", "a" * 5000 + ".gpkg", Says("no such file")),
    ("no ending", "own", Says("the ending .none. is none that is read")),
    ("a script", "own.vrt", Says("the ending .vrt is none that is read")),
    ("packed", "own.gpkg.gz", Says("the ending .gz is none that is read")),
    ("a picture", "own.png", Says("the ending .png is none that is read")),
)
def test_a_path(given, expected):
    for name in ("own", "own.vrt", "own.gpkg.gz", "own.png"):
        write(name, "<OGRVRTDataSource></OGRVRTDataSource>")
    hold(expected, lambda: cli("check", given))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
@pytest.mark.parametrize("name", ["own.gpkg", "own.geojson", "own.shp", "own.zip", "own.parquet"])
def test_a_pipe(name):
    os.mkfifo(name)
    hold(Says(name, "is a pipe and no file"), lambda: cli("check", name))


def member(**more):
    return {"own.geojson": json.dumps(collection())} | more


@table(
    ("fine", member(), Right(2)),
    ("in folders", {"a/b/own.geojson": json.dumps(collection())}, Right(2)),
    ("climbing", {"../own.geojson": json.dumps(collection())}, Right(2)),
    ("of a Mac", member(**{"__MACOSX/._own.geojson": "x"}), Right(2)),
    ("empty", {}, Says("own.zip", "no spatial file")),
    ("readme alone", {"readme.txt": "x"}, Says("no spatial file in the zip .found readme.txt")),
    ("two", member(**{"b.geojson": "{}"}), Says("several files in the zip", "own, b")),
    ("a zip in it", {"inner.zip": "PK"}, Says("no spatial file in the zip")),
    ("a bomb", {"own.geojson": " " * (60 * 2**20)}, Says("more than 200 times its size")),
    ("a link", {"own.vrt": "<OGRVRTDataSource/>"}, Says("no spatial file in the zip")),
    ("a Shapefile of words", {"own.shp": "x"}, Says("own.zip: not what its ending .shp says")),
    ("a Shapefile's one part", {"own.shp": "\0\0'\n"}, Says(r"own.zip: its \.dbf is not beside")),
    ("escapes", {"\x1b[2J.txt": "x"}, Says("no spatial file", "x1b")),
)
def test_a_zip(given, expected):
    with zipfile.ZipFile("own.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in given.items():
            archive.writestr(name, content)

    def ask():
        try:
            return len(read_spatial("own.zip"))
        except ValueError:
            # As the command line says it, which shows what a terminal would obey.
            return cli("check", "own.zip")

    hold(expected, ask)


@pytest.mark.parametrize("cut", [10, 100, 2000])
def test_a_zip_that_is_cut_off(cut):
    with zipfile.ZipFile("whole.zip", "w") as archive:
        archive.writestr("own.geojson", json.dumps(collection()))
    write("own.zip", Path("whole.zip").read_bytes()[:-cut])
    hold(Says("own.zip", "not a zip file, damaged or locked"), lambda: read_spatial("own.zip"))


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "parquet", "shp"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.98])
def test_a_file_that_is_cut_off(suffix, share):
    name = f"own.{suffix}"
    frame = gpd.GeoDataFrame(
        {"kunta": [f"{n:03}" for n in range(300)]},
        geometry=[box(n, 0, n + 1, 1) for n in range(300)],
        crs=3067,
    )
    (frame.to_parquet if suffix == "parquet" else frame.to_file)(name)
    whole = Path(name).read_bytes()
    write(name, whole[: int(len(whole) * share)])
    hold(Says(name), lambda: len(read_spatial(name)))


def test_a_polygon_of_a_million_corners():
    circle = shapely.Point(400_000, 7_300_000).buffer(9000, quad_segs=250_000)
    layer().assign(geometry=[circle, box(420_000, 7_300_000, 430_000, 7_310_000)]).to_file("o.fgb")
    hold(Right(2), lambda: len(read_spatial("o.fgb")))
