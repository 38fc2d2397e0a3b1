"""Each point to exactly one unit, and what that makes of totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.arguments import check_metres
from geodata.coverages.polygons import unit_polygons
from geodata.errors import ArgumentError
from geodata.messages import listed
from geodata.points.grids import Grid, as_grid
from geodata.points.searching import by_place, nearest
from geodata.points.sums import ExactSums
from geodata.register.carried import mergers

__all__ = ["HOW", "Assignment", "UnitPolygons", "assign_points", "check_totals"]

_NONE = -1
HOW = ("code", "inside", "nearest", "outside", "other unit")
"""How a point came to its unit, by number; of two kinds it has none."""

_BY_CODE, _INSIDE, _NEAREST, _OUTSIDE, _OTHER_UNIT = range(5)

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]
_Places = NDArray[np.int32]


@dataclass(frozen=True, eq=False, repr=False)
class Assignment:
    """The unit of each point.

    Attributes
    ----------
    grid
        The points.
    units
        The units, in order.
    position
        By point, the position of its unit in `units`; -1 for none.
    how_number
        By point, the position in the categories of `how`.
    distance_m
        By point, how far it lies from its unit; 0 except for the nearest.
    notes
        What was done beyond the rule, and to how many points.
    several
        How many points lie in several units.
    """

    grid: Grid
    units: pd.Index
    position: _Places
    how_number: NDArray[np.int8]
    distance_m: _Floats
    notes: tuple[str, ...] = ()
    several: int = 0

    @property
    def assigned(self) -> "pd.Series[Any]":
        """The unit of each point, missing where it has none, with the index of the points."""
        names = self._names(self.position)
        return pd.Series(names, index=self.grid.index, name="unit", dtype=object)

    @property
    def how(self) -> "pd.Series[Any]":
        """How each point came to its unit.

        ``code``, ``inside`` and ``nearest``; points without a unit are ``outside`` all of them or,
        by their own code, in an ``other unit``.
        """
        kinds = pd.Categorical(np.array(HOW)[self.how_number], categories=list(HOW))
        return pd.Series(kinds, index=self.grid.index, name="how")

    @property
    def by_unit(self) -> "pd.Series[Any]":
        """People of each unit, 0 where none; with `unassigned` they make the total."""
        inside = self.position != _NONE
        people = self.grid.people[inside]
        sums = ExactSums.of(people, self.position[inside], len(self.units)).totals()
        if not np.issubdtype(people.dtype, np.integer):
            sums = sums.astype(float)
        return pd.Series(sums, index=self.units, name="population")

    @property
    def nearest(self) -> pd.DataFrame:
        """Points in no unit that went to the nearest: x, y, people, unit, distance_m."""
        return self._rows(self.how_number == _NEAREST)

    @property
    def unassigned(self) -> pd.DataFrame:
        """Points without a unit: x, y, people, and ``how``, the reason."""
        return self._rows(self.position == _NONE).drop(columns=["unit", "distance_m"])

    def _names(self, position: _Places) -> NDArray[np.object_]:
        """Return the units at the positions, none at -1."""
        return np.array([*self.units, None], dtype=object)[position]

    def _rows(self, chosen: NDArray[np.bool_]) -> pd.DataFrame:
        columns = {
            "x": self.grid.x[chosen],
            "y": self.grid.y[chosen],
            "people": self.grid.people[chosen],
            "unit": self._names(self.position[chosen]),
            "distance_m": self.distance_m[chosen],
            "how": np.array(HOW, dtype=object)[self.how_number[chosen]],
        }
        return pd.DataFrame(columns, index=self.grid.index[chosen])

    def __repr__(self) -> str:
        """Say how many points and people came to a unit, and how."""
        parts = []
        for number, name in enumerate(HOW):
            chosen = self.how_number == number
            if chosen.any():
                people = self.grid.people[chosen].sum()
                parts.append(f"{name} {int(chosen.sum()):,} ({people:,} people)")
        return f"<Assignment of {len(self.grid):,} points: {', '.join(parts)}>"


def assign_points(
    points: Grid | gpd.GeoDataFrame,
    units: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    code: str | None = None,
    people: str | None = None,
    nearest_m: float = 0.0,
) -> Assignment:
    """Assign each point to exactly one unit.

    A point that carries the code of its municipality belongs to it, or to the municipality that
    it was merged into; a point by itself belongs to the unit that it lies in. **A point on the
    border of several units, or in several that overlap, belongs to the one whose id sorts
    first.** A point in no unit belongs to the nearest within `nearest_m`, or else is reported in
    `Assignment.unassigned`; no point is lost, and no point is counted twice.

    Parameters
    ----------
    points
        What `read_grid` returns, or points with a column of people.
    units
        Polygons indexed by unit. Give all municipalities of the country, not the zone alone:
        else points of its neighbours count as outside, or go to the zone as the nearest.
    code, people
        Columns of a GeoDataFrame, if they have unusual names.
    nearest_m
        How many metres outside of a unit a point may be and still be counted in it: generalised
        coasts leave shore cells in the sea. 0 reports them all.

    Examples
    --------
    >>> from shapely import Point, box
    >>> units = gpd.GeoSeries({"a": box(0, 0, 10, 10), "b": box(10, 0, 20, 10)})
    >>> places = [Point(5, 5), Point(10, 5), Point(21, 5), Point(90, 5)]
    >>> points = gpd.GeoDataFrame({"people": [1, 2, 4, 8]}, geometry=places)
    >>> assignment = assign_points(points, units, nearest_m=5)
    >>> assignment.assigned.tolist()
    ['a', 'a', 'b', None]
    >>> assignment.by_unit.to_dict()
    {'a': 3, 'b': 4}
    >>> assignment.unassigned["people"].sum()
    np.int64(8)
    """
    check_metres(nearest_m=nearest_m)
    known = UnitPolygons.of(units)
    if not isinstance(points, Grid | pd.DataFrame):
        raise ArgumentError(
            f"points are a {type(points).__name__}; give a GeoDataFrame with a column of people, "
            "or what geodata.read_grid returns"
        )
    grid = points if isinstance(points, Grid) else as_grid(points, code=code, people=people)
    return known.assign(grid, nearest_m)


@dataclass(frozen=True, eq=False)
class UnitPolygons:
    """
    Polygons of units, made ready for points in any number of parts.

    Attributes
    ----------
    ids
        The units, in the order given.
    crs
        Their coordinate reference system.
    order
        Their positions in the order of the ids.
    polygons, bounds
        In that order, the polygons and what they lie between: west, south, east, north.
    valid
        In that order, whether a polygon is valid: looked at once, however many parts the points
        come in.
    """

    ids: pd.Index
    crs: Any
    order: _Ints
    polygons: NDArray[Any]
    bounds: _Floats
    valid: NDArray[np.bool_]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle all polygons as one: each by itself takes ten times as long."""
        wkb = shapely.to_wkb(self.polygons, include_srid=True)
        # An array, which goes over the wire without a copy.
        whole = np.frombuffer(b"".join(wkb), dtype=np.uint8)
        content = whole, np.fromiter(map(len, wkb), dtype=np.int64)
        return _unpickled, (self.ids, self.crs, (self.order, self.valid), *content)

    @classmethod
    def of(cls, units: gpd.GeoDataFrame | gpd.GeoSeries) -> "UnitPolygons":
        """Make units ready, or raise as `assign_points` does."""
        geometry = unit_polygons(units)
        # In order of the ids, the first of several units is the one that sorts first.
        order = geometry.index.argsort()
        polygons = geometry.to_numpy()[order]
        bounds, valid = shapely.bounds(polygons), np.asarray(shapely.is_valid(polygons))
        return cls(geometry.index, geometry.crs, order, polygons, bounds, valid)

    def assign(self, grid: Grid, nearest_m: float = 0.0) -> "Assignment":
        """Return the unit of each point, by the rules of `assign_points`."""
        in_crs = grid if self.crs is None or grid.crs is None else grid.to_crs(self.crs)
        position = np.full(len(grid), _NONE, dtype=np.int32)
        how = np.full(len(grid), _OUTSIDE, dtype=np.int8)
        distance = np.zeros(len(grid))
        notes: list[str] = []
        if grid.crs is None and self.crs is not None:
            notes.append(f"the points have no CRS and are taken to be in {self.crs.to_string()}")

        todo: _Ints | slice = slice(None)
        if grid.code is not None:
            position, merged = _by_code(grid.code, self.ids)
            has_code = ~pd.isna(grid.code)
            how[has_code] = np.where(position[has_code] == _NONE, _OTHER_UNIT, _BY_CODE)
            notes += [f"{old} counted in {new}, into which it was merged" for old, new in merged]
            todo = np.flatnonzero(~has_code)
        x, y = in_crs.x[todo], in_crs.y[todo]
        near = self._near(x, y)
        places = np.append(self.order[near], _NONE).astype(np.int32)
        inside, several = by_place(x, y, self.polygons[near], self.valid[near])
        position[todo] = places[inside]
        how[todo] = np.where(inside == _NONE, _OUTSIDE, _INSIDE)
        if several:
            notes.append(
                f"{several} points on borders or overlaps belong to the unit that sorts first"
            )
        if nearest_m > 0:
            lost = np.flatnonzero(how == _OUTSIDE)
            x, y = in_crs.x[lost], in_crs.y[lost]
            near = self._near(x, y, nearest_m)
            places = np.append(self.order[near], _NONE).astype(np.int32)
            found, metres = nearest(x, y, self.polygons[near], nearest_m)
            position[lost], distance[lost] = places[found], metres
            how[lost[found != _NONE]] = _NEAREST
        return Assignment(grid, self.ids, position, how, distance, tuple(notes), several)

    def _near(self, x: _Floats, y: _Floats, metres: float = 0.0) -> _Ints:
        """Return which polygons reach the box of points, or come so near to it."""
        if not len(x):
            return np.empty(0, dtype=np.int64)
        west, south, east, north = self.bounds.T
        near = (west <= x.max() + metres) & (east >= x.min() - metres)
        near &= (south <= y.max() + metres) & (north >= y.min() - metres)
        return np.flatnonzero(near)


def _unpickled(
    ids: pd.Index,
    crs: Any,
    by_position: tuple[_Ints, NDArray[np.bool_]],
    wkb: NDArray[np.uint8],
    sizes: _Ints,
) -> UnitPolygons:
    ends, whole = np.cumsum(sizes).tolist(), wkb.tobytes()
    parts = [whole[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    polygons = shapely.from_wkb(parts, on_invalid="ignore")
    order, valid = by_position
    return UnitPolygons(ids, crs, order, polygons, shapely.bounds(polygons), valid)


def check_totals(
    assignment: Assignment, population: "Mapping[Any, float] | pd.Series[Any]"
) -> pd.DataFrame:
    """Compare the people assigned to each unit with the register's.

    Returns a table by unit: ``assigned``, ``register``, ``difference`` (assigned less register)
    and ``percent`` of the register. Units that are in one of the two only have the other missing.
    The people that came to no unit are in `Assignment.unassigned`.

    Parameters
    ----------
    assignment
        What `assign_points` returned.
    population
        The register's people by unit.

    Examples
    --------
    >>> from shapely import Point, box
    >>> points = gpd.GeoDataFrame({"people": [97]}, geometry=[Point(5, 5)])
    >>> assignment = assign_points(points, gpd.GeoSeries({"a": box(0, 0, 10, 10)}))
    >>> check_totals(assignment, {"a": 100})
       assigned  register  difference  percent
    a      97.0     100.0        -3.0     -3.0
    """
    try:
        register = pd.Series(population, dtype="float64")
    except (TypeError, ValueError) as fault:
        raise ArgumentError(
            f"population is not of numbers ({fault}); give people by unit"
        ) from fault
    twice = register.index[register.index.duplicated()]
    if len(twice):
        raise ArgumentError(
            f"population has {listed(twice)} more than once; give one figure a unit"
        )
    if not register.index.isin(assignment.units).any():
        raise ArgumentError(
            f"population has none of the units ({assignment.units[0]}, ...); index it by unit"
        )
    table = pd.DataFrame({"assigned": assignment.by_unit.astype(float), "register": register})
    table["difference"] = table["assigned"] - table["register"]
    table["percent"] = 100 * table["difference"] / table["register"].where(table["register"] > 0)
    table.index.name = assignment.units.name
    return table


def _by_code(code: NDArray[np.object_], ids: pd.Index) -> tuple[_Places, list[tuple[str, str]]]:
    """Return the position of each point's own municipality, and the mergers that were followed."""
    at, distinct = pd.factorize(code)
    known = set(ids)
    successor = dict(mergers()[["lau_id", "successor"]].itertuples(index=False, name=None))
    units, followed = [], []
    for given in distinct:
        unit = given
        while unit not in known and unit in successor:
            unit = successor[unit]
        if unit != given and unit in known:
            followed.append((str(given), str(unit)))
        units.append(unit)
    positions = np.append(ids.get_indexer(pd.Index(units, dtype=object)), _NONE)
    return positions[at].astype(np.int32), followed
