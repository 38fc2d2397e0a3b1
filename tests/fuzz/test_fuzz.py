"""
Inputs of the right structure, with something wrong in them, through every door of the library.

Each comes out as an answer or as one error of the library's own. Where the answer is a sum or a
list, it is that of the input: what is wrong is refused, and not counted in another way.
"""

import copy
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import box
from shapely.geometry import mapping

from tests.fuzz.doors import DOORS, through

FEW = settings(max_examples=max(1, settings.default.max_examples // 2))

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ["", "091", "91", "FI_999", "Helsinky", "=1+1", "1,200", "1.200", "..", "<5", "-",
         "\x1b[2J", "\u202e", "\x00", "a" * 5000, "2022-13-45", "1e400", "NaN",
         "kunta_1_20260101/091"]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)  # fmt: skip


def places(document, at=()):
    """Go through the places of a document of lists and dicts."""
    yield at
    if isinstance(document, dict):
        for key, value in document.items():
            yield from places(value, (*at, key))
    elif isinstance(document, list):
        for number, value in enumerate(document):
            yield from places(value, (*at, number))


@st.composite
def spoilt(draw, document):
    """Put something else into up to three places of a document, take it out, or repeat it."""
    changed = copy.deepcopy(document)
    for _ in range(draw(st.integers(0, 3))):
        *to, last = draw(st.sampled_from([at for at in places(changed) if at] or [("x",)]))
        holder = changed
        for key in to:
            holder = holder[key]
        what = draw(st.sampled_from(["junk", "out", "again"]))
        if what == "out" and not isinstance(holder, str):
            del holder[last]
        elif what == "again" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]))
        else:
            holder[last] = draw(JUNK)
        if not changed:
            break
    return changed


def as_bytes(document):
    """Return JSON as a careless writer writes it, lone surrogates left out."""
    return json.dumps(document, default=str).encode()


@st.composite
def cut(draw, content):
    """Cut bytes off, put others in, or leave them as they are."""
    data = bytearray(draw(content))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(data)))
        how = draw(st.sampled_from(["cut", "put", "turn"]))
        if how == "cut":
            del data[at : at + draw(st.integers(1, 40))]
        elif how == "put":
            data[at:at] = draw(st.binary(min_size=1, max_size=6))
        elif at < len(data):
            data[at] = draw(st.integers(0, 255))
    return bytes(data)


# -- tables ------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.sampled_from(
        ["1", "12", "1 200", "12,5", "1,200", "1.200", "0", "-", "..", "...", "<5", "", " ", "-9",
         "-99", "99999999", "inf", "nan", "1e3", "True", "0:25:00", "12:30", "2019", "240", "241",
         "Kemi", "Keminmaa", "Kemin kaupunki", "KU240", "091", "91", "999", "Ulkomaat", "KOKO MAA",
         "=1", '"', "380000", "6670000", "x" * 300, "\u00a0", "1\u00a0000", "a\nb", ";", ",", "\t"]
    ),
    st.text(max_size=5),
)  # fmt: skip
MARKS = st.sampled_from([",", ";", "\t", "|"])
CODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])


@st.composite
def csv_of(draw, header, rows):
    """Write a table in any dialect, some of its cells and names replaced, a row of any length."""
    mark, coding = draw(MARKS), draw(CODINGS)
    lines = [list(header), *[list(row) for row in rows]]
    for _ in range(draw(st.integers(0, 4))):
        row = lines[draw(st.integers(0, len(lines) - 1))]
        if row:
            row[draw(st.integers(0, len(row) - 1))] = draw(CELLS)
    if draw(st.booleans()):
        lines.append(draw(st.lists(CELLS, max_size=4)))
    if draw(st.booleans()):
        lines.insert(0, draw(st.sampled_from([[], ["A title"], ["sep=" + mark]])))
    quoted = draw(st.booleans())
    text = draw(st.sampled_from(["\n", "\r\n"])).join(
        mark.join('"' + cell.replace('"', '""') + '"' if quoted else cell for cell in line)
        for line in lines
    )
    return text.encode(coding, errors="replace")


TABLES = {
    "zone_csv": csv_of(["id", "division", "codes"], [["own", "2026", "240"], ["", "", "Keminmaa"]]),
    "grid": csv_of(
        ["xkoord", "ykoord", "vaesto"],
        [[f"{380_000 + 1000 * n}", "6670000", f"{n}"] for n in range(1, 5)],
    ),
    "flows": csv_of(
        ["origin", "destination", "people"], [["240", "241", "10"], ["241", "240", "5"]]
    ),
    "minutes": csv_of(["from", "to", "minutes"], [["240", "241", "10"], ["241", "240", "5"]]),
    "indicators": csv_of(["kunta", "jobs"], [["240", "10"], ["241", "5"], ["564", "7"]]),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(name):
    @FEW
    @given(content=TABLES[name] | cut(TABLES[name]))
    def check(content):
        through(DOORS[name], content)

    check()


@FEW
@given(
    people=st.lists(st.integers(0, 90_000), min_size=1, max_size=30),
    mark=MARKS,
    coding=CODINGS,
)
def test_people_of_a_grid_are_those_that_were_written(people, mark, coding):
    lines = [mark.join(["xkoord", "ykoord", "vaesto"])]
    lines += [f"{300_000 + 1000 * at}{mark}6670000{mark}{n}" for at, n in enumerate(people)]
    found = through(DOORS["grid"], "\n".join(lines).encode(coding))
    assert isinstance(found, Exception) or found == sum(people)


@FEW
@given(
    counts=st.lists(st.integers(0, 10**6), min_size=1, max_size=3),
    mark=MARKS,
    thousands=st.sampled_from(["", " ", "\u00a0"]),
)
def test_flows_are_those_that_were_written(counts, mark, thousands):
    pairs = [("240", "241"), ("241", "240"), ("240", "240")]
    lines = [mark.join(["origin", "destination", "people"])]
    lines += [
        mark.join([*pair, f"{n:,}".replace(",", thousands)])
        for pair, n in zip(pairs, counts, strict=False)
    ]
    found = through(DOORS["flows"], "\n".join(lines).encode())
    assert isinstance(found, Exception) or found == sum(counts)


# -- zone files, identifiers -------------------------------------------------------------------


def toml_of(value):
    """Write a value as TOML, as far as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml_of(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_of, value)) + "]"
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value) if isinstance(value, str) else str(value)


ZONE = {
    "id": "own",
    "name_en": "Own",
    "division": 2026,
    "codes": ["240", "241"],
    "source": "given",
    "extent": [{"id": "small", "division": 2026, "codes": ["240"], "description": "a part"}],
    "member": [{"code": "240", "role": "member", "start": "2020", "source": "x"}],
    "spine": ["240", "241"],
}


@FEW
@given(document=spoilt(ZONE))
def test_zone_files(document):
    text = "\n".join(f"{json.dumps(key)} = {toml_of(value)}" for key, value in document.items())
    through(DOORS["zone_toml"], text.encode(errors="replace"))


@given(
    texts=st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(["091", "FI_091", "Helsinki", "Vihdin kunta", "２40", "KU091", "91.0"]),
            st.from_regex(r"\A(FI|SE|KU|kunta_1_)?[_ ]?[0-9]{1,9}( [A-Za-zåäö]{0,9})?\Z"),
        ),
        max_size=4,
    )
)
@example(texts=["091\x00"])
def test_identifiers(texts):
    found = through(DOORS["identifiers"], "\n".join(texts).encode(errors="replace"))
    if not isinstance(found, Exception):
        again = through(DOORS["identifiers"], "\n".join(found).encode())
        assert again == found


# -- polygons and answers ----------------------------------------------------------------------

SQUARES = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3067"}},
    "features": [
        {
            "type": "Feature",
            "properties": {"kunta": code, "nimi": name, "vuosi": 2026, "grd_id": cell, "vaesto": 5},
            "geometry": json.loads(json.dumps(mapping(box(x, 7_291_000, x + 1000, 7_292_000)))),
        }
        for code, name, x, cell in (
            ("240", "Kemi", 384_000, "1kmN7291E0384"),
            ("241", "Keminmaa", 385_000, "1kmN7291E0385"),
        )
    ],
}
STAT = {
    "class": "dataset",
    "id": ["area", "year"],
    "size": [2, 1],
    "dimension": {
        "area": {"category": {"index": {"KU005": 1, "SSS": 0}}},
        "year": {"category": {"index": ["2025"]}},
    },
    "value": [30, None],
    "status": {"1": "..."},
}


@pytest.mark.parametrize(
    ("name", "document"),
    [("geojson", SQUARES), ("layer", SQUARES), ("cells", SQUARES), ("json_stat", STAT)],
)
def test_polygons_and_answers(name, document):
    @FEW
    @given(content=spoilt(document).map(as_bytes) | cut(spoilt(document).map(as_bytes)))
    def check(content):
        found = through(DOORS[name], content)
        assert found is None or isinstance(
            found, Exception | int | list | pd.DataFrame | gpd.GeoDataFrame
        )

    check()


@given(
    values=st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=12),
    sparse=st.booleans(),
)
def test_a_cube_has_the_values_that_were_sent(values, sparse):
    document = {
        "class": "dataset",
        "id": ["area"],
        "size": [len(values)],
        "dimension": {"area": {"category": {"index": [f"KU{n:03}" for n in range(len(values))]}}},
        "value": {str(n): v for n, v in enumerate(values) if v is not None} if sparse else values,
    }
    found = through(DOORS["json_stat"], as_bytes(document))["value"]
    assert [None if pd.isna(value) else int(value) for value in found] == values
    assert np.issubdtype(found.dtype.numpy_dtype, np.floating)
