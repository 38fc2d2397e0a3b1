"""Spatial files are what their endings say, and are read without asking anybody."""

import json
import zipfile

import geopandas as gpd
import pytest
from shapely import box

from geodata.errors import FileFormatError
from geodata.files.spatial import read_spatial

VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="b"><SrcDataSource>/vsicurl/{url}</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
WFS = "<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>"
PIPELINE = (
    '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /vsicurl/{url} '
    '! write --output-format stream streamed_dataset"}}'
)


@pytest.mark.parametrize("suffix", ["geojson", "json", "topojson", "gml", "gpkg", "shp", "vrt"])
@pytest.mark.parametrize("content", [VRT, WFS, PIPELINE], ids=["vrt", "wfs", "pipeline"])
@pytest.mark.parametrize("zipped", [False, True])
def test_no_file_makes_gdal_ask_the_network(tmp_path, listener, suffix, content, zipped):
    url, asked = listener
    path = tmp_path / f"kunta.{suffix}"
    path.write_text(content.format(url=f"{url}/{tmp_path.name}.geojson"))
    path.with_suffix(".dbf").touch()
    if zipped:
        with zipfile.ZipFile(tmp_path / "kunta.zip", "w") as archive:
            archive.write(path, path.name)
            archive.write(path.with_suffix(".dbf"), "kunta.dbf")
        path = tmp_path / "kunta.zip"
    with pytest.raises(FileFormatError, match=r"was expected|no spatial file"):
        read_spatial(path)
    assert asked == []


ESRI = {
    "geometryType": "esriGeometryPoint",
    "spatialReference": {"wkid": 3067},
    "fields": [{"name": "kunta", "type": "esriFieldTypeString"}],
    "features": [{"attributes": {"kunta": "091"}, "geometry": {"x": 2, "y": 49}}],
}
TOPOLOGY = {
    "type": "Topology",
    "objects": {
        "kunnat": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "properties": {"kunta": "091"}, "arcs": [[0]]}],
        }
    },
    "arcs": [[[24, 60], [25, 60], [25, 61], [24, 60]]],
}


def test_json_of_any_kind_under_any_name(tmp_path):
    frame = gpd.GeoDataFrame({"kunta": ["091"]}, geometry=[box(0, 0, 1, 1)], crs=3067)
    frame.to_file(tmp_path / "geo.json", driver="GeoJSON")
    (tmp_path / "esri.json").write_text(json.dumps(ESRI))
    (tmp_path / "topology.json").write_text(json.dumps(TOPOLOGY))
    with zipfile.ZipFile(tmp_path / "topology.zip", "w") as archive:
        archive.write(tmp_path / "topology.json", "in/topology.json")
    for name, epsg in (
        ("geo.json", 3067),
        ("esri.json", 3067),
        ("topology.json", 4326),
        ("topology.zip", 4326),
    ):
        read = read_spatial(tmp_path / name)
        assert read["kunta"].tolist() == ["091"]
        assert read.crs.to_epsg() == epsg


def test_a_file_that_is_not_what_it_is_called(tmp_path):
    path = tmp_path / "kunta.gpkg"
    frame = gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)], crs=3067)
    frame.to_file(tmp_path / "kunta.fgb")
    (tmp_path / "kunta.fgb").rename(path)
    with pytest.raises(FileFormatError, match=r"not what its ending \.gpkg says"):
        read_spatial(path)
