"""
What takes what others wrote, each as a function of bytes: an answer, or an error of the library's.

Hypothesis (test_fuzz.py) and Atheris (by hand, see below) go through the same doors. Anything but a
`GeodataError` or a `ZonesError`, of one line, is a fault that they find.

    python -m pip install atheris
    python -m tests.fuzz.doors geojson -max_total_time=600
"""

import contextlib
import json
import os
import sys
import tempfile
import types
import warnings
from pathlib import Path

import geodata
import zones
from geodata.errors import GeodataError
from geodata.sources.answers import Answer, PassingFaultError, whole_json
from geodata.sources.features import read_boundary_layer, read_grid_layer
from geodata.sources.json_stat import read_json_stat
from geodata.sources.wfs import WFS_URL, _collection
from geodata.travel.matrices import read_travel_times
from zones.errors import ZonesError

JOBS = geodata.Indicator(id="jobs", kind="count")


@contextlib.contextmanager
def file(name, content):
    """Write a file to a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def zone_toml(content):
    with file("own.toml", content) as path:
        return zones.area(zones.read_zone(path)).units.index.tolist()


def zone_csv(content):
    with file("own.csv", content) as path:
        return zones.read_zone(path).default_extent.units


def grid(content):
    with file("own.csv", content) as path:
        return geodata.read_grid(path).total


def flows(content):
    with file("own.csv", content) as path:
        return float(geodata.read_flows(path).flows["low"].sum())


def minutes(content):
    with file("own.csv", content) as path:
        return read_travel_times(path).minutes


def indicators(content):
    with file("own.csv", content) as path:
        return geodata.read_indicators(path, JOBS, year=2019).cells


def identifiers(content):
    return geodata.parse_ids(content.decode(errors="replace").split("\n")).tolist()


def geojson(content):
    with file("own.geojson", content) as path:
        return geodata.read_boundaries(path, partial=True, check=False).index.tolist()


def json_stat(content):
    document = whole_json(_answer(content))
    return None if not isinstance(document, dict) else read_json_stat(document)


def layer(content):
    return _layer(content, lambda text: read_boundary_layer(text, 2026))


def cells(content):
    return _layer(content, lambda text: read_grid_layer(text, 2025, cell="1km"))


def _layer(content, read):
    """Hold a collection to its shape, as a fetch does before its features are looked at."""
    collection = _collection(_answer(content))
    features = [one for one in collection.features if one.geometry and one.properties]
    if any(not isinstance(one.properties.get("kunta"), str) for one in features) or not features:
        return None
    document = {"features": [vars(one) for one in features]}
    return len(read(json.dumps(document).encode()))


def _answer(content):
    return Answer(WFS_URL, 200, "application/json", content)


DOORS = {
    door.__name__: door
    for door in (
        zone_toml,
        zone_csv,
        grid,
        flows,
        minutes,
        indicators,
        identifiers,
        geojson,
        json_stat,
        layer,
        cells,
    )
}


def through(door, content):
    """Return the answer of a door, or the line of its error; anything else is raised."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return door(content)
    except PassingFaultError as fault:
        return fault
    except (GeodataError, ZonesError) as fault:
        said = str(fault)
        if not said or "\n" in said:
            raise AssertionError(f"not one line: {said!r}") from fault
        return fault


def main(name, *options):
    import atheris  # noqa: PLC0415 - by hand alone

    os.environ["ZONES_OFFLINE"] = "1"
    atheris.Setup([sys.argv[0], *options], lambda content: through(DOORS[name], content))
    for function in _functions():
        atheris.instrument_func(function)
    atheris.Fuzz()


def _functions():
    """Return the functions of the two packages: with those of all others, it takes minutes."""
    for module in [m for n, m in sys.modules.items() if n.split(".")[0] in ("geodata", "zones")]:
        for found in list(vars(module).values()):
            kept = vars(found).values() if isinstance(found, type) else [found]
            for one in kept:
                if isinstance(one, types.FunctionType) and one.__module__ == module.__name__:
                    yield one


if __name__ == "__main__":
    main(*sys.argv[1:])
