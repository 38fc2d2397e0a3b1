"""Look at the built documentation as a reader does: widths, accessibility, what it asks for."""

import argparse
import logging
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["faults_of", "pages_of"]

log = logging.getLogger(__name__)

WIDTHS = {1440: 900, 390: 844}
AXE = Path(__file__).parents[2] / "tests" / "vendor" / "axe.min.js"
_OBJECTS = "made/api/objects"
_SAMPLE = 6
"""Pages of the interface are made from one pattern: a few stand for all."""
# The live maps have a test of their own, and are files of their own.
_APART = ("maps/", "_static/")
_RULES = """async () => {
    const found = await axe.run(document, { iframes: false, resultTypes: ["violations"] });
    return found.violations.map((one) => `${one.id}: ${one.nodes[0].target} ${one.help}`);
}"""
_WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


def pages_of(site: Path) -> list[Path]:
    """Return the pages to look at: each, of the interface's some."""
    found = sorted(site.rglob("*.html"))
    paths = [page for page in found if not page.relative_to(site).as_posix().startswith(_APART)]
    objects = [page for page in paths if page.parent == site / _OBJECTS]
    every = max(1, len(objects) // _SAMPLE)
    return [page for page in paths if page.parent != site / _OBJECTS] + objects[::every]


def faults_of(tab: Any, page: Path, site: Path) -> Iterator[str]:
    """Yield what is wrong with a page in a tab that says what it asked for."""
    name = page.relative_to(site).as_posix()
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: said.append(str(error)))
    for width, height in WIDTHS.items():
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(page.as_uri())
        if tab.evaluate(_WIDER):
            yield f"{name} at {width}: scrolls sideways"
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        yield from (f"{name} at {width}: {rule}" for rule in tab.evaluate(_RULES))
    own = ("file:", "data:", "blob:")
    yield from (f"{name} asks for {url}" for url in sorted(set(asked)) if not url.startswith(own))
    yield from (f"{name} says {text}" for text in said)


def main(arguments: list[str] | None = None) -> int:
    """Look at a site, say what is wrong, and return 1 where something is."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    site: Path = parser.parse_args(arguments).site.resolve()
    pages = pages_of(site)
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        context = browser.new_context(offline=True, reduced_motion="reduce", bypass_csp=True)
        for page in pages:
            tab = context.new_page()
            faults += faults_of(tab, page, site)
            tab.close()
        browser.close()
    for fault in faults:
        log.error("%s", fault)
    log.info("%d pages, %d faults", len(pages), len(faults))
    return 1 if faults or not pages else 0


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.exit(main())
