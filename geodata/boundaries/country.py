"""A country from a file of polygons: any layer of municipalities with codes and names."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from geodata.countries import ANY_CODE, Country
from geodata.countries.names import named
from geodata.countries.record import LANGUAGES, PLANE_OF_EUROPE, POINT_INSIDE
from geodata.coverages.check import check_coverage
from geodata.coverages.polygons import are_polygons, as_multipolygons, as_polygons
from geodata.errors import ArgumentError, CoverageError, FileFormatError, IdentifierError
from geodata.files.spatial import read_spatial
from geodata.messages import listed
from geodata.register.divisions import TEXT
from geodata.units import M_PER_KM

__all__ = ["as_country", "column_of_countries", "columns_of", "read_country"]

_log = logging.getLogger(__name__)

_LETTERS = re.compile("[A-Z]{2}")
_PEOPLE = re.compile(r"pop_?(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CODES = ("gisco_id", "lau_id", "lau_code", "municipality_code", "code", "id")
_NAMES = ("lau_name", "name", "municipality_name", "name_en")
_COUNTRY = ("cntr_code", "cntr_id", "country")
_LISTED = 10
# As where boundaries are read: a gap of exactly a metre is to be found.
_GAP_WIDTH_M = 1.001


def read_country(
    path: str | Path,
    *,
    code: str,
    id_column: str | None = None,
    name_column: str | None = None,
    people_column: str | Mapping[str, int] | None = None,
    called: str | None = None,
    layer: str | None = None,
    crs: object = None,
    whole: bool = True,
    error_m: float | None = None,
    credit: str | None = None,
    check: bool = True,
) -> Country:
    """Make a country of a file of its municipalities.

    Codes and names are enough; people come from columns called as in Eurostat's layer
    (``POP_2023``), where the file has them, or from the one given. Codes stay as the file writes
    them, letters and all, whole numbers too, and stand after the country's letters:
    ``NO_0301``, ``DE_09162000``, ``FR_75056``. Such a country has no history: its municipalities
    are those of the file in every year. Points inside of municipalities stand in for centres, and
    there are no regions; figures say so.

    Parameters
    ----------
    path
        GeoPackage, GeoParquet, GeoJSON, TopoJSON, FlatGeobuf or Shapefile (also zipped).
    code
        The country's two letters, such as ``"NO"``. Rows of other countries are left out, where a
        column (``CNTR_CODE``) says of which they are.
    id_column, name_column
        The columns of codes and names, where they are not called as in Eurostat's layer.
    people_column
        The column of people, where it is not called so: a name with its year (``"folk 2023"``), or
        several with theirs (``{"Einwohner": 2023}``).
    called
        What to call the country, or the part of it that the file holds, in all languages.
    layer
        The layer, where the file has several.
    crs
        The CRS in which areas and distances are computed, in metres; EPSG:3035 by default, in
        which areas are exact all over Europe, and distances off by what a note says.
    whole
        Whether the file has all its municipalities, so that shares of the country mean something.
    error_m
        How far the borders stray, in metres at 90 %: about the width of a line at their scale.
        Without it areas have no bounds.
    credit
        The line to credit; the name of the file by default.
    check
        False to take polygons as they are, even where they overlap or leave gaps. Figures then
        say what is wrong with them.

    Returns
    -------
    geodata.countries.Country
        For `geodata.use_countries`, or ``countries=`` of `zones.area` and `zones.map`.

    Raises
    ------
    FileFormatError
        The file cannot be read, has no such columns, no CRS, or a row without a polygon; or it
        lies outside of Europe, and `crs` is not given.
    IdentifierError
        Codes that are missing, given twice, numbers that are not whole, or hold other signs
        than letters, digits and ``. _ -``.
    CoverageError
        Polygons that are invalid, overlap or leave gaps; all are listed.
    ArgumentError
        `code` is not two capital letters, or `crs` is not in metres.

    Examples
    --------
    >>> norway = read_country("norway.gpkg", code="NO", id_column="nr")  # doctest: +SKIP
    >>> zones.area(["NO_0301", "NO_3201"], countries=norway)  # doctest: +SKIP
    """
    return as_country(
        read_spatial(path, layer=layer),
        code=code,
        id_column=id_column,
        name_column=name_column,
        people_column=people_column,
        called=called,
        crs=crs,
        whole=whole,
        error_m=error_m,
        credit=credit or Path(path).name,
        check=check,
        source=str(path),
    )


def as_country(
    frame: gpd.GeoDataFrame,
    *,
    code: str,
    id_column: str | None = None,
    name_column: str | None = None,
    people_column: str | Mapping[str, int] | None = None,
    called: str | None = None,
    crs: object = None,
    whole: bool = True,
    error_m: float | None = None,
    credit: str | None = None,
    check: bool = True,
    source: str = "the frame",
) -> Country:
    """Make a country of a frame of its municipalities; see `read_country`.

    Parameters
    ----------
    frame
        A row a municipality.
    code, id_column, name_column, people_column, called, crs, whole, error_m, credit, check
        As in `read_country`.
    source
        What to call the frame in messages.

    Examples
    --------
    >>> squares = gpd.GeoDataFrame(
    ...     {"code": ["A1", "A2"], "name": ["Up", "Down"], "POP_2023": [100, -9999]},
    ...     geometry=[shapely.box(0, 0, 1e4, 1e4), shapely.box(1e4, 0, 2e4, 1e4)], crs=25832,
    ... )
    >>> record = as_country(squares, code="XX", crs=25832)
    >>> record.units(2026)["name_en"].to_dict()
    {'XX_A1': 'Up', 'XX_A2': 'Down'}
    >>> record.people()[2023].tolist()
    [100, <NA>]
    """
    if not isinstance(code, str) or not _LETTERS.fullmatch(code):
        raise ArgumentError(f"code={code!r} is no country: give its two letters, such as 'NO'")
    if not isinstance(frame, gpd.GeoDataFrame) or frame.active_geometry_name is None:
        raise FileFormatError(
            f"{source}: a GeoDataFrame with polygons and their codes was expected, a "
            f"{type(frame).__name__} came without"
        )
    rows = _of_country(frame, code, source)
    ids = _ids(rows, code, id_column, source)
    names = rows[_column(rows, name_column, _NAMES, ("names", "name_column"), source)]
    nameless = names.isna().to_numpy() | (names.astype("string").str.strip() == "").to_numpy()
    if nameless.any():
        raise FileFormatError(f"{source}: no name for {listed(ids[nameless])}; give each its name")
    plane = _plane(rows, crs, source)
    polygons = _polygons(rows, ids, plane, source)
    if check:
        _check(polygons, source)
    units = pd.DataFrame(
        {f"name_{lang}": names.astype(str).str.strip().to_numpy() for lang in LANGUAGES}, index=ids
    ).sort_index()
    people, line = _people(rows, ids, people_column, source), credit or source
    _log.info("%s: %d municipalities of %s", source, len(units), code)
    called_so, genitives, parts = named(code, called)
    return Country(
        code=code,
        names=called_so,
        genitives=genitives,
        parts=parts,
        language="en",
        whole=whole,
        digits=None,
        unknown=f"is not one of the {len(units)} municipalities of {called_so['en']} in {source}",
        units=lambda _: units,
        polygons=lambda: polygons,
        border_error_km=None if error_m is None else error_m / M_PER_KM,
        people=lambda: people,
        seats=functools.cache(lambda: _inside(polygons, units)),
        crs={epsg: plane.name} if (epsg := plane.to_epsg()) else {},
        line=lambda _: line,
        given=True,
        checked=check,
        plane=epsg or plane.to_wkt(),
    )


def _column(
    frame: pd.DataFrame, given: str | None, usual: Iterable[str], what: tuple[str, str], source: str
) -> str:
    present = {str(name).casefold(): str(name) for name in frame.columns}
    if given is not None and given in present.values():
        return given
    found = [present[name] for name in usual if name in present]
    if given is None and found:
        return found[0]
    shown = columns_of(frame)
    if given is not None:
        raise FileFormatError(f"{source}: no column {given!r}; it has {shown}")
    called, argument = what
    raise FileFormatError(
        f"{source}: no column of {called} is recognised; it has {shown}: give {argument}= one of "
        "these"
    )


def columns_of(frame: pd.DataFrame) -> str:
    """Return the names of the columns but that of the polygons, for a message."""
    return listed([str(name) for name in frame.columns if name != "geometry"], most=50) or "none"


def column_of_countries(frame: pd.DataFrame) -> str | None:
    """Return the column that says of which country a row is, if there is one."""
    present = {str(name).casefold(): str(name) for name in frame.columns}
    return next((present[name] for name in _COUNTRY if name in present), None)


def _of_country(frame: gpd.GeoDataFrame, code: str, source: str) -> gpd.GeoDataFrame:
    if (column := column_of_countries(frame)) is None:
        return frame
    rows = frame[frame[column].astype("string").eq(code).fillna(value=False)]
    if rows.empty:
        held = listed(sorted(set(frame[column].dropna().astype(str))), most=50)
        raise FileFormatError(f"{source}: no row of {code} in column {column!r}, which has {held}")
    return rows


def _ids(rows: pd.DataFrame, code: str, column: str | None, source: str) -> pd.Index:
    """Return the codes after the letters, or raise with all that is wrong with them."""
    column = _column(rows, column, _CODES, ("codes", "id_column"), source)
    values = rows[column]
    if pd.api.types.is_numeric_dtype(values):
        if values.isna().any() or (values % 1 != 0).any():
            raise IdentifierError(
                f"{source}: column {column!r} holds numbers that are missing or not whole, and no "
                "codes; save it as text"
            )
        # As the file writes them: zeros in front, if a country has them, it does not know either.
        values = values.astype("int64")
    texts = values.astype("string").str.strip().fillna("")
    bare = texts.str.removeprefix(f"{code}_")
    good = bare.str.fullmatch(ANY_CODE).to_numpy(dtype=bool)
    faults = [f"{value!r} is no code" for value in texts[~good].unique()]
    faults += [f"{value!r} is given twice" for value in bare[bare.duplicated() & good].unique()]
    if faults:
        raise IdentifierError(
            f"{source}: column {column!r}: {listed(faults, most=_LISTED, mark='; ')}; give each "
            "municipality one code of letters and digits (parts of one: dissolve them)"
        )
    ids: pd.Index = pd.Index((f"{code}_" + bare).astype(TEXT), name="lau_id")
    return ids


def _plane(rows: gpd.GeoDataFrame, crs: object, source: str) -> pyproj.CRS:
    """Return the CRS to compute in: the one given, else Europe's where the rows lie in it."""
    if rows.crs is None:
        raise FileFormatError(
            f"{source}: has no CRS: set that of its coordinates, in QGIS or with set_crs(4326), "
            "and save it"
        )
    try:
        plane = pyproj.CRS.from_user_input(PLANE_OF_EUROPE if crs is None else crs)
    except pyproj.exceptions.CRSError as fault:
        raise ArgumentError(f"crs={crs!r} is not a CRS ({fault})") from fault
    if not plane.is_projected or any(axis.unit_name != "metre" for axis in plane.axis_info):
        raise ArgumentError(
            f"crs={crs!r} is not in metres: give a projected CRS such as {PLANE_OF_EUROPE}"
        )
    if crs is None and (use := plane.area_of_use) is not None:
        boxes = rows.geometry.to_crs(4326).bounds
        lon, lat = (boxes.minx + boxes.maxx).median() / 2, (boxes.miny + boxes.maxy).median() / 2
        if not (use.west <= lon <= use.east and use.south <= lat <= use.north):
            raise FileFormatError(
                f"{source}: lies around longitude {lon:.4g}, latitude {lat:.4g}, outside of Europe "
                f"and EPSG:{PLANE_OF_EUROPE}; give crs= a plane in metres that is made for it"
            )
    return plane


def _polygons(
    rows: gpd.GeoDataFrame, ids: pd.Index, plane: pyproj.CRS, source: str
) -> gpd.GeoSeries:
    shapes = as_polygons(rows.geometry.to_numpy())
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    bad = absent | ~are_polygons(shapes)
    if bad.any():
        raise FileFormatError(f"{source}: no polygon of {listed(ids[bad], most=_LISTED)}")
    placed = gpd.GeoSeries(shapely.force_2d(shapes), index=ids, crs=rows.crs).to_crs(plane)
    endless = ~np.isfinite(placed.bounds.to_numpy()).all(axis=1)
    if endless.any():
        raise FileFormatError(
            f"{source}: {listed(ids[endless], most=_LISTED)} cannot be brought to {plane.name}: "
            "give crs= a plane that is made for all of them"
        )
    whole = gpd.GeoSeries(as_multipolygons(placed), index=ids, crs=plane, name="geometry")
    return whole.sort_index()


def _check(polygons: gpd.GeoSeries, source: str) -> None:
    report = check_coverage(polygons.to_frame(), gap_width=_GAP_WIDTH_M)
    faults = [fault.message for fault in report.faults if fault.fatal]
    if faults:
        raise CoverageError(
            f"{source}: the polygons are no coverage (places in {polygons.crs.name}): "
            f"{listed(faults, most=_LISTED, mark='; ')}. Correct the file, or give check=False, "
            "and figures say what is wrong"
        )


def _people(
    rows: pd.DataFrame, ids: pd.Index, given: str | Mapping[str, int] | None, source: str
) -> pd.DataFrame:
    found: dict[int, pd.Series] = {}
    for column, year in _people_columns(rows, given, source).items():
        figures = pd.to_numeric(rows[column], errors="coerce")
        if given is not None and figures.isna().all():
            raise FileFormatError(f"{source}: column {column!r} holds no number of people")
        known = figures.where(figures >= 0).round()
        found[year] = pd.Series(known.to_numpy(), index=ids).astype("Int64")
    table = pd.DataFrame(dict(sorted(found.items())), index=ids)
    return table.rename_axis("year", axis="columns").sort_index()


def _people_columns(
    rows: pd.DataFrame, given: str | Mapping[str, int] | None, source: str
) -> dict[str, int]:
    """Return the columns of people with their years: those given, or those called as usual."""
    if given is None:
        matches = ((str(column), _PEOPLE.fullmatch(str(column))) for column in rows.columns)
        return {column: int(match[1]) for column, match in matches if match}
    if isinstance(given, str):
        _column(rows, given, (), ("people", "people_column"), source)
        years = _YEAR.findall(given)
        if len(years) != 1:
            raise ArgumentError(
                f"people_column={given!r} does not say of which year its people are: give it with "
                f"the year, such as people_column={{{given!r}: 2023}}"
            )
        return {given: int(years[0])}
    return {
        _column(rows, column, (), ("people", "people_column"), source): year
        for column, year in given.items()
    }


def _inside(polygons: gpd.GeoSeries, units: pd.DataFrame) -> gpd.GeoDataFrame:
    columns = {"name": units["name_en"], "source": POINT_INSIDE}
    points = shapely.point_on_surface(polygons.to_numpy())
    return gpd.GeoDataFrame(columns, index=polygons.index, geometry=points, crs=polygons.crs)
