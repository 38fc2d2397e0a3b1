"""Run the cases and print a Markdown table: ``python -m benchmarks [--large] [CASE ...]``."""

import argparse
import sys

from .cases import CASES, LARGE
from .harness import markdown
from .page import page

__all__ = ["main"]

PAGE = "page"


def main(arguments: list[str] | None = None) -> int:
    """Run the named cases, or all of a country's size, and print their table."""
    known = [*CASES, *LARGE, PAGE]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("case", nargs="*", help=f"{', '.join(known)}; default: a country's")
    parser.add_argument(
        "--large", action="store_true", help=f"also {', '.join(LARGE)}: minutes, gigabytes"
    )
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.case if name not in known]
    if unknown:
        parser.error(f"no case {', '.join(unknown)}: give some of {', '.join(known)}")
    names = chosen.case or [*CASES, *(LARGE if chosen.large else ()), PAGE]
    results, pages = [], []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        if name == PAGE:
            pages.append(page())
        else:
            results.append((CASES | LARGE)[name]())
    print("\n\n".join([*([markdown(results)] if results else []), *pages]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
