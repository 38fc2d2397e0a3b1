"""Parquet, with polygons or without, within limits."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geodata.errors import FileFormatError, MissingPackageError
from geodata.files.opening import first_line
from geodata.files.unpacking import MOST_BYTES

__all__ = ["BadRingsError", "read_parquet"]

# What a damaged file raises depends on where it is damaged; its description is JSON of any shape.
_DAMAGED = (ValueError, OSError, LookupError, TypeError, AttributeError, RuntimeError)


class BadRingsError(Exception):
    """Rings that no geometry can be made of: shapes as WKB, and the other fields."""

    def __init__(self, shapes: list[Any], fields: pd.DataFrame, reason: str) -> None:
        super().__init__(reason)
        self.shapes = shapes
        self.fields = fields


def read_parquet(path: Path, file: "str | Path | None" = None) -> pd.DataFrame:
    """
    Read a Parquet file: a GeoDataFrame if it has polygons or points, else a plain table.

    Parameters
    ----------
    path
        What messages call it.
    file
        Where it is, if elsewhere.

    Raises
    ------
    FileFormatError
        If it is no such file, or unpacks beyond the limit.
    BadRingsError
        If its geometries cannot be read.
    MissingPackageError
        If pyarrow is not installed.
    """
    file = path if file is None else file
    try:
        from pyarrow import parquet  # noqa: PLC0415  optional

        about = parquet.read_metadata(file)
        size = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
        if size > MOST_BYTES:
            raise FileFormatError(
                f"{path}: unpacks to more than {MOST_BYTES // 2**30} GiB; give a part of it"
            )
        if b"geo" not in (about.metadata or {}):
            return pd.read_parquet(file)
        found: pd.DataFrame = gpd.read_parquet(file)
    except ImportError as missing:
        raise MissingPackageError(
            f"{path}: reading Parquet needs pyarrow, which is not installed; "
            "install it with: python -m pip install 'development-zones[parquet]'"
        ) from missing
    except shapely.errors.ShapelyError as fault:
        table = parquet.read_table(file)
        column = json.loads(table.schema.metadata[b"geo"])["primary_column"]
        fields = table.drop_columns([column]).to_pandas()
        raise BadRingsError(table[column].to_pylist(), fields, str(fault)) from fault
    except _DAMAGED as fault:
        if isinstance(fault, FileFormatError):
            raise
        raise FileFormatError(
            f"{path}: not a Parquet file ({first_line(fault)}); save it anew"
        ) from fault
    return found
