"""Plots of a chapter: people by year and by distance, and the border graph."""

import math
from collections.abc import Callable, Sequence

import shapely
from markupsafe import Markup

from geodata.countries import country as country_record
from geodata.register.identifiers import fold
from zones.extents.area import Area
from zones.measures.graphs.ties import border_graph
from zones.model.figures import Measure, MeasureTable
from zones.reports.pictures import Ink, drawing, image, lettering
from zones.wording.voice import Voice

__all__ = ["distance_plot", "graph_plot", "nice_ticks", "time_plots"]

Point = tuple[float, float]
_WIDTH, _HEIGHT = 420, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 62, 24, 40


def nice_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Return round numbers that span a range.

    Examples
    --------
    >>> nice_ticks(294_000, 309_000)
    [290000, 295000, 300000, 305000, 310000]
    >>> nice_ticks(5, 5)
    [4.0, 4.5, 5.0, 5.5, 6.0]
    """
    if high <= low:
        low, high = low - 1, high + 1
    rough = (high - low) / count
    power = 10 ** math.floor(math.log10(rough))
    step = next(unit * power for unit in (1, 2, 5, 10) if unit * power >= rough * 0.75)
    first = math.floor(low / step)
    last = math.ceil(high / step)
    return [round(number * step, 6) for number in range(first, last + 1)]


def time_plots(area: Area, voice: Voice, ink: Ink) -> list[tuple[str, Markup]]:
    """Return a plot of people by year for each country with members, with what it is of.

    A country needs two years or more that all its members have figures for.
    """
    plots = []
    for country in area.countries:
        people = ((y, area.population_in(y, country)) for y in area.years_with_people(country))
        known = [(year, n) for year, n in people if n is not None]
        if len(known) >= 2:
            several = len(area.countries) > 1
            heading = country_record(country).parts[voice.lang] if several else ""
            plots.append((heading, _time_plot(known, heading, voice, ink)))
    return plots


def _time_plot(points: Sequence[tuple[int, int]], heading: str, voice: Voice, ink: Ink) -> Markup:
    ticks = nice_ticks(min(n for _, n in points), max(n for _, n in points))
    first, last = points[0], points[-1]
    span = last[0] - first[0]

    def x(year: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (year - first[0]) / span

    def y(value: float) -> float:
        share = (value - ticks[0]) / (ticks[-1] - ticks[0])
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    parts = [_grid(tick, y(tick), voice) for tick in ticks]
    step = next(unit for unit in (1, 2, 5, 10) if span / unit <= 6)
    parts += [
        lettering(x(year), _HEIGHT - 8, str(year), "middle", "tick")
        for year in range(first[0], last[0] + 1)
        if year % step == 0
    ]
    line = " ".join(f"{x(year):.1f},{y(n):.1f}" for year, n in points)
    parts.append(f'<polyline class="series" points="{line}"/>')
    parts += [f'<circle class="dot" cx="{x(a):.1f}" cy="{y(n):.1f}" r="2.4"/>' for a, n in points]
    # Above the line at its higher end, below it at its lower one.
    rising = last[1] >= first[1]
    for (year, n), anchor, below in ((first, "start", rising), (last, "end", not rising)):
        place = y(n) + 17 if below else y(n) - 9
        parts.append(lettering(x(year), place, voice.number(n), anchor, "value", halo=True))
    highest = max(points, key=lambda point: point[1])
    words = voice.phrase(
        "report.plot_time",
        what=heading or voice.phrase("measures.name.population"),
        first=str(first[0]),
        last=str(last[0]),
        start=first[1],
        end=last[1],
        change=voice.amount(100 * (last[1] / first[1] - 1), "percent", signed=True),
        highest=highest[1],
        year=str(highest[0]),
    )
    return _image(_WIDTH, _HEIGHT, words, parts, ink)


def distance_plot(table: MeasureTable, voice: Voice, ink: Ink) -> Markup:
    """Return bars of the people within each distance, with their bounds; empty without figures."""
    rows = [m for m in table if m.name == "population_within" and m.value is not None]
    if not rows:
        return Markup()
    top = max(max(m.value or 0, m.high or 0) for m in rows)
    height = 10 + 34 * len(rows)
    start, room = 62.0, 236.0
    parts = []
    for number, measure in enumerate(rows):
        middle = 22 + 34 * number
        width = room * (measure.value or 0) / top
        parts += [
            lettering(start - 8, middle + 4, f"{measure.key} km", "end", "label"),
            f'<rect class="bar" x="{start}" y="{middle - 9}" width="{width:.1f}" height="18"/>',
        ]
        # Figures stand in a column of their own: at the end of a line one would be read as its end.
        bounds = voice.bounds(measure)
        if bounds and measure.low is not None and measure.high is not None:
            a, b = start + room * measure.low / top, start + room * measure.high / top
            parts += [
                (
                    f'<path class="whisker" d="M{a:.1f} {middle}H{b:.1f}M{a:.1f} {middle - 5}v10'
                    f'M{b:.1f} {middle - 5}v10"/>'
                ),
                lettering(_WIDTH, middle + 12, bounds, "end", "range"),
            ]
        place = middle - 2 if bounds else middle + 4
        parts.append(lettering(_WIDTH, place, voice.number(measure.value or 0), "end", "value"))
    values = "; ".join(f"{m.key} km: {_said(m, voice)}" for m in rows)
    words = voice.phrase("report.plot_distance", values=values)
    return _image(_WIDTH, height, words, parts, ink)


def _said(measure: Measure, voice: Voice) -> str:
    value, bounds = voice.number(measure.value or 0), voice.bounds(measure)
    return f"{value} ({bounds})" if bounds else value


def graph_plot(area: Area, table: MeasureTable, voice: Voice, ink: Ink) -> Markup:
    """Return the border graph drawn over the members; empty without boundaries.

    The members whose loss would split a part are filled and named.
    """
    if not area.has_boundaries:
        return Markup()
    shapes = shapely.simplify(area.units.geometry.to_numpy(), 1_000)
    left, bottom, right, top = area.units.total_bounds
    size = 420.0
    scale = min(size / (right - left), 470.0 / (top - bottom))
    width, height = (right - left) * scale + 40, (top - bottom) * scale + 24

    def at(point: Point) -> Point:
        return 20 + (point[0] - left) * scale, 12 + (top - point[1]) * scale

    outlines = "".join(_outline(shape, at) for shape in shapes)
    parts = [f'<path class="unit" d="{outlines}"/>']
    points = area.units.geometry.representative_point()
    places = {unit: at((point.x, point.y)) for unit, point in points.items()}
    graph = border_graph(area)
    lines = "".join(
        f"M{places[a][0]:.1f} {places[a][1]:.1f}L{places[b][0]:.1f} {places[b][1]:.1f}"
        for a, b in zip(graph.ties["left"], graph.ties["right"], strict=True)
    )
    parts.append(f'<path class="tie" d="{lines}"/>')
    cut = set(table.get("cut_members").items or ())
    for unit, (x, y) in places.items():
        kind = "node cut" if unit in cut else "node"
        radius = 4.2 if unit in cut else 3.0
        parts.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>')
    parts += _names(area, [unit for unit in places if unit in cut], places, voice, width)
    names = voice.items(area, table.get("cut_members"))
    words = voice.phrase(
        "report.plot_graph",
        members=voice.amount(len(places), "municipalities"),
        links=voice.amount(len(graph.ties), "pairs"),
        cut=names or voice.phrase("report.none"),
    )
    return _image(width, height, words, parts, ink)


def _names(
    area: Area, units: Sequence[str], places: dict[str, Point], voice: Voice, width: float
) -> list[str]:
    """Return the names beside their circles, those that would lie over another one left out."""
    drawn: list[tuple[float, float, float, float]] = []
    parts = []
    named = {unit: str(area.units.loc[unit, f"name_{voice.lang}"])[:28] for unit in units}
    for unit in sorted(units, key=lambda unit: fold(named[unit])):
        x, y = places[unit]
        room = 6.1 * len(named[unit])
        for anchor, start in (("start", x + 7), ("end", x - 7 - room)):
            box = (start, y - 7, start + room, y + 7)
            free = all(
                box[0] > b[2] or box[2] < b[0] or box[1] > b[3] or box[3] < b[1] for b in drawn
            )
            if free and box[0] >= 0 and box[2] <= width:
                drawn.append(box)
                shift = 7 if anchor == "start" else -7
                parts.append(lettering(x + shift, y + 4, named[unit], anchor, "name", halo=True))
                break
    return parts


def _outline(shape: shapely.Geometry, place: Callable[[Point], Point]) -> str:
    text = ""
    for part in shapely.get_parts(shape):
        steps = [place(point) for point in part.exterior.coords[:-1]]
        text += "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in steps) + "Z"
    return text


def _grid(value: float, y: float, voice: Voice) -> str:
    shown = voice.number(value, digits=0 if float(value).is_integer() else 1)
    end = _WIDTH - _RIGHT
    return f'<line class="grid" x1="{_LEFT}" x2="{end}" y1="{y:.1f}" y2="{y:.1f}"/>' + lettering(
        end + 6, y + 4, shown, "start", "tick"
    )


def _image(width: float, height: float, words: str, parts: Sequence[str], ink: Ink) -> Markup:
    svg = drawing(width, height, parts, [ink])
    return image(svg, words, kind="plot", size=(width, height))
