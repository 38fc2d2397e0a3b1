"""
The oldest versions that the project says it works with, as constraints for pip.

``python -m tools.oldest > oldest.txt`` and ``pip install -c oldest.txt '.[test]'`` install them.
"""

import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

__all__ = ["constraints"]

_ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?>=(?P<version>[0-9.]+)")


def constraints(pyproject: str, extras: Iterable[str] = ("test",)) -> list[str]:
    r"""
    Return a line for each package named, with the lowest version that is allowed.

    Parameters
    ----------
    pyproject
        The text of ``pyproject.toml``.
    extras
        Extras whose packages are named too.

    Raises
    ------
    ValueError
        If a requirement has no lower bound, or two have different ones.

    Examples
    --------
    >>> constraints('[project]\ndependencies = ["numpy>=2.0", "rich>=13.9"]', extras=())
    ['numpy==2.0', 'rich==13.9']
    """
    project = tomllib.loads(pyproject)["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    found: dict[str, str] = {}
    for requirement in wanted:
        match = _NAMED.fullmatch(requirement)
        if match is None:
            raise ValueError(f"{requirement!r} has no lower bound: write it as name>=version")
        name, version = match["name"].lower(), match["version"]
        if found.setdefault(name, version) != version:
            raise ValueError(f"{name} has the lower bounds {found[name]} and {version}: give one")
    return [f"{name}=={version}" for name, version in sorted(found.items())]


def main() -> int:
    """Write the constraints."""
    lines = constraints((_ROOT / "pyproject.toml").read_text("utf-8"))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
