"""Polygon layers as ragged arrays: coordinates and offsets, the fastest way into shapely.

A layer is an uncompressed ``.npz`` file of `codes` (text), `epsg` (one number) and the four
arrays of `shapely.to_ragged_array`. The EPSG code stands for the coordinate system, because
parsing a full description of it takes longer than reading all the polygons. Coordinates are
kept as they are, bit for bit, so that a border that two units share stays one border.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

__all__ = ["Layer", "pack_layer", "unpack_layer"]

_OFFSETS = ("rings", "parts", "units")

# A fixed time stamp: the same layer is the same bytes whenever it is written.
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class Layer:
    """Multipolygons, their units' national codes as text, and the EPSG code of the coordinates."""

    codes: npt.NDArray[np.str_]
    geometry: npt.NDArray[np.object_]
    epsg: int


def pack_layer(layer: Layer) -> bytes:
    """Return the content of an ``.npz`` file that depends on nothing but the layer."""
    kind, coordinates, offsets = shapely.to_ragged_array(layer.geometry, include_z=False)
    if kind != shapely.GeometryType.MULTIPOLYGON:
        raise TypeError(f"a layer holds multipolygons, got {kind.name.lower()}")
    arrays: dict[str, Any] = {
        "codes": layer.codes,
        "epsg": np.array(layer.epsg, dtype="<i4"),
        "coordinates": coordinates.astype("<f8"),
    }
    arrays |= {name: o.astype("<i8") for name, o in zip(_OFFSETS, offsets, strict=True)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _STAMP), member.getvalue())
    return buffer.getvalue()


def unpack_layer(content: bytes) -> Layer:
    """Return the layer that `pack_layer` wrote, coordinates equal bit for bit."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        geometry = shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON,
            arrays["coordinates"],
            tuple(arrays[name] for name in _OFFSETS),
        )
        return Layer(codes=arrays["codes"], geometry=geometry, epsg=int(arrays["epsg"]))
