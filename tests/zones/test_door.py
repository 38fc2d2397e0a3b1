"""The door: every function of a zone takes it in every form, and the answer is the same."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typeguard import suppress_type_checks

import geodata
import zones
from zones.errors import CatalogueError, ExtentError, UnknownGroupError, ZonesError

UNITS = ["FI_564", "FI_678", "FI_240"]
FILE = """
id = "oulu-raahe-kemi"
name_fi = "Oulu, Raahe, Kemi"
name_sv = "Uleåborg, Brahestad, Kemi"
name_en = "Oulu, Raahe, Kemi"
division = 2026
codes = ["564", "678", "240"]
source = "given by the user"
"""
FORMS: dict[str, Callable[[Path], object]] = {
    "path": lambda path: path,
    "text of a path": str,
    "zone": zones.read_zone,
    "area": zones.area,
    "names": lambda _: ["Oulu", "Brahestad", "Kemi"],
    "codes": lambda _: ("564", "678", "240"),
    "series": lambda _: pd.Series(UNITS),
    "index": lambda _: pd.Index(UNITS),
    "array": lambda _: np.array(UNITS),
    "rows": lambda _: geodata.municipalities(2026).loc[UNITS],
}
FLOWS = pd.DataFrame({"origin": ["Oulu"], "destination": ["Kemi"], "people": [5]})
MINUTES = pd.DataFrame(40.0, index=UNITS, columns=UNITS)
JOBS = zones.read_indicators(
    pd.Series(5, index=UNITS, name="jobs").to_frame(),
    zones.Indicator(id="jobs", kind="count"),
    year=2019,
    division=2026,
)
FUNCTIONS: dict[str, Callable[[object], object]] = {
    "area": lambda zone: zones.area(zone, year=2022).units,
    "get": lambda zone: zones.get(zone).default_extent.units,
    "memberships": zones.memberships,
    "incidence": zones.incidence,
    "join": lambda zone: zones.join(geodata.municipalities(2026), zone),
    "coverage": zones.coverage,
    "others": lambda zone: zones.coverage("peramerenkaari", others=zone),
    "reach": lambda zone: zones.reach(zone, within_km=10),
    "connectivity": zones.connectivity,
    "border_graph": lambda zone: zones.border_graph(zone).ties,
    "link_graph": lambda zone: zones.link_graph(zone).ties,
    "distance_graph": lambda zone: zones.distance_graph(zone, nearest=1).ties,
    "travel_time_graph": lambda zone: zones.travel_time_graph(zone, MINUTES).ties,
    "flow_graph": lambda zone: zones.flow_graph(zone, FLOWS).ties,
    "flows": lambda zone: zones.flows(zone, FLOWS),
    "membership_graph": lambda zone: zones.membership_graph(zone).ties,
    "bridging_members": lambda zone: zones.bridging_members([zone, "peramerenkaari"]),
    "population_table": lambda zone: zones.population_table(zone, years=[2020, 2022]),
    "potential": lambda zone: zones.potential(zone, within_km=25),
    "catchments": lambda zone: zones.catchments(zone, 25),
    "reached_by": lambda zone: zones.reached_by([zone, "viitoskaytava"], 10),
    "indicators": lambda zone: zones.indicators(zone, JOBS),
    "check_claims": lambda zone: zones.check_claims(zone).to_frame(),
    "compare": lambda zone: zones.compare(zone, "peramerenkaari"),
    "what_if": lambda zone: zones.what_if(zone, add="Ii"),
    "rank_candidates": lambda zone: zones.rank_candidates(zone, limit=2),
    "over_time": lambda zone: zones.over_time(zone, years=(2022, 2026)),
    "map": lambda zone: zones.map(zone, networks=False).data,
}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("door") / "OWN.TOML"
    path.write_text(FILE, encoding="utf-8")
    return path


def shown(answer):
    """Return what can be compared of any answer."""
    if hasattr(answer, "to_frame"):
        answer = answer.to_frame()
    return answer.to_csv() if isinstance(answer, pd.DataFrame) else repr(answer)


def test_every_public_function_of_a_zone_is_here():
    of_no_zone = {"links", "themes", "all_groups", "read_indicators"}
    of_a_spine = {"corridor", "spine_distances", "spine_line"}
    tested_elsewhere = {"report", "read_zone", "read_indicators"}
    public = {name for name in zones.__all__ if name[0].islower()}
    assert public - of_no_zone - of_a_spine - tested_elsewhere == set(FUNCTIONS) - {"others"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_zone_in_every_form_gives_the_same_answer(name, file):
    answers = {form: shown(FUNCTIONS[name](make(file))) for form, make in FORMS.items()}
    first = answers.pop("path")
    assert [form for form, answer in answers.items() if answer != first] == []


@pytest.mark.parametrize("form", ["Bothnian Arc", "zone", "area", "file"])
@pytest.mark.parametrize(
    "function",
    [zones.spine_line, zones.spine_distances, zones.corridor],
    ids=lambda function: function.__name__,
)
def test_functions_of_a_spine_take_every_form_that_has_one(function, form, tmp_path):
    zone = zones.get("peramerenkaari")
    path = tmp_path / "arc.toml"
    spine = [point.lau_id for point in zone.spine if point.branch is None]
    path.write_text(f'id = "arc"\ndivision = 2026\ncodes = {spine}\nspine = {spine}\n')
    given = {"zone": zone, "area": zones.area(zone), "file": path}.get(form, form)
    expected, found = function(zone), function(given)
    if function is zones.corridor:
        expected, found = expected.units, found.units
    assert shown(found) == shown(expected)


def test_a_report_on_a_list_of_municipalities(tmp_path, file):
    by_file = zones.report(file, tmp_path / "a", lang="en")
    by_list = zones.report(["Oulu", "Raahe", "Kemi"], tmp_path / "b", lang="en")
    one, two = (done.folder / "measures.csv" for done in (by_file, by_list))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize(
    ("given", "error", "match"),
    [
        ("Oulu", UnknownGroupError, r"'Oulu': it is a municipality.*\['Oulu', 'Kemi'\]"),
        ("my_zon.toml", CatalogueError, "my_zon.toml: no such file"),
        ("viitoskaytava/area-named", CatalogueError, "no zone file.*extent="),
        (["Oulu", "Raahhe"], CatalogueError, "'Raahhe'.*did you mean 678 Raahe"),
        ([564, 678], ZonesError, "is no"),
    ],
)
def test_what_is_no_zone_is_refused_alike(name, given, error, match):
    if name == "others" and given == [564, 678]:
        given = [[564, 678]]
        match = "564 is not text"
    with suppress_type_checks(), pytest.raises(error, match=match) as caught:
        FUNCTIONS[name](given)
    assert "\n" not in str(caught.value)


def test_a_theme_has_no_area():
    assert zones.get("vetytalous").id == "theme-vetytalous"
    with pytest.raises(ExtentError, match=r"give one of its networks \(kansallinen-vetyverkosto\)"):
        zones.coverage("vetytalous")
    assert zones.memberships("vetytalous")["group"].unique() == ["kansallinen-vetyverkosto"]


def test_an_area_moves_to_another_year_and_keeps_its_extent():
    area = zones.area("viitoskaytava", year=2022, extent="area-named")
    assert zones.area(area) is area
    moved = zones.area(area, year=2026)
    assert (moved.extent.id, moved.division) == ("area-named", 2026)
    assert zones.area(area, extent="own-text-2023").division == 2022


def test_a_list_is_of_the_newest_division_that_has_all():
    assert zones.get(["Pertunmaa", "Mikkeli"]).default_extent.division == 2024
    two = zones.get(["Oulu", "Raahe", "Kemi", "Tornio", "Ii"])
    assert two.names.text("en") == "Oulu, Raahe, Kemi and 2 more"
    assert two.names.text("sv") == "Uleåborg, Brahestad, Kemi och 2 till"
    assert two.names.text("fi") == "Oulu, Raahe, Kemi ja 2 muuta"
    assert two.id != zones.get(["Oulu", "Raahe", "Kemi", "Tornio", "Tervola"]).id
    one = zones.get(["Oulu", "Raahe", "Kemi", "Ii"])
    assert one.names.text("fi") == "Oulu, Raahe, Kemi ja 1 muu"
