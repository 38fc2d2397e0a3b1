"""What works on Finland works on countries of a file: alone, and with Finland in one zone.

The figures of twelve real municipalities of Spain are held against a computation of their own:
shapely and pyproj on the file as it is, areas on the ellipsoid too.
"""

import itertools
import re

import geopandas as gpd
import pandas as pd
import pyproj
import pytest
import shapely

import geodata
import zones
from geodata import countries
from geodata.errors import IdentifierError
from tests.lau import ASTURIAS, CENTRE, lau_layer
from zones.cli import app
from zones.errors import CatalogueError, MeasureError
from zones.wording.voice import worth_showing

OURS = re.compile(
    r"Finland|Finnish|Swed|Suom|Ruots|Sverige|\bSCB\b|Statistics|Norrbotten|EPSG:3067"
)


@pytest.fixture
def spain():
    with countries.session():
        yield geodata.read_country(ASTURIAS, code="ES", called="Asturias", credit="© IGN")


@pytest.fixture
def north():
    frame = lau_layer()
    with countries.session():
        geodata.use_countries(
            geodata.as_country(frame, code=code, credit="LAU") for code in ("NO", "DE")
        )
        yield


@pytest.fixture
def nord():
    return zones.read_zone(
        ["NO_5403", "NO_5610", "NO_5501", "Bærum"], name_fi="Nord", id="nord",
        spine=["NO_5403", "NO_5610"],
    )  # fmt: skip


@pytest.fixture
def mixed():
    return zones.read_zone(
        ["NO_5403", "NO_5610", "NO_5501", "Tornio"], name_fi="Seka", id="seka",
        spine=["NO_5403", "FI_851"],
    )  # fmt: skip


def values(table):
    return {row.name: row.value for row in table if row.key is None}


def test_figures_of_twelve_municipalities_of_spain(spain):
    area = zones.area(list(CENTRE), countries=spain)
    found = values(zones.coverage(area)) | values(zones.connectivity(area))

    everyone = gpd.read_file(ASTURIAS)
    inside = everyone["name"].isin(CENTRE).to_numpy()
    assert inside.sum() == 12
    degrees = everyone.geometry.to_numpy()
    to_metres = pyproj.Transformer.from_crs(4326, 3035, always_xy=True).transform
    metres = shapely.transform(
        degrees, lambda xy: pd.DataFrame(zip(*to_metres(*xy.T), strict=True)).to_numpy()
    )
    members = metres[inside]
    union = shapely.union_all(members)
    square_km = shapely.area(members).sum() / 1e6
    assert found["members"] == 12
    assert found["area"] == pytest.approx(square_km, rel=1e-9)
    assert found["area_share"] == pytest.approx(100 * square_km * 1e6 / shapely.area(metres).sum())
    # On the ellipsoid: a chord of the plane is no geodesic, hence the hair.
    geodesic = sum(abs(pyproj.Geod(ellps="GRS80").geometry_area_perimeter(one)[0])
                   for one in degrees[inside])  # fmt: skip
    assert found["area"] == pytest.approx(geodesic / 1e6, rel=1e-4)
    assert found["perimeter"] == pytest.approx(shapely.length(union) / 1e3, rel=1e-6)
    assert found["pieces"] == len(shapely.get_parts(union))

    def shared(left, right):
        return shapely.length(shapely.intersection(left, right))

    borders = {
        pair: shared(metres[pair[0]], metres[pair[1]])
        for pair in itertools.combinations(range(78), 2)
        if shapely.intersects(metres[pair[0]], metres[pair[1]])
    }
    ties = {pair: length for pair, length in borders.items() if length > 0}
    own = {pair: length for pair, length in ties.items() if inside[list(pair)].all()}
    assert found["border_links"] == len(own)
    assert found["inner_border"] == pytest.approx(sum(own.values()) / 1e3, rel=1e-6)
    beyond = {end for pair in ties if inside[list(pair)].sum() == 1 for end in pair}
    assert found["neighbours"] == len({end for end in beyond if not inside[end]})
    points = shapely.point_on_surface(members)
    apart = [shapely.distance(a, b) for a, b in itertools.combinations(points, 2)]
    assert found["centre_distance_mean"] == pytest.approx(sum(apart) / len(apart) / 1e3, rel=1e-6)
    assert found["centre_distance_longest"] == pytest.approx(max(apart) / 1e3, rel=1e-6)


def test_what_such_a_country_lacks_is_said_and_not_guessed(spain):
    area = zones.area(list(CENTRE), countries=spain)
    coverage, reach, ties = zones.coverage(area), zones.reach(area), zones.connectivity(area)
    for table, name in (
        (coverage, "regions_touched"), (ties, "region_crossings"), (reach, "population"),
        (reach, "population_share"), (reach, "density"), (ties, "sea_links"),
    ):  # fmt: skip
        row = table.get(name)
        assert (row.value, row.low, row.high) == (None, None, None), name
        assert row.notes
    assert not [row for row in coverage if row.name.startswith("region_share")]
    area_row = coverage.get("area")
    assert (area_row.low, area_row.high) == (None, None)
    notes = " ".join(map(str, ties.get("centre_distance_mean").notes))
    assert "a point inside stands for it" in notes
    assert "Asturias was brought in from a file (© IGN)" in notes
    assert "people as the file states them: none" in notes
    # Of EPSG:3035 there: exact areas, distances off by less than a per cent.
    assert "areas are off by up to 0 %, distances by up to 0.71 %" in notes


NORWEGIAN = ["NO_5403", "NO_5610", "Helsinki", "Espoo"]


@pytest.mark.usefixtures("north")
def test_pairs_at_sea_are_as_unknown_with_finland_as_without():
    assert zones.connectivity(zones.area(NORWEGIAN)).get("sea_links").value is None
    # One Norwegian municipality is no pair, and those of Finland are known.
    alone = zones.connectivity(zones.area(NORWEGIAN[1:]))
    assert alone.get("sea_links").value == 0


@pytest.mark.usefixtures("north")
def test_people_see_no_rows_of_a_country_without_members():
    area = zones.area(NORWEGIAN)
    table = zones.coverage(area)
    assert [row.key for row in table if row.name == "area"] == [None, "FI", "SE", "NO"]
    shown = [row.key for row in table if row.name == "area" and worth_showing(area, row)]
    assert shown == [None, "FI", "NO"]


@pytest.mark.parametrize(
    ("zone", "keys"), [("viitoskaytava", [None]), ("peramerenkaari", [None, "FI", "SE"])]
)
def test_countries_that_have_a_row_for_people(zone, keys):
    area = zones.area(zone)
    rows = [row for row in zones.coverage(area) if row.name == "members"]
    assert [row.key for row in rows] == [None, "FI", "SE"]
    assert [row.key for row in rows if worth_showing(area, row)] == keys


def test_two_extents_of_one_zone_are_called_by_their_names(capsys):
    words = ["compare", "peramerenkaari", "peramerenkaari/list-2021-08", "--lang", "fi"]
    assert app.status(words) == 0
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("Vertailu: Perämerenkaari (")
    ours, theirs = first.removeprefix("Vertailu: ").split(" ja Perämerenkaari ", 1)
    assert ours != f"Perämerenkaari {theirs}"


def test_distances_are_off_by_what_the_note_says(spain):
    area = zones.area(list(CENTRE), countries=spain)
    points = area.units.geometry.representative_point()
    degrees = points.to_crs(4326)
    found = []
    for a, b in itertools.combinations(range(12), 2):
        ends = (degrees.x.iloc[a], degrees.y.iloc[a], degrees.x.iloc[b], degrees.y.iloc[b])
        true = pyproj.Geod(ellps="GRS80").inv(*ends)[2]
        found.append(abs(points.iloc[a].distance(points.iloc[b]) / true - 1))
    assert 0.003 < max(found) < 0.0071


def test_no_word_on_finland_where_it_has_no_part(spain, tmp_path):
    area = zones.area(list(CENTRE), countries=spain)
    tables = zones.coverage(area) + zones.reach(area, within_km=[0, 10]) + zones.connectivity(area)
    for lang in ("fi", "sv", "en"):
        for row in tables:
            said = [row.title.render(lang), row.method.render(lang), row.sentence(lang)]
            said += [note.render(lang) for note in row.notes]
            said += [line if isinstance(line, str) else line.render(lang) for line in row.sources]
            assert not OURS.search(" ".join(said)), (row.name, said)
    assert str(tables.get("area_share").title) == "Share of the area of Asturias"
    assert tables.get("area_share").title.render("sv") == "Andel av Asturias areal"
    assert set(tables.get("area").sources) == {"© IGN"}


def test_a_map_with_spain_credits_finland_in_the_pages_language(spain):
    area = zones.area(["Oulu", "Kemi", "Oviedo"], countries=spain)
    lines = zones.map(area).data["credits"]
    assert lines["fi"].startswith("Aineistot: © IGN · Lähde: Tilastokeskus, ")
    assert lines["sv"].startswith("Data: © IGN · Källa: Statistikcentralen, ")
    for lang in ("fi", "sv"):
        assert not re.search("Source|Statistics|Population", lines[lang])


def test_a_report_and_a_map_of_spain_credit_spain(spain, tmp_path):
    area = zones.area(list(CENTRE), countries=spain)
    zones.report(area, tmp_path / "report", lang="en")
    text = (tmp_path / "report" / "report.md").read_text("utf-8")
    assert not OURS.search(re.sub(r"[Ii]n (Finnish|Swedish)|the Finnish name", "", text))
    page = zones.map(area, lang="en")
    # The backdrop is of the Baltic: none is drawn here, and so none is credited.
    assert page.data["stage"]["ground"] is None
    assert page.data["credits"]["en"] == "Data: © IGN"
    assert [one["line"]["en"] for one in page.data["attribution"]] == ["© IGN"]
    assert len(page.data["units"]["id"]) == 78
    # Networks are all of the home country.
    assert [group["id"] for group in page.data["groups"]] == [area.group.id]
    layer = gpd.read_file(tmp_path / "report" / "zones.gpkg", layer="zones")
    assert layer.crs.to_epsg() == 3035
    assert layer.geometry.area.sum() / 1e6 == pytest.approx(layer["area_km2"].sum())


@pytest.mark.usefixtures("north")
def test_people_and_shares_are_of_the_country_in_question(nord):
    area = zones.area(nord)
    assert (area.countries, area.home, area.keys) == (("NO",), "NO", (None, "NO"))
    assert (area.crs.to_epsg(), area.data_year) == (3035, 2023)
    reach = zones.reach(area, within_km=[0, 25])
    assert reach.get("population").value == 2050 + 3050 + 4050 + 5050
    # Of 2021, when all of Norway is known: 2 + 3 + 4 + 5 of 36 thousand.
    assert str(reach.get("population_share").title) == "Share of the population of Norway"
    coverage = zones.coverage(area)
    assert coverage.get("area").value == pytest.approx(1600)
    assert coverage.get("area_share").value == pytest.approx(50)
    assert coverage.get("spine_length").value == pytest.approx(20 * 10**0.5)
    near = reach.get("population_within", "25")
    assert "People are counted in Norway, not elsewhere." in map(str, near.notes)
    assert "EPSG:3035" in str(near.method)


@pytest.mark.usefixtures("north")
def test_a_zone_of_two_countries_is_in_one_plane(mixed):
    area = zones.area(mixed)
    assert (area.countries, area.home) == (("FI", "NO"), "FI")
    assert {frame.crs.to_epsg() for frame in area.municipalities.values()} == {3035}
    tornio = geodata.municipalities(2026).geometry.loc[["FI_851"]].to_crs(3035).area.iloc[0] / 1e6
    coverage = zones.coverage(area)
    assert coverage.get("area").value == pytest.approx(1200 + tornio)
    assert coverage.get("area", "NO").value == pytest.approx(1200)
    assert str(coverage.get("area_share").title) == "Share of Finland's area"
    ends = pd.concat([geodata.centres(2026).loc[["FI_851"]].to_crs(3035),
                      geodata.centres(2026, country="NO").loc[["NO_5403"]]]).geometry  # fmt: skip
    length = ends.iloc[0].distance(ends.iloc[1]) / 1e3
    assert coverage.get("spine_length").value == pytest.approx(length)
    reach = zones.reach(area)
    assert reach.get("population", "NO").value == 4050 + 5050 + 3050
    assert reach.get("population").year == 2021


@pytest.mark.usefixtures("north")
def test_extents_scenarios_and_candidates(nord, mixed):
    passes = zones.area(nord, extent="spine-passes")
    assert set(passes.units.index) == {"NO_5403", "NO_5501", "NO_1103", "NO_5610"}
    near = zones.area(mixed, extent="corridor-20km")
    assert {"NO_5403", "FI_851"} < set(near.units.index)
    change = zones.what_if(zones.area(nord), add=["NO_0301"], remove=["NO_5501"])
    assert change.get("members").difference == 0
    assert change.get("population", "NO").difference == 1050 - 3050
    assert change.get("area").difference == pytest.approx(0)
    compared = zones.compare(zones.area(nord), passes)
    assert compared.get("members").after.value == 4
    ranked = zones.rank_candidates(zones.area(nord), by="people")
    assert {one.lau_id[:2] for one in ranked} == {"NO"}
    assert zones.catchments(zones.area(nord), 15)["people"].tolist() == [2050, 4050, 3050, 5050]
    assert len(zones.distance_graph(zones.area(mixed), nearest=1).ties) >= 2
    assert [len(one.units) for one in zones.over_time(zones.area(nord)).areas] == [4, 4, 4]


@pytest.mark.usefixtures("north")
def test_a_grid_is_counted_in_the_plane_of_the_area(nord):
    table = pd.DataFrame(
        [(4_700_500 + 1000 * i, 5_150_500 + 1000 * j, 1) for i in range(80) for j in range(40)],
        columns=["x", "y", "people"],
    )
    grid = gpd.GeoDataFrame(
        table[["people"]], geometry=gpd.points_from_xy(table["x"], table["y"]), crs=3035
    )
    for rule in ("centre", "area"):
        reach = zones.reach(zones.area(nord), within_km=[0], grid=grid, rule=rule)
        assert reach.get("population_within", "0").value == 1600


@pytest.mark.usefixtures("north")
def test_indicators_of_a_table_of_their_own(nord, mixed):
    table = pd.DataFrame(
        {"lau_id": ["NO_5403", "NO_5610", "NO_5501", "NO_3201", "FI_851"], "jobs": [1, 2, 3, 4, 5]}
    )
    jobs = zones.read_indicators(
        table, indicators=[geodata.Indicator(id="jobs", kind="count", unit="jobs")], year=2023
    )
    assert zones.indicators(zones.area(nord), jobs).get("jobs").value == 10
    assert zones.indicators(zones.area(mixed), jobs).get("jobs").value == 11


@pytest.mark.usefixtures("north")
def test_the_map_of_finland_is_as_without_them(tmp_path):
    with countries.session():
        geodata.use_countries()
        before = zones.map("peramerenkaari", lang="en").render()
    assert countries.codes() == ("FI", "SE", "NO", "DE")
    assert zones.map("peramerenkaari", lang="en").render() == before


@pytest.mark.usefixtures("north")
def test_boundaries_of_one_of_two_countries(mixed):
    area = zones.area(mixed, boundaries=geodata.municipalities(2026), error_m=350)
    assert area.own_countries == ("FI",)
    assert {frame.crs.to_epsg() for frame in area.municipalities.values()} == {3035}


@pytest.mark.usefixtures("north")
def test_a_list_of_bare_codes_says_what_they_may_be():
    with pytest.raises(CatalogueError, match="may be NO_0301 Oslo or another place of SE"):
        zones.area(["0301"])


def test_a_zone_of_an_unknown_country_says_how_to_bring_it_in():
    with pytest.raises((CatalogueError, IdentifierError), match=r"country NO that is not known"):
        zones.area(["NO_0301", "NO_5403"])


@pytest.fixture
def newer():
    """Norway with people of 2023 alone, of which Finland has none."""
    frame = lau_layer().drop(columns="POP_2021")
    with countries.session():
        geodata.use_countries(geodata.as_country(frame, code="NO", credit="LAU"))
        yield


@pytest.mark.usefixtures("newer")
def test_years_without_people_for_all_are_named_with_what_helps(mixed):
    row = zones.reach(zones.area(mixed)).get("population")
    assert row.value is None
    assert str(row.notes[0]) == (
        "Cannot be computed: there is no year for which all members have a figure. Years for which "
        "all members of a country have one: Finland (2000-2022, 2025), Norway (2023). Give people "
        "of a year that all have, or let those of 2023 be estimated (estimates=True, --estimates)."
    )
    estimated = zones.reach(zones.area(mixed), estimates=True).get("population")
    assert (estimated.year, estimated.value is None) == (2023, False)
    with pytest.raises(MeasureError, match=r"Norway \(2023\)"):
        zones.catchments(zones.area(mixed), 15)


@pytest.mark.usefixtures("newer")
def test_a_country_without_people_is_named_as_such(nord):
    area = zones.area(nord, data_year=2022)
    note = str(zones.reach(area).get("population").notes[0])
    assert "Norway (none). Give people of a year that all have." in note
    change = zones.reach(zones.area(nord)).get("population_change")
    assert "needs two years" in str(change.notes[0])
    assert "only 2023" in str(change.notes[0])


def test_countries_that_claim_the_same_ground_are_named():
    tornio = geodata.municipalities(2026).geometry.loc[["FI_851"]].to_crs(3035)
    west, south, east, north = tornio.total_bounds
    middle = (west + east) / 2
    layer = gpd.GeoDataFrame(
        {"code": ["1", "2"], "name": ["Over", "Away"]},
        geometry=[
            shapely.box(middle, south, east, north),
            shapely.box(east, south, east + 9e3, north),
        ],
        crs=3035,
    )
    half = tornio.iloc[0].intersection(layer.geometry[0]).area / 1e6
    with countries.session():
        geodata.use_countries(geodata.as_country(layer, code="NO"))
        notes = zones.area(["FI_851", "NO_1"]).notes
        [note] = [note for note in notes if note.key == "abroad.note.claimed_twice"]
        assert str(note).startswith(
            f"Finland and Norway overlap by {round(half):,} km², more than borders can stray, and "
            "what lies there counts twice: Tornio with Over."
        )
        assert note.render("sv").startswith("Finland och Norge överlappar")
        beside = zones.area(["FI_851", "NO_2"]).notes
        assert not [note for note in beside if note.key == "abroad.note.claimed_twice"]
