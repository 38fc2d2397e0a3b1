"""Population grids and other tables of points with people, as users have them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.countries.record import PLANE
from geodata.errors import FileFormatError, IdentifierError
from geodata.files.numbers import numbers, stand_in
from geodata.files.tables import read_points
from geodata.messages import ROW, named_rows
from geodata.points.raster import lattice_of
from geodata.register.identifiers import parse_ids

__all__ = ["Grid", "as_grid", "read_grid"]

_Floats = NDArray[np.float64]

# Statistics Finland's names first, then what others call them; compared without case.
_X = ("xkoord", "x", "east", "easting", "e", "lon", "longitude")
_Y = ("ykoord", "y", "north", "northing", "n", "lat", "latitude")
_PEOPLE = ("vaesto", "väestö", "population", "people", "vakiluku", "väkiluku", "asukkaat")
_CODE = ("kunta", "lau_id", "kuntakoodi", "kuntanro", "municipality", "code")
_CORNERS = ("xkoord", "ykoord")
_DEGREES = ("lon", "longitude")
# Finland and Sweden, which have no place whose longitude could be its latitude.
_LON, _LAT = (4, 36), (54, 72)
# More than live on Earth.
_MOST_PEOPLE = 1e11
_FURTHEST_EAST_M = 2_000_000


@dataclass(frozen=True, eq=False, repr=False)
class Grid:
    """Points with people: cells of a grid by their centres, or any other places.

    Attributes
    ----------
    x, y
        Coordinates in `crs`; of cells, the centre.
    people
        People at each point.
    code
        The municipality (`lau_id`) that each point says it is in, None where it says none; None
        as a whole if the source has no such column.
    cell_m
        Side of the cells; None if the points are on no regular grid.
    crs
        The coordinate reference system.
    index
        Labels of the points: rows of the source.
    notes
        What was understood of the source without being said.
    """

    x: _Floats
    y: _Floats
    people: NDArray[Any]
    code: NDArray[np.object_] | None
    cell_m: float | None
    crs: Any
    index: pd.Index
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.x)

    def __repr__(self) -> str:
        """Say how many points and people there are, and how large the cells."""
        cells = "points" if self.cell_m is None else f"cells of {self.cell_m:g} m"
        return f"<Grid: {len(self):,} {cells}, {self.total:,} people>"

    @property
    def total(self) -> int | float:
        """All people of the grid."""
        total = self.people.sum()
        return int(total) if np.issubdtype(self.people.dtype, np.integer) else float(total)

    def to_frame(self) -> gpd.GeoDataFrame:
        """Return the points as a GeoDataFrame with ``people`` and, if there are any, ``code``."""
        columns: dict[str, Any] = {"people": self.people}
        if self.code is not None:
            columns["code"] = self.code
        points = shapely.points(self.x, self.y)
        return gpd.GeoDataFrame(columns, index=self.index, geometry=points, crs=self.crs)

    def to_crs(self, crs: Any) -> "Grid":
        """Return the grid in another coordinate reference system; cells are none there."""
        target = pyproj.CRS.from_user_input(crs)
        if self.crs is None or target == pyproj.CRS.from_user_input(self.crs):
            return self
        change = pyproj.Transformer.from_crs(self.crs, target, always_xy=True)
        x, y = change.transform(self.x, self.y)
        return Grid(x, y, self.people, self.code, None, target, self.index, self.notes)


def read_grid(
    path: str | Path,
    *,
    x: str | None = None,
    y: str | None = None,
    people: str | None = None,
    code: str | None = None,
    layer: str | None = None,
    crs: Any = None,
    corner: bool | None = None,
) -> Grid:
    """Read a population grid, or any table of points with people.

    Parameters
    ----------
    path
        CSV (of any dialect), Excel, Parquet with geometry or with coordinates in columns,
        GeoPackage, or what else GDAL reads.
    x, y, people, code
        Names of the columns; by default the usual ones, as ``xkoord``, ``ykoord``, ``vaesto`` and
        ``kunta`` of Statistics Finland's grid. Geometry goes before coordinates in columns: of
        cells drawn as squares the centre is taken.
    layer
        The layer or sheet, where a file has several.
    crs
        Of coordinates in columns; EPSG:3067 by default, EPSG:4326 for ``lon`` and ``lat``.
    corner
        Whether coordinates in columns are the lower left corner of a cell. By default, yes for
        Statistics Finland's ``xkoord`` and ``ykoord`` if all are multiples of the cell's side.

    Raises
    ------
    FileFormatError
        If a column is not there, coordinates or people are missing or cannot be, or axes are
        swapped; the rows are named.
    IdentifierError
        If the municipality codes are numbers, or no municipalities.
    """
    table = read_points(path, layer=layer)
    return as_grid(
        table, x=x, y=y, people=people, code=code, crs=crs, corner=corner, source=str(path)
    )


def as_grid(
    table: pd.DataFrame,
    *,
    x: str | None = None,
    y: str | None = None,
    people: str | None = None,
    code: str | None = None,
    crs: Any = None,
    corner: bool | None = None,
    source: str = "table",
) -> Grid:
    """Make a `Grid` of a table of points with people; parameters as for `read_grid`.

    Examples
    --------
    >>> cells = pd.DataFrame({"xkoord": [385000, 386000], "ykoord": 6672000, "vaesto": [12, 30]})
    >>> grid = as_grid(cells)
    >>> grid
    <Grid: 2 cells of 1000 m, 42 people>
    >>> grid.x.tolist()
    [385500.0, 386500.0]
    """
    if not len(table):
        raise FileFormatError(f"{source}: no rows; one row a point with people was expected")
    notes: list[str] = []
    if isinstance(table, gpd.GeoDataFrame) and x is None and y is None:
        x_values, y_values = _of_geometry(table, source)
        crs = table.crs if crs is None else crs
    else:
        x_name = _column(table, x, _X, "x", source)
        y_name = _column(table, y, _Y, "y", source)
        x_values = _numbers(table, x_name, source)
        y_values = _numbers(table, y_name, source)
        default = 4326 if x_name.casefold() in _DEGREES else PLANE
        crs = default if crs is None else crs
        if corner is None and (x_name.casefold(), y_name.casefold()) == _CORNERS:
            corner = _whole_cells(x_values, y_values)
    try:
        crs = None if crs is None else pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError as fault:
        raise FileFormatError(
            f"{source}: crs={crs!r} is not a CRS; give one such as 3067"
        ) from fault
    _check_axes(x_values, y_values, crs, source)
    counts = _people(table, _column(table, people, _PEOPLE, "people", source), source)
    lattice = lattice_of(x_values, y_values)
    cell = None if lattice is None else lattice.step
    if corner:
        if cell is None:
            raise FileFormatError(
                f"{source}: corners of cells were expected, yet the points are on no regular "
                "grid; give corner=False"
            )
        x_values, y_values = x_values + cell / 2, y_values + cell / 2
        notes.append(
            f"coordinates are the lower left corners of {cell:g} m cells; centres are used"
        )
    return Grid(
        x=x_values,
        y=y_values,
        people=counts,
        code=_codes(table, code, source),
        cell_m=cell,
        crs=crs,
        # Cells of a file are called by their order, as in matrices of travel times.
        index=pd.RangeIndex(len(table)) if table.index.name == ROW else table.index,
        notes=tuple(notes),
    )


def _column(
    table: pd.DataFrame, given: str | None, usual: Iterable[str], what: str, source: str
) -> str:
    found = ", ".join(str(name) for name in table.columns)
    if given is not None:
        composed = unicodedata.normalize("NFC", given)
        if fitting := [name for name in (given, composed) if name in list(table.columns)]:
            return fitting[0]
        raise FileFormatError(f"{source}: no column {given!r}; it has {found}")
    folded = {str(name).casefold(): str(name) for name in table.columns}
    if fitting := [folded[name] for name in usual if name in folded]:
        return fitting[0]
    raise FileFormatError(
        f"{source}: no column for {what} among {found}; name it, for instance {what}={'...'!r}"
    )


def _numbers(table: pd.DataFrame, name: str, source: str, *, counts: bool = False) -> _Floats:
    found = numbers(table[name], f"{source}: column {name!r}", counts=counts)
    bad = ~np.isfinite(found)
    first = table[name].iloc[int(np.argmax(bad))]
    value = f" ({first!r})" if isinstance(first, str) else ""
    advice = f"{value}; correct or leave out these rows"
    _refuse(table, bad, f"{source}: column {name!r} holds no number", advice)
    return found


def _refuse(table: pd.DataFrame, bad: NDArray[np.bool_], what: str, advice: str = "") -> None:
    """Raise where rows are bad, with which they are."""
    if bad.any():
        raise FileFormatError(f"{what} in {named_rows(table.index[bad])}{advice}")


def _of_geometry(table: gpd.GeoDataFrame, source: str) -> tuple[_Floats, _Floats]:
    geometry = table.geometry.to_numpy()
    bounds = shapely.bounds(geometry)
    empty = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    _refuse(table, empty, f"{source}: no geometry")
    endless = np.logical_not(np.isfinite(bounds).all(axis=1))
    _refuse(table, endless, f"{source}: coordinates are no numbers")
    points = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    if not points.all():
        squares = np.isclose(shapely.area(geometry), shapely.area(shapely.box(*bounds.T)))
        neither = ~(points | squares)
        advice = "; give points, or cells as squares"
        _refuse(table, neither, f"{source}: neither a point nor a cell", advice)
        return (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
    return shapely.get_x(geometry), shapely.get_y(geometry)


def _whole_cells(x: _Floats, y: _Floats) -> bool:
    lattice = lattice_of(x, y)
    return lattice is not None and not np.mod([x, y], lattice.step).any()


def _check_axes(x: _Floats, y: _Floats, crs: Any, source: str) -> None:
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


def _people(table: pd.DataFrame, name: str, source: str) -> NDArray[Any]:
    people = _numbers(table, name, source, counts=True)
    column = f"{source}: column {name!r}"
    advice = (
        "; negative numbers stand for figures that are not given: leave these rows out or fill "
        "them in"
    )
    first = f" ({people[int(np.argmax(people < 0))]:g})"
    _refuse(table, people < 0, f"{column} is negative", first + advice)
    first = f" ({people[int(np.argmax(people > _MOST_PEOPLE))]:g})"
    advice = f"{first}; correct or leave out these rows"
    _refuse(table, people > _MOST_PEOPLE, f"{column} is no number of people", advice)
    if (mark := stand_in(people)) is not None:
        advice = ", which looks like a mark of a missing figure; leave these rows out"
        _refuse(table, people == mark, f"{column} is {mark:.15g}", advice)
    whole = people.astype(np.int64)
    return whole if (whole == people).all() else people


def _codes(table: pd.DataFrame, given: str | None, source: str) -> NDArray[np.object_] | None:
    if given is None and not {str(name).casefold() for name in table.columns} & set(_CODE):
        return None
    name = _column(table, given, _CODE, "code", source)
    column = table[name]
    known = column.dropna()
    if pd.api.types.is_numeric_dtype(column.dtype):
        raise IdentifierError(
            f"{source}: column {name!r} holds numbers ({known.iloc[0] if len(known) else 'none'}, "
            "...) where municipality codes are text such as '091', with leading zeros; "
            f"read it as text: dtype={{{name!r}: str}}"
        )
    # A grid has a few hundred codes in millions of rows, so each is read once.
    at, distinct = pd.factorize(column)
    try:
        parsed = parse_ids(pd.Series(distinct, dtype=object), column=name)
    except IdentifierError:
        parse_ids(known, column=name)
        raise
    named: NDArray[np.object_] = np.array([*parsed, None], dtype=object)[at]
    return named
