"""What a large grid is read from: files of Parquet or text, piece by piece."""

import json
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.errors import FileFormatError, MissingPackageError
from geodata.files.opening import PARQUET, first_line
from geodata.files.paths import checked_path
from geodata.files.tables import TEXTS, text_pieces
from geodata.files.unpacking import MOST_BYTES

__all__ = [
    "LARGE_BYTES",
    "LARGE_ROWS",
    "Part",
    "Piece",
    "give_back_memory",
    "head_of",
    "is_large",
    "pieces_of",
]

LARGE_ROWS = 5_000_000
"""Rows of Parquet above which a grid is read piece by piece."""
LARGE_BYTES = 256 * 2**20
"""Size of a table of text above which it is read piece by piece."""

_ROWS_AT_ONCE = 1_000_000
_LINES_AT_ONCE = 250_000
_FEW_ROWS = 500_000
_HEAD = 1000
_EXPECTED = "Parquet, CSV, or a folder of such files"
# What a damaged file raises depends on where it is damaged; its description is JSON of any shape.
_DAMAGED = (ValueError, OSError, LookupError, TypeError, AttributeError, RuntimeError)
# A point as well-known binary: byte order, kind, x, y.
_WKB_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])


@dataclass(frozen=True)
class Part:
    """
    Some rows of a file.

    Attributes
    ----------
    source
        What messages call it: the file, and the row groups of it.
    table
        The columns asked for; of points without other geometry ``x`` and ``y`` stand for it.
    points
        Coordinates of points, where geometry says where they are.
    """

    source: str
    table: pd.DataFrame
    points: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None


@dataclass(frozen=True)
class Piece:
    """
    What is read and counted as one task: row groups of a Parquet file, or a file of text.

    Attributes
    ----------
    path
        The file.
    groups
        Its row groups; none of text.
    first
        How many rows of the file stand before it.
    """

    path: Path
    groups: tuple[int, ...] = ()
    first: int = 0

    @property
    def source(self) -> str:
        """What messages call it."""
        if not self.groups:
            return str(self.path)
        first, last = self.groups[0], self.groups[-1]
        return f"{self.path}, row group{f' {first}' if first == last else f's {first} to {last}'}"

    def one_by_one(self) -> "list[Piece]":
        """Return its row groups as a piece each; itself if it has none."""
        if not self.groups:
            return [self]
        found, first = [], self.first
        for group in self.groups:
            found.append(Piece(self.path, (group,), first))
            first += _about(self.path).row_group(group).num_rows
        return found

    def parts(self, columns: Sequence[str], geometry: str | None) -> Iterator[Part]:
        """
        Yield its rows, as many at once as fit well into memory.

        Parameters
        ----------
        columns
            Those that are needed.
        geometry
            The column of geometry, where that says where the points are.

        Raises
        ------
        FileFormatError
            If it cannot be read, or lacks a column.
        """
        if not self.groups:
            for table in text_pieces(self.path, _LINES_AT_ONCE):
                _check_columns(self.path, columns, list(table.columns))
                if len(table):
                    yield Part(self.source, table[list(columns)])
            return
        file = _opened(self.path)
        wanted = [*columns, *([geometry] if geometry else [])]
        _check_columns(self.path, wanted, file.schema_arrow.names)
        first = self.first
        try:
            for batch in file.iter_batches(
                batch_size=_ROWS_AT_ONCE, row_groups=list(self.groups), columns=wanted
            ):
                if len(batch):
                    yield _part(self, batch, columns, geometry, first)
                first += len(batch)
        except _DAMAGED as fault:
            if isinstance(fault, FileFormatError):
                raise
            raise FileFormatError(
                f"{self.source}: cannot be read ({first_line(fault)}); save the file anew"
            ) from fault


def _check_columns(path: Path, wanted: Sequence[str], there: Sequence[str]) -> None:
    lacking = [name for name in wanted if name not in there]
    if lacking:
        raise FileFormatError(f"{path}: no column {lacking[0]!r}; it has {', '.join(there)}")


def _part(
    piece: Piece, batch: Any, columns: Sequence[str], geometry: str | None, first: int
) -> Part:
    rows = pd.RangeIndex(first, first + len(batch))
    values = {name: _as_pandas(batch.column(name)) for name in columns}
    table = pd.DataFrame(values, copy=False).set_axis(rows)
    if geometry is None:
        return Part(piece.source, table)
    about = _geometry(piece.path)
    shapes = batch.column(geometry)
    found = _points(shapes)
    if found is not None:
        return Part(piece.source, table, found)
    decoded = shapely.from_wkb(shapes.to_numpy(zero_copy_only=False))
    return Part(piece.source, gpd.GeoDataFrame(table, geometry=decoded, crs=about[1]))


def _as_pandas(column: Any) -> Any:
    """Return numbers as numpy has them, without a copy where they are whole."""
    import pyarrow as pa  # noqa: PLC0415  optional

    plain = pa.types.is_integer(column.type) or pa.types.is_floating(column.type)
    if plain and not column.null_count:
        return column.to_numpy(zero_copy_only=False)
    return column.to_pandas()


def _points(column: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return the coordinates of a column of points, or None where it holds anything else."""
    import pyarrow as pa  # noqa: PLC0415  optional

    if column.null_count:
        return None
    if pa.types.is_struct(column.type):
        return tuple(  # of two
            column.field(name).to_numpy(zero_copy_only=False).astype(float) for name in "xy"
        )
    wide = pa.types.is_large_binary(column.type)
    if not (wide or pa.types.is_binary(column.type)):
        return None
    _, offsets, content = column.buffers()
    size = np.dtype(np.int64 if wide else np.int32)
    at = np.frombuffer(offsets, size, len(column) + 1, column.offset * size.itemsize)
    if not (np.diff(at) == _WKB_POINT.itemsize).all():
        return None
    points = np.frombuffer(content, _WKB_POINT, len(column), int(at[0]))
    if not ((points["order"] == 1).all() and (points["kind"] == 1).all()):
        return None
    found = points["x"].astype(float), points["y"].astype(float)
    # An empty point is not a number, and is named where geometries are read.
    return found if all(np.isfinite(one).all() for one in found) else None


def is_large(path: object) -> bool:
    """
    Whether a grid is read piece by piece unasked: a folder, or a file above a size.

    Examples
    --------
    >>> is_large("no such file"), is_large(Path())
    (False, True)
    """
    if not isinstance(path, str | Path):
        return False
    path = Path(path)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            return path.suffix.lower() != ".gdb"
        if path.suffix.lower() in PARQUET:
            return bool(_about(path).num_rows > LARGE_ROWS)
    except (OSError, ValueError, ImportError):  # said where it is read
        return False
    return path.suffix.lower() in TEXTS and about.st_size > LARGE_BYTES


def pieces_of(source: str | Path) -> list[Piece]:
    """
    Return the pieces of a file or folder, in their order.

    Raises
    ------
    FileFormatError
        If nothing is there, or it is of another kind.
    MissingPackageError
        If pyarrow is not installed and needed.
    """
    path = Path(source)
    if path.is_dir():
        files = [
            file
            for file in sorted(path.rglob("*"))
            if file.suffix.lower() in PARQUET and file.is_file() and file.name[0] not in "._"
        ]
        files = files or sorted(file for file in path.iterdir() if file.suffix.lower() in TEXTS)
        if not files:
            raise FileFormatError(f"{path}: no Parquet or CSV in this folder; {_EXPECTED} is read")
        return [piece for file in files for piece in _of_file(file)]
    return _of_file(checked_path(path, _EXPECTED))


def _of_file(path: Path) -> list[Piece]:
    if path.suffix.lower() in TEXTS:
        return [Piece(path)]
    if path.suffix.lower() not in PARQUET:
        raise FileFormatError(f"{path}: not read piece by piece; give {_EXPECTED}")
    about = _about(path)
    found: list[Piece] = []
    groups: list[int] = []
    first, rows = 0, 0
    for group in range(about.num_row_groups):
        held = about.row_group(group)
        if not held.num_rows:
            continue
        if held.total_byte_size > MOST_BYTES:
            raise FileFormatError(
                f"{path}, row group {group}: unpacks to more than {MOST_BYTES // 2**30} GiB; save "
                "the file with smaller row groups"
            )
        if groups and rows + held.num_rows > _FEW_ROWS:
            found.append(Piece(path, tuple(groups), first))
            first, rows, groups = first + rows, 0, []
        groups.append(group)
        rows += held.num_rows
    return [*found, Piece(path, tuple(groups), first)] if groups else found


def give_back_memory() -> None:
    """Give back what pyarrow keeps of files that were read before: often more than pieces take."""
    if arrow := sys.modules.get("pyarrow"):
        arrow.default_memory_pool().release_unused()


def head_of(piece: Piece) -> tuple[pd.DataFrame, str | None]:
    """Return the first rows of a piece with every column, and the name of its geometry."""
    if not piece.groups:
        return next(text_pieces(piece.path, _HEAD)), None
    name, crs = _geometry(piece.path)
    try:
        file = _opened(piece.path)
        batch = next(file.iter_batches(batch_size=_HEAD, row_groups=list(piece.groups)), None)
        if batch is None:
            return pd.DataFrame(), name
        if name is None:
            return batch.to_pandas(), None
        plain = batch.drop_columns([name]).to_pandas()
        found = _points(batch.column(name))
        if found is not None:
            return gpd.GeoDataFrame(plain, geometry=shapely.points(*found), crs=crs), name
        shapes = shapely.from_wkb(batch.column(name).to_numpy(zero_copy_only=False))
        return gpd.GeoDataFrame(plain, geometry=shapes, crs=crs), name
    except (*_DAMAGED, shapely.errors.ShapelyError) as fault:
        raise FileFormatError(
            f"{piece.path}: cannot be read ({first_line(fault)}); save it anew"
        ) from fault


def _opened(path: Path) -> Any:
    try:
        from pyarrow import parquet  # noqa: PLC0415  optional

        return parquet.ParquetFile(path)
    except ImportError as missing:
        raise MissingPackageError(
            f"{path}: reading Parquet needs pyarrow, which is not installed; "
            "install it with: python -m pip install 'development-zones[parquet]'"
        ) from missing
    except _DAMAGED as fault:
        raise FileFormatError(
            f"{path}: not a Parquet file ({first_line(fault)}); save it anew"
        ) from fault


def _about(path: Path) -> Any:
    return _opened(path).metadata


def _geometry(path: Path) -> tuple[str | None, Any]:
    """Return the column of geometry and its CRS, or None twice."""
    held = (_opened(path).schema_arrow.metadata or {}).get(b"geo")
    if held is None:
        return None, None
    try:
        about = json.loads(held)
        column = about["columns"][about["primary_column"]]
        # Where nothing is said, GeoParquet is in degrees.
        crs = column.get("crs", "OGC:CRS84")
        return str(about["primary_column"]), crs
    except _DAMAGED as fault:
        raise FileFormatError(
            f"{path}: not GeoParquet ({first_line(fault)}); save it anew"
        ) from fault
