"""Run the cases and print a Markdown table: ``python -m benchmarks [--large] [CASE ...]``."""

import argparse
import sys

from .cases import CASES, LARGE
from .harness import markdown

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the named cases, or all of a country's size, and print their table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("case", nargs="*", help=f"{', '.join([*CASES, *LARGE])}; default: all")
    parser.add_argument(
        "--large", action="store_true", help=f"also {', '.join(LARGE)}: minutes, gigabytes"
    )
    chosen = parser.parse_args(arguments)
    known = CASES | LARGE
    unknown = [name for name in chosen.case if name not in known]
    if unknown:
        parser.error(f"no case {', '.join(unknown)}: give some of {', '.join(known)}")
    names = chosen.case or [*CASES, *(LARGE if chosen.large else ())]
    results = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        results.append(known[name]())
    print(markdown(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
