"""
Mutation testing of a room: changes of its code that its own tests do not notice are listed.

``python -m tools.mutation carrying`` copies the tree into ``out/mutation/carrying``, has mutmut
change the room's modules there, one thing at a time, and run the room's tests against each change;
then it says how many were noticed and lists the others. The rooms, their modules and their tests
are ``[tool.mutation.rooms]`` of ``pyproject.toml``; what holds for all is ``[tool.mutmut]`` there.
``mutmut show NAME`` in the folder of a room shows a change. With ``--digits 37``, a sample is
tried: the changes whose number in their function ends in 3 or 7.
"""

import argparse
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

__all__ = ["main", "results_of", "rooms", "settings_of"]

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).parents[1]
_LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "out", "dist", "build", "artefacts", "node_modules", "*.egg-info"
)
_SECTION = re.compile(r"^\[tool\.mutmut\]\n.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_RESULT = re.compile(r"^\s*(\S+): (.+?)\s*$", re.MULTILINE)
# An endless loop or a crash is noticed too.
_NOTICED = {"killed", "timeout", "segfault", "caught by type check"}


def rooms(pyproject: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the modules and the tests of each room that the settings name."""
    found: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(pyproject)["tool"]["mutation"][
        "rooms"
    ]
    return found


def settings_of(pyproject: str, room: str) -> str:
    """Return the settings with mutmut held to the modules and tests of a room."""
    own = rooms(pyproject)[room]
    settings = tomllib.loads(pyproject)["tool"]["mutmut"] | {
        "only_mutate": own["modules"],
        "pytest_add_cli_args_test_selection": own["tests"],
    }
    # Lists of text are written the same in JSON and TOML.
    lines = (f"{key} = {json.dumps(value)}" for key, value in settings.items())
    return _SECTION.sub(lambda _: "\n".join(["[tool.mutmut]", *lines, "", ""]), pyproject)


def results_of(said: str) -> dict[str, str]:
    """Return what became of each change, of what ``mutmut results --all true`` printed."""
    return {name: fate for name, fate in _RESULT.findall(said) if fate != "not checked"}


def _mutmut(folder: Path, *arguments: str) -> str:
    # What a package on the path of this run would bring is not what is changed.
    environment = {**os.environ, "PYTHONPATH": ""}
    done = subprocess.run(  # noqa: S603 - words of this module and names of functions
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _run(room: str, folder: Path, digits: str) -> tuple[int, list[str]]:
    """Return how many changes were noticed, and the others with what became of them."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_ROOT, folder, ignore=_LEFT_OUT)
    settings = folder / "pyproject.toml"
    settings.write_text(settings_of(settings.read_text("utf-8"), room), "utf-8")
    _mutmut(folder, "run", *(f"*__mutmut_*{digit}" for digit in digits))
    results = results_of(_mutmut(folder, "results", "--all", "true"))
    left = [f"{name}: {fate}" for name, fate in sorted(results.items()) if fate not in _NOTICED]
    modules = Counter(name.rpartition(".")[0] for name in results)
    missed = Counter(line.partition(":")[0].rpartition(".")[0] for line in left)
    for module, count in sorted(modules.items()):
        _LOG.info("%s: %s of %s", module, count - missed[module], count)
    return len(results) - len(left), left


def main(arguments: Iterable[str] | None = None) -> int:
    """Test the rooms named; the status is 1 where fewer than the share asked were noticed."""
    known = rooms((_ROOT / "pyproject.toml").read_text("utf-8"))
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(known))
    parser.add_argument("--into", type=Path, default=_ROOT / "out" / "mutation")
    parser.add_argument("--least", type=float, default=85.0, help="percent that is to be noticed")
    parser.add_argument("--digits", default="", help="only changes numbered to end in one of these")
    given = parser.parse_args(None if arguments is None else list(arguments))
    if strange := [room for room in given.rooms if room not in known]:
        parser.error(f"no room is called {strange[0]!r}: give {', '.join(known)}")
    poor = False
    for room in given.rooms or known:
        noticed, left = _run(room, given.into / room, given.digits)
        share = 100 * noticed / max(1, noticed + len(left))
        poor |= share < given.least
        total = noticed + len(left)
        _LOG.info("%s: %s of %s changes noticed, %.1f %%", room, noticed, total, share)
        for line in left:
            _LOG.info("  %s", line)
    return int(poor)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.exit(main())
