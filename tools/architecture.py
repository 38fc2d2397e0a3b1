"""Write the part of `docs/development/architecture.md` that the contract of the measures decides.

python -m tools.architecture            write it
python -m tools.architecture --check    exit with status 1 if it is not what it should be
"""

import sys
from pathlib import Path

from zones.model.contract import CONTRACT, MeasureRow
from zones.texts import phrase

__all__ = ["PAGE", "rendered"]

PAGE = Path(__file__).parents[1] / "docs" / "development" / "architecture.md"
_START, _END = "<!-- measures: generated -->\n", "<!-- end of measures -->\n"


def _cells(row: MeasureRow) -> tuple[str, ...]:
    key = row.key or ""
    return (
        f"`{row.name}`",
        phrase(row.name_text),
        row.unit,
        f"whole, {key}" if key == "country" else key,
        ", ".join(row.bases),
        f"{row.table}: {row.chapter}" if row.chapter else row.table,
        "yes" if row.map_place is not None else "",
    )


def rendered(page: str) -> str:
    """Return the page with the table of measures as the contract has it now."""
    before, _, rest = page.partition(_START)
    _, _, after = rest.partition(_END)
    head = ("measure", "name", "unit", "key", "rests on", "table: chapter", "map")
    lines = [head, ("---",) * len(head), *map(_cells, CONTRACT.values())]
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    return f"{before}{_START}\n{table}\n{_END}{after}"


def _main() -> int:
    page = PAGE.read_text("utf-8")
    now = rendered(page)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(now, "utf-8")
        return 0
    if page != now:
        sys.stderr.write(
            "docs/development/architecture.md is not what the contract of measures gives:\n"
        )
        sys.stderr.write("run python -m tools.architecture\n")
    return int(page != now)


if __name__ == "__main__":
    sys.exit(_main())
