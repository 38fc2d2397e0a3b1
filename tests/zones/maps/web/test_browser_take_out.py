"""Taking out: pictures, figures, links and data of what is on the page."""

import base64
import csv
import io
import json
import re
import struct

import pytest
import shapely

import zones
from tests.zones.fixtures import HOSTILE, own_zone, units_of
from tests.zones.maps.web.taking import (
    CSV,
    FIGURES,
    GEOJSON,
    PNG,
    SVG,
    SVG_NAME,
    TABLE,
    copied,
    drawing,
    take,
    taken,
    words,
)
from zones.texts import LANGUAGES

pytestmark = pytest.mark.browser


def texts_of(root):
    return [node.text or "" for node in root.iter(f"{SVG_NAME}text")]


def inside(root):
    """Whether every line of text of a drawing stands on its sheet."""
    width, height = float(root.get("width")), float(root.get("height"))
    map_part = root.find(f"{SVG_NAME}g[@id='map']")
    in_map = set(map_part.iter())
    for node in root.iter(f"{SVG_NAME}text"):
        if node not in in_map and node.get("textLength"):
            assert float(node.get("x")) >= 0
            assert float(node.get("x")) + float(node.get("textLength")) <= width
            assert 0 < float(node.get("y")) < height


def colours_of(seen, data):
    """Return the width, height and number of colours of a PNG, as the browser reads it."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    count = seen.page.evaluate(
        """async (text) => {
            const image = new Image();
            image.src = `data:image/png;base64,${text}`;
            await image.decode();
            const canvas = document.createElement('canvas');
            canvas.width = image.width / 4; canvas.height = image.height / 4;
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0, canvas.width, canvas.height);
            const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(pixels.buffer)).size;
        }""",
        base64.b64encode(data).decode(),
    )
    return width, height, count


# Pictures


@pytest.mark.parametrize("lang", LANGUAGES)
def test_svg_says_title_years_legend_and_credits_in_the_language(opened, whole, lang):
    seen = opened(whole, address=f"lang={lang}&view=change", accept_downloads=True)
    name, data = taken(seen, SVG)
    assert name.endswith(f"-{lang}.svg")
    root = drawing(data)
    inside(root)
    said = " ".join(texts_of(root)).replace("\xa0", " ")
    assert root.find(f"{SVG_NAME}title").text == words(lang)["title"]
    assert words(lang)["title"] in said
    assert " ".join(seen.text("#subtitle").split()) in said
    assert words(lang)["layer_lakes"] in said
    assert "SCB" in said
    for text in seen.texts("#legend .legend span:not(.patch)"):
        assert text.strip().replace("\xa0", " ") in said
    assert len(list(root.iter(f"{SVG_NAME}path"))) > 337
    seen.says("#done", words(lang)["picture_saved"])


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [((1440, 900), "light"), ((820, 1180), "dark"), ((390, 844), "light")],
)
def test_png_is_twice_the_picture_and_not_blank(opened, whole, viewport, scheme):
    size = dict(zip(("width", "height"), viewport, strict=True))
    seen = opened(whole, viewport=size, color_scheme=scheme, accept_downloads=True)
    name, data = taken(seen, PNG)
    assert name.endswith("-fi.png")
    root = drawing(taken(seen, SVG)[1])
    inside(root)
    width, height, colours = colours_of(seen, data)
    assert (width, height) == (2 * int(root.get("width")), 2 * int(root.get("height")))
    assert colours > 500
    box = seen.page.locator(".leaflet-container").bounding_box()
    frame = root.find(f".//{SVG_NAME}clipPath/{SVG_NAME}rect")
    for side in ("width", "height"):
        assert float(frame.get(side)) == pytest.approx(box[side], abs=1)
    assert seen.count(".picture-host") == 0


def test_picture_has_patterns_lines_labels_and_the_key_of_all_that_is_on(opened, overlapping):
    layers = "spines+centres+lakes+borders+distances+ties"
    seen = opened(overlapping, address=f"lang=en&layers={layers}", accept_downloads=True)
    root = drawing(taken(seen, SVG)[1])
    patterns = list(root.iter(f"{SVG_NAME}pattern"))
    assert {len(pattern) for pattern in patterns} == {2}
    used = [n for n in root.iter(f"{SVG_NAME}path") if (n.get("fill") or "").startswith("url(")]
    assert len(used) == 30
    said = texts_of(root)
    for layer in ("borders", "distances", "ties"):
        assert words("en")[f"layer_{layer}"] in " ".join(said)
    labels = [text for text in seen.texts(".label bdi") if text]
    assert len(labels) > 3
    assert set(labels) <= set(said)
    assert seen.text(".leaflet-control-scale-line") in said


def test_picture_of_hostile_names_is_valid_and_draws_them_as_text(opened, hostile):
    seen = opened(hostile, address="lang=en&unit=FI_564", accept_downloads=True)
    name, data = taken(seen, SVG)
    assert re.fullmatch(r"[a-z0-9-]+\.svg", name)
    root = drawing(data)
    assert root.find(f"{SVG_NAME}title").text.startswith(HOSTILE[:60])
    assert any("window.pwned=1" in text for text in texts_of(root))
    assert colours_of(seen, taken(seen, PNG)[1])[2] > 100
    assert seen.page.evaluate("() => window.pwned") is None


def test_canvas_of_very_many_units_is_in_the_picture(opened, tmp_path):
    from tests.zones.maps.web.test_shapes import MOST_SVG, squares  # noqa: PLC0415

    path = zones.map(boundaries=squares(MOST_SVG + 1), lang="en").save(tmp_path / "map.html")
    seen = opened(path, accept_downloads=True)
    root = drawing(taken(seen, SVG)[1])
    [image] = root.iter(f"{SVG_NAME}image")
    assert image.get("href").startswith("data:image/png;base64,")
    assert colours_of(seen, taken(seen, PNG)[1])[2] > 50


# Figures


def test_figures_are_copied_with_evidence_years_and_sources(opened, whole):
    seen = opened(whole, address="lang=en", permissions=["clipboard-read", "clipboard-write"])
    text = copied(seen, FIGURES)
    lines = text.split("\n")
    assert lines[0].startswith("Bothnian Arc (Bothnian Arc members, about 2023–2025, 15 munici")
    assert "557,488 people, 31 Dec 2022." in lines[0]
    assert "Evidence of membership: 8 / 78." in lines[1]
    assert "Source: Statistics Finland/THL, SCB." in lines[0]
    assert "Municipal division 2026" in text
    seen.says("#done", words("en")["figures_copied"])


def test_key_figures_are_copied_as_a_table_for_spreadsheets_and_documents(opened, whole):
    seen = opened(whole, address="lang=fi", permissions=["clipboard-read", "clipboard-write"])
    table, _, below = copied(seen, TABLE).partition("\n\n")
    head, *rows = [line.split("\t") for line in table.split("\n")]
    assert [len(row) for row in rows] == [len(head)] * 3
    arc = dict(zip(head, rows[0], strict=True))
    assert (arc["Asukkaita"], arc["Vuosi"], arc["Kunnat"]) == ("557488", "2022", "15")
    assert (arc["Pinta-ala, km²"], arc["Pinta-ala vähintään"]) == ("32568", "31290")
    assert "Tilastokeskus" in below
    markup = seen.page.evaluate(
        """async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()"""
    )
    assert markup.count("<tr>") == 4


def test_nothing_chosen_is_said(opened, whole):
    seen = opened(whole, address="lang=en&groups=0")
    for item in (FIGURES, TABLE, GEOJSON, CSV):
        take(seen, item)
        seen.says("#done", words("en")["nothing_chosen"])


# Data


def test_geojson_has_the_groups_shown_and_their_members(opened, whole):
    seen = opened(whole, address="lang=sv&groups=1&on=peramerenkaari", accept_downloads=True)
    name, data = taken(seen, GEOJSON)
    assert name.endswith("-bottenviksbagen-sv.geojson")
    found = json.loads(data)
    assert set(found) == {"type", "title", "credits", "features"}
    arc, *members = found["features"]
    assert [one["properties"]["kind"] for one in found["features"]] == [
        "zone",
        *["municipality"] * 15,
    ]
    assert arc["properties"]["people"] == 557_488
    assert arc["properties"]["people_year"] == 2022
    assert arc["properties"]["names"]["en"] == "Bothnian Arc (development zone)"
    assert {one["status"] for one in arc["properties"]["members"]} == {"documented"}
    assert arc["properties"]["sources"][0].startswith("https://")
    oulu = next(one for one in members if one["id"] == "FI_564")["properties"]
    assert (oulu["people"], oulu["people_year"]) == (217_469, 2025)
    row = next(one for one in oulu["memberships"] if one["group"] == "peramerenkaari")
    assert (row["role"], row["status"], row["from"]) == ("host", "documented", "2021")
    for feature in found["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert 15 < shape.bounds[0] < shape.bounds[2] < 32
        assert 59 < shape.bounds[1] < shape.bounds[3] < 71
        for part in shape.geoms:
            assert part.exterior.is_ccw
            assert not any(ring.is_ccw for ring in part.interiors)
    whole_arc = shapely.from_geojson(json.dumps(arc["geometry"])).buffer(0)
    together = shapely.union_all(
        [shapely.from_geojson(json.dumps(one["geometry"])).buffer(0) for one in members]
    )
    assert whole_arc.symmetric_difference(together).area < 0.03 * together.area


def test_data_of_a_municipality_chosen_are_of_it_alone(opened, whole):
    seen = opened(whole, address="lang=en&unit=FI_205", accept_downloads=True)
    name, data = taken(seen, GEOJSON)
    assert name.endswith("-kajaani-en.geojson")
    assert [one["id"] for one in json.loads(data)["features"]] == ["FI_205"]
    text = taken(seen, CSV)[1].decode("utf-8-sig")
    table = text.partition("\r\n\r\n")[0]
    [row] = csv.DictReader(io.StringIO(table))
    assert row["Code"] == "FI_205"


def test_data_of_a_zone_chosen_are_of_it_and_its_members(opened, whole):
    seen = opened(whole, address="lang=en&group=peramerenkaari", accept_downloads=True)
    name, data = taken(seen, GEOJSON)
    assert name.endswith("-bothnian-arc-en.geojson")
    assert len(json.loads(data)["features"]) == 16


def test_csv_of_the_groups_shown_has_their_members(opened, whole):
    seen = opened(whole, address="lang=en&groups=1&on=viitoskaytava", accept_downloads=True)
    table = taken(seen, CSV)[1].decode("utf-8-sig").partition("\r\n\r\n")[0]
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["Code"] for row in rows} == set(zones.area("viitoskaytava").units.index)


def test_formulas_in_names_leave_as_text(opened, tmp_path):
    name = "=HYPERLINK(1)"
    made = zones.map(own_zone(name, units_of("17")), networks=False, lang="en", title="+1")
    seen = opened(
        made.save(tmp_path / "map.html"),
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    text = taken(seen, CSV)[1].decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert f"'{name}" in cells
    assert not [cell for cell in cells if re.match(r"[=+@\t\r]", cell)]
    assert f"'{name}" in copied(seen, TABLE)


# The menu


def test_menu_works_by_keyboard(opened, whole):
    seen = opened(whole, address="lang=en")
    button = seen.page.locator("#take-out-button")
    button.focus()
    assert button.get_attribute("aria-expanded") == "false"
    seen.page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    focused = "() => document.activeElement.dataset.item ?? document.activeElement.id"
    reached = []
    for key in ("ArrowDown", "ArrowDown", "End", "ArrowDown", "ArrowUp", "Home"):
        seen.page.keyboard.press(key)
        reached.append(seen.page.evaluate(focused))
    assert reached == ["0", "1", "7", "0", "7", "0"]
    seen.page.keyboard.press("Escape")
    assert seen.page.evaluate(focused) == "take-out-button"
    assert button.get_attribute("aria-expanded") == "false"
    seen.page.keyboard.press("Space")
    for _ in range(9):
        seen.page.keyboard.press("Tab")
    assert button.get_attribute("aria-expanded") == "false"
    assert seen.page.locator("#done").get_attribute("role") == "status"
