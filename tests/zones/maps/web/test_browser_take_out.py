"""Taking out: pictures, figures, links and data of what is on the page."""

import base64
import csv
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import shapely

import zones
from tests.zones.fixtures import HOSTILE, own_zone, units_of
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

PNG, SVG, FIGURES, TABLE, LINK, GEOJSON, CSV, RESET = range(8)
SVG_NAME = "{http://www.w3.org/2000/svg}"
STEP = 450


def words(lang):
    return phrases("map", lang) | phrases("map_tools", lang)


def take(seen, item):
    seen.click("#take-out-button")
    seen.click(f"#take-out-items [data-item='{item}']")


def taken(seen, item):
    """Return the name and bytes of the file that an item of the menu saves."""
    with seen.page.expect_download() as waiting:
        take(seen, item)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def copied(seen, item):
    take(seen, item)
    seen.page.wait_for_function("() => document.getElementById('done').textContent")
    return seen.page.evaluate("() => navigator.clipboard.readText()")


def drawing(data):
    """Return the root of an SVG file that asks for nothing from elsewhere."""
    text = data.decode()
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text)
    references = re.findall(r"url\(([^)]*)\)", text) + re.findall(r'href="([^"]*)"', text)
    assert all(one.startswith(("#", "data:image/png")) for one in references)
    root = ET.fromstring(text)
    ids = {node.get("id") for node in root.iter()}
    assert {one.removeprefix("#") for one in references if one.startswith("#")} <= ids
    known = "svg title desc defs g rect circle line path text pattern clipPath polygon image"
    assert {node.tag.removeprefix(SVG_NAME) for node in root.iter()} <= set(known.split())
    return root


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
    assert seen.text("#done") == words(lang)["picture_saved"]


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
    assert words("en")["figures_copied"] == seen.text("#done")


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
        assert seen.text("#done") == words("en")["nothing_chosen"]


# The address


def test_link_is_copied(opened, whole):
    seen = opened(
        whole, address="lang=en&view=people", permissions=["clipboard-read", "clipboard-write"]
    )
    assert copied(seen, LINK) == seen.page.url


def test_back_and_forward_go_through_what_was_chosen_and_not_through_moves(opened, whole):
    seen = opened(whole, address="lang=en")
    pressed = "#views [aria-pressed=true]"
    seen.page.wait_for_timeout(STEP)
    seen.click("#views [data-value=people]")
    seen.page.wait_for_timeout(STEP)
    for _ in range(2):
        seen.page.focus(".leaflet-container")
        seen.page.keyboard.press("+")
        seen.page.wait_for_timeout(STEP)
    seen.click("#card-0 input")
    seen.page.wait_for_timeout(STEP)
    seen.click("#languages [data-value=sv]")
    seen.page.wait_for_timeout(STEP)
    seen.page.go_back()
    seen.page.wait_for_function("() => document.documentElement.lang === 'en'")
    assert not seen.page.is_checked("#card-0 input")
    seen.page.go_back()
    seen.page.wait_for_function("() => document.querySelector('#card-0 input').checked")
    assert seen.page.get_attribute(pressed, "data-value") == "people"
    seen.page.go_back()
    seen.page.wait_for_function(
        "() => document.querySelector('#views [aria-pressed=true]').dataset.value === 'groups'"
    )
    seen.page.go_forward()
    seen.page.wait_for_function(
        "() => document.querySelector('#views [aria-pressed=true]').dataset.value === 'people'"
    )
    assert seen.page.is_checked("#card-0 input")


def test_choices_in_quick_succession_are_one_step(opened, whole):
    seen = opened(whole, address="lang=en")
    before = seen.page.evaluate("() => history.length")
    seen.page.evaluate(
        "() => document.querySelectorAll('.zone .check input').forEach(b => b.click())"
    )
    assert seen.count(".zone.off") == 3
    assert seen.page.evaluate("() => history.length") == before + 1
    seen.page.go_back()
    seen.page.wait_for_function("() => document.querySelectorAll('.zone.off').length === 0")


def test_reset_returns_to_the_start_and_back_undoes_it(opened, whole):
    seen = opened(whole, address="lang=sv&view=density&groups=0&unit=FI_564&theme=dark")
    seen.page.wait_for_timeout(STEP)
    take(seen, RESET)
    assert seen.page.evaluate("() => document.documentElement.lang") == "fi"
    assert seen.page.get_attribute("#views [aria-pressed=true]", "data-value") == "groups"
    assert seen.count(".zone.off") == 0
    assert "unit" not in parse_qs(urlsplit(seen.page.url).fragment)
    assert seen.page.evaluate("() => document.documentElement.dataset.theme") == "light"
    seen.page.go_back()
    seen.page.wait_for_function("() => document.documentElement.lang === 'sv'")
    assert "unit=FI_564" in seen.page.url


def test_inside_a_notebook_nothing_fails_and_it_is_said_that_there_is_no_address(
    browser, whole, tmp_path
):
    frame = tmp_path / "notebook.html"
    frame.write_text(zones.map("peramerenkaari", lang="en", networks=False)._repr_html_(), "utf-8")
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(frame.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready=true]").wait_for()
    inner.locator("#views [data-value=people]").click()
    inner.locator("#take-out-button").click()
    inner.locator(f"[data-item='{LINK}']").click()
    assert inner.locator("#done").inner_text() == words("en")["no_address"]
    with page.expect_download() as waiting:
        inner.locator("#take-out-button").click()
        inner.locator(f"[data-item='{SVG}']").click()
    assert drawing(Path(waiting.value.path()).read_bytes()) is not None
    inner.locator("#take-out-button").click()
    inner.locator(f"[data-item='{RESET}']").click()
    assert faults == []
    page.close()


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
