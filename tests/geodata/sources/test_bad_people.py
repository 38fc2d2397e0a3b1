"""People by municipality from answers that are wrong in one way each, all constructed."""

import json

from geodata import sources
from tests.geodata.sources.asking import IMPATIENT, WHOLE, asked, table
from tests.geodata.sources.bad_server import AREA, as_json, pxweb

PEOPLE = {"SSS": 60, "KU005": 10, "KU009": 20, "KU010": 30}


def to_figures(**more):
    return lambda document: document.update(more)


def to_areas(*areas):
    def change(document):
        document["dimension"][AREA]["category"]["index"] = list(areas)
        document |= {"size": [1, len(areas), 1], "value": [60, *[10] * (len(areas) - 1)]}

    return change


def to_dimension(name, codes):
    def change(document):
        document["dimension"][name]["category"]["index"] = codes

    return change


@table(
    ("hidden", to_figures(value=[60, 10, 20, None]), "1 figures are not given"),
    ("not the sum", to_figures(value=[61, 10, 20, 30]), "add up to 60 people, the country has 61"),
    ("text", to_figures(value=[60, "10", 20, 30]), r"value\[1\] should be a number or null"),
    ("truth", to_figures(value=[60, True, 29, 30]), r"value\[1\] should be a number or null"),
    ("halves", to_figures(value=[60, 10.5, 19.5, 30]), "whole numbers"),
    ("below nothing", to_figures(value=[60, -10, 40, 30]), "whole numbers"),
    ("too many", to_figures(value=[60, 10, 20, 30, 40]), "4 values were expected, 5 came"),
    ("too few", to_figures(value=[60]), "4 values were expected, 1 came"),
    ("lists", to_figures(value=[[60], [10], [20], [30]]), r"value\[0\] should be a number"),
    ("no values", to_figures(value=None), "value should be a list or an object"),
    ("sizes of another", to_figures(size=[1, 5, 1]), r"size says \[1, 5, 1\]"),
    ("sizes of text", to_figures(size=["1", "4", "1"]), r"size\[0\] should be a whole number"),
    ("no dimensions", to_figures(dimension={}), "the categories are"),
    ("dimensions as a list", to_figures(dimension=[]), "dimension should be an object"),
    ("ids twice", to_figures(id=[AREA, AREA, AREA]), "size says"),
    ("another year", to_dimension("timeperiod_y", ["2024"]), "differ in 2024, 2025"),
    ("other figures", to_dimension("contentscode", ["vaerak-demhuolto"]), "differ in vaerak-demh"),
    ("municipality lacking", to_areas("SSS", "KU005", "KU009"), "differ in KU010"),
    ("municipality twice", to_areas("SSS", "KU005", "KU005", "KU009"), "came twice"),
    ("a region", to_areas("SSS", "KU005", "MK01", "KU009"), "one dimension of municipalities"),
    (
        "index of text",
        to_dimension(AREA, {"KU005": "first"}),
        r"\['KU005'\] should be a whole",
    ),
    ("a version before", lambda d: d.clear(), "not a json-stat2 dataset; id is missing"),
    ("marks besides", to_figures(status={"0": "e"}, note=["x"]), WHOLE),
)
def test_people(spoil, expected, tmp_path):
    found = asked(pxweb(PEOPLE, change=spoil), people, expected, tmp_path)
    assert found is None or found.to_dict() == {"FI_005": 10, "FI_009": 20, "FI_010": 30}


@table(
    ("code of nobody", {"SSS": 60, "KU005": 10, "KU888": 50}, "KU888 of dimension .* no munici"),
    ("country alone", {"SSS": 60}, "a variable of municipalities"),
)
def test_people_of_places(spoil, expected, tmp_path):
    asked(pxweb(spoil), people, expected, tmp_path)


def with_variables(change):
    """Change the variables of the table."""

    def answer(request):
        reply = pxweb(PEOPLE)(request)
        if request.method != "GET":
            return reply
        document = json.loads(reply.body)
        change(document["variables"])
        return as_json(document)

    return answer


ANOTHER = {"code": "ika", "text": "Age", "values": ["0-14", "15-"], "valueTexts": ["0-14", "15-"]}


@table(
    ("a variable of no total", lambda v: v.append(ANOTHER), r"to be the total: ika \(0-14,15-\)"),
    ("two of municipalities", lambda v: v.append(v[0]), "a variable of municipalities"),
    ("no year", lambda v: v.pop(), "a variable of municipalities"),
    ("no population", lambda v: v.pop(1), "one with the population were expected"),
    (
        "values of numbers",
        lambda v: v[2].update(values=[2025]),
        r"values\[0\] should be text",
    ),
    ("no code", lambda v: v[0].pop("code"), r"variables\[0\]\.code is missing"),
    ("texts of nothing", lambda v: v[0].update(valueTexts=None), "valueTexts should be a list"),
    ("none", lambda v: v.clear(), "variables found"),
    ("years long ago", lambda v: v[2].update(values=["1999"]), "people of 1999-1999, 2025 was"),
    ("one that may be left out", lambda v: v.append(ANOTHER | {"elimination": True}), WHOLE),
)
def test_variables(spoil, expected, tmp_path):
    found = asked(with_variables(spoil), people, expected, tmp_path)
    assert found is None or found.sum() == 60


def people(address, folder):
    return sources.fetch_population(2025, base_url=address, folder=folder, transport=IMPATIENT)
