"""The map inside a printed sheet: backdrop, municipalities, groups, spines, names."""

import functools
import math
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.backdrop import GROUND, backdrop_geometry
from geodata.countries.record import PLANE
from zones.extents.spine import branches, has_spine, spine_points
from zones.maps.palette import BASE, RAMPS, class_of
from zones.maps.paper.corners import scale_bar_places
from zones.maps.paper.figures import paint_circles, paint_figures
from zones.maps.paper.scene import BRANCH_DASH, Frame, Scene, colour_of, dash_of, tint_of
from zones.maps.paper.vector import line_path, lines_path, one_line, polygon_path, stripes, waves
from zones.maps.shapes import outline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from zones.extents.area import Area
    from zones.maps.palette import Choropleth
    from zones.texts import Language

__all__ = ["lakes_in", "named", "paint", "paint_ground", "paint_names", "set_frame"]

_STEPS = 2_600
"""Detail finer than this part of the height cannot be seen on A4."""
_WAVES = 220
"""Of how many waves' distances the height is: a millimetre each on A4."""
_PX = 0.62
"""Points on paper of a pixel on the screen: A4 is read from nearer."""

Back = Literal["land", "lakes", "borders"]


def paint(axes: "Axes", scene: Scene, frame: Frame, *, names: int = 30) -> None:
    """Draw the map into axes of the frame's shape, with at most so many names."""
    paint_ground(axes, scene, frame)
    paint_names(axes, scene, named(scene, frame, names, scene.lang))


def set_frame(axes: "Axes", frame: Frame) -> None:
    """Let axes show a frame."""
    axes.set(xlim=(frame.left, frame.right), ylim=(frame.bottom, frame.top), xticks=[], yticks=[])
    axes.set_aspect("equal")


def paint_ground(axes: "Axes", scene: Scene, frame: Frame) -> None:
    """Draw everything but the names, which is the same in all languages and lies below them."""
    set_frame(axes, frame)
    # Where the backdrop does not hold all of it, what is no unit need not be sea.
    axes.set_facecolor(BASE["sea"] if _on_ground(scene, frame) else "#ffffff")
    for side in axes.spines.values():
        side.set(edgecolor="#9fb0bc", linewidth=0.7)
    _polygons(
        axes,
        _backdrop("land", scene, frame),
        BASE["land"],
        BASE["coast"],
        width=0.4,
        order=1,
    )
    _paint_units(axes, scene, frame)
    _paint_lakes(axes, scene, frame)
    _lines(
        axes,
        _backdrop("borders", scene, frame),
        BASE["border"],
        width=0.6,
        dash=(5, 4),
        order=2.3,
    )
    for area in reversed(scene.areas):
        _paint_outline(axes, scene, area, frame)
    paint_circles(axes, scene)
    for area in scene.areas:
        _paint_spine(axes, scene, area)


def _on_ground(scene: Scene, frame: Frame) -> bool:
    if scene.shapes.fine:
        return False
    plane = scene.shapes.units.crs
    if plane is None or plane.to_epsg() == PLANE:
        return True
    drawn = gpd.GeoSeries([shapely.box(*frame.box)], crs=plane).to_crs(PLANE).iloc[0]
    return bool(shapely.covers(shapely.box(*GROUND), drawn))


@functools.cache
def _backdrop_metric(layer: Back, plane: Any) -> Any:
    shapes = backdrop_geometry(layer).to_crs(plane).to_numpy()
    return shapes if layer == "borders" else shapely.make_valid(shapes)


def _backdrop(layer: Back, scene: Scene, frame: Frame) -> Any:
    if scene.shapes.fine:
        return np.array([], dtype=object)
    margin = 0.02 * frame.height
    left, bottom, right, top = frame.box
    inside = shapely.clip_by_rect(
        _backdrop_metric(layer, scene.shapes.units.crs),
        left - margin,
        bottom - margin,
        right + margin,
        top + margin,
    )
    return shapely.simplify(inside, frame.height / _STEPS)


def lakes_in(scene: Scene, frame: Frame) -> Any:
    """Return the lakes that are in sight."""
    lakes = _backdrop("lakes", scene, frame)
    return lakes[~shapely.is_empty(lakes)]


def _paint_lakes(axes: "Axes", scene: Scene, frame: Frame) -> None:
    """Draw the lakes, among classes with waves: by its fill alone a lake could be of a class."""
    lakes = lakes_in(scene, frame)
    line = BASE["wave" if scene.classed else "lake_line"]
    _polygons(axes, lakes, BASE["lake"], line, width=0.3, order=4)
    if scene.classed:
        waved = shapely.intersection(waves(frame.box, frame.height / _WAVES), lakes)
        _lines(axes, waved, line, width=0.35, dash=None, order=4.1)


def _polygons(
    axes: "Axes",
    shapes: Any,
    fill: str,
    line: str,
    *,
    width: float,
    order: float,
    alpha: float = 1,
) -> None:
    from matplotlib.colors import to_rgba  # noqa: PLC0415 - slow to load
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - slow to load

    face = "none" if fill == "none" else to_rgba(fill, alpha)
    path = polygon_path(shapes)
    if np.size(path.vertices):
        # As an artist: as a patch it would be measured, for limits that are set already.
        axes.add_artist(
            PathPatch(
                path, facecolor=face, edgecolor=line, linewidth=width,
                joinstyle="round", zorder=order,
            )
        )  # fmt: skip


def _lines(
    axes: "Axes",
    lines: Any,
    colour: str,
    *,
    width: float,
    dash: tuple[float, ...] | None,
    order: float,
) -> None:
    path = lines_path(lines)
    _stroke(axes, path, colour, width=width, dash=dash, order=order)


def _stroke(
    axes: "Axes",
    path: Any,
    colour: str,
    *,
    width: float,
    dash: tuple[float, ...] | None,
    order: float,
) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - slow to load

    if not np.size(path.vertices):
        return
    # matplotlib counts dashes in widths of the line.
    style: Any = "-" if dash is None else (0, tuple(step * _PX / width for step in dash))
    axes.add_artist(
        PathPatch(
            path, facecolor="none", edgecolor=colour, linewidth=width, linestyle=style,
            capstyle="round" if dash is None or dash[0] < 1 else "butt", joinstyle="round",
            zorder=order,
        )
    )  # fmt: skip


def _drawn_units(scene: Scene, frame: Frame) -> gpd.GeoSeries:
    """Return the units in sight, simplified as a coverage to what paper can show."""
    parts = []
    for country in scene.shapes.countries.values():
        shapes = country.geometry.to_numpy()
        simple = shapely.coverage_simplify(shapes, frame.height / _STEPS)
        inside = shapely.clip_by_rect(simple, *frame.box)
        parts.append(gpd.GeoSeries(inside, index=country.index, crs=country.crs))
    drawn = pd.concat(parts)
    return drawn[~drawn.is_empty]


def _paint_units(axes: "Axes", scene: Scene, frame: Frame) -> None:
    drawn = _drawn_units(scene, frame)
    step = frame.height / 110
    if scene.column is None and scene.view == "groups":
        _paint_groups(axes, scene, drawn, step)
        _paint_former(axes, scene, drawn)
        return
    if scene.column is not None:
        paint_figures(axes, scene.column, drawn)
    for unit, shape in drawn.items():
        areas = scene.shared.get(str(unit), [])
        if scene.column is None:
            fill, line = _filled(scene, str(unit))
            _polygons(axes, shape, fill, line, width=0.35, order=2)
        if len(areas) > 1:
            parts = stripes(shape, 2 * len(areas), step / 3)
            for area, part in zip(areas, parts[::2], strict=True):
                _polygons(axes, part, colour_of(scene, area), "none", width=0, order=2.6, alpha=0.9)


def _filled(scene: Scene, unit: str) -> tuple[str, str]:
    """Return fill and line of a unit in a view of figures; people are circles on plain land."""
    value = float(scene.figures.loc[unit])
    if scene.view == "people" or math.isnan(value):
        return BASE["unit"], BASE["unit_line"]
    view: Choropleth = scene.view  # type: ignore[assignment]
    return RAMPS[view][class_of(value, view)], BASE["group_line"]


def _paint_groups(axes: "Axes", scene: Scene, drawn: gpd.GeoSeries, step: float) -> None:
    """Fill units with the colours of their groups, the fuller, the better that is known."""
    for unit, shape in drawn.items():
        known = [(area, scene.status(area, str(unit))) for area in scene.shared.get(str(unit), [])]
        tints = [tint_of(scene, area, status) for area, status in known if status != "former"]
        if len(tints) > 1:
            for tint, part in zip(tints, stripes(shape, len(tints), step), strict=True):
                _polygons(axes, part, tint, "none", width=0, order=2.4)
            _polygons(axes, shape, "none", BASE["group_line"], width=0.45, order=2.6)
        elif tints:
            _polygons(axes, shape, tints[0], BASE["group_line"], width=0.45, order=2.5)
        else:
            _polygons(axes, shape, BASE["unit"], BASE["unit_line"], width=0.35, order=2)


def _paint_former(axes: "Axes", scene: Scene, drawn: gpd.GeoSeries) -> None:
    """Outline former members, which have no fill."""
    for area in scene.areas:
        for unit in drawn.index.intersection(scene.with_status(area, "former")):
            path = polygon_path(drawn[unit])
            _stroke(axes, path, colour_of(scene, area), width=0.9, dash=(3, 2.6), order=2.7)


def _paint_outline(axes: "Axes", scene: Scene, area: "Area", frame: Frame) -> None:
    if not len(scene.units_of(area)):
        return
    shape = (
        gpd.GeoSeries([outline(scene.shapes, area)], crs=4326)
        .to_crs(scene.shapes.units.crs)
        .iloc[0]
    )
    path = polygon_path(shapely.simplify(shape, frame.height / _STEPS))
    thin = area.group.kind == "network"
    wide = (4.4 if thin else 6.2) * _PX
    _stroke(axes, path, BASE["casing"], width=wide, dash=None, order=5)
    line = (2 if thin else 3) * _PX
    dash = dash_of(scene, area)
    _stroke(axes, path, colour_of(scene, area), width=line, dash=dash, order=5.1)


def _paint_spine(axes: "Axes", scene: Scene, area: "Area") -> None:

    group = area.group
    if group.kind != "zone" or scene.shapes.own or not has_spine(group):
        return
    points = spine_points(area.moved_to(scene.shapes.units.crs))
    axis = points[points["branch"].isna()].geometry
    runs: list[tuple[Any, tuple[float, ...] | None]] = [
        (line_path(np.column_stack([axis.x, axis.y])), None)
    ]
    runs += [
        (lines_path(line), BRANCH_DASH)
        for line in branches(area.moved_to(scene.shapes.units.crs)).values()
    ]
    for path, dash in runs:
        _stroke(axes, path, BASE["casing"], width=2.6, dash=None, order=6)
        _stroke(axes, path, colour_of(scene, area), width=1.1, dash=dash, order=6.1)
    axes.plot(
        points.geometry.x, points.geometry.y, linestyle="none", marker="o", markersize=3.4,
        markerfacecolor="white", markeredgecolor=colour_of(scene, area), markeredgewidth=1.1,
        zorder=7,
    )  # fmt: skip


def paint_names(axes: "Axes", scene: Scene, chosen: pd.DataFrame) -> None:
    """Write names, the most important first, where there is room, with their places."""
    import textalloc  # noqa: PLC0415 - only who draws needs it
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - slow to load

    if chosen.empty:
        return
    members = chosen.index.isin(list(scene.shared))
    sizes = np.where(members, 7.0, 6.3)
    taken = scale_bar_places(axes)
    placed = textalloc.allocate(
        axes, chosen["x"].to_list(), chosen["y"].to_list(), chosen["name"].to_list(),
        x_scatter=[*chosen["x"], *taken[:, 0]], y_scatter=[*chosen["y"], *taken[:, 1]],
        textsize=[float(size) for size in sizes],
        textcolor=[BASE["ink"] if member else BASE["muted"] for member in members],
        fontweight=["bold" if member else "normal" for member in members],
        margin=0.004, min_distance=0.006, max_distance=0.03, nbr_candidates=120,
        draw_lines=False, draw_all=False, zorder=9, parse_math=False,
    )  # fmt: skip
    written: list[Any] = [name for name in placed[2] if name is not None]
    spine = set(_spine_units(scene))
    # A place without its name says nothing; those on a spine have their mark.
    named_ones = [name is not None for name in placed[2]]
    plain = chosen[named_ones & ~chosen.index.isin(spine)]
    axes.plot(
        plain["x"], plain["y"], linestyle="none", marker="o", markersize=2.3,
        markerfacecolor=BASE["ink"], markeredgecolor="white", markeredgewidth=0.5, zorder=7,
    )  # fmt: skip
    for name in written:
        # The halo is a copy below, drawn as outlines, so that the name itself stays text.
        x, y = name.get_position()
        axes.text(
            x, y, name.get_text(), fontsize=name.get_fontsize(),
            fontweight=name.get_fontweight(), ha=name.get_ha(), va=name.get_va(), zorder=8.5,
            color=BASE["halo"], parse_math=False, gid="halo",
            path_effects=[withStroke(linewidth=2.0, foreground=BASE["halo"])],
        )  # fmt: skip


def _spine_units(scene: Scene) -> list[str]:
    if scene.shapes.own:
        return []
    return [point.lau_id for area in scene.areas for point in area.group.spine]


def named(scene: Scene, frame: Frame, most: int, lang: "Language") -> pd.DataFrame:
    """Return at most so many members to name, the most important first, and towns around.

    Towns on a spine come before other members, and these before others, by their people.
    """
    units, centres = scene.shapes.units, scene.shapes.centres
    margin = 0.015 * frame.height
    inside = centres["x"].between(frame.left + margin, frame.right - margin) & centres["y"].between(
        frame.bottom + margin, frame.top - margin
    )
    units, centres, people = units[inside], centres[inside], scene.newest[inside].fillna(0)
    names = units.get(f"name_{lang}", units.get("name_fi", units.get("name")))
    spine, members = set(_spine_units(scene)), set(scene.shared)
    times = [20 if unit in spine else 4 if unit in members else 1 for unit in units.index]
    table = pd.DataFrame(
        {
            "x": centres["x"],
            "y": centres["y"],
            "name": [one_line(str(name), 28) for name in names],
            "rank": people * times,
        },
        index=units.index,
    )
    table = table.sort_values(["rank", "name"], ascending=[False, True], kind="stable")
    near = [str(u) for u in table.index if u in members][:most]
    around = [str(u) for u in table.index if u not in members][: max(6, most // 3)]
    return table.loc[[*near, *around]]
