"""Municipality boundaries from a user's file, checked and made like the bundled ones."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import countries
from geodata.boundaries.checking import check_boundaries
from geodata.boundaries.columns import (
    MOST_MUNICIPALITIES,
    SURFACES,
    Columns,
    column_of_codes,
    recognise,
    refuse_broken_names,
)
from geodata.boundaries.placing import place
from geodata.countries.record import LANGUAGES
from geodata.coverages.polygons import are_polygons, as_multipolygons, as_polygons
from geodata.errors import CoverageError, FileFormatError, IdentifierError, YearError
from geodata.files.spatial import read_spatial
from geodata.messages import ROW, did_you_mean, listed, named_rows, spans
from geodata.register.divisions import (
    YEARS,
    checked_country,
    division_with,
    municipality_register,
    whole_year,
)
from geodata.register.faults import Fault
from geodata.register.identifiers import find_faults, parse_ids
from geodata.register.names import label_of

__all__ = ["as_boundaries", "read_boundaries"]

_log = logging.getLogger(__name__)

_LISTED = 10
_ROWS_LISTED = 3
_SAMPLE = 100
# Boundaries older than the register are read too, yet not of any number.
_PLAUSIBLE = (1850, 2200)


def read_boundaries(
    path: str | Path,
    *,
    code: str | None = None,
    name: str | None = None,
    year: int | None = None,
    country: str | None = None,
    layer: str | None = None,
    crs: object = None,
    integer_codes: bool = False,
    partial: bool = False,
    check: bool = True,
) -> gpd.GeoDataFrame:
    """Read municipality boundaries from a file.

    Known by their columns are Statistics Finland's layers (``kunta``, ``nimi``, ``namn``), the
    land survey's division (``NATCODE``, ``NAMEFIN``, ``NAMESWE``; its polygons include the sea,
    so areas and densities differ from those of land and inland water), Eurostat's GISCO LAU
    (``GISCO_ID``, ``LAU_NAME``, ``CNTR_CODE``) and Statistics Sweden's. Rows of other countries,
    and of Swedish counties other than Norrbotten and Västerbotten, are left out.

    Parameters
    ----------
    path
        GeoPackage, GeoParquet, GeoJSON, TopoJSON, FlatGeobuf or Shapefile (also zipped).
    code, name
        The columns of codes and names, where they are not recognised. Names may serve as codes.
    year
        The year of the division. Default: what the file says, or the newest whose
        municipalities are those of the file.
    country
        ``"FI"`` or ``"SE"`` to take only that one.
    layer
        The layer, where the file has several.
    crs
        The CRS of the coordinates, where the file does not say it or says it wrong.
    integer_codes
        Accept codes that are whole numbers, and fill up their leading zeros.
    partial
        Accept a file that has only some of a country's municipalities.
    check
        False to read a file whose polygons are at fault, in order to look at it with
        `geodata.check_coverage` or to repair it.

    Returns
    -------
    geopandas.GeoDataFrame
        Like `geodata.municipalities`: indexed by `lau_id`, in the plane of its countries, with the
        register's names and regions of the year; where the file states them, ``land_km2``,
        ``inland_water_km2`` and ``sea_km2``.

    Raises
    ------
    FileFormatError
        The file cannot be read, or its columns, names or coordinates are not as they should be.
    IdentifierError
        Codes that are numbers, unknown, missing or given twice; all of them are listed.
    CoverageError
        Invalid polygons, overlaps, gaps or ground that is left out; all of them are listed with
        their places.

    Examples
    --------
    >>> frame = read_boundaries("LAU_RG_01M_2023_3035.gpkg", year=2023)  # doctest: +SKIP
    >>> frame.loc[["FI_091", "SE_2580"], "name_sv"].tolist()  # doctest: +SKIP
    ['Helsingfors', 'Luleå']
    """
    found = as_boundaries(
        read_spatial(path, layer=layer),
        code=code,
        name=name,
        year=year,
        country=country,
        crs=crs,
        integer_codes=integer_codes,
        partial=partial,
        check=check,
        source=str(path),
    )
    found.attrs["source"] = Path(path).name
    return found


def as_boundaries(
    frame: gpd.GeoDataFrame,
    *,
    code: str | None = None,
    name: str | None = None,
    year: int | None = None,
    country: str | None = None,
    crs: object = None,
    integer_codes: bool = False,
    partial: bool = False,
    check: bool = True,
    source: str = "the frame",
) -> gpd.GeoDataFrame:
    """Make a frame of polygons like the bundled municipalities; see `read_boundaries`.

    Parameters
    ----------
    frame
        One row a municipality.
    code, name, year, country, crs, integer_codes, partial, check
        As in `read_boundaries`.
    source
        What to call the frame in messages.

    Examples
    --------
    >>> import geodata
    >>> bundled = geodata.municipalities(2026)
    >>> as_boundaries(bundled[["geometry"]]).equals(bundled)
    True
    """
    checked_country(country, both=True)
    if not isinstance(frame, gpd.GeoDataFrame) or frame.active_geometry_name is None:
        raise FileFormatError(
            f"{source}: a GeoDataFrame with polygons and their codes was expected, a "
            f"{type(frame).__name__} came without; see geodata.read_boundaries for files"
        )
    if year is not None:
        year = whole_year(year)
        if not _PLAUSIBLE[0] <= year <= _PLAUSIBLE[1]:
            raise YearError(f"year={year} is of no boundaries: give that of the division")
    if frame.index.name not in (None, ROW):
        frame = frame.reset_index(drop=frame.index.name in frame.columns)
    columns = recognise(frame, code=code, name=name, source=source)
    codes = column_of_codes(frame, columns, integer_codes=integer_codes, source=source)
    ours = _ours(codes, country)
    if not ours.any():
        wanted = country or " or ".join(countries.codes())
        raise FileFormatError(
            f"{source}: no row of {wanted} in column {columns.code!r} (found "
            f"{', '.join(str(value) for value in codes.head(3))}); give code=, name= or country="
        )
    if not ours.all():
        _log.info("%s: %d rows of other places are left out", source, int((~ours).sum()))
    frame, codes = frame[ours], codes[ours]
    if not codes.index.is_unique:
        codes = codes.set_axis(pd.RangeIndex(len(codes)))
    _refuse_foreign(codes, columns, source)
    refuse_broken_names(frame, columns, source=source)
    if year is None:
        year = _division(frame, codes, columns, country, source)
    ids = _identified(codes, year, country, columns, partial=partial, source=source)
    shapes = _polygons(frame.geometry, ids, source)
    placed = place(shapes, crs=crs, source=source)
    if check:
        _check(placed, source)
    found = _with_register(placed, frame.set_axis(ids), columns, year)
    found.attrs["checked"] = check
    return found


def _ours(codes: pd.Series, country: str | None) -> pd.Series:
    """Mark the rows that the register can know; those that only look wrong stay in."""
    text = codes.astype("string").str.strip().str.upper().fillna("")
    land = text.str.extract(r"^([A-Z]{2})[_ ]?[0-9A-Z]", expand=False)
    digits = text.str.extract(r"(\d+)$", expand=False).fillna("")
    known = countries.countries()
    begins = {begin: record.code for record in known for begin in (record.code, *record.prefixes)}
    by_length = {record.digits: record.code for record in reversed(known) if record.digits}
    of = land.map(begins).where(land.notna(), digits.str.len().map(by_length))
    if country is not None and countries.country(country).digits is None:
        # Where codes have no fixed length, bare ones are of the country that is named.
        of = of.where(land.notna(), country)
    # A name has no digits: it may be of any country.
    elsewhere = land.notna() & ~land.isin(list(begins))
    elsewhere &= (digits != "") | text.str.contains("^[A-Z]{2}_")
    for record in known:
        begin = digits.str.extract(f"^({'|'.join(record.elsewhere) or '(?!)'})", expand=False)
        elsewhere |= (of == record.code) & begin.notna()
    if country is not None:
        written = (digits != "") | text.str.contains("^[A-Z]{2}_")
        elsewhere |= written & (of.fillna(countries.home().code) != country)
    return ~elsewhere.fillna(value=False).astype(bool)


def _refuse_foreign(codes: pd.Series, columns: Columns, source: str) -> None:
    """Raise where a layer has more rows than we have municipalities, and none of some is ours."""
    if len(codes) <= MOST_MUNICIPALITIES:
        return
    some = codes.iloc[:: len(codes) // _SAMPLE]
    if sum(len(fault.rows) for fault in find_faults(some)) == len(some):
        found = ", ".join(str(value) for value in codes.head(3))
        raise FileFormatError(
            f"{source}: the {len(codes):,} rows of column {columns.code!r} ({found}, ...) are no "
            "municipalities known here; give a layer of these, or code= another column"
        )


def _division(
    frame: gpd.GeoDataFrame, codes: pd.Series, columns: Columns, country: str | None, source: str
) -> int:
    """Return the year that the file says, or the newest that has its municipalities."""
    if columns.year is not None:
        stated = pd.to_numeric(frame[columns.year], errors="coerce").dropna().unique()
        said = f"{source}: column {columns.year!r}"
        if len(stated) > 1:
            years = ", ".join(f"{value:.0f}" for value in sorted(stated))
            raise FileFormatError(f"{said} has several years ({years}); keep the rows of one")
        if len(stated) == 1:
            if _PLAUSIBLE[0] <= stated[0] <= _PLAUSIBLE[1]:
                return int(stated[0])
            raise FileFormatError(
                f"{said} says {stated[0]:.0f}, which is no year; give year= that of the division"
            )
    known = frozenset(_read(codes, None, country)[0])
    return max(YEARS, key=lambda at: (-len(known ^ division_with(known, at)), at))


def _identified(
    codes: pd.Series,
    year: int,
    country: str | None,
    columns: Columns,
    *,
    partial: bool,
    source: str,
) -> pd.Index:
    """Return the ids, or raise with everything that is wrong with them."""
    within = year if year in YEARS else None
    good, bad = _read(codes, within, country)
    faults = [
        f"{named_rows(fault.rows, of=codes.index, most=_ROWS_LISTED)}: {fault.value!r} "
        + fault.reason
        + did_you_mean(fault.suggestions[:1])
        for fault in bad[:_LISTED]
    ]
    if len(bad) > _LISTED:
        faults.append(f"and {len(bad) - _LISTED} more unknown codes")
    twice = good[good.duplicated()].unique()
    if len(twice):
        faults.append(
            f"given twice: {_units(twice)} (if they are parts of one municipality, dissolve them)"
        )
    lacking = set() if partial or within is None else set(division_with(good, year)) - set(good)
    if lacking:
        faults.append(
            f"missing: {_units(sorted(lacking))} (partial=True accepts a part of the country)"
        )
    if faults:
        fitting = _fitting_years(codes, country)
        other = f". The codes are those of {fitting}: give year=" if fitting else ""
        raise IdentifierError(
            f"{source}: column {columns.code!r} is not the division of {year}: "
            f"{'; '.join(faults)}{other}"
        )
    ids: pd.Index = pd.Index(good.to_numpy(), name="lau_id")
    return ids


def _read(
    codes: pd.Series, year: int | None, country: str | None
) -> tuple[pd.Series, tuple[Fault, ...]]:
    """Return the ids of the codes that can be read, and what is wrong with the others."""
    faults = find_faults(codes, year=year, country=country)
    rows = [row for fault in faults for row in fault.rows]
    return parse_ids(codes[~codes.index.isin(rows)], year=year, country=country), faults


def _fitting_years(codes: pd.Series, country: str | None) -> str:
    ids, faults = _read(codes, None, country)
    if faults or ids.duplicated().any():
        return ""
    return spans(at for at in YEARS if frozenset(ids) == division_with(ids, at))


def _polygons(geometry: gpd.GeoSeries, ids: pd.Index, source: str) -> gpd.GeoDataFrame:
    shapes = as_polygons(geometry.to_numpy())
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    other = ~absent & ~are_polygons(shapes)
    corners, of = shapely.get_coordinates(shapes, return_index=True)
    endless = np.isin(np.arange(len(shapes)), of[~np.isfinite(corners).all(axis=1)])
    if other.any() and (other | absent).all():
        kinds = listed(sorted({shape.geom_type for shape in shapes[other]}))
        raise FileFormatError(
            f"{source}: its shapes are of the kind {kinds}, and every municipality needs a "
            "polygon; give a layer of polygons, in QGIS made of lines by Vector, Geometry Tools"
        )
    faults = [f"{label_of(unit)} has no polygon" for unit in ids[absent]]
    faults += [
        f"{label_of(unit)} is a {shape.geom_type}"
        for unit, shape in zip(ids[other], shapes[other], strict=True)
    ]
    faults += [f"{label_of(unit)} has a corner that is no number" for unit in ids[endless]]
    if faults:
        raise FileFormatError(
            f"{source}: every municipality needs a polygon: "
            f"{listed(faults, most=_LISTED, mark='; ')}; correct the file"
        )
    frame = gpd.GeoDataFrame(geometry=shapely.force_2d(shapes), index=ids, crs=geometry.crs)
    return frame.sort_index()


def _check(placed: gpd.GeoDataFrame, source: str) -> None:
    """Raise for what would make a figure wrong."""
    faults = [fault.message for fault in check_boundaries(placed).fatal]
    if faults:
        raise CoverageError(
            f"{source}: the polygons are no coverage (places in {placed.crs.to_string()}): "
            f"{listed(faults, most=_LISTED, mark='; ')}. "
            "Correct the file, or read it with check=False and see geodata.repair_coverage"
        )


def _with_register(
    placed: gpd.GeoDataFrame, given: gpd.GeoDataFrame, columns: Columns, year: int
) -> gpd.GeoDataFrame:
    """Join names and regions of the year; beyond the register only the file's names are known."""
    lands = countries.in_order(placed.index)
    at = year if year in YEARS else max(YEARS)
    register = pd.concat([municipality_register(at, country=land) for land in lands])
    table = register.reindex(placed.index)
    if year not in YEARS:
        table.loc[:, table.columns != "country"] = None
        table["country"] = placed.index.str.partition("_").get_level_values(0)
        for language, source in zip(LANGUAGES, columns.names, strict=False):
            table[f"name_{language}"] = given[source].reindex(placed.index)
    for column in given.columns:
        if (name := SURFACES.get(str(column).casefold())) is not None:
            surface = pd.to_numeric(given[column], errors="coerce").astype(float)
            table[name] = surface.reindex(placed.index)
    return gpd.GeoDataFrame(table, geometry=as_multipolygons(placed.geometry), crs=placed.crs)


def _units(units: Iterable[str]) -> str:
    return listed(map(label_of, units), most=_LISTED, mark="; ")
