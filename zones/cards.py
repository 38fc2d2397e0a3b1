"""Short HTML cards of groups and tables of figures, for notebooks; all text is escaped."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from zones.model.figures import MeasureTable, counted
from zones.model.groups import Group, Theme, Zone

if TYPE_CHECKING:
    from zones.extents.area import Area

__all__ = ["area_card", "card", "measure_rows"]

_LEFT, _RIGHT = "text-align:left", "text-align:right"
_NUMBERS = frozenset({"value", "90 %", "year"})


def card(group: Group) -> str:
    """
    Return a card of a zone, network or theme: names, extents, evidence, gaps.

    Examples
    --------
    >>> from zones.catalogue.finding import get
    >>> "<b>with-ita-lappi</b>" in card(get("viitoskaytava"))
    True
    """
    rows = [
        (f"Name ({lang})", _with_language(*group.names.get(lang), asked=lang))
        for lang in ("fi", "sv", "en")
    ]
    if isinstance(group, Theme):
        rows.append(("Source", escape(group.source)))
        return _table(f"{group.id} · {group.kind}", rows)
    extents = [
        (f"<b>{escape(extent.id)}</b> (default)" if extent.default else escape(extent.id))
        + f": {len(extent)} units, division {extent.division}"
        for extent in group.extents
    ]
    rows.append(("Extents", "<br>".join(extents) or "none: no member is known"))
    weak = sum(row.weak for row in group.memberships)
    former = sum(row.former for row in group.memberships)
    evidence = f"{counted(group.known_members, 'member')} known by name"
    if isinstance(group, Zone) and group.latest_count and group.latest_count.municipalities:
        count = group.latest_count
        evidence += f", {count.municipalities} by the zone's own count ({count.date})"
    evidence += f"; {weak} weak and {former} former rows of evidence kept"
    rows.append(("Members", escape(evidence)))
    rows.append(("Gaps", f"{len(group.gaps)} noted"))
    return _table(f"{group.id} · {group.kind}", rows)


def area_card(area: "Area") -> str:
    """
    Return a card of a resolved extent: where it is, its years, its members with people.

    Examples
    --------
    >>> from zones.extents.resolving import extent
    >>> "<svg" in area_card(extent("viitoskaytava"))
    True
    """
    names = area.units.get("name_en", area.units.index.to_series())
    people = area.units["population"]
    regions = area.units.get("region_en")
    members = "".join(
        f'<tr><td style="{_LEFT}">{escape(str(unit))}</td>'
        f'<td style="{_LEFT}">{escape(str(names[unit]))}</td>'
        f'<td style="{_LEFT}">{"" if regions is None else escape(str(regions[unit]))}</td>'
        f"<td>{_people(people[unit])}</td></tr>"
        for unit in area.units.index
    )
    total = None if area.data_year is None else area.population_in(area.data_year)
    rows = [
        ("Extent", f"<b>{escape(area.extent.id)}</b>"),
        ("Municipalities", str(len(area.units))),
        ("Division", f"{area.division}"),
        (
            "People",
            "no year with figures for all members"
            if total is None
            else f"{total:,} at the end of {area.data_year}",
        ),
    ]
    rows += [("Note", escape(str(note))) for note in area.notes]
    table = _table(f"{area.group.id} · {area.year}", rows)
    listed = (
        f"<details><summary>{counted(area.units.index, 'member')}</summary><table><thead><tr>"
        f'<th style="{_LEFT}">lau_id</th><th style="{_LEFT}">name</th>'
        f'<th style="{_LEFT}">region</th><th>population</th></tr></thead>'
        f"<tbody>{members}</tbody></table></details>"
    )
    return (
        '<div style="display:flex;gap:24px;align-items:flex-start;flex-wrap:wrap">'
        f"{_locator(area)}<div>{table}{listed}</div></div>"
    )


def _people(number: Any) -> str:
    import pandas as pd  # noqa: PLC0415 - the cards of groups load without pandas

    return "–" if pd.isna(number) else f"{int(number):,}"


def _locator(area: "Area") -> str:
    """Return a small picture of the extent in its countries; nothing without boundaries."""
    import shapely  # noqa: PLC0415 - the cards of groups need no geometry

    if not area.has_boundaries:
        return ""
    frames = area.municipalities.values()
    left, bottom, right, top = (
        function(frame.total_bounds[side] for frame in frames)
        for side, function in enumerate((min, min, max, max))
    )
    scale = 150 / (top - bottom)

    def path(shapes: Any) -> str:
        simple = shapely.simplify(shapely.coverage_union_all(shapes), 4_000)
        rings = (part.exterior.coords for part in shapely.get_parts(simple))
        return "".join(
            "M" + "L".join(f"{(x - left) * scale:.1f} {(top - y) * scale:.1f}" for x, y in ring)
            for ring in rings
        )

    countries = "".join(
        f'<path fill="#dfe4e8" d="{path(frame.geometry.to_numpy())}"/>' for frame in frames
    )
    members = "".join(
        f'<path fill="#0b4f8a" d="{path(area.units.geometry[area.members(country)].to_numpy())}"/>'
        for country in area.countries
    )
    return (
        f'<svg viewBox="0 0 {(right - left) * scale:.0f} 150" height="150" role="img" '
        f'aria-label="{escape(area.title("en"), quote=True)}">{countries}{members}</svg>'
    )


def measure_rows(table: MeasureTable) -> str:
    """Return the figures of a table in English, a row a figure, with the method on hover."""
    titles = ("measure", "key", "value", "90 %", "unit", "year", "notes")
    head = "".join(
        f'<th style="{_RIGHT if title in _NUMBERS else _LEFT}">{title}</th>' for title in titles
    )
    body = []
    for m in table:
        digits = _digits(m.value)
        bounds = "" if m.low is None or m.high is None else f"{m.low:,.{digits}f} to "
        bounds += "" if m.low is None or m.high is None else f"{m.high:,.{digits}f}"
        cells = (
            m.name,
            m.key or "",
            "not computable" if m.value is None else f"{m.value:,.{digits}f}",
            "exact" if m.low is not None and m.low == m.high else bounds,
            m.unit,
            "" if m.year is None else str(m.year),
            " ".join(str(note) for note in m.notes),
        )
        hint = escape(str(m.method), quote=True)
        body.append(
            f'<tr title="{hint}">'
            + "".join(
                f'<td style="{_RIGHT if title in _NUMBERS else _LEFT}">{escape(cell)}</td>'
                for title, cell in zip(titles, cells, strict=True)
            )
            + "</tr>"
        )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _digits(value: float | None) -> int:
    """Return how many decimals say enough: fewer the larger a number is."""
    if value is None or isinstance(value, int) or abs(value) >= 1_000:
        return 0
    return 1 if abs(value) >= 10 else 3


def _with_language(name: str, lang: str, *, asked: str) -> str:
    mark = "" if lang == asked else " <small>(no name found; the Finnish one)</small>"
    return f'<span lang="{lang}">{escape(name)}</span>{mark}'


def _table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    body = "".join(
        f'<tr><th scope="row" style="text-align:left">{escape(head)}</th>'
        f'<td style="text-align:left">{cell}</td></tr>'
        for head, cell in rows
    )
    return f"<table><caption>{escape(title)}</caption><tbody>{body}</tbody></table>"
