"""Boundaries of every kind of shape, and of every format that holds them."""

import struct
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from shapely import box

import geodata
from tests.dirty.harness import Right, Says, cli, hold, table, write
from tests.dirty.test_dirty_boundaries import TWO, layer


def curved(rings):
    """Return the WKB of a CurvePolygon of one ring, which is given as WKB."""
    return struct.pack("<BII", 1, 10, 1) + rings


def ring(kind, points):
    """Return the WKB of a ring: of straight lines (2), or of arcs (8)."""
    return struct.pack("<BII", 1, kind, len(points)) + np.array(points, "<f8").tobytes()


# A circle of 5 km through five points, and a square of 10 km with one ring of two straight parts.
ARCS = ring(8, [(4e5, 73e5), (405e3, 7305e3), (41e4, 73e5), (405e3, 7295e3), (4e5, 73e5)])
LINES = struct.pack("<BII", 1, 9, 2)
LINES += ring(2, [(4e5, 73e5), (41e4, 73e5), (41e4, 731e4)])
LINES += ring(2, [(41e4, 731e4), (4e5, 731e4), (4e5, 73e5)])


@table(
    ("arcs", ARCS, Right(pytest.approx(25 * np.pi, rel=1e-3))),
    ("straight parts", LINES, Right(100)),
)
def test_curves_have_the_area_that_they_enclose(given, expected):
    fields = [np.array(["240"], dtype=object)]
    shapes = np.array([curved(given)], dtype=object)
    pyogrio.raw.write(
        "own.gpkg", shapes, fields, ["kunta"], geometry_type="Unknown", crs="EPSG:3067"
    )
    hold(expected, lambda: geodata.read_boundaries("own.gpkg", partial=True).area.sum() / 1e6)


def with_measures(shape):
    """Return the WKB of a polygon with heights and measures."""
    points = [(x, y, 5, 7) for x, y in shape.exterior.coords]
    return struct.pack("<BIII", 1, 3003, 1, len(points)) + np.array(points, "<f8").tobytes()


def test_heights_and_measures_are_left_out():
    fields = [np.array(["240"], dtype=object)]
    shapes = np.array([with_measures(box(4e5, 73e5, 41e4, 731e4))], dtype=object)
    pyogrio.raw.write(
        "own.gpkg", shapes, fields, ["kunta"], geometry_type="Unknown", crs="EPSG:3067"
    )
    (found,) = geodata.read_boundaries("own.gpkg", partial=True).geometry
    assert (found.has_z, found.area) == (False, 1e8)


def kinds(make):
    """Return the layer of two with its shapes changed."""
    frame = layer()
    return frame.set_geometry(gpd.GeoSeries([make(one) for one in frame.geometry], crs=frame.crs))


OF_KIND = "own.gpkg: its shapes are of the kind {}, and every municipality needs a polygon; give a"


@table(
    ("lines", lambda one: one.boundary, Says(OF_KIND.format("(Multi)?LineString"))),
    ("points", lambda one: one.centroid, Says(OF_KIND.format("Point"))),
    ("collections of a polygon", lambda one: shapely.GeometryCollection([one]), Right(TWO)),
    ("collections of a point too", lambda one: shapely.GeometryCollection([one, one.centroid]),
     Says(OF_KIND.format("GeometryCollection"))),
    ("heights", lambda one: shapely.force_3d(one, 5.0), Right(TWO)),
)  # fmt: skip
def test_kinds_of_shapes(given, expected):
    kinds(given).to_file("own.gpkg")
    hold(expected, lambda: list(geodata.read_boundaries("own.gpkg", partial=True).index))


@table(
    ("a layer of two", ("two.gpkg",), Says("has 2 layers; give --layer one of kunnat, rajat$")),
    ("that layer", ("two.gpkg", "--layer", "kunnat"), Right("2 units: a valid coverage")),
    ("its lines", ("two.gpkg", "--layer", "rajat"), Says("of the kind (Multi)?LineString")),
    ("a layer of nobody", ("two.gpkg", "--layer", "x"), Says("no layer 'x'; give --layer one of")),
    ("no rows", ("none.gpkg",), Says("none.gpkg: the layer is empty")),
    ("FlatGeobuf in capitals", ("OWN.FGB",), Right("2 units: a valid coverage")),
    ("GeoParquet", ("own.parquet",), Right("2 units: a valid coverage")),
    ("GML of GDAL", ("own.gml", "--integer-codes"), Right("2 units: a valid coverage")),
    ("a geodatabase", ("own.gdb",), Right("2 units: a valid coverage")),
    ("a geodatabase in a zip", ("gdb.zip",),
     Says("gdb.zip: a geodatabase is a folder: unpack the zip and give own.gdb$")),
    ("KML", ("own.kml",), Says("the ending .kml is none that is read; .* in QGIS by Export")),
    ("a table", ("plain.parquet",), Says("not a GeoParquet file, it has no geometry")),
    ("Latin-1 without .cpg", ("latin.zip", "--code", "nimi"), Right("2 units: a valid coverage")),
)  # fmt: skip
def test_formats(given, expected):
    two = layer(kunta=["240", "851"], nimi=["Kemi", "Torneå"])
    two.loc[1, "geometry"] = geodata.municipalities(2026).loc["FI_851", "geometry"]
    two.to_file("two.gpkg", layer="kunnat")
    kinds(lambda one: one.boundary).to_file("two.gpkg", layer="rajat")
    two.iloc[:0].to_file("none.gpkg")
    two.to_file("OWN.FGB", driver="FlatGeobuf")
    two.to_file("own.gml", driver="GML")
    two.to_parquet("own.parquet")
    two.to_file("own.gdb", driver="OpenFileGDB")
    two[["kunta"]].to_parquet("plain.parquet")
    write("own.kml", "<kml/>")
    Path("latin").mkdir()
    two.to_file("latin/own.shp", encoding="ISO-8859-1")
    Path("latin/own.cpg").unlink()
    for name, folder in (("gdb.zip", "own.gdb"), ("latin.zip", "latin")):
        with zipfile.ZipFile(name, "w") as archive:
            for part in Path(folder).iterdir():
                archive.write(part, part)
    hold(expected, lambda: cli("check", *given, "--partial").split(",")[0])
