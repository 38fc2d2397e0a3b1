"""Which places of a lattice are taken, a bit each, so that a cell that comes twice is found."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.points.sides import Spacing

__all__ = ["MOST_BYTES", "Places", "places_of"]

MOST_BYTES = 192 * 2**20
"""Memory for places, beyond which cells are compared within a piece alone."""

_SIDE = 512
_TILE_BYTES = _SIDE * _SIDE // 8
# A box with so many places for each point is marked tile by tile.
_SPARSE = 24

_Tiles = dict[tuple[Any, int, int], NDArray[np.uint8]]


@dataclass(frozen=True, eq=False)
class Places:
    """
    Places of a lattice that are taken, in square tiles.

    Attributes
    ----------
    tiles
        By what sets rows of one place apart (a municipality, or None), and row and column of the
        tile, its places as bits.
    whole
        Whether all places are there; else there were too many.
    """

    tiles: Mapping[tuple[Any, int, int], NDArray[np.uint8]]
    whole: bool = True

    def meet(self, other: "Places") -> tuple[int, int] | None:
        """Return the column and row of a place that both have, or None."""
        for key in self.tiles.keys() & other.tiles.keys():
            both = self.tiles[key] & other.tiles[key]
            if both.any():
                row, column = divmod(int(np.argmax(np.unpackbits(both))), _SIDE)
                return key[2] * _SIDE + column, key[1] * _SIDE + row
        return None

    def __add__(self, other: "Places") -> "Places":
        """Return the places of both."""
        if not (self.whole and other.whole):
            return Places({}, whole=False)
        tiles = dict(self.tiles)
        for key, bits in other.tiles.items():
            tiles[key] = tiles[key] | bits if key in tiles else bits
        if len(tiles) * _TILE_BYTES > MOST_BYTES:
            return Places({}, whole=False)
        return Places(tiles)


def places_of(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    spacing: Spacing,
    code: NDArray[np.object_] | None,
) -> tuple[Places, NDArray[np.bool_] | None]:
    """
    Return the places of points, and which points are of one that is there already, if any are.

    Parameters
    ----------
    x, y
        Points on the lattice.
    spacing
        The lattice.
    code
        What sets rows of one place apart.
    """
    column = np.rint((x - spacing.x0) / spacing.step).astype(np.int64)
    row = np.rint((y - spacing.y0) / spacing.step).astype(np.int64)
    tiles: _Tiles = {}
    if code is None:
        _mark(tiles, None, column, row)
    else:
        kinds, names = pd.factorize(code)
        for kind in np.unique(kinds):
            chosen = kinds == kind
            name = None if kind < 0 else str(names[kind])
            _mark(tiles, name, column[chosen], row[chosen])
    taken = sum(int(np.bitwise_count(bits).sum()) for bits in tiles.values())
    found = Places(tiles, whole=len(tiles) * _TILE_BYTES <= MOST_BYTES)
    return found, None if taken == len(x) else _again(column, row, code)


def _again(
    column: NDArray[np.int64], row: NDArray[np.int64], code: NDArray[np.object_] | None
) -> NDArray[np.bool_]:
    keys = {"column": column, "row": row} | ({} if code is None else {"code": code})
    return pd.DataFrame(keys).duplicated().to_numpy()


def _mark(tiles: _Tiles, kind: Any, column: NDArray[np.int64], row: NDArray[np.int64]) -> None:
    west, south = column.min() // _SIDE, row.min() // _SIDE
    across, up = column.max() // _SIDE - west + 1, row.max() // _SIDE - south + 1
    if across * up * _SIDE * _SIDE <= _SPARSE * len(column):
        taken = np.zeros((up * _SIDE, across * _SIDE), dtype=bool)
        taken[row - south * _SIDE, column - west * _SIDE] = True
        bits = np.packbits(taken.reshape(up, _SIDE, across, _SIDE), axis=-1)
        for at, to in np.ndindex(up, across):
            tile = bits[at, :, to]
            if tile.any():
                tiles[kind, int(south + at), int(west + to)] = tile.copy()
        return
    number = (row // _SIDE - south) * across + column // _SIDE - west
    if across * up < 2**16:
        number = number.astype(np.uint16)  # sorted without comparisons
    order = np.argsort(number, kind="stable")
    in_order = number[order]
    cuts = [0, *(np.flatnonzero(in_order[1:] != in_order[:-1]) + 1), len(order)]
    for start, end in itertools.pairwise(cuts):
        chosen = order[start:end]
        taken = np.zeros((_SIDE, _SIDE), dtype=bool)
        taken[row[chosen] % _SIDE, column[chosen] % _SIDE] = True
        first = chosen[0]
        tiles[kind, int(row[first] // _SIDE), int(column[first] // _SIDE)] = np.packbits(
            taken, axis=-1
        )
