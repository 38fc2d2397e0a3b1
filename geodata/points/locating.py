"""Where the points of a table are: by geometry, by coordinates, or by the identifiers of cells."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.arguments import check_metres
from geodata.countries.record import PLANE
from geodata.errors import ArgumentError, FileFormatError
from geodata.points.cells import cell_ids, is_cell_id
from geodata.points.columns import column_numbers, named_column, refuse
from geodata.points.sides import CORNER_SIDES, Spacing, spacing_of

__all__ = [
    "CENTRES_TAKEN",
    "Cells",
    "Located",
    "as_cells",
    "check_axes",
    "check_side",
    "coordinates",
    "located",
]

_Floats = NDArray[np.float64]

# Statistics Finland's names first, then what others call them; compared without case.
_X = ("xkoord", "x", "east", "easting", "e", "lon", "longitude")
_Y = ("ykoord", "y", "north", "northing", "n", "lat", "latitude")
_CELL = ("grd_id", "grid_id", "gridid", "cellcode", "cell_id", "id_nro", "id")
_CORNERS = ("xkoord", "ykoord")
_DEGREES = ("lon", "longitude")
# Finland and Sweden, which have no place whose longitude could be its latitude.
_LON, _LAT = (4, 36), (54, 72)
_FURTHEST_EAST_M = 2_000_000
# Squares of one grid differ by no more.
_ALIKE_M = 0.05
CENTRES_TAKEN = (
    "coordinates are whole multiples of the side of the cells, as lower left corners are, and are "
    "taken as centres: give corner=True if they are corners, corner=False if not"
)
"""What is noted of cells that may be taken for what they are not."""


@dataclass(frozen=True, eq=False)
class Located:
    """
    Points of a table.

    Attributes
    ----------
    x, y
        Coordinates in `crs`; of cells, the centre.
    crs
        The coordinate reference system; None where a table has none.
    cell_m
        Side of the cells; None if the points are no cells, or it cannot be told.
    used
        Columns that say where they are.
    assumed
        Whether the side of the cells is assumed, since they are too few to tell it.
    notes
        What was understood without being said.
    """

    x: _Floats
    y: _Floats
    crs: Any
    cell_m: float | None
    used: tuple[str, ...]
    assumed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def by_id(self) -> bool:
        """Whether identifiers of cells say where they are."""
        return len(self.used) == 1


def located(
    table: pd.DataFrame,
    *,
    x: str | None = None,
    y: str | None = None,
    crs: Any = None,
    corner: bool | None = None,
    cell_m: float | None = None,
    source: str = "table",
) -> Located:
    """
    Return where the points of a table are; parameters as for `geodata.read_grid`.

    Raises
    ------
    FileFormatError
        If a column is not there, coordinates are missing or cannot be, or axes are swapped.
    ArgumentError
        If `cell_m` is no side of a cell.

    Examples
    --------
    >>> found = located(pd.DataFrame({"xkoord": [385000], "ykoord": [6672000]}))
    >>> found.x.tolist(), found.cell_m
    ([385500.0], 1000.0)
    >>> found.notes[0]
    'the side of the cells is assumed to be 1000 m, as they are too few to tell: give cell_m'
    """
    check_side(cell_m)
    found = coordinates(table, x=x, y=y, crs=crs, source=source)
    if found.by_id:
        return found
    check_axes(found.x, found.y, found.crs, source)
    degrees = found.crs is not None and found.crs.is_geographic
    spacing = None if degrees else spacing_of(found.x, found.y)
    at = (found.x, found.y) if spacing is None else spacing.placed(found.x, found.y)

    def even(side: float) -> bool:
        return not np.mod(at, side).any()

    cells = as_cells(found, spacing, even, corner=corner, cell_m=cell_m, source=source)
    shift = cells.shift_m
    return Located(
        *((at[0] + shift, at[1] + shift) if shift else at),
        found.crs,
        cells.cell_m,
        found.used,
        cells.assumed,
        cells.notes,
    )


def check_side(cell_m: float | None) -> None:
    """Raise `ArgumentError` where metres are no side of a cell."""
    if cell_m is not None:
        check_metres(cell_m=cell_m)
        if not 0 < cell_m < np.inf:
            raise ArgumentError(f"cell_m={cell_m!r} is no side of a cell: give metres above 0")


def coordinates(
    table: pd.DataFrame,
    *,
    x: str | None = None,
    y: str | None = None,
    crs: Any = None,
    source: str = "table",
) -> Located:
    """
    Return the points of a table as they stand there, whatever lattice they are on.

    Of identifiers, and of cells drawn as squares, the side and the centres are known. Parameters
    and errors are those of `located`.

    Examples
    --------
    >>> coordinates(pd.DataFrame({"xkoord": [385000], "ykoord": [6672000]})).x.tolist()
    [385000.0]
    """
    if isinstance(table, gpd.GeoDataFrame) and x is None and y is None:
        found = _of_geometry(table, table.crs if crs is None else crs, source)
    elif x is None and y is None and (name := _cell_column(table)) is not None:
        cells = cell_ids(table[name], f"{source}: column {name!r}")
        epsg = _checked_crs(cells.crs, source)
        if crs is not None and _checked_crs(crs, source) != epsg:
            raise FileFormatError(
                f"{source}: the cells of column {name!r} are of EPSG:{cells.crs}: leave out "
                "crs, or give x and y"
            )
        return Located(cells.x, cells.y, epsg, cells.cell_m, (name,))
    else:
        found = _of_columns(table, x, y, crs, source)
    return replace(found, crs=_checked_crs(found.crs, source))


def _checked_crs(crs: Any, source: str) -> Any:
    try:
        return None if crs is None else pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as fault:
        raise FileFormatError(
            f"{source}: crs={crs!r} is not a CRS; give one such as 3067"
        ) from fault


def _cell_column(table: pd.DataFrame) -> str | None:
    """Return the column of cell identifiers, where there are no coordinates in columns."""
    folded = {str(name).casefold(): str(name) for name in table.columns}
    if any(name in folded for name in _X) and any(name in folded for name in _Y):
        return None
    # Identifiers look like nothing else, whatever their column is called.
    usual = [folded[one] for one in _CELL if one in folded]
    for name in dict.fromkeys([*usual, *folded.values()]):
        known = table[name].dropna()
        if len(known) and is_cell_id(known.iloc[0]):
            return name
    return None


def _of_columns(
    table: pd.DataFrame, x: str | None, y: str | None, crs: Any, source: str
) -> Located:
    x_name = named_column(table, x, _X, "x", source)
    y_name = named_column(table, y, _Y, "y", source)
    default = 4326 if x_name.casefold() in _DEGREES else PLANE
    return Located(
        column_numbers(table, x_name, source),
        column_numbers(table, y_name, source),
        default if crs is None else crs,
        None,
        (x_name, y_name),
    )


@dataclass(frozen=True)
class Cells:
    """
    What points are the cells of.

    Attributes
    ----------
    cell_m
        Their side; None if the points are no cells, or it cannot be told.
    shift_m
        From the coordinates to the centre, to the east and to the north.
    assumed
        Whether the side is assumed, since they are too few to tell it.
    notes
        What was understood without being said.
    """

    cell_m: float | None
    shift_m: float
    assumed: bool
    notes: tuple[str, ...]


def as_cells(
    found: Located,
    spacing: Spacing | None,
    even: Callable[[float], bool],
    *,
    corner: bool | None,
    cell_m: float | None,
    source: str,
) -> Cells:
    """
    Tell the side of the cells, and whether coordinates are their corners.

    Parameters
    ----------
    found
        The columns of the points, and the side where it is known.
    spacing
        Their lattice.
    even
        Whether all coordinates are multiples of a side.
    corner, cell_m, source
        As for `located`.
    """
    notes: list[str] = []
    if spacing is not None and spacing.moved:
        notes.append("points stray from their lattice by millimetres, and are taken to be on it")
    usual = tuple(name.casefold() for name in found.used) == _CORNERS
    side, assumed = (found.cell_m if cell_m is None else float(cell_m)), False
    if side is None and spacing is not None and spacing.certain:
        side = spacing.step
    elif side is None and (corner or (corner is None and usual)):
        side = next(filter(even, CORNER_SIDES), None) if usual else None
        assumed = side is not None
        if assumed:
            notes.append(
                f"the side of the cells is assumed to be {side:g} m, as they are too few "
                "to tell: give cell_m"
            )
    # Squares and identifiers of cells say where their middle is.
    unsaid = corner is None and not usual and found.cell_m is None
    if corner is None:
        corner = usual and side is not None and even(side)
    if corner and side is None:
        raise FileFormatError(
            f"{source}: corners of cells were expected, and their side cannot be told: give "
            "cell_m, the side in metres, or corner=False"
        )
    if unsaid and not corner and side is not None and even(side):
        notes.append(CENTRES_TAKEN)
    shift = side / 2 if corner and side is not None else 0.0
    if shift:
        notes.append(
            f"coordinates are the lower left corners of {side:g} m cells; centres are used"
        )
    return Cells(side, shift, assumed, tuple(notes))


def _of_geometry(table: gpd.GeoDataFrame, crs: Any, source: str) -> Located:
    geometry = table.geometry.to_numpy()
    bounds = shapely.bounds(geometry)
    empty = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    refuse(table, empty, f"{source}: no geometry")
    endless = np.logical_not(np.isfinite(bounds).all(axis=1))
    refuse(table, endless, f"{source}: coordinates are no numbers")
    points = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    if not points.all():
        squares = np.isclose(shapely.area(geometry), shapely.area(shapely.box(*bounds.T)))
        neither = ~(points | squares)
        advice = "; give points, or cells as squares"
        refuse(table, neither, f"{source}: neither a point nor a cell", advice)
        sides = bounds[:, 2:] - bounds[:, :2]
        alike = not points.any() and np.ptp(sides) < _ALIKE_M
        side = round(float(sides.mean()), 1) if alike else None
        return Located(
            (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2, crs, side, ()
        )
    return Located(shapely.get_x(geometry), shapely.get_y(geometry), crs, None, ())


def check_axes(x: _Floats, y: _Floats, crs: Any, source: str) -> None:
    """Raise `FileFormatError` where coordinates cannot be in their CRS, or are swapped."""
    if crs is None:
        return
    name, where = crs.to_string(), f"the first point is ({x[0]:g}, {y[0]:g})"
    furthest_x, furthest_y = np.abs(x).max(), np.abs(y).max()
    fault = None
    if crs.is_geographic:
        if furthest_x > 180 or furthest_y > 90:
            fault = (
                f"{name} is in degrees, which coordinates are not ({where}); "
                "give crs=3067, or what they are in"
            )
        elif all(low <= np.median(v) <= high for v, (low, high) in ((y, _LON), (x, _LAT))):
            fault = f"longitude and latitude are swapped ({where}); x is the longitude"
    elif furthest_x <= 180 and furthest_y <= 180:
        fault = f"coordinates look like degrees, yet {name} is in metres ({where}); give crs=4326"
    elif crs.to_epsg() == PLANE and np.median(x) > _FURTHEST_EAST_M:
        fault = (
            f"x is not an easting of EPSG:{PLANE} ({where}); "
            "x and y are swapped, or the CRS is another: give crs="
        )
    if fault is not None:
        raise FileFormatError(f"{source}: {fault}")
