"""Build the snapshot in `data/` from the raw inputs in `source/` alone, checking what is read.

    python -m tools.snapshot.build            rebuild
    python -m tools.snapshot.build --check    rebuild aside and compare, byte for byte

Exit status 1 with the reasons on stderr if an input is not what it should be, or if the
comparison finds a difference.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import snapshot
from geodata.snapshot import DATASETS
from geodata.snapshot.layers import Layer, pack_layer
from tools.snapshot import check

__all__ = ["SOURCE", "TARGET", "build", "compare"]

SOURCE = Path(__file__).parent / "source"
TARGET = Path(snapshot.__file__).parent / "data"

EPSG = 3067
MILLIMETRE = 3
DECIMETRE = 1


class _Snapshot:
    """The files built so far, and which raw inputs each of them was built from."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.files: dict[str, bytes] = {}
        self.entries: dict[str, dict[str, object]] = {}
        self._read: set[str] = set()

    def path(self, name: str) -> Path:
        self._read.add(name)
        return self.source / name

    def table(self, name: str) -> pd.DataFrame:
        """Everything as text: codes keep their zeros, and nothing is rounded."""
        return pd.read_csv(self.path(name), dtype=str, keep_default_na=False)

    def put(self, name: str, dataset: str, content: bytes) -> None:
        """Keep a file as built from what was read since the last one."""
        self.files[name] = content
        self.entries[name] = {
            "dataset": dataset,
            "sources": sorted(self._read),
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        self._read.clear()


def build(source: Path = SOURCE, target: Path = TARGET) -> dict[str, int]:
    """
    Check the raw inputs and write the snapshot and its manifest.

    Parameters
    ----------
    source
        Folder of the raw inputs.
    target
        Folder to write to; files there that are no part of the snapshot are removed.

    Returns
    -------
    dict
        Size in bytes of each file written, by name.

    Raises
    ------
    ValueError
        If an input is not what it should be; all faults of the file are listed.
    """
    snapshot = _Snapshot(source)
    register = _build_register(snapshot)
    sweden = _build_boundaries(snapshot, register)
    _build_people(snapshot, register, sweden)
    _build_places(snapshot, register, sweden)
    _build_backdrop(snapshot)
    files = {**snapshot.files, "manifest.json": _manifest(snapshot)}

    # Nothing is written before everything is built: a fault leaves the old snapshot whole.
    target.mkdir(parents=True, exist_ok=True)
    for stale in target.iterdir():
        if stale.name not in files:
            stale.unlink()
    for name, content in files.items():
        (target / name).write_bytes(content)
    return {name: len(content) for name, content in files.items()}


def _build_register(snapshot: _Snapshot) -> pd.DataFrame:
    register = snapshot.table("municipality_register_2013_2026.csv")
    snapshot.put("register.csv", "register", _text(register))
    names = snapshot.table("division_names_2013_2026.csv")
    check.division_names(register, names)
    snapshot.put("division_names.csv", "register", _text(names))
    mergers = snapshot.table("municipality_mergers_2015_2025.csv")
    check.mergers(register, mergers)
    snapshot.put("mergers.csv", "register", _text(mergers))
    pairs = snapshot.table("municipality_neighbours_2021.csv")
    check.neighbours(pairs, codes=_codes(register, 2021))
    snapshot.put("neighbours_fi_2021.csv", "neighbours-fi", _text(pairs))
    return register


def _build_boundaries(snapshot: _Snapshot, register: pd.DataFrame) -> set[str]:
    """Build both countries' polygons; return the codes of the Swedish ones."""
    finland = gpd.read_file(snapshot.path("municipality_boundaries_2021_4500k.gpkg"))
    check.boundaries(finland, codes=_codes(register, 2021), epsg=EPSG)
    snapshot.put("boundaries_fi_2021.npz", "boundaries-fi", _layer(finland))

    sweden = gpd.read_file(snapshot.path("municipalities_northern_sweden.geojson"))
    codes = set(sweden["code"])
    snapshot.put("municipalities_se.csv", "register", _text(sweden[["code", "name"]]))

    snapshot.path("municipalities_northern_sweden.geojson")
    check.boundaries(sweden, codes=codes, epsg=4326)
    sweden = sweden.to_crs(EPSG)
    # To the millimetre, so that one more digit in another PROJ does not change the file.
    sweden.geometry = shapely.transform(sweden.geometry, lambda xy: np.round(xy, MILLIMETRE))
    check.boundaries(sweden, codes=codes, epsg=EPSG)
    snapshot.put("boundaries_se.npz", "boundaries-se", _layer(sweden))
    return codes


def _build_people(snapshot: _Snapshot, register: pd.DataFrame, sweden: set[str]) -> None:
    people = snapshot.table("population_2000_2022.csv")
    check.population(people, codes=_codes(register, 2023), sums=check.POPULATION_FI)
    snapshot.put("population_fi.csv", "population-fi", _text(_wide(people)))
    people = snapshot.table("population_finland_2025.csv")
    check.population(people, codes=_codes(register, 2026), sums=check.POPULATION_FI_2025)
    snapshot.put("population_fi_2025.csv", "population-fi-2025", _text(_wide(people)))
    people = snapshot.table("population_sweden_2000_2025.csv")
    check.population_sweden(people, codes=sweden)
    snapshot.put("population_se.csv", "population-se", _text(_wide(people)))


def _build_places(snapshot: _Snapshot, register: pd.DataFrame, sweden: set[str]) -> None:
    centres = snapshot.table("municipality_centres.csv")
    check.centres(centres, register, sweden)
    snapshot.put("centres.csv", "centres", _text(_centres(centres, register)))
    places = snapshot.table("places_geonames.csv")
    check.places(places, set(register["code"]), sweden)
    snapshot.put("places.csv", "places", _text(_places(places)))


def _build_backdrop(snapshot: _Snapshot) -> None:
    for layer in ("land", "lakes", "borders"):
        text = snapshot.path(f"natural_earth_{layer}.geojson").read_text(encoding="utf-8")
        snapshot.put(f"backdrop_{layer}.geojson", "backdrop", _bare(layer, text))


def _manifest(snapshot: _Snapshot) -> bytes:
    text = (snapshot.source / "datasets.json").read_text(encoding="utf-8")
    datasets = json.loads(text)
    if tuple(datasets) != DATASETS:
        raise ValueError(f"datasets.json: describes {sorted(datasets)}, expected {DATASETS}")
    unused = {str(entry["dataset"]) for entry in snapshot.entries.values()} ^ set(datasets)
    if unused:
        raise ValueError(f"datasets.json: no file, or no description, of {sorted(unused)}")
    manifest = {"format": 1, "datasets": datasets, "files": snapshot.entries}
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


def compare(built: Path, kept: Path = TARGET) -> list[str]:
    """
    Differences between two snapshots, byte for byte.

    Parameters
    ----------
    built
        Folder just built.
    kept
        Folder to compare with.

    Returns
    -------
    list of str
        A sentence a difference; empty if there is none.
    """
    left = {p.name: p.read_bytes() for p in built.iterdir()}
    right = {p.name: p.read_bytes() for p in kept.iterdir()} if kept.is_dir() else {}
    faults = [f"{n}: missing" for n in sorted(left.keys() - right.keys())]
    faults += [f"{n}: not built from the sources" for n in sorted(right.keys() - left.keys())]
    faults += [
        f"{n}: differs from what the sources give "
        f"({len(right[n]):,} bytes, rebuilt {len(left[n]):,})"
        for n in sorted(left.keys() & right.keys())
        if left[n] != right[n]
    ]
    return faults


def _codes(register: pd.DataFrame, year: int) -> set[str]:
    return set(register.loc[register["year"] == str(year), "code"])


def _text(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def _layer(frame: gpd.GeoDataFrame) -> bytes:
    frame = frame.sort_values("code")
    codes = frame["code"].to_numpy(dtype="U")
    return pack_layer(Layer(codes, frame.geometry.to_numpy(), EPSG))


def _wide(people: pd.DataFrame) -> pd.DataFrame:
    wide = people.set_index(["code", "year"])["population"].unstack()  # noqa: PD010 - text
    return wide.sort_index().sort_index(axis="columns").reset_index()


def _centres(centres: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Names as the register spells them: the topographic database writes them in capitals."""
    latest = register.sort_values("year").drop_duplicates("code", keep="last")
    spelled = latest.set_index("code")["name_fi"]
    finnish = centres["country"] == "FI"
    name = centres["name"].mask(finnish, centres["code"].map(spelled))
    table = centres.assign(name=name)[["country", "code", "name", "easting", "northing", "source"]]
    return table.sort_values(["country", "code"])


def _places(places: pd.DataFrame) -> pd.DataFrame:
    points = gpd.points_from_xy(places["lon"].astype(float), places["lat"].astype(float), crs=4326)
    xy = shapely.get_coordinates(points.to_crs(EPSG)).round(DECIMETRE)
    kept = places[["geonameid", "name", "country", "municipality_code", "feature_code"]]
    table = kept.assign(
        easting=[f"{x:.1f}" for x in xy[:, 0]],
        northing=[f"{y:.1f}" for y in xy[:, 1]],
        population=places["population"],
    )
    return table.sort_values(["country", "municipality_code", "geonameid"])


def _bare(layer: str, text: str) -> bytes:
    """One geometry collection in as little text as will do: no features, no properties."""
    geometries = shapely.from_geojson(text)
    check.backdrop(layer, geometries)
    parts: Iterable[Any] = shapely.get_parts(geometries)
    kind = "MultiLineString" if layer == "borders" else "MultiPolygon"
    rings = [shapely.geometry.mapping(part)["coordinates"] for part in parts]
    bare = {"type": kind, "coordinates": rings}
    return json.dumps(bare, separators=(",", ":")).encode()


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.snapshot.build")
    parser.description = "Build the bundled data from the raw inputs alone."
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    check_only = parser.parse_args().check
    if not SOURCE.is_dir():
        sys.stderr.write(
            "the snapshot cannot be built: the raw inputs are in the source distribution and the "
            "repository only; run this there\n"
        )
        return 1
    try:
        if not check_only:
            for name, size in build().items():
                sys.stdout.write(f"{size:>9,}  {name}\n")
            return 0
        with tempfile.TemporaryDirectory() as folder:
            build(target=Path(folder))
            faults = compare(Path(folder))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"the snapshot cannot be built: {error}\n")
        return 1
    if faults:
        sys.stderr.write("the snapshot is not what its sources give; rebuild it:\n")
        sys.stderr.writelines(f"  {fault}\n" for fault in faults)
        return 1
    sys.stdout.write("the snapshot is what its sources give\n")
    return 0


if __name__ == "__main__":
    sys.exit(_main())
