"""Short HTML cards of groups and tables of figures, for notebooks; all text is escaped."""

from collections.abc import Iterable
from html import escape

from .figures import MeasureTable, counted
from .model import Group, Theme, Zone

__all__ = ["card", "measure_rows"]


def card(group: Group) -> str:
    """
    Return a card of a zone, network or theme: names, extents, evidence, gaps.

    Examples
    --------
    >>> from zones.groups import get
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


def measure_rows(table: MeasureTable) -> str:
    """Return the figures of a table in English, a row a figure."""
    head = "".join(
        f"<th>{title}</th>"
        for title in ("measure", "key", "value", "90 %", "unit", "year", "notes")
    )
    body = []
    for m in table:
        bounds = "" if m.low is None or m.high is None else f"{m.low:,.6g} to {m.high:,.6g}"
        cells = (
            m.name,
            m.key or "",
            "not computable" if m.value is None else f"{m.value:,.10g}",
            "exact" if m.low is not None and m.low == m.high else bounds,
            m.unit,
            "" if m.year is None else str(m.year),
            " ".join(str(note) for note in m.notes),
        )
        body.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


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
