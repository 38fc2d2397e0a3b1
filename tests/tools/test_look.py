"""Built documentation is looked at: faults of a page are found, and none on a good one."""

import pytest

from tools.site.look import faults_of, pages_of

GOOD = """<!doctype html><html lang="en"><head><title>Page</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Page</h1><p>Text</p></main></body></html>"""
BAD = GOOD.replace(
    "<p>Text</p>",
    '<div style="width: 600px">Wide</div><img src="http://localhost:9/x.png"><script>nothing()</script>',
)


def write(site, name, text):
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_page_is_looked_at_but_maps_and_of_the_interface_some(tmp_path):
    for name in ("index.html", "howto/zone.html", "maps/zone.html", "_static/x.html"):
        write(tmp_path, name, GOOD)
    for number in range(60):
        write(tmp_path, f"made/api/objects/zones.name{number:02}.html", GOOD)
    found = [page.relative_to(tmp_path).as_posix() for page in pages_of(tmp_path)]
    assert found[:2] == ["howto/zone.html", "index.html"]
    assert len(found) == 2 + 6
    assert all(name.startswith("made/api/objects/") for name in found[2:])


@pytest.mark.browser
def test_faults_of_a_page_are_said_with_its_name_and_width(browser, tmp_path):
    context = browser.new_context(offline=True)
    good = list(faults_of(context.new_page(), write(tmp_path, "good.html", GOOD), tmp_path))
    bad = list(faults_of(context.new_page(), write(tmp_path, "bad.html", BAD), tmp_path))
    context.close()
    assert good == []
    assert "bad.html at 390: scrolls sideways" in bad
    assert "bad.html at 1440: scrolls sideways" not in bad
    assert any(fault.startswith("bad.html at 1440: image-alt") for fault in bad)
    assert "bad.html asks for http://localhost:9/x.png" in bad
    assert any("says" in fault and "nothing" in fault for fault in bad)
