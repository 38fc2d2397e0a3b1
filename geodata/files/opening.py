"""
Opening a spatial file with the driver that its ending calls for, and no other.

Left to itself GDAL goes by content, and some contents make it read other files, ask the network or
compute for minutes: virtual layers, services, links to coordinate systems, views.
"""

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyogrio

from geodata.countries.record import PLANE
from geodata.errors import FileFormatError
from geodata.files.paths import check_file
from geodata.files.unpacking import unpacked
from geodata.messages import listed

__all__ = ["FORMATS", "PARQUET", "Opened", "first_line", "not_spatial", "opened"]

FORMATS = "GeoPackage, GeoParquet, GeoJSON, TopoJSON, FlatGeobuf or Shapefile (also zipped)"

PARQUET = frozenset({".parquet", ".geoparquet", ".pq"})
"""Endings of GeoParquet files."""

_JSON = frozenset({".json", ".geojson", ".topojson"})
_STARTS = {".gpkg": b"SQLite format 3\0", ".fgb": b"fgb", ".shp": b"\0\0\x27\x0a"}
_INSIDE_ZIP = frozenset({*_STARTS, *_JSON, *PARQUET, ".gml"})
_TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm"})
_BYTES_SNIFFED = 65_536
# The first element of GML; a document type may hold entities of entities of entities.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*<(?:[\w.-]+:)?FeatureCollection\b", re.DOTALL
)
_ELSEWHERE = re.compile(rb"<OGR(?!:)|<OGC|_Capabilities|gdal_streamed_alg|<!DOCTYPE", re.IGNORECASE)
_LINKED_CRS = re.compile(
    rb'"crs"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*?"type"\s*:\s*"(?:link|url)"', re.IGNORECASE
)
# Nothing answers there, so that whatever would ask the network is refused at once.
_NO_NETWORK = {"GDAL_HTTP_PROXY": "http://127.0.0.1:9", "GDAL_HTTP_MAX_RETRY": "0"}


@dataclass(frozen=True)
class Opened:
    """
    A file for GDAL to read.

    Attributes
    ----------
    address
        What GDAL is given: the path, with the driver before it where content alone decides.
    suffix
        The ending, of the file in the zip if it was one.
    layer
        The layer that was asked for, or the only one.
    """

    address: str
    suffix: str
    layer: str | None


@contextmanager
def opened(path: Path, layer: str | None, expected: str = FORMATS) -> Iterator[Opened]:
    """
    Make a file ready for GDAL, a zip unpacked, and keep GDAL from the network meanwhile.

    Parameters
    ----------
    path, layer
        The file, and its layer where it has several.
    expected
        What may be given there, for a file of another ending.

    Raises
    ------
    FileFormatError
        If it is not what its ending says, of no known ending, points elsewhere, has no such layer
        or several of them.
    """
    with tempfile.TemporaryDirectory(prefix="geodata-") as scratch, _offline():
        folder = Path(scratch)
        if path.suffix.lower() == ".zip":
            with unpacked(path, folder, _INSIDE_ZIP, layer) as (file, rest):
                yield _known(path, file, rest, folder, expected)
        else:
            yield _known(path, path.resolve(), layer, folder, expected)


@contextmanager
def _offline() -> Iterator[None]:
    before = {name: pyogrio.get_gdal_config_option(name) for name in _NO_NETWORK}
    pyogrio.set_gdal_config_options(_NO_NETWORK)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _known(path: Path, file: Path, layer: str | None, folder: Path, expected: str) -> Opened:
    """Return a file that is what its ending says; `path` is what messages call it."""
    suffix = file.suffix.lower()
    if suffix in PARQUET:
        return Opened(str(file), suffix, layer)
    if suffix == ".gdb":
        address = _geodatabase(path, file)
    elif suffix in _JSON:
        address = _of_json(path, file)
    elif suffix == ".gml":
        address = _of_gml(path, file, folder)
    elif suffix in _STARTS:
        if not _start(path, file).startswith(_STARTS[suffix]):
            raise _not_so(path, suffix)
        if suffix == ".shp":
            _check_parts(path, file)
        address = str(file)
    elif suffix in _TABLES:
        raise FileFormatError(f"{path}: a table, which has no polygons; {FORMATS} was expected")
    else:
        raise FileFormatError(
            f"{path}: the ending {suffix or '(none)'} is none that is read; {expected} was "
            "expected: save it as one of these, in QGIS by Export, Save Features As"
        )
    layers = _of_geopackage(path, file, layer) if suffix == ".gpkg" else _of_gdal(path, address)
    return Opened(address, suffix, _chosen_layer(path, layers, layer))


def _not_so(path: Path, suffix: str) -> FileFormatError:
    return FileFormatError(f"{path}: not what its ending {suffix} says; {FORMATS} was expected")


def _start(path: Path, file: Path, *, end: bool = False) -> bytes:
    """Return the first bytes of a file, or the last."""
    try:
        with file.open("rb") as stream:
            if end:
                stream.seek(max(0, file.stat().st_size - _BYTES_SNIFFED))
            return stream.read(_BYTES_SNIFFED)
    except OSError as fault:
        raise not_spatial(path, fault) from fault


def _geodatabase(path: Path, folder: Path) -> str:
    if not folder.is_dir() or not any(folder.glob("*.gdbtable")):
        raise _not_so(path, ".gdb")
    for part in folder.iterdir():
        check_file(part, "a part of a geodatabase")
    return str(folder)


def _check_parts(path: Path, file: Path) -> None:
    beside = [part for part in file.parent.iterdir() if part.stem == file.stem]
    tables = [part for part in beside if part.suffix.lower() == ".dbf"]
    if not tables:
        raise FileFormatError(
            f"{path}: its .dbf is not beside it, so its polygons have no codes; a Shapefile is "
            "several files, give all of them or a zip"
        )
    for part in beside:
        if part.suffix.lower() in (".dbf", ".shx", ".prj", ".cpg", ".qix", ".sbn", ".sbx"):
            check_file(part, "a part of a Shapefile")
    # GDAL reads what there is: shapes that are cut off are missing, and rows are empty.
    shapes, rows = _start(path, file), _start(path, tables[0])
    said = {file: int.from_bytes(shapes[24:28], "big") * 2}
    count, head, width = (
        int.from_bytes(rows[at : at + size], "little") for at, size in ((4, 4), (8, 2), (10, 2))
    )
    said[tables[0]] = head + count * width
    short = [part.suffix for part, size in said.items() if part.stat().st_size < size]
    if short:
        raise FileFormatError(f"{path}: its {listed(short)} is cut off; get the whole file anew")


def _of_json(path: Path, file: Path) -> str:
    start = _start(path, file)
    if _LINKED_CRS.search(start) or _LINKED_CRS.search(_start(path, file, end=True)):
        raise FileFormatError(
            f"{path}: its crs is a link, which is not followed; write its name, such as "
            f'"urn:ogc:def:crs:EPSG::{PLANE}", or save it as GeoPackage'
        )
    kinds = (b'"Topology"', "TopoJSON"), (b'"esri', "ESRIJSON"), (b"", "GeoJSON")
    return f"{next(driver for mark, driver in kinds if mark in start)}:{file}"


def _of_gml(path: Path, file: Path, folder: Path) -> str:
    """Copy GML to where GDAL may write beside it, without the address of its schema."""
    start = _start(path, file)
    if not _ROOT.match(start) or b"opengis.net/gml" not in start:
        raise _not_so(path, ".gml")
    if _ELSEWHERE.search(start):
        raise FileFormatError(
            f"{path}: points to data elsewhere instead of holding polygons; {FORMATS} was expected"
        )
    copy = folder / "copy.gml"
    with file.open("rb") as stream, copy.open("wb") as own:
        own.write(stream.read(_BYTES_SNIFFED).replace(b"schemaLocation", b"schemaLeftOut_"))
        shutil.copyfileobj(stream, own)
    return str(copy)


def _of_gdal(path: Path, address: str) -> list[tuple[str, str | None]]:
    try:
        return [(str(name), kind) for name, kind in pyogrio.list_layers(address)]
    # GDAL's faults are runtime errors too.
    except (RuntimeError, ValueError, OSError) as fault:
        raise not_spatial(path, fault) from fault


def _of_geopackage(path: Path, file: Path, layer: str | None) -> list[tuple[str, str | None]]:
    """
    Return the layers of a GeoPackage that are tables.

    GDAL would compute a view to tell what is in it, and so for as long as its author likes.
    """
    try:
        with closing(_database(file)) as database:
            kinds = {
                str(name).casefold(): kind if not _virtual(sql) else "virtual table"
                for name, kind, sql in database.execute("SELECT name, type, sql FROM sqlite_master")
                if kind in ("table", "view")
            }
            own = [name for name, kind in kinds.items() if name.startswith(("gpkg_", "ogr_"))
                   and kind != "table"]  # fmt: skip
            if own or kinds.get("gpkg_contents") != "table":
                raise _not_so(path, ".gpkg")
            rows = database.execute(
                "SELECT c.table_name, g.geometry_type_name FROM gpkg_contents c "
                "LEFT JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name) "
                "WHERE c.data_type IN ('features', 'attributes')"
            )
            layers = [(str(name), kind) for name, kind in rows]
            computed = [name for name, _ in layers if _is_computed(database, name, kinds)]
    except sqlite3.Error as fault:
        raise not_spatial(path, fault) from fault
    left = [(name, kind) for name, kind in layers if name not in computed]
    if layer in computed or (computed and not left):
        raise FileFormatError(
            f"{path}: {listed(computed)} is a view, computed each time that it is read, and no "
            "table; save it as a layer of its own (in QGIS: Export, Save Features As)"
        )
    return [(name, kind) for name, kind in left if name.casefold() in kinds]


def _database(file: Path) -> sqlite3.Connection:
    """Open a database to read; one whose writer left a log may be in a folder that cannot be."""
    for mode in ("mode=ro", "immutable=1"):
        database = sqlite3.connect(f"file:{quote(str(file))}?{mode}", uri=True)
        database.text_factory = lambda text: text.decode(errors="replace")
        try:
            database.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()
        except sqlite3.OperationalError:
            database.close()
        else:
            return database
    raise sqlite3.OperationalError("unable to open database file")


def _virtual(sql: str | None) -> bool:
    return bool(re.match(r"\s*CREATE\s+VIRTUAL", sql or "", re.IGNORECASE))


def _is_computed(database: sqlite3.Connection, name: str, kinds: dict[str, str]) -> bool:
    """Whether a layer is a view, a virtual table, or has columns that are computed."""
    if kinds.get(name.casefold(), "table") != "table":
        return True
    columns = database.execute("SELECT hidden FROM pragma_table_xinfo(?)", (name,))
    return any(hidden for (hidden,) in columns)


def _chosen_layer(path: Path, layers: list[tuple[str, str | None]], layer: str | None) -> str:
    names = [name for name, _ in layers]
    if layer is not None:
        if layer not in names:
            raise FileFormatError(
                f"{path}: no layer {layer!r}; give layer= one of {listed(names, most=20)}"
            )
        return layer
    spatial = [name for name, kind in layers if kind is not None] or names
    if len(spatial) > 1:
        raise FileFormatError(
            f"{path}: has {len(spatial)} layers; give layer= one of {listed(spatial, most=20)}"
        )
    if not spatial:
        raise FileFormatError(f"{path}: no layer in it; {FORMATS} was expected")
    return spatial[0]


def not_spatial(path: Path, fault: Exception) -> FileFormatError:
    """Return the error of a file that GDAL cannot read, with the first line of its reason."""
    return FileFormatError(
        f"{path}: cannot be read as polygons ({first_line(fault)}); {FORMATS} was expected"
    )


def first_line(fault: Exception) -> str:
    """Return what GDAL or shapely says of a fault, without its advice."""
    return str(fault).split("\n")[0].split("; It might help")[0][:200]
