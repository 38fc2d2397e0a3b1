"""The map opened from disk in Chromium, with the network cut off."""

import os
from pathlib import Path

import pytest

import zones
from tests.zones.fixtures import HOSTILE, hostile_zones, overlapping_zones

READY = "() => document.documentElement.dataset.ready === 'true'"
DESK = {"width": 1280, "height": 900}


class Opened:
    """A page with everything that it asked for or complained about."""

    def __init__(self, page):
        self.page = page
        self.asked = []
        self.said = []

    def texts(self, selector):
        return self.page.locator(selector).all_inner_texts()

    def text(self, selector):
        return self.page.locator(selector).first.inner_text()

    def says(self, selector, text):
        """Wait until an element says this: the clipboard and a saved picture answer later."""
        from playwright.sync_api import expect  # noqa: PLC0415

        expect(self.page.locator(selector).first).to_have_text(text)

    def count(self, selector):
        return self.page.locator(selector).count()

    def click(self, selector):
        self.page.locator(selector).first.click()

    def search(self, text):
        self.page.fill("#search", text)
        self.page.keyboard.press("Enter")

    def saved(self):
        """Save the table, and return the file's text."""
        with self.page.expect_download() as waiting:
            self.click("#table-save")
        return Path(waiting.value.path()).read_bytes().decode("utf-8-sig")

    def keep(self, name):
        """Keep a screenshot where CI collects them."""
        folder = os.environ.get("ZONES_ARTEFACTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"))


@pytest.fixture
def opened(browser):
    """Open a file in a fresh context; afterwards nothing may have been asked for or said."""
    pages, contexts = [], []

    def start(path, *, address="", viewport=DESK, quiet=True, **context):
        made = browser.new_context(viewport=viewport, locale="fi-FI", **context)
        contexts.append(made)
        made.set_offline(True)
        found = Opened(made.new_page())

        def guard(route):
            if route.request.url.startswith(("file:", "data:", "blob:")):
                route.continue_()
            else:
                found.asked.append(route.request.url)
                route.abort()

        made.route("**/*", guard)
        found.page.on("console", lambda message: found.said.append(message.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("requestfailed", lambda request: found.said.append(request.url))
        found.page.goto(path.as_uri() + (f"#{address}" if address else ""))
        found.page.wait_for_function(READY)
        if quiet:
            pages.append(found)
        return found

    yield start
    for found in pages:
        assert found.asked == []
        assert found.said == []
    for made in contexts:
        made.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return zones.map(lang="fi").save(tmp_path_factory.mktemp("map") / "map.html")


@pytest.fixture(scope="module")
def overlapping(tmp_path_factory):
    made = zones.map(overlapping_zones(), networks=False, lang="fi")
    return made.save(tmp_path_factory.mktemp("overlap") / "map.html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    made = zones.map(hostile_zones(), title=HOSTILE, networks=False, lang="fi")
    return made.save(tmp_path_factory.mktemp("hostile") / "map.html")
