"""Reports: what is in the folder, in three languages, with any names, the same bytes each time."""

import base64
import csv
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import geopandas as gpd
import pytest
import shapely

import zones
from tests.zones.fixtures import HOSTILE, LONG, hostile_zones, own_zone, units_of
from zones.errors import ExtentError, OutputError, UnknownGroupError
from zones.measures.everything import all_measures
from zones.reports.markdown import plain
from zones.reports.plots import nice_ticks
from zones.texts import LANGUAGES, Text, phrase, phrases
from zones.wording.voice import Voice

FILES = ["index.html", "map.html", "measures.csv", "measures.xlsx", "zones.gpkg", "report.md"]
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What stands in a page: tags with attributes, addresses, texts, and whether tags match."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.texts, self.languages = [], [], [], set()
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def of(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def steps():
    return []


@pytest.fixture(scope="module")
def written(folder, steps):
    return zones.report(["peramerenkaari"], folder, lang="sv", progress=steps.append)


@pytest.fixture(scope="module")
def page(written):
    return Page((written.folder / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    zones.report(hostile_zones(), folder, lang="en")
    return folder


def test_the_folder_holds_what_is_promised(written, folder):
    assert [path.name for path in written.files] == FILES
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    area, table = written.parts[0]
    assert area.group.id == "peramerenkaari"
    assert table.get("population").value == 557488
    assert table.get("population_within", "0").value == 557488


def test_what_is_done_is_told(written, steps):
    assert steps[0] == phrase("report.progress.figures", "sv", name="Bottenviksbågen")
    assert len(steps) >= 5
    assert steps[-1] == phrase("report.progress.files", "sv")


def test_the_page_asks_nothing_of_the_network(page, written):
    text = (written.folder / "index.html").read_text(encoding="utf-8")
    policy = next(m["content"] for m in page.of("meta") if "http-equiv" in m)
    assert policy.startswith("default-src 'none'")
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.findall(r"script-src ([^;]*)", policy) == [f"'sha256-{hashed}'"]
    assert [attrs.get("type") for attrs in page.of("script")] == ["application/json"] * 2 + [None]
    assert all(attrs["src"].startswith("data:image/svg+xml,") for attrs in page.of("img"))
    assert not page.of("iframe")
    assert [link["href"] for link in page.of("link")] == ["data:,"]
    assert not re.search(r"@import|url\((?!#|&quot;#|\"#)", unquote(text))
    for tag, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on") or name == "srcset"]
        assert tag == "img" or "src" not in attrs


def test_every_link_inside_leads_somewhere(page):
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for link in page.of("a"):
        address = link["href"]
        if address.startswith("#"):
            assert address[1:] in ids
        else:
            assert address.startswith(("https://", "http://")) or address in FILES, address


def test_figures_stand_with_bounds_years_and_methods(page, written):
    for wanted in (
        "557 488",
        "32 568 km²",
        "31 290–33 846",
        "31.12.2022",
        "EPSG:3067",
        "Bottenviksbågens medlemmar cirka 2023–2025",
        "Haparanda",
        "Uleåborg",
        "https://bothnianarc.eu/about-us",
        "CC BY 4.0",
        phrase("claims.verdict.fits-another-extent", "sv"),
    ):
        assert wanted.replace("\xa0", " ") in page.text.replace("\xa0", " "), wanted
    shown = page.text
    for measure in written.parts[0][1]:
        assert phrase(f"measures.name.{measure.name}", "sv") in shown


def test_texts_of_the_catalogue_are_in_the_language_of_the_report(page):
    arc = zones.get("peramerenkaari")
    texts = [*arc.gaps, *arc.contradictions, *(claim.text for claim in arc.claims)]
    texts += [text for extent in arc.extents for text in (extent.names, extent.description)]
    for text in texts:
        assert text.sv in " ".join(page.texts)
    assert "cirka 2012–2013" in page.text
    assert page.of("html")[0]["lang"] == "sv"
    assert "FI_588" not in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_is_complete(tmp_path, lang):
    written = zones.report(["viitoskaytava", "sixnet"], tmp_path, lang=lang)
    page = Page((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert page.of("html")[0]["lang"] == lang
    words = phrases("report", lang)
    for key in ("what", "members", "coverage", "reach", "connectivity", "claims", "gaps"):
        assert words[key] in page.text
    if lang != "en":
        english = phrases("report", "en")
        for key in ("members", "coverage", "claims", "gaps", "over_time_note", "extents_note"):
            assert english[key] not in page.text
            assert english[key] not in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert len(written.parts) == 2


def test_the_plots_are_pictures_with_words(page):
    pictures = page.of("img")
    assert len(pictures) == 5  # map, two countries over time, distances, border graph
    for attrs in pictures:
        drawn = ET.fromstring(unquote(attrs["src"].partition(",")[2]))
        assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
        # Words that tell what it shows: names, figures and years, and not what it is.
        assert len(re.findall(r"\d+", attrs["alt"])) >= 2
    told = " ".join(attrs["alt"] for attrs in pictures).replace("\xa0", " ")
    for wanted in ("15 kommuner, varav 15 med", "268 059", "312 165", "Norrbottens län", "+16,5 %"):
        assert wanted in told, wanted


def test_csv_holds_every_figure(written):
    with (written.folder / "measures.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = written.parts[0][1]
    assert [(row["name"], row["key"] or None) for row in rows] == [(m.name, m.key) for m in table]


def test_the_geopackage_opens_and_has_styles(written):
    path = written.folder / "zones.gpkg"
    dissolved = gpd.read_file(path, layer="zones")
    members = gpd.read_file(path, layer="members")
    spines = gpd.read_file(path, layer="spines")
    assert {frame.crs.to_epsg() for frame in (dissolved, members, spines)} == {3067}
    # A row a country: each part has its own newest year.
    assert dissolved["country"].tolist() == ["FI", "SE"]
    assert dissolved["population"].tolist() == [312165, 252833]
    assert dissolved["population_year"].tolist() == [2025, 2024]
    assert set(dissolved["name"]) == {"Bottenviksbågen"}
    assert len(members) == 15
    assert members["population"].sum() == 557488
    assert members.area.sum() == pytest.approx(dissolved.area.sum(), rel=1e-9)
    assert (dissolved.area / 1e6).tolist() == pytest.approx(dissolved["area_km2"].tolist())
    assert spines.loc[spines["branch"].isna(), "length_km"].iloc[0] == pytest.approx(
        zones.spine_line("peramerenkaari").length / 1e3, abs=1e-3
    )
    assert shapely.is_valid(dissolved.geometry.to_numpy()).all()
    with sqlite3.connect(path) as database:
        styles = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
        columns = dict(
            database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall()
        )
    database.close()
    assert [row[0] for row in styles] == ["zones", "members", "spines"]
    for layer, column, style, default in styles:
        assert columns[layer] == column
        assert default == 1
        root = ET.fromstring(style.partition(">")[2])
        values = [node.get("value") for node in root.iter("category")]
        assert values == ["peramerenkaari"]
        assert {node.get("symbol") for node in root.iter("category")} == {
            node.get("name") for node in root.iter("symbol")
        }


def test_hostile_names_stand_as_text_on_the_page(hostile):
    page = Page((hostile / "index.html").read_text(encoding="utf-8"))
    assert len(page.of("script")) == 3
    assert all(set(attrs) == {"class", "width", "height", "alt", "src"} for attrs in page.of("img"))
    assert "{{ 7*7 }}" in page.text
    assert " 49 " not in page.text
    assert LONG in page.text
    assert not [link for link in page.of("a") if link["href"].startswith("javascript")]


def test_hostile_names_stand_as_text_in_the_other_files(hostile):
    with (hostile / "measures.csv").open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    text = (hostile / "report.md").read_text(encoding="utf-8")
    assert "<script" not in text.replace(r"\<script", "")
    assert all(not line.startswith("=") for line in text.splitlines())
    names = gpd.read_file(hostile / "zones.gpkg", layer="zones")["group"].tolist()
    assert names[0] == HOSTILE
    database = sqlite3.connect(hostile / "zones.gpkg")
    for (style,) in database.execute("SELECT styleQML FROM layer_styles").fetchall():
        ET.fromstring(style.partition(">")[2])
    database.close()


def test_a_users_own_zone_gets_everything(tmp_path):
    written = zones.report([own_zone("Oma vyöhyke", units_of("17"))], tmp_path)
    assert [path.name for path in written.files] == FILES
    page = Page((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert "Oma vyöhyke" in page.of("title") or "Oma vyöhyke" in page.text


def test_divisions_without_boundaries_get_a_report_without_maps(tmp_path):
    written = zones.report(["viitoskaytava"], tmp_path, year=2019, lang="en")
    assert [path.name for path in written.files] == [
        *("index.html", "measures.csv", "measures.xlsx", "report.md")
    ]
    page = Page((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert phrase("report.no_map", "en", division="2019") in page.text


def test_a_resolved_extent_may_be_given(tmp_path):
    area = zones.area("suomen-kasvukaytava", extent="named", year=2023)
    written = zones.report([area], tmp_path, lang="en")
    assert written.parts[0][0] is area
    assert (
        "Extent: Growth Corridor members known by name"
        in Page((tmp_path / "index.html").read_text("utf-8")).text
    )


def test_bad_input_writes_nothing(tmp_path):
    with pytest.raises(UnknownGroupError):
        zones.report(["peramerenkaari", "nowhere"], tmp_path)
    with pytest.raises(ExtentError):
        zones.report(["peramerenkaari"], tmp_path, extents={"peramerenkaari": "none"})
    with pytest.raises(ValueError, match="give one of fi, sv, en"):
        zones.report(["peramerenkaari"], tmp_path, lang="de")
    assert not list(tmp_path.iterdir())


def test_a_place_that_is_no_folder_is_an_error_of_ours(tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(OutputError, match="give a folder you may write to"):
        zones.report(["peramerenkaari"], file)
    with pytest.raises(OutputError, match="give a folder you may write to"):
        zones.report(["peramerenkaari"], file / "below")


def test_a_failure_half_way_leaves_the_old_files(tmp_path, monkeypatch):
    (tmp_path / "index.html").write_text("old")

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zones.reports.report.write_geopackage", fail)
    with pytest.raises(OutputError, match="No space left on device"):
        zones.report(["viitoskaytava"], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text() == "old"


def test_everything_is_in_all_measures():
    area = zones.area("viitoskaytava")
    names = {measure.name for measure in all_measures(area)}
    assert {"area", "population", "population_within", "cut_members"} <= names


@pytest.mark.parametrize("low", [-7.3, 0, 12, 294_000, 2.4e6])
@pytest.mark.parametrize("room", [0.4, 9, 15_300, 1.1e6])
def test_ticks_are_round_and_span_the_figures(low, room):
    ticks = nice_ticks(low, low + room)
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= low + room - 1e-6
    assert 3 <= len(ticks) <= 9


def test_markdown_and_codes_as_text():
    assert plain("- a\n* b") == r"\- a \* b"
    area = zones.area("peramerenkaari")
    note = Text.of("measures.note.no_centre", units="SE_2404, FI_000")
    assert Voice("fi").text(area, note).endswith("FI_000.")
    assert "SE_2404" not in Voice("fi").text(area, note)


def test_an_extent_shows_itself_in_a_notebook():
    card = Page(zones.area("peramerenkaari")._repr_html_())
    assert "Bothnian Arc members, about 2023–2025" in card.text
    assert "list-about-us" in card.text
    assert "people at the end of 2022" in card.text
    assert "Oulu North Ostrobothnia 211,848" in card.text
    hostile = Page(zones.area(hostile_zones()[0])._repr_html_())
    assert not hostile.of("script")


def test_a_table_of_figures_shows_itself_with_few_digits():
    text = Page(zones.coverage(zones.area("peramerenkaari"))._repr_html_()).text
    assert "32,568" in text
    assert "31,290–33,846 km² (90%)" in text
    assert "32,568.3" not in text


RUN = """
import sys, zones
zones.report(["peramerenkaari"], sys.argv[1], lang="fi")
"""


def test_two_processes_write_the_same_bytes(tmp_path):
    sums = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", RUN, str(folder)], check=True, env=environment)
        sums.append({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()})
    assert sums[0] == sums[1]
    assert sorted(sums[0]) == sorted(FILES)
