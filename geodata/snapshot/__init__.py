"""The bundled data: files that are checked before use, and where each of them comes from.

`data/` holds what the library reads, with `manifest.json` saying for each file its source,
licence, changes, size and checksum. `source/` holds the raw inputs (in the source distribution
only) and `build.py` makes the one from the other.
"""

import copy
import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import SnapshotError

__all__ = ["DATASETS", "Attribution", "attribution", "manifest", "read_bytes"]

DATASETS = (
    "boundaries-fi",
    "boundaries-se",
    "register",
    "neighbours-fi",
    "population-fi",
    "population-fi-2025",
    "population-se",
    "centres",
    "places",
    "backdrop",
)
"""Names that `attribution` knows."""

_FOLDER = Path(__file__).parent / "data"
_REINSTALL = "reinstall the package: pip install --force-reinstall --no-deps development-zones"


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """Where a bundled dataset comes from, and what must be said wherever it is used.

    Attributes
    ----------
    dataset, title
        Its name, one of `DATASETS`, and what it holds.
    publisher, licence, url
        Who publishes it, under what, and where.
    line
        The line to carry on every map, table and page made from it.
    reference_date
        The date or the years that the data describe.
    changes
        What was changed on the way from the publisher to here.
    """

    dataset: str
    title: str
    publisher: str
    licence: str
    line: str
    reference_date: str
    url: str
    changes: str


def _content(name: str) -> bytes:
    try:
        return (_FOLDER / name).read_bytes()
    except FileNotFoundError:
        raise SnapshotError(f"bundled file {name} is missing; {_REINSTALL}") from None
    except OSError as error:
        raise SnapshotError(
            f"bundled file {name} cannot be read ({error}); {_REINSTALL}"
        ) from error


@functools.cache
def _manifest() -> dict[str, Any]:
    try:
        content = json.loads(_content("manifest.json"))
    except ValueError as error:
        raise SnapshotError(
            f"bundled file manifest.json cannot be read ({error}); {_REINSTALL}"
        ) from error
    parts = ("datasets", "files")
    if not (isinstance(content, dict) and all(isinstance(content.get(p), dict) for p in parts)):
        raise SnapshotError(f"bundled file manifest.json is not a manifest; {_REINSTALL}")
    return content


def manifest() -> dict[str, Any]:
    """Return a copy of what is bundled: `datasets` by name and `files` by name.

    A file has its `dataset`, the `sources` that it was built from, `size` in bytes and `sha256`; a
    dataset has the fields of `Attribution`.

    Examples
    --------
    >>> manifest()["files"]["population_fi.csv"]["dataset"]
    'population-fi'
    """
    return copy.deepcopy(_manifest())


def attribution(dataset: str) -> Attribution:
    """Source, licence and the line to carry of a dataset, one of `DATASETS`.

    Raises
    ------
    KeyError
        If there is no such dataset.

    Examples
    --------
    >>> attribution("population-fi").line
    'Population: Statistics Finland / THL Sotkanet'
    """
    if dataset not in DATASETS:
        raise KeyError(f"no dataset {dataset!r}: expected one of {', '.join(DATASETS)}")
    return Attribution(dataset=dataset, **_manifest()["datasets"][dataset])


@functools.cache
def read_bytes(name: str) -> bytes:
    """Content of a bundled file; size and checksum are verified once a process.

    Parameters
    ----------
    name
        File name in the manifest, such as ``"population_fi.csv"``.

    Raises
    ------
    SnapshotError
        If the file is missing or damaged.
    """
    expected = _manifest()["files"].get(name)
    if expected is None:
        raise SnapshotError(f"no bundled file {name!r}: see geodata.snapshot.manifest()")
    content = _content(name)
    if len(content) != expected["size"]:
        raise SnapshotError(
            f"bundled file {name} is damaged: {len(content):,} bytes, "
            f"expected {expected['size']:,}; {_REINSTALL}"
        )
    if hashlib.sha256(content).hexdigest() != expected["sha256"]:
        raise SnapshotError(
            f"bundled file {name} is damaged: its checksum is not the manifest's; {_REINSTALL}"
        )
    return content
