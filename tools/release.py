"""
Make a release in `dist/`, and try it as its users will.

python -m tools.release                     all of it; the changelog's version has a date
python -m tools.release --draft             the changelog may still say "unreleased"
python -m tools.release --tests tests/tools what to test out of the sdist, rather than all

Version, changelog, citation and recipe are held to one another; sdist and wheel are built, the
wheel is looked into and does the main job from a clean environment, the tests run out of the
unpacked sdist, and checksums are written. Nothing is published.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["foreign", "mismatches", "packed", "release"]

_ROOT = Path(__file__).parents[1]
_LARGEST = 2_500_000
_SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses", "4")
_OF_THE_WHEEL = ("zones/", "geodata/", "development_zones-")


def mismatches(root: Path, *, draft: bool = False) -> Iterator[str]:
    """
    Say where a release is not what its version is said to be.

    Parameters
    ----------
    root
        Folder of the project.
    draft
        Whether the changelog may say that the version is not released yet.

    Yields
    ------
    str
        A file, what it says and what was expected.

    Examples
    --------
    >>> list(mismatches(Path(__file__).parents[1], draft=True))
    []
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    version = project["version"]
    said = {
        "CITATION.cff": r"^version: (\S+)$",
        "recipe/meta.yaml": r'set version = "([^"]+)"',
        "CHANGELOG.md": r"^## (\S+)",
    }
    for name, pattern in said.items():
        found = re.search(pattern, (root / name).read_text("utf-8"), re.MULTILINE)
        other = found[1] if found else "no version"
        if other != version:
            yield f"{name} says {other}, where pyproject.toml says {version}"
    heading = re.search(r"^## .*$", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    if not draft and not (heading and re.search(r"\d{4}-\d\d-\d\d", heading[0])):
        yield f"CHANGELOG.md gives {version} no date (--draft lets it pass)"
    recipe = (root / "recipe" / "meta.yaml").read_text("utf-8").replace("_", "-")
    for needed in project["dependencies"]:
        name, least = re.split(r"(?=>=)", needed)
        if not re.search(rf"- {name}(-base)? {least}$", recipe, re.MULTILINE):
            yield f"recipe/meta.yaml does not have {needed}"


def packed(wheel: Path) -> list[str]:
    """
    Return the names of what a wheel holds.

    Parameters
    ----------
    wheel
        Its path.

    Examples
    --------
    >>> path = Path(tempfile.mkdtemp()) / "a.whl"
    >>> with zipfile.ZipFile(path, "w") as file:
    ...     file.writestr("zones/__init__.py", "")
    >>> packed(path)
    ['zones/__init__.py']
    """
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


def foreign(names: list[str]) -> list[str]:
    """
    Return what has no place in a wheel: tests, build scripts and whatever else is not the library.

    Parameters
    ----------
    names
        What the wheel holds.

    Examples
    --------
    >>> foreign(["zones/__init__.py", "tests/test_house.py", "geodata/tests/data.csv"])
    ['tests/test_house.py', 'geodata/tests/data.csv']
    """
    return [name for name in names if not name.startswith(_OF_THE_WHEEL) or "/tests/" in f"/{name}"]


def release(root: Path, *, draft: bool, tests: list[str]) -> Path:
    """
    Build, look into, install and test a release, and return the folder that it is in.

    Parameters
    ----------
    root
        Folder of the project.
    draft
        Whether the changelog may say that the version is not released yet.
    tests
        What pytest is given out of the sdist; all tests where empty.

    Raises
    ------
    ValueError
        With every mismatch, before anything is built; or with what the wheel should not hold.
    subprocess.CalledProcessError
        If building, installing or a test fails.
    """
    if wrong := list(mismatches(root, draft=draft)):
        raise ValueError("; ".join(wrong))
    dist = root / "dist"
    for old in dist.glob("*"):
        old.unlink()
    _run(sys.executable, "-m", "build", "--outdir", str(dist), cwd=root)
    (wheel,), (sdist,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    if strange := foreign(packed(wheel)):
        raise ValueError(f"{wheel.name} holds {', '.join(strange)}")
    if wheel.stat().st_size > _LARGEST:
        raise ValueError(f"{wheel.name} has {wheel.stat().st_size:,} bytes, over {_LARGEST:,}")
    with tempfile.TemporaryDirectory() as name:
        _tried(Path(name), wheel, sdist, tests)
    sums = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}" for one in (wheel, sdist)]
    (dist / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    return dist


def _tried(work: Path, wheel: Path, sdist: Path, tests: list[str]) -> None:
    user = _environment(work / "user", str(wheel))
    _run(str(user.with_name("zones")), "report", "-o", str(work / "out"), cwd=work)
    with tarfile.open(sdist) as file:
        file.extractall(work / "source", filter="data")
    (source,) = (work / "source").iterdir()
    tester = _environment(work / "tester", f"{source}[test]")
    _run(str(tester), "-m", "pytest", *_SIDE_BY_SIDE, *tests, cwd=source)


def _environment(folder: Path, what: str) -> Path:
    """Return the Python of a new environment with a distribution and what it needs."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    _run(str(python), "-m", "pip", "install", "--quiet", what, cwd=folder)
    return python


def _run(*command: str, cwd: Path) -> None:
    sys.stderr.write(f"== {' '.join(command)}\n")
    apart = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(command, cwd=cwd, env=apart, check=True)  # noqa: S603 - commands of this file


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.release", description="Make a release.")
    parser.add_argument("--draft", action="store_true", help="the changelog may lack a date")
    parser.add_argument("--tests", nargs="*", default=[], help="what to test; all where not given")
    given = parser.parse_args()
    try:
        dist = release(_ROOT, draft=given.draft, tests=given.tests)
    except (ValueError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write((dist / "SHA256SUMS").read_text("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
