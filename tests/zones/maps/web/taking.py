"""The menu that takes out of the page, as the tests work it."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from zones.texts import phrases

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
    # What an earlier copy said is no answer to this one.
    seen.page.evaluate("() => { document.getElementById('done').textContent = ''; }")
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
