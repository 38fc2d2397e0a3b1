"""The extents as a GeoPackage with styles that QGIS finds by itself."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import pandas as pd
import shapely

from geodata.countries import plane_of
from geodata.units import M_PER_KM
from zones.extents.area import Area
from zones.extents.evidence import evidence_of
from zones.extents.membership import memberships
from zones.extents.spine import branches, has_spine, spine_line
from zones.maps.palette import BASE, PALETTE, dash_at, numbers
from zones.maps.paper.vector import one_line
from zones.measures.coverage.table import dissolved
from zones.output import visible
from zones.reports.chapters import Chapter
from zones.texts import Language

__all__ = ["LAYERS", "write_geopackage"]

LAYERS = ("zones", "members", "spines")
_DATE = "OGR_CURRENT_DATE"
_PX_TO_MM = 0.264583


def write_geopackage(path: Path, chapters: Sequence[Chapter], *, lang: Language) -> Path:
    """Write the layers ``zones`` (dissolved), ``members`` and ``spines`` with styles, in one plane.

    The same input gives the same bytes: the date in the file is that of the division, unless
    ``OGR_CURRENT_DATE`` is set.

    Parameters
    ----------
    path
        A file that does not exist yet.
    chapters
        The extents with their figures.
    lang
        Language of the names that labels show.
    """
    plane = plane_of([code for chapter in chapters for code in chapter.area.countries])
    number = numbers([chapter.area.group for chapter in chapters])
    layers = {
        "zones": _zones(chapters, lang, plane),
        "members": _members(chapters, lang, plane),
        "spines": _spines(chapters, plane),
    }
    division = max(chapter.area.division for chapter in chapters)
    with _dated(f"{division}-01-01T00:00:00.000Z") as date:
        for name, frame in layers.items():
            frame.to_file(
                path,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                index=False,
                geometry_type="MultiLineString" if name == "spines" else "MultiPolygon",
                layer_options={"SPATIAL_INDEX": "NO"},
                dataset_options={"VERSION": "1.3"} if name == "zones" else {},
            )
        _add_styles(path, chapters, number, date)
    return path


@contextlib.contextmanager
def _dated(date: str) -> Iterator[str]:
    """Let GDAL write this date for that of the day."""
    import pyogrio  # noqa: PLC0415 - geopandas loads it when it writes

    before = pyogrio.get_gdal_config_option(_DATE)
    date = os.environ.get(_DATE) or (str(before) if before else date)
    pyogrio.set_gdal_config_options({_DATE: date})
    try:
        yield date
    finally:
        pyogrio.set_gdal_config_options({_DATE: before})


def _zones(chapters: Sequence[Chapter], lang: Language, plane: object) -> gpd.GeoDataFrame:
    """Return a row a group and country: the two countries' layers overlap, and are not united."""
    rows = []
    for chapter in chapters:
        area = chapter.area
        for country in area.countries:
            members, people, surface = (
                chapter.table.get(name, country) for name in ("members", "population", "area")
            )
            rows.append(
                {
                    **_keys(chapter),
                    "country": country,
                    "name": one_line(area.group.short_names.text(lang), 200),
                    "name_fi": one_line(area.group.names.fi, 200),
                    "name_sv": area.group.names.sv,
                    "name_en": area.group.names.en,
                    "division": area.division,
                    "members": members.value,
                    "population": people.value,
                    "population_year": people.year if people.value is not None else None,
                    "area_km2": surface.value,
                    "area_low": surface.low,
                    "area_high": surface.high,
                    "geometry": dissolved(area.moved_to(plane), country),
                }
            )
    frame = gpd.GeoDataFrame(rows, crs=plane)
    whole = dict.fromkeys(("members", "population", "population_year", "division"), "Int64")
    areas = dict.fromkeys(("area_km2", "area_low", "area_high"), float)
    return frame.astype({**whole, **areas})


def _keys(chapter: Chapter) -> dict[str, Any]:
    group, extent = chapter.area.group, chapter.area.extent
    return {"group": group.id, "kind": group.kind, "extent": extent.id}


def _members(chapters: Sequence[Chapter], lang: Language, plane: object) -> gpd.GeoDataFrame:
    frames = []
    for chapter in chapters:
        units = chapter.area.units
        columns = [c for c in units.columns if c.startswith(("name_", "region"))]
        frame = gpd.GeoDataFrame(
            units[["country", *columns, "population"]].assign(
                **_keys(chapter),
                evidence=evidence_of(chapter.area),
                period=_periods(chapter.area),
            ),
            geometry=[
                shapely.MultiPolygon(list(shapely.get_parts(shape))) for shape in units.geometry
            ],
            crs=units.crs,
        ).to_crs(plane)
        frame.insert(0, "lau_id", units.index.astype(str))
        frame.insert(1, "name", units.get(f"name_{lang}", units.index.to_series()))
        frames.append(frame)
    joined = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=frames[0].crs)
    return joined.astype({"population": "Int64"})


def _periods(area: Area) -> pd.Series:
    """Return when each unit was a member, as its evidence says it."""
    rows = memberships(area.group)
    by_unit = rows.dropna(subset="period").groupby(level=0)["period"].unique()
    return by_unit.map(lambda periods: ", ".join(sorted(periods))).reindex(area.units.index)


def _spines(chapters: Sequence[Chapter], plane: object) -> gpd.GeoDataFrame:
    rows = [
        {
            **_keys(chapter),
            "branch": branch,
            "length_km": round(line.length / M_PER_KM, 3),
            "geometry": shapely.MultiLineString([line]),
        }
        for chapter in chapters
        if has_spine(chapter.area.group)
        for moved in [chapter.area.moved_to(plane)]
        for branch, line in [(None, spine_line(moved)), *branches(moved).items()]
    ]
    columns = ["group", "kind", "extent", "branch", "length_km", "geometry"]
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=plane)
    return frame.astype({"branch": object, "length_km": float})


def _add_styles(
    path: Path, chapters: Sequence[Chapter], number: Mapping[str, int], date: str
) -> None:
    """Add the table that QGIS reads styles from (``layer_styles``)."""
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
            "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
            "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
            "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
            "update_time DATETIME)"
        )
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
            (date,),
        )
        database.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
            "ui, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '', '', ?)",
            [(layer, layer, _qml(layer, chapters, number), date) for layer in LAYERS],
        )


def _qml(layer: str, chapters: Sequence[Chapter], number: Mapping[str, int]) -> str:
    """Return the style of a layer: a category a group, and labels from the names."""
    kind = "line" if layer == "spines" else "fill"
    groups = list(dict.fromkeys(chapter.id for chapter in chapters))
    names = {chapter.id: chapter.area.group.short_names.fi for chapter in chapters}
    categories = "".join(
        f'<category render="true" symbol="{rank}" value={quoteattr(visible(group))} '
        f'label={quoteattr(one_line(names[group], 80))} type="string"/>'
        for rank, group in enumerate(groups)
    )
    symbols = "".join(
        f'<symbol name="{rank}" type="{kind}" alpha="1" clip_to_extent="1">'
        f"{_symbol(layer, number[group])}</symbol>"
        for rank, group in enumerate(groups)
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">'
        '<renderer-v2 type="categorizedSymbol" attr="group" symbollevels="0" '
        f'enableorderby="0" forceraster="0"><categories>{categories}</categories>'
        f"<symbols>{symbols}</symbols></renderer-v2>{_labels(layer)}</qgis>"
    )


def _symbol(layer: str, number: int) -> str:
    colour = PALETTE[number % len(PALETTE)]
    if layer == "members":
        options = {
            "color": _rgb(colour, 128),
            "outline_color": _rgb(BASE["group_line"]),
            "outline_style": "solid",
            "outline_width": "0.2",
            "style": "solid",
        }
        return _layer("SimpleFill", options)
    if layer == "spines":
        casing = {"line_color": _rgb(BASE["casing"]), "line_width": "1.2", "capstyle": "round"}
        line = {"line_color": _rgb(colour), "line_width": "0.6", "capstyle": "round"}
        return _layer("SimpleLine", casing) + _layer("SimpleLine", line)
    dash = dash_at(number)
    casing = {"line_color": _rgb(BASE["casing"]), "line_width": "1.6", "joinstyle": "round"}
    line = {
        "line_color": _rgb(colour),
        "line_width": "0.8",
        "joinstyle": "round",
        "capstyle": "round" if dash and dash[0] < 1 else "flat",
        "use_custom_dash": "1" if dash else "0",
        "customdash": ";".join(f"{step * _PX_TO_MM:.2f}" for step in dash or (5, 2)),
        "customdash_unit": "MM",
    }
    return _layer("SimpleLine", casing) + _layer("SimpleLine", line)


def _layer(kind: str, options: Mapping[str, str]) -> str:
    inside = "".join(
        f'<Option name="{name}" type="QString" value={quoteattr(value)}/>'
        for name, value in options.items()
    )
    return (
        f'<layer class="{kind}" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{inside}</Option></layer>'
    )


def _labels(layer: str) -> str:
    if layer == "spines":
        return ""
    size = "11" if layer == "zones" else "7"
    weight = "75" if layer == "zones" else "50"
    scale = "" if layer == "zones" else ' scaleVisibility="1" scaleMin="2000000" scaleMax="1"'
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        f'<text-style fieldName="name" fontSize="{size}" fontSizeUnit="Point" '
        f'fontWeight="{weight}" textColor="{_rgb(BASE["ink"])}" isExpression="0">'
        '<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" '
        'bufferColor="253,253,251,255"/></text-style>'
        f'<rendering{scale} obstacle="1"/></settings></labeling>'
    )


def _rgb(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
