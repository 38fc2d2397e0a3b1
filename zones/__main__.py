"""`python -m zones` and the command `zones`."""

import sys

from zones.cli.ending import ended

__all__ = ["main"]


def main() -> None:
    """Run the command line; what stops it while it still loads ends it like any other stop."""

    def run() -> int:
        from zones.cli.app import status  # noqa: PLC0415 - it takes a while

        return status()

    sys.exit(ended(run))


if __name__ == "__main__":
    main()
