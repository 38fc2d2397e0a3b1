"""People by municipality from a stand-in for Statistics Finland's PxWeb.

Shapes of answers are documented; the people are constructed, and so is every fault.
"""

import dataclasses
import json

import pytest

from geodata import sources
from geodata.errors import OfflineError, ServiceError
from geodata.sources.json_stat import read_json_stat
from tests.geodata.sources.bad_server import (
    AREA,
    QUICK,
    BadServer,
    Reply,
    as_html,
    as_json,
    pxweb,
    zipped,
)

PEOPLE = {"SSS": 60, "KU005": 10, "KU009": 20, "KU010": 30}


@pytest.fixture
def server():
    with BadServer(pxweb(PEOPLE)) as running:
        yield running


@pytest.fixture
def fetch(server, tmp_path):
    def fetch(year=2025, **more):
        more = {"folder": tmp_path / "cache", "transport": QUICK} | more
        return sources.fetch_population(year, base_url=f"{server.url}/StatFin/", **more)

    return fetch


def test_people_by_municipality(server, fetch):
    fetched = fetch()
    assert fetched.data.to_dict() == {"FI_005": 10, "FI_009": 20, "FI_010": 30}
    assert fetched.data.name == "population"
    assert fetched.data.index.name == "lau_id"
    assert fetched.data.dtype == "int64"
    assert (fetched.year, fetched.division) == (2025, 2026)
    assert "population 2025 in the municipalities of 2026" in fetched.line


def test_metadata_are_read_first_and_the_query_uses_their_codes(server, fetch):
    fetch()
    metadata, query = server.requests
    assert (metadata.method, metadata.path) == ("GET", "/StatFin/vaerak/11ra.px")
    assert (query.method, query.path) == ("POST", "/StatFin/vaerak/11ra.px")
    chosen = {part["code"]: part["selection"]["values"] for part in query.body["query"]}
    assert chosen == {
        "timeperiod_y": ["2025"],
        AREA: list(PEOPLE),
        "contentscode": ["vaerak-vaesto"],
    }
    assert query.body["response"] == {"format": "json-stat2"}


def test_codes_of_another_edition(server, fetch):
    """Codes as tables had them before: Alue, Tiedot, Vuosi (documented for older tables)."""
    metadata = {
        "title": "Key figures",
        "variables": [
            {"code": "Alue 2023", "text": "Area", "values": ["SSS", "KU005"]},
            {
                "code": "Tiedot",
                "text": "Information",
                "values": ["dem", "pop"],
                "valueTexts": ["Dependency ratio", "Population"],
            },
            {"code": "Vuosi", "text": "Year", "time": True, "values": ["2021", "2022"]},
            {"code": "Sukupuoli", "text": "Sex", "values": ["SSS", "1", "2"]},
            {"code": "Ikä", "text": "Age", "values": ["SSS"], "elimination": True},
        ],
    }
    answer = {
        "class": "dataset",
        "id": ["Vuosi", "Alue 2023", "Sukupuoli"],
        "size": [1, 2, 1],
        "dimension": {
            "Vuosi": {"category": {"index": ["2022"]}},
            "Alue 2023": {"category": {"index": {"KU005": 1, "SSS": 0}}},
            "Sukupuoli": {"category": {"label": {"SSS": "Total"}}},
        },
        "value": [10, 10],
    }
    server.service = lambda r: as_json(metadata if r.method == "GET" else answer)
    fetched = fetch(2022)
    assert fetched.data.to_dict() == {"FI_005": 10}
    assert fetched.division == 2023
    chosen = {p["code"]: p["selection"]["values"] for p in server.requests[-1].body["query"]}
    assert chosen["Sukupuoli"] == ["SSS"]
    assert "Ikä" not in chosen


AGES = {
    "totals": [100, 500, 600],
    "values": ["0-14", "15-", "SSS"],
    "valueTexts": ["0-14", "15 -", "Total"],
}


def with_another_variable(totals, people=PEOPLE, **variable):
    """A table with one more variable that may not be left out; people are those of its value."""

    def answer(request):
        if request.method == "GET":
            reply = pxweb(people)(request)
            document = json.loads(reply.body)
            document["variables"].insert(0, {"code": "ika", "text": "Age"} | variable)
            return as_json(document)
        chosen = {p["code"]: p["selection"]["values"] for p in request.body["query"]}
        (value,) = chosen["ika"]
        of_value = dict(zip(variable["values"], totals, strict=True))[value]
        document = json.loads(pxweb({a: n * of_value for a, n in people.items()})(request).body)
        document["id"].insert(0, "ika")
        document["size"].insert(0, 1)
        document["dimension"]["ika"] = {"category": {"index": {value: 0}}}
        return as_json(document)

    return answer


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        (AGES, 6000),
        ({"totals": [6, 3, 3], "values": ["SSS", "1", "2"]}, 60),
        ({"totals": [1, 5, 6], "values": ["a", "b", "c"], "valueTexts": ["x", "y", "Total"]}, 60),
        ({"totals": [7], "values": ["only"]}, 70),
    ],
)
def test_of_a_variable_that_is_not_known_the_total_is_asked_for(server, fetch, variable, expected):
    server.service = with_another_variable(**variable)
    assert fetch().data["FI_005"] == expected


def test_a_variable_that_is_not_known_and_has_no_total_is_named(server, fetch):
    server.service = with_another_variable([1, 5], values=["0-14", "15-"])
    with pytest.raises(ServiceError, match=r"known to be the total: ika \(0-14,15-\)"):
        fetch()
    assert len(server.requests) == 1


def test_another_value_than_the_one_that_was_asked_for(server, fetch):
    good = with_another_variable(**AGES)

    def answer(request):
        reply = good(request)
        return dataclasses.replace(reply, body=reply.body.replace(b'"SSS": 0}', b'"15-": 0}'))

    server.service = answer
    with pytest.raises(ServiceError, match=r"values of ika were asked for.*differ in 15-, SSS"):
        fetch()


def test_the_year_before_when_the_year_is_not_out(server, fetch):
    fetched = fetch(2026)
    assert (fetched.requested_year, fetched.year) == (2026, 2025)


def test_a_year_that_is_not_there(fetch):
    with pytest.raises(ServiceError, match="has people of 1990-2025, 1980 was asked for"):
        fetch(1980)


def test_the_cached_year_is_used_until_told_otherwise(server, fetch, monkeypatch):
    fetch()
    server.service = pxweb({"SSS": 61, "KU005": 11, "KU009": 20, "KU010": 30})
    monkeypatch.setenv("ZONES_OFFLINE", "1")
    assert fetch().data["FI_005"] == 10
    with pytest.raises(OfflineError):
        fetch(2024)
    monkeypatch.delenv("ZONES_OFFLINE")
    assert fetch(refresh=True).data["FI_005"] == 11
    assert fetch().data["FI_005"] == 11


def breaks(**changes):
    return lambda document: document.update(changes)


def only(*areas):
    """Give these municipalities alone, without the country that they would have to add up to."""

    def change(document):
        document["dimension"][AREA]["category"]["index"] = list(areas)
        document |= {"size": [1, len(areas), 1], "value": [10] * len(areas)}

    return change


def of_year(year):
    def change(document):
        document["dimension"]["timeperiod_y"]["category"]["index"] = [year]

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (breaks(value=[60, 10, 20, None], status={"3": "..."}), r"1 figures.*KU010 '\.\.\.'"),
        (breaks(value=[61, 10, 20, 30]), "add up to 60 people, the country has 61"),
        (breaks(value="many"), "value should be a list or an object and is 'many'"),
        (breaks(value=[60, "10", 20, 30]), r"value\[1\] should be a number or null and is '10'"),
        (breaks(value=[60, True, 20, 30]), r"value\[1\] should be a number or null and is True"),
        (breaks(value=[60, 10, 20, 10**400]), r"value\[3\] should be a number or null"),
        (breaks(value=[1e300, 1e300, 0, 0]), "whole numbers"),
        (breaks(id=[{}]), r"id\[0\] should be text and is \{\}"),
        (breaks(dimension=[]), r"dimension should be an object and is \[\]"),
        (breaks(size=[10**6] * 3), "size says"),
        (breaks(value=[60, 10, 20]), "4 values were expected, 3 came"),
        (breaks(value=[60, 10.5, 19.5, 30]), "whole numbers"),
        (breaks(size=[1, 5, 1]), r"size says \[1, 5, 1\]"),
        (breaks(dimension={}), r"size says \[1, 4, 1\], the categories are \[\]"),
        (breaks(id=["contentscode"], size=[1], value=[60]), "one dimension of municipalities"),
        (
            only("KU005", "KU009"),
            "4 values of alue_23_20260101 were asked for and 2 came; they differ in KU010, SSS",
        ),
        (of_year("2024"), "timeperiod_y were asked for and 1 came; they differ in 2024, 2025"),
    ],
)
def test_figures_that_are_not_to_be_believed(server, fetch, tmp_path, change, message):
    server.service = pxweb(PEOPLE, change=change)
    with pytest.raises(ServiceError, match=message):
        fetch()
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(400, body=b"Bad Request"), r"answered 400 .*Bad Request"),
        (Reply(403), "answered 403"),
        (Reply(404), "answered 404"),
        (as_html("Out of order"), r"JSON with variables was expected.*an HTML page.*Out of order"),
        (as_json({"hello": 1}), r"variables was expected; variables is missing; found \['hello'\]"),
        (as_json({"variables": []}), "a variable of municipalities"),
        (as_json({"variables": ["Area"]}), r"variables\[0\] should be an object and is 'Area'"),
        (as_json({"variables": [{"code": "a", "values": [2025]}]}), r"values\[0\] should be text"),
        (as_json({"variables": [{"values": []}]}), r"variables\[0\].code is missing"),
        (Reply(body=b"[" * 200_000 + b"]" * 200_000), "nested too deeply"),
        (as_json([]), r"should be an object and is \[\]"),
    ],
)
def test_metadata_that_are_none(server, fetch, tmp_path, reply, message):
    server.spoil(reply)
    with pytest.raises(ServiceError, match=message):
        fetch()
    assert len(server.requests) == 1
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (as_html("Out of order"), r"11ra.px: json-stat2 was expected.*an HTML page.*Out of order"),
        (as_json([]), r"11ra.px: json-stat2 was expected; it should be an object and is \[\]"),
        (as_json({"class": "dataset"}), r"11ra.px: not a json-stat2 dataset; id is missing; size"),
    ],
)
def test_figures_that_are_none(server, fetch, reply, message):
    good = server.service
    server.service = lambda request: good(request) if request.method == "GET" else reply
    with pytest.raises(ServiceError, match=message):
        fetch()


@pytest.mark.parametrize(
    "passing",
    [
        Reply(429, headers={"Retry-After": "0"}),
        Reply(503),
        Reply(body=b'{"variables": ['),
        Reply(body=b""),
        Reply(body=zipped(Reply(body=b"{}" * 99)).body[:9], headers={"Content-Encoding": "gzip"}),
    ],
)
def test_what_passes_is_waited_for(server, fetch, passing):
    server.spoil(passing)
    assert fetch().data.sum() == 60


# -- json-stat2 -------------------------------------------------------------------------------


def dataset(**changes):
    document = {
        "class": "dataset",
        "id": ["area", "sex", "year"],
        "size": [2, 2, 1],
        "dimension": {
            # The same codes in two dimensions, as Statistics Finland has SSS in all of them.
            "area": {"category": {"index": ["SSS", "KU005"]}},
            "sex": {"category": {"index": {"SSS": 0, "1": 1}}},
            "year": {"category": {"index": {"2025": 0}}},
        },
        "value": [4, 2, 3, 1],
    }
    return document | changes


def cell(table, area, sex):
    return table[(table["area"] == area) & (table["sex"] == sex)].iloc[0]


def test_cells_are_read_by_position():
    table = read_json_stat(dataset())
    assert len(table) == 4
    assert cell(table, "SSS", "1")["value"] == 2
    assert cell(table, "KU005", "SSS")["value"] == 3


def test_an_index_in_any_order():
    document = dataset()
    document["dimension"]["area"]["category"]["index"] = {"KU005": 1, "SSS": 0}
    assert cell(read_json_stat(document), "KU005", "1")["value"] == 1


@pytest.mark.parametrize("status", [{"2": "..."}, ["", "", "...", ""], [None, None, "...", None]])
def test_hidden_cells_are_missing_and_say_why(status):
    table = read_json_stat(dataset(value=[4, 2, None, 1], status=status))
    hidden = cell(table, "KU005", "SSS")
    assert hidden.isna()["value"]
    assert hidden["status"] == "..."
    assert table["value"].isna().sum() == 1


def test_sparse_values_and_one_status_for_all():
    table = read_json_stat(dataset(value={"0": 4, "3": 1}, status="p"))
    assert table["value"].sum() == 5
    assert set(table["status"]) == {"p"}
