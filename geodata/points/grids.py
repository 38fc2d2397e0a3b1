"""Population grids and other tables of points with people, as users have them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.errors import FileFormatError, IdentifierError
from geodata.files.numbers import stand_in
from geodata.files.tables import read_points
from geodata.messages import ROW
from geodata.points.columns import column_numbers, named_column, refuse
from geodata.points.locating import Located, located
from geodata.points.repeats import check_repeats
from geodata.register.identifiers import parse_ids

__all__ = ["Grid", "as_grid", "codes_of", "figure_columns", "people_of", "read_grid"]

_Floats = NDArray[np.float64]

# Statistics Finland's names first, then what others call them; compared without case.
_PEOPLE = (
    "vaesto",
    "väestö",
    "population",
    "people",
    "vakiluku",
    "väkiluku",
    "asukkaat",
    "asukkaita",
    "tot_p",
    "t",
    "obs_value_t",
)
_CODE = ("kunta", "lau_id", "kuntakoodi", "kuntanro", "municipality", "code")
_CM_PER_M = 100
# More than live on Earth.
_MOST_PEOPLE = 1e11


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
        The coordinate reference system of the points.
    cells_crs
        The one in which the cells are squares, where it is another.
    index
        Labels of the points: rows of the source.
    assumed
        Whether the side of the cells is assumed, since they are too few to tell it.
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
    assumed: bool = False
    notes: tuple[str, ...] = ()
    cells_crs: Any = None

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
        """Return the grid in another coordinate reference system, where cells are no squares."""
        target = pyproj.CRS.from_user_input(crs)
        if self.crs is None or target == pyproj.CRS.from_user_input(self.crs):
            return self
        change = pyproj.Transformer.from_crs(self.crs, target, always_xy=True)
        x, y = change.transform(self.x, self.y)
        own = pyproj.CRS.from_user_input(self.cells_crs or self.crs)
        turned = None if self.cell_m is None or own == target else own
        return replace(self, x=x, y=y, crs=target, cells_crs=turned)


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
    cell_m: float | None = None,
) -> Grid:
    r"""
    Read a population grid, or any table of points with people.

    Parameters
    ----------
    path
        CSV (of any dialect), Excel, Parquet with geometry or with coordinates in columns,
        GeoPackage, or what else GDAL reads.
    x, y, people, code
        Names of the columns; by default the usual ones, as ``xkoord``, ``ykoord``, ``vaesto`` and
        ``kunta`` of Statistics Finland's grid. Geometry goes before coordinates in columns: of
        cells drawn as squares the centre is taken. Without either, identifiers of cells say where
        they are: INSPIRE's, such as ``1kmN6672E0385``, and Eurostat's ``GRD_ID``.
    layer
        The layer or sheet, where a file has several.
    crs
        Of coordinates in columns; EPSG:3067 by default, EPSG:4326 for ``lon`` and ``lat``.
    corner
        Whether coordinates in columns are the lower left corner of a cell. By default, yes for
        Statistics Finland's ``xkoord`` and ``ykoord`` if all are multiples of the cell's side.
    cell_m
        Side of the cells in metres, where there are too few of them to tell, or they stand apart.

    Raises
    ------
    FileFormatError
        If a column is not there, coordinates or people are missing or cannot be, axes are swapped,
        or rows repeat a place, as those of several years do; the rows are named.
    IdentifierError
        If the municipality codes are numbers, or no municipalities.
    ArgumentError
        If `cell_m` is no side of a cell.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "grid.csv"
    >>> _ = path.write_text("GRD_ID,people\n1kmN6672E0385,12\n1kmN6672E0386,30\n")
    >>> int(read_grid(path).people.sum())
    42
    """
    table = read_points(path, layer=layer)
    return as_grid(
        table,
        x=x,
        y=y,
        people=people,
        code=code,
        crs=crs,
        corner=corner,
        cell_m=cell_m,
        source=str(path),
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
    cell_m: float | None = None,
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
    place = located(table, x=x, y=y, crs=crs, corner=corner, cell_m=cell_m, source=source)
    people_name, code_name = figure_columns(table, people, code, source)
    codes = None if code_name is None else codes_of(table, code_name, source)
    check_repeats(
        table,
        _place_numbers(place),
        codes,
        (*place.used, people_name, *([code_name] if code_name else [])),
        source,
        cells=place.cell_m is not None,
    )
    return Grid(
        x=place.x,
        y=place.y,
        people=people_of(table, people_name, source),
        code=codes,
        cell_m=place.cell_m,
        crs=place.crs,
        # Cells of a file are called by their order, as in matrices of travel times.
        index=pd.RangeIndex(len(table)) if table.index.name == ROW else table.index,
        assumed=place.assumed,
        notes=place.notes,
    )


def _place_numbers(place: Located) -> NDArray[np.int64]:
    """Return a number for each place, the same for the same."""
    if place.cell_m is None:
        return np.asarray(pd.factorize(place.x + 1j * place.y)[0], dtype=np.int64)
    # Centres of cells are told apart by centimetres, and whole numbers many times as fast.
    column, row = (
        np.rint((along - along.min()) * _CM_PER_M).astype(np.int64) for along in (place.x, place.y)
    )
    numbers: NDArray[np.int64] = row * (column.max() + 1) + column
    return numbers


def people_of(
    table: pd.DataFrame, name: str, source: str, *, whole: bool = True, decimal: str | None = None
) -> NDArray[Any]:
    """
    Return a column as people, whole numbers if they all are; rows that cannot be are refused.

    Parameters
    ----------
    table, name, source
        The table, its column and what the table is called in messages.
    whole
        Whether these are all rows, so that they tell which figure stands for missing ones.
    decimal
        The decimal mark, where it is known.
    """
    people = column_numbers(table, name, source, counts=True, decimal=decimal)
    column = f"{source}: column {name!r}"
    advice = (
        "; negative numbers stand for figures that are not given: leave these rows out or fill "
        "them in"
    )
    first = f" ({people[int(np.argmax(people < 0))]:g})"
    refuse(table, people < 0, f"{column} is negative", first + advice)
    first = f" ({people[int(np.argmax(people > _MOST_PEOPLE))]:g})"
    advice = f"{first}; correct or leave out these rows"
    refuse(table, people > _MOST_PEOPLE, f"{column} is no number of people", advice)
    if whole and (mark := stand_in(people)) is not None:
        advice = ", which looks like a mark of a missing figure; leave these rows out"
        refuse(table, people == mark, f"{column} is {mark:.15g}", advice)
    integers = people.astype(np.int64)
    return integers if (integers == people).all() else people


def figure_columns(
    table: pd.DataFrame, people: str | None, code: str | None, source: str
) -> tuple[str, str | None]:
    """Return the columns of people and of municipalities: those given, or the usual ones."""
    found = named_column(table, people, _PEOPLE, "people", source)
    if code is None and not {str(name).casefold() for name in table.columns} & set(_CODE):
        return found, None
    return found, named_column(table, code, _CODE, "code", source)


def codes_of(table: pd.DataFrame, name: str, source: str) -> NDArray[np.object_]:
    """Return a column as municipalities; `IdentifierError` where a value is none."""
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
