"""Run the cases and print Markdown tables: ``python -m benchmarks [--scale SCALE] [CASE ...]``."""

import argparse
import sys
import tempfile
from pathlib import Path

from .cases import CASES, LARGE
from .growth import growths, markdown_growth
from .harness import markdown
from .page import page
from .whole import SCALE, europe, markdown_whole

__all__ = ["main"]

PAGE, GROWTH = "page", "growth"
_SCALES = ("country", "continent", "eu")


def main(arguments: list[str] | None = None) -> int:
    """Run the named cases, or all of a country's size, and print their table."""
    known = [*CASES, *LARGE, PAGE, GROWTH]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("case", nargs="*", help=f"{', '.join(known)}; default: those of the scale")
    parser.add_argument(
        "--scale",
        choices=_SCALES,
        default="country",
        help=f"continent: also {', '.join(LARGE)}, {GROWTH} (minutes, gigabytes of memory); eu: "
        "whole processes from files of up to 100 million cells (half an hour, 1.5 GB of disk)",
    )
    parser.add_argument("--large", action="store_true", help="the same as --scale continent")
    parser.add_argument(
        "--folder",
        type=Path,
        help="where files of --scale eu are made and kept; else a temporary one",
    )
    parser.add_argument(
        "--cells",
        type=int,
        nargs="+",
        choices=SCALE,
        default=SCALE,
        help="how many cells, of --scale eu",
    )
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.case if name not in known]
    if unknown:
        parser.error(f"no case {', '.join(unknown)}: give some of {', '.join(known)}")
    if chosen.scale == "eu" and not chosen.case:
        print(_europe(chosen.folder, chosen.cells))
        return 0
    large = chosen.large or chosen.scale == "continent"
    names = chosen.case or [*CASES, *((*LARGE, GROWTH) if large else ()), PAGE]
    results, others = [], []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        if name == PAGE:
            others.append(page())
        elif name == GROWTH:
            others.append(markdown_growth(growths()))
        else:
            results.append((CASES | LARGE)[name]())
    print("\n\n".join([*([markdown(results)] if results else []), *others]))
    return 0


def _europe(folder: Path | None, cells: list[int]) -> str:
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="benchmarks-") as made:
            return _europe(Path(made), cells)
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for row in europe(folder, cells):
        print(f"{row.case}: {row.rival} ...", file=sys.stderr, flush=True)
        rows.append(row)
    return markdown_whole(rows)


if __name__ == "__main__":
    sys.exit(main())
