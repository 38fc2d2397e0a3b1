"""Files of polygons as users have them: which layer, and rings that no library will read."""

from __future__ import annotations

import json
import logging
import os
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geodata.errors import FileFormatError, MissingPackageError
from geodata.messages import listed

__all__ = ["FORMATS", "PARQUET", "checked_path", "read_spatial"]

_log = logging.getLogger(__name__)

FORMATS = "GeoPackage, GeoParquet, GeoJSON, TopoJSON, FlatGeobuf or Shapefile (also zipped)"

PARQUET = frozenset({".parquet", ".geoparquet", ".pq"})
"""Endings of GeoParquet files."""

_INSIDE_ZIP = frozenset({".shp", ".gpkg", ".geojson", ".json", ".topojson", ".fgb", ".gml"})
_JSON = frozenset({".json", ".geojson", ".topojson"})
_STARTS = {".gpkg": b"SQLite format 3\0", ".fgb": b"fgb", ".shp": b"\0\0\x27\x0a"}
_REFERENCES = (b"<OGRVRTDataSource", b"<OGRWFSDataSource", b"<OGC", b"gdal_streamed_alg")
_BYTES_SNIFFED = 65_536
_LISTED = 5


def read_spatial(path: str | Path, *, layer: str | None = None) -> gpd.GeoDataFrame:
    """Read one layer of a file, with every column.

    Parameters
    ----------
    path
        A file in one of `FORMATS`, or in another that GDAL reads.
    layer
        The layer, where the file has several; inside a zip, the file without its ending.

    Returns
    -------
    geopandas.GeoDataFrame
        As it is in the file; in TopoJSON, which has no field for it, the CRS is EPSG:4326.

    Raises
    ------
    FileFormatError
        No such file, not a spatial file, no such layer, an empty layer, an unclosed ring.
    """
    path = checked_path(path, FORMATS)
    parquet = path.suffix.lower() in PARQUET
    frame = _read_parquet(path) if parquet else _read_with_gdal(path, layer)
    if frame.empty:
        raise FileFormatError(f"{path}: the layer is empty; polygons were expected")
    return frame


def checked_path(path: object, expected: str) -> Path:
    """Return the path of a file that is there, or raise `FileFormatError`."""
    if not isinstance(path, str | os.PathLike):
        raise FileFormatError(f"{path!r} is no path; give that of a file: {expected}")
    path = Path(path)
    if not path.exists():
        raise FileFormatError(f"{path}: no such file; {expected} was expected")
    if path.is_dir() and path.suffix.lower() != ".gdb":
        raise FileFormatError(f"{path} is a folder; give a file: {expected}")
    return path


def _read_parquet(path: Path) -> gpd.GeoDataFrame:
    try:
        return gpd.read_parquet(path)
    except ImportError as missing:
        raise MissingPackageError(
            f"{path}: reading GeoParquet needs pyarrow, which is not installed; "
            "install it with: python -m pip install 'development-zones[parquet]'"
        ) from missing
    except shapely.errors.ShapelyError as fault:
        from pyarrow import parquet  # noqa: PLC0415  optional

        table = parquet.read_table(path)
        column = json.loads(table.schema.metadata[b"geo"])["primary_column"]
        fields = table.drop_columns([column]).to_pandas()
        raise _bad_rings(path, table[column].to_pylist(), fields, fault) from fault
    except (ValueError, OSError, KeyError) as fault:
        raise FileFormatError(
            f"{path}: not a GeoParquet file ({_first_line(fault)}); {FORMATS} was expected"
        ) from fault


def _read_with_gdal(path: Path, layer: str | None) -> gpd.GeoDataFrame:
    address = str(path)
    suffix = path.suffix.lower()
    start = b""
    if suffix == ".zip":
        address, suffix, layer, start = _inside_zip(path, layer)
    elif suffix == ".shp" and not any(path.with_suffix(s).exists() for s in (".dbf", ".DBF")):
        raise FileFormatError(
            f"{path}: its .dbf is not beside it, so its polygons have no codes; a Shapefile is "
            "several files, give all of them or a zip"
        )
    elif path.is_file():
        start = _start(path)
    address = _addressed(path, address, suffix, start)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        layer = _chosen_layer(path, address, layer)
        try:
            frame = pyogrio.read_dataframe(address, layer=layer, on_invalid="raise")
        except shapely.errors.ShapelyError as fault:
            _, _, wkb, values = pyogrio.raw.read(address, layer=layer)
            names = pyogrio.read_info(address, layer=layer)["fields"]
            fields = pd.DataFrame(dict(zip(names, values, strict=True)))
            raise _bad_rings(path, wkb, fields, fault) from fault
        # GDAL's faults, as of a feature that is cut off, are runtime errors.
        except (RuntimeError, ValueError, OSError) as fault:
            raise _not_spatial(path, fault) from fault
    for warning in said:
        _log.warning("%s: %s", path, warning.message)
    if not isinstance(frame, gpd.GeoDataFrame):
        raise FileFormatError(
            f"{path}: its table {layer!r} has no polygons; {FORMATS} was expected"
        )
    if frame.crs is None and address.startswith("TopoJSON:"):
        frame = frame.set_crs(4326)
    return frame


def _inside_zip(path: Path, layer: str | None) -> tuple[str, str, str | None, bytes]:
    """Find the one spatial file in a zip; ``layer`` may name it, or a layer within it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.startswith("__MACOSX")]
            name, named = _chosen_file(path, names, layer)
            with archive.open(name) as file:
                start = file.read(_BYTES_SNIFFED)
    # Runtime errors are passwords.
    except (zipfile.BadZipFile, RuntimeError) as fault:
        raise FileFormatError(f"{path}: not a zip file, damaged or locked ({fault})") from fault
    # A Shapefile's layer is its file.
    rest = None if layer is None or named else layer
    return f"/vsizip/{path}/{name}", Path(name).suffix.lower(), rest, start


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_BYTES_SNIFFED)
    except OSError as fault:
        raise _not_spatial(path, fault) from fault


def _chosen_file(path: Path, names: list[str], layer: str | None) -> tuple[str, bool]:
    """Return the one spatial file in a zip, and whether ``layer`` named it."""
    inside = [name for name in names if Path(name).suffix.lower() in _INSIDE_ZIP]
    if not inside:
        found = ", ".join(names[:_LISTED]) or "nothing"
        raise FileFormatError(f"{path}: no spatial file in the zip (found {found})")
    named = [name for name in inside if layer in (name, Path(name).name, Path(name).stem)]
    if len(inside) > 1 and len(named) != 1:
        choice = ", ".join(Path(name).stem for name in inside)
        raise FileFormatError(f"{path}: several files in the zip; give layer= one of {choice}")
    return (named if len(named) == 1 else inside)[0], len(named) == 1


def _chosen_layer(path: Path, address: str, layer: str | None) -> str | None:
    try:
        layers = [(str(name), kind) for name, kind in pyogrio.list_layers(address)]
    except (RuntimeError, ValueError, OSError) as fault:
        raise _not_spatial(path, fault) from fault
    names = [name for name, _ in layers]
    if layer is not None:
        if layer not in names:
            raise FileFormatError(
                f"{path}: no layer {layer!r}; give layer= one of {listed(names, most=None)}"
            )
        return layer
    spatial = [name for name, kind in layers if kind is not None] or names
    if len(spatial) > 1:
        raise FileFormatError(
            f"{path}: has {len(spatial)} layers; give layer= one of {', '.join(spatial)}"
        )
    if not spatial:
        raise FileFormatError(f"{path}: no layer in it; {FORMATS} was expected")
    return spatial[0]


def _addressed(path: Path, address: str, suffix: str, start: bytes) -> str:
    """
    Return the address with the driver that the ending calls for.

    Left to itself GDAL goes by content, and some contents make it read other files or the network.
    """
    if suffix in _JSON:
        kinds = (b'"Topology"', "TopoJSON"), (b'"esri', "ESRIJSON"), (b"", "GeoJSON")
        return f"{next(driver for mark, driver in kinds if mark in start)}:{address}"
    if not start.startswith(_STARTS.get(suffix, b"")):
        raise FileFormatError(f"{path}: not what its ending {suffix} says; {FORMATS} was expected")
    if any(mark in start for mark in _REFERENCES):
        raise FileFormatError(
            f"{path}: points to data elsewhere instead of holding polygons; {FORMATS} was expected"
        )
    return address


def _not_spatial(path: Path, fault: Exception) -> FileFormatError:
    return FileFormatError(
        f"{path}: cannot be read as polygons ({_first_line(fault)}); {FORMATS} was expected"
    )


def _first_line(fault: Exception) -> str:
    return str(fault).split("\n")[0].split("; It might help")[0][:200]


def _bad_rings(
    path: Path, wkb: Iterable[bytes | None], fields: pd.DataFrame, fault: Exception
) -> FileFormatError:
    """Name the features whose rings cannot be built, and where."""
    faults = []
    for row, content in enumerate(wkb):
        if content is None or shapely.from_wkb(content, on_invalid="ignore") is not None:
            continue
        values = [value for value in fields.iloc[row] if isinstance(value, str)][:3]
        where = _open_ring(content) or _first_line(fault)
        faults.append(f"feature {row + 1} ({', '.join(values) or 'no text'}): {where}")
    return FileFormatError(
        f"{path}: {listed(faults, most=_LISTED, mark='; ')}. A ring has to end where it began: "
        "correct the file"
    )


def _open_ring(wkb: bytes) -> str | None:
    """Say from where to where a ring is open: closing it, shapely adds a point to the bytes."""
    closed = shapely.from_wkb(wkb, on_invalid="fix")
    for ring in shapely.get_rings(shapely.get_parts(closed)):
        points = shapely.get_coordinates(ring, include_z=bool(shapely.has_z(closed)))
        if points.tobytes() not in wkb:
            (x, y), (to_x, to_y) = points[0, :2], points[-2, :2]
            return f"unclosed ring, from ({x:.10g}, {y:.10g}) to ({to_x:.10g}, {to_y:.10g})"
    return None
