"""The bundled data: files that are checked before use, and where each of them comes from.

`data/` holds what the library reads, with `manifest.json` saying for each file its source,
licence, changes, size and checksum. `source/` holds the raw inputs (in the source distribution
only) and `build.py` makes the one from the other.
"""

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import SnapshotError

__all__ = ["DATASETS", "Attribution", "attribution", "manifest", "path", "read_bytes"]

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
    """
    Where a bundled dataset comes from, and what must be said wherever it is used.

    Attributes
    ----------
    dataset
        Name of the dataset, one of `DATASETS`.
    title
        What it holds.
    publisher
        Who publishes it.
    licence
        Name of its licence.
    line
        The line to carry on every map, table and page made from it.
    reference_date
        The date or the years that the data describe.
    url
        Where it is published.
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


@functools.cache
def _manifest() -> dict[str, Any]:
    try:
        content = json.loads((_FOLDER / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SnapshotError(f"bundled file manifest.json is missing; {_REINSTALL}") from None
    except (OSError, ValueError) as error:
        raise SnapshotError(
            f"bundled file manifest.json cannot be read ({error}); {_REINSTALL}"
        ) from error
    parts = ("datasets", "files")
    if not (isinstance(content, dict) and all(isinstance(content.get(p), dict) for p in parts)):
        raise SnapshotError(f"bundled file manifest.json is not a manifest; {_REINSTALL}")
    return content


def manifest() -> dict[str, Any]:
    """
    List what is bundled: `datasets` by name and `files` by name.

    Returns
    -------
    dict
        A copy of the manifest. A file has its `dataset`, the `sources` that it was built from,
        `size` in bytes and `sha256`; a dataset has the fields of `Attribution`.

    Examples
    --------
    >>> manifest()["files"]["population_fi.csv"]["dataset"]
    'population-fi'
    """
    copied: dict[str, Any] = json.loads(json.dumps(_manifest()))
    return copied


def attribution(dataset: str) -> Attribution:
    """
    Source, licence and the line to carry of a dataset.

    Parameters
    ----------
    dataset
        One of `DATASETS`.

    Returns
    -------
    Attribution
        Who publishes it, under which licence, what was changed.

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
def _checked(name: str) -> bytes:
    """Content of a bundled file once its size and checksum are found right."""
    expected = _manifest()["files"].get(name)
    if expected is None:
        raise SnapshotError(f"no bundled file {name!r}: see geodata.snapshot.manifest()")
    try:
        content = (_FOLDER / name).read_bytes()
    except FileNotFoundError:
        raise SnapshotError(f"bundled file {name} is missing; {_REINSTALL}") from None
    except OSError as error:
        raise SnapshotError(
            f"bundled file {name} cannot be read ({error}); {_REINSTALL}"
        ) from error
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


def read_bytes(name: str) -> bytes:
    """
    Content of a bundled file; size and checksum are verified once a process.

    Parameters
    ----------
    name
        File name in the manifest, such as ``"population_fi.csv"``.

    Returns
    -------
    bytes
        The content.

    Raises
    ------
    SnapshotError
        If the file is missing or damaged.
    """
    return _checked(name)


def path(name: str) -> Path:
    """
    Where a bundled file is, verified as `read_bytes` does.

    Parameters
    ----------
    name
        File name in the manifest.

    Returns
    -------
    Path
        An existing file.

    Raises
    ------
    SnapshotError
        If the file is missing or damaged.
    """
    _checked(name)
    return _FOLDER / name
