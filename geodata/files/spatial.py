"""Files of polygons as users have them: which layer, and rings that no library will read."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geodata.errors import FileFormatError
from geodata.files.opening import FORMATS, PARQUET, first_line, not_spatial, opened
from geodata.files.parquet import BadRingsError, read_parquet
from geodata.files.paths import checked_path
from geodata.messages import ROW, listed

__all__ = ["FORMATS", "PARQUET", "checked_path", "read_spatial"]

_log = logging.getLogger(__name__)

_LISTED = 5


def read_spatial(
    path: str | Path, *, layer: str | None = None, expected: str = FORMATS
) -> gpd.GeoDataFrame:
    """Read one layer of a file, with every column.

    Parameters
    ----------
    path
        A file in one of `FORMATS`, GML or a file geodatabase. It is opened as what its ending
        says; nothing is asked of the network, whatever it points to, and views of a GeoPackage
        are not computed. A zip may unpack to 4 GiB, and if large to 200 times its size.
    layer
        The layer, where the file has several; inside a zip, the file without its ending.
    expected
        What may be given there, for messages.

    Returns
    -------
    geopandas.GeoDataFrame
        As it is in the file, its rows numbered from 1; in TopoJSON, which has no field for it, the
        CRS is EPSG:4326.

    Raises
    ------
    FileFormatError
        No such file, not what its ending says, beyond the limits, no such layer, an empty layer,
        an unclosed ring.
    """
    path = checked_path(path, expected)
    parquet = path.suffix.lower() in PARQUET
    frame = _read_parquet(path, path) if parquet else _read_with_gdal(path, layer, expected)
    if frame.empty:
        raise FileFormatError(f"{path}: the layer is empty; polygons were expected")
    # What GeoParquet has for an index is its own; other files number their rows.
    return frame if parquet else frame.set_axis(pd.RangeIndex(1, len(frame) + 1, name=ROW))


def _read_parquet(path: Path, file: str | Path) -> gpd.GeoDataFrame:
    try:
        frame = read_parquet(path, file)
    except BadRingsError as fault:
        raise _bad_rings(path, fault.shapes, fault.fields, fault) from fault
    if not isinstance(frame, gpd.GeoDataFrame):
        raise FileFormatError(
            f"{path}: not a GeoParquet file, it has no geometry; {FORMATS} was expected"
        )
    return frame


def _read_with_gdal(path: Path, layer: str | None, expected: str) -> gpd.GeoDataFrame:
    with warnings.catch_warnings(record=True) as said, opened(path, layer, expected) as file:
        warnings.simplefilter("always")
        if file.suffix in PARQUET:
            return _read_parquet(path, file.address)
        try:
            frame = pyogrio.read_dataframe(file.address, layer=file.layer, on_invalid="raise")
            said_count = pyogrio.read_info(file.address, layer=file.layer)["features"]
        except shapely.errors.ShapelyError as fault:
            _, _, wkb, values = pyogrio.raw.read(file.address, layer=file.layer)
            names = pyogrio.read_info(file.address, layer=file.layer)["fields"]
            fields = pd.DataFrame(dict(zip(names, values, strict=True)))
            raise _bad_rings(path, wkb, fields, fault) from fault
        # GDAL's faults, as of a feature that is cut off, are runtime errors.
        except (RuntimeError, ValueError, OSError) as fault:
            raise not_spatial(path, fault) from fault
    for warning in said:
        _log.warning("%s: %s", path, warning.message)
    if len(frame) < said_count:
        raise FileFormatError(
            f"{path}: cut off: it says that it has {said_count:,} features, and {len(frame):,} are "
            "there; get the whole file anew"
        )
    if not isinstance(frame, gpd.GeoDataFrame):
        raise FileFormatError(
            f"{path}: its table {file.layer!r} has no polygons; {FORMATS} was expected"
        )
    if frame.crs is None and file.address.startswith("TopoJSON:"):
        frame = frame.set_crs(4326)
    return frame


def _bad_rings(
    path: Path, wkb: Iterable[bytes | None], fields: pd.DataFrame, fault: Exception
) -> FileFormatError:
    """Name the features whose rings cannot be built, and where."""
    faults = []
    for row, content in enumerate(wkb):
        if content is None or shapely.from_wkb(content, on_invalid="ignore") is not None:
            continue
        # Where there are no fields, there are no rows of them either.
        held = fields.iloc[row] if len(fields) else ()
        values = [value for value in held if isinstance(value, str)][:3]
        where = _open_ring(content) or first_line(fault)
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
