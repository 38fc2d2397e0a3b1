"""Zones, networks and areas in a notebook: a card, a drawing, the map."""

from html import escape
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.countries.record import PLANE
from geodata.errors import NoGeometryError
from zones.extents.area import Area
from zones.extents.evidence import evidence_of
from zones.extents.resolving import as_area
from zones.maps.palette import BASE, PALETTE, mixed, numbers
from zones.maps.web.page import ZoneMap, map  # noqa: A004 - the library's name for it
from zones.measures.coverage.table import coverage
from zones.measures.reach.table import reach
from zones.model.groups import Group
from zones.model.shown import table_html
from zones.texts import LANGUAGES, check_language, phrase
from zones.wording.voice import Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["card", "explore", "geometry", "plot"]

_ROWS = (
    *("members", "members_with_evidence", "population", "population_share"),
    *("population_change", "area", "density"),
)


def card(subject: Area | Group) -> str:
    """Return figures with their years and bounds, the members or extents, and the notes."""
    if isinstance(subject, Area):
        return _figures(subject) + _members(subject)
    if not subject.extents:
        return _group(subject)
    return _group(subject) + _figures(as_area(subject))


def _figures(area: Area) -> str:
    voice = Voice(check_language(None))
    table = coverage(area) + reach(area)
    found = {one.name: one for one in table if one.key is None and one.name in _ROWS}
    rows = [
        {
            "measure": voice.name(found[name]),
            "value": voice.people(table) if name == "population" else voice.figure(found[name]),
            "bounds": voice.bounds(found[name]),
            "year": voice.year(found[name]),
        }
        for name in _ROWS
        if name in found and found[name].value is not None
    ]
    columns = ("measure", "value", "bounds", "year")
    frame = pd.DataFrame(rows, columns=list(columns))
    heads = ["cli.bounds" if name == "bounds" else f"sheets.column.{name}" for name in columns]
    frame.columns = [voice.phrase(head) for head in heads]
    title = f"{area.title(voice.lang)}: {area.extent.title(voice.lang)}"
    return table_html(frame, title, notes=[voice.text(area, note) for note in area.notes])


def _members(area: Area) -> str:
    lang = check_language(None)
    known = evidence_of(area)
    people = area.units["population"].astype(float)
    frame = pd.DataFrame(
        {
            "municipality": area.units[f"name_{lang}"],
            "region": area.units[f"region_{lang}"],
            "people": people.map(lambda one: "–" if np.isnan(one) else Voice(lang).number(one)),
            "evidence": known.map(lambda one: phrase(f"plot.{one}", lang)),
        }
    )
    heading = [phrase(f"plot.column.{name}", lang) for name in frame.columns]
    if area.data_year is not None:
        heading[2] += f" {area.data_year}"
    frame.columns = heading
    # Folded, since a zone may have a hundred members; notebooks open it without scripts.
    summary = escape(repr(area).strip("<>"))
    table = table_html(frame, "", index=False)
    return f"<details><summary>{summary}</summary>{table}</details>"


def _group(group: Group) -> str:
    lang = check_language(None)
    words = Voice(lang)
    rows = {
        **{phrase("plot.name_in", lang, language=one): group.names.text(one) for one in LANGUAGES},
        **{
            phrase("plot.extent_of", lang, extent=extent.title(lang)): ", ".join(
                [
                    words.amount(len(extent), "municipalities"),
                    phrase("static.subtitle", lang, division=str(extent.division)),
                    extent.id,
                    *([phrase("plot.default", lang)] if extent.default else []),
                ]
            )
            for extent in group.extents
        },
        phrase("plot.known_members", lang): words.number(len(group.known_members)),
        phrase("plot.evidence_rows", lang): words.number(len(group.memberships)),
    }
    frame = pd.DataFrame({"": pd.Series(rows)})
    return table_html(frame, repr(group).strip("<>"), index=True)


def geometry(subject: Area | Group) -> gpd.GeoSeries:
    """Return the ground of an area, or of a group's default extent, a geometry a country."""
    area = as_area(subject)
    _check_geometry(area)
    shapes = area.units.geometry
    joined = {
        country: shapely.coverage_union_all(shapes[area.members(country)].to_numpy())
        for country in area.countries
    }
    return gpd.GeoSeries(joined, name="geometry", crs=shapes.crs)


def plot(
    subject: Area | Group,
    ax: "Axes | None" = None,
    *,
    evidence: bool = True,
    names: bool = False,
    **style: Any,
) -> "Axes":
    """Draw an area, or a group's default extent: what is documented full, the rest light."""
    area = as_area(subject)
    _check_geometry(area)
    lang = check_language(None)
    axes = _new_axes() if ax is None else ax
    number = numbers([area.group])[area.group.id]
    colour = style.pop("color", PALETTE[number % len(PALETTE)])
    known = evidence_of(area) if evidence else pd.Series("documented", index=area.units.index)
    fills = {"documented": colour, "extent": _lighter(colour), "former": "none"}
    drawn = {"edgecolor": BASE["group_line"], "linewidth": 0.6} | style
    for kind, fill in fills.items():
        chosen = area.units.geometry[known == kind]
        if len(chosen):
            edge = {"edgecolor": colour} if kind == "former" else {}
            chosen.plot(ax=axes, facecolor=fill, **(drawn | edge))
    if len(set(known)) > 1:
        _explain(axes, {kind: fills[kind] for kind in fills if (known == kind).any()}, colour)
    if names:
        points = area.units.geometry.representative_point()
        for name, x, y in zip(area.units[f"name_{lang}"], points.x, points.y, strict=True):
            axes.annotate(name, (x, y), ha="center", va="center", fontsize=6.5, parse_math=False)
    axes.set_aspect("equal")
    axes.set_axis_off()
    axes.set_title(f"{area.title(lang)}, {area.division}", fontsize=11, parse_math=False)
    return axes


def _new_axes() -> "Axes":
    import matplotlib.pyplot as plt  # noqa: PLC0415 - slow to load

    return plt.subplots(figsize=(5, 6.5), layout="constrained")[1]


def _lighter(colour: Any) -> str:
    from matplotlib.colors import to_hex  # noqa: PLC0415 - slow to load

    return mixed(to_hex(colour), "#ffffff", 0.65)


def _explain(axes: "Axes", fills: dict[str, Any], colour: Any) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415 - slow to load

    lang = check_language(None)
    patches = [
        Patch(facecolor=fill, edgecolor=colour, label=phrase(f"plot.{kind}", lang))
        for kind, fill in fills.items()
    ]
    axes.legend(handles=patches, loc="best", fontsize=8, frameon=False)


def explore(subject: Area | Group, **options: Any) -> ZoneMap:
    """Return the interactive map of an area or a group alone."""
    return map(subject, **({"networks": False} | options))


def _check_geometry(area: Area) -> None:
    if area.units.geometry.isna().any():
        raise NoGeometryError(
            f"there are no boundaries for the division of {area.division}: resolve "
            f"{area.group.id} in a newer year, or give boundaries= of your own (EPSG:{PLANE})"
        )
