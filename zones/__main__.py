"""`python -m zones` and the command `zones`."""

import gc
import sys

from zones.cli.ending import ended

__all__ = ["main"]

_COLLECT_AFTER = 50_000
"""New objects after which unreachable cycles are looked for: a tenth of what a command takes went
into that, and it makes few."""


def main() -> None:
    """Run the command line; what stops it while it still loads ends it like any other stop."""

    def run() -> int:
        from zones.cli.app import status  # noqa: PLC0415 - it takes a while

        return status()

    gc.set_threshold(_COLLECT_AFTER)
    sys.exit(ended(run))


if __name__ == "__main__":
    main()
