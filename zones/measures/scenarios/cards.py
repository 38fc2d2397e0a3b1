"""Comparisons, rankings and checked claims as HTML tables for notebooks; all text is escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from zones.wording.amounts import Amount

if TYPE_CHECKING:
    from zones.measures.claims.checking import ClaimTable
    from zones.measures.scenarios.differences import Comparison
    from zones.measures.scenarios.ranking import Ranking

__all__ = ["claim_rows", "comparison_rows", "ranking_rows"]


def comparison_rows(comparison: "Comparison") -> str:
    """Return the figures that change, with their bounds and notes."""
    rows = [
        (
            row.name,
            row.key or "",
            _number(row.before.value),
            _number(row.after.value),
            _signed(row.difference),
            "" if row.low is None or row.low == row.high else f"{row.low:,.6g} to {row.high:,.6g}",
            row.unit_of_difference,
            " ".join(str(note) for note in row.notes),
        )
        for row in comparison.changed
    ]
    heads = ("measure", "key", "before", "after", "difference", "90 %", "unit", "notes")
    same = len(comparison) - len(rows)
    notes = [str(note) for note in comparison.notes]
    return _table(
        heads,
        rows,
        caption=repr(comparison).strip("<>"),
        foot=[
            *notes,
            f"{same} figures do not change.",
        ],
    )


def ranking_rows(ranking: "Ranking") -> str:
    """Return the candidates with their reasons."""
    rows = [
        (
            str(candidate.rank),
            str(candidate.name),
            str(candidate.region),
            "" if candidate.gain is None else str(Amount.of_unit(candidate.gain, candidate.unit)),
            "; ".join(str(reason) for reason in candidate.reasons),
        )
        for candidate in ranking
    ]
    heads = ("rank", "name", "region", "gain", "reasons")
    return _table(heads, rows, caption=repr(ranking).strip("<>"))


def claim_rows(claims: "ClaimTable") -> str:
    """Return the claims with what is computed and the verdicts; their own text is in English."""
    rows = [
        (
            checked.claim.text,
            checked.claim.date,
            checked.extent or "",
            "" if checked.year is None else str(checked.year),
            _number(checked.value),
            checked.unit or "",
            checked.verdict,
            str(checked.reason),
        )
        for checked in claims
    ]
    heads = ("claim", "published", "extent", "year", "computed", "unit", "verdict", "why")
    return _table(heads, rows, caption=repr(claims).strip("<>"))


def _number(value: float | None) -> str:
    return "not computable" if value is None else f"{value:,.10g}"


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:+,.6g}"


def _table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    caption: str,
    foot: Iterable[str] = (),
) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    below = "".join(f"<p>{escape(line)}</p>" for line in foot)
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{below}"
    )
