"""A country is a record: no code outside the records names one, and one more is just another."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import MultiPolygon, box

import geodata
import zones
from geodata import countries
from geodata.countries import Country, in_order
from geodata.countries.record import PLANE

ROOT = Path(zones.__file__).parents[1]
NAMING = re.compile(
    r"(?<![A-Za-z0-9])(FI|SE|KU)(?![A-Za-z])|[Ff]inland|[Ff]innish|[Ss]wed(en|ish)"
    r"|(?<!\d)(3067|3006)(?!\d)|TM35"
)
# What speaks to one country's services, whose layers and codes are what they are; the name of
# the product; and examples in messages and helps, which must show something.
EXCEPTIONS = {
    "geodata/sources/features.py",
    "geodata/sources/layers.py",
    "geodata/sources/pxweb.py",
    "geodata/sources/records.py",
    "geodata/sources/wfs.py",
    "zones/cli/app.py",
    "zones/cli/scenarios.py",
    "zones/maps/web/scripts/grounds.js",
    "zones/maps/web/scripts/numbers.js",
}
EXAMPLES = re.compile(r"such as '?(FI_091|3067)|(to|set)_crs\(3067\)|give crs=3067|EPSG:3067")


def _named(path: Path) -> Iterator[str]:
    """Return the texts and names of a module, but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in spoken:
            yield str(node.value)
        for field in ("id", "arg", "attr", "name"):
            if isinstance(name := getattr(node, field, None), str):
                yield name


def _sources() -> list[Path]:
    found = [path for top in ("geodata", "zones") for path in (ROOT / top).rglob("*.py")]
    return [*found, *(ROOT / "zones/maps/web/scripts").glob("*.js")]


def test_no_code_names_a_country():
    found = []
    for path in _sources():
        place = path.relative_to(ROOT).as_posix()
        if place in EXCEPTIONS or place.startswith("geodata/countries/"):
            continue
        if path.suffix == ".js":
            lines = path.read_text(encoding="utf-8").splitlines()
            texts = [line for line in lines if not re.match(r"\s*(//|/?\*)", line)]
        else:
            texts = list(_named(path))
        found += [f"{place}: {text}" for text in texts if NAMING.search(EXAMPLES.sub("", text))]
    assert not found


def test_the_search_finds_what_it_looks_for(tmp_path):
    path = tmp_path / "module.py"
    path.write_text('"""Finland."""\nx = "FI_"\nfinland_km = crs(3067)\n')
    assert [text for text in _named(path) if NAMING.search(text)] == ["FI_", "finland_km", "3067"]


def _atlantis() -> Country:
    """Return a country of three squares in a row, 10 km wide, without history."""
    index = pd.Index(["AT_00001", "AT_00002", "AT_00003"], name="lau_id")
    names = pd.Series(["Atlasby", "Poseidonby", "Cleitoby"], index=index)
    regions = pd.Series(["1", "1", "2"], index=index)
    units = {f"name_{lang}": names for lang in ("fi", "sv", "en")} | {"region": regions}
    units |= {f"region_{lang}": "Region " + regions for lang in ("fi", "sv", "en")}
    boxes = [box(x, 6_800_000, x + 10_000, 6_810_000) for x in (300_000, 310_000, 320_000)]
    squares = gpd.GeoSeries(
        [MultiPolygon([one]) for one in boxes], index=index, crs=PLANE, name="geometry"
    )
    seats = {"name": names, "source": "made up"}
    one = dict.fromkeys(("fi", "sv", "en"), "Atlantis")
    return Country(
        code="AT", names=one, genitives=one, parts=one, language="en", digits=5,
        unknown="is not in Atlantis",
        units=lambda _: pd.DataFrame(units),
        polygons=lambda: squares,
        border_error_km=0.1,
        people=lambda: pd.DataFrame({2021: [100, 200, 300], 2022: [110, 190, 300]}, index=index),
        seats=lambda: gpd.GeoDataFrame(seats, geometry=squares.centroid, crs=PLANE),
        line=lambda dataset: f"Atlantis: {dataset}",
    )  # fmt: skip


@pytest.fixture
def atlantis():
    with countries.using(_atlantis()):
        yield


@pytest.mark.usefixtures("atlantis")
def test_identifiers_of_one_more_country():
    assert geodata.parse_id("Cleitoby") == geodata.parse_id("00003") == "AT_00003"
    assert geodata.parse_id("091") == "FI_091"
    assert in_order(["AT_00001", "SE_2580"]) == ("SE", "AT")
    assert [record.code for record in countries.beside(["AT"])] == ["AT"]


@pytest.mark.usefixtures("atlantis")
def test_figures_of_one_more_country():
    area = zones.area(["Atlasby", "Poseidonby"])
    assert (area.countries, area.home, area.keys) == (("AT",), "AT", (None, "AT"))
    table = zones.coverage(area)
    assert table.get("area").value == pytest.approx(200)
    # An outer border of 60 km that strays by 0.1 km.
    assert table.get("area").high == pytest.approx(206)
    assert table.get("area_share").value == pytest.approx(200 / 3)
    assert "Atlantis: boundaries" in table.get("area", "AT").sources
    people = zones.reach(area)
    assert people.get("population").value == 300
    assert people.get("population_share").value == pytest.approx(50)


@pytest.mark.usefixtures("atlantis")
def test_a_map_and_a_report_of_one_more_country(tmp_path):
    area = zones.area(["Atlasby", "Poseidonby"])
    zones.report(area, tmp_path / "report", lang="en")
    pages = sorted((tmp_path / "report").glob("*.html"))
    assert len(pages) >= 2
    assert all("Poseidonby" in page.read_text(encoding="utf-8") for page in pages)


def test_nothing_is_left_of_it():
    assert countries.codes() == ("FI", "SE")
    with pytest.raises(geodata.errors.IdentifierError):
        geodata.parse_id("Cleitoby")
