"""What the README says is what the library computes, and where it leads there is a page."""

import re
from pathlib import Path

import pytest

import zones

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text("utf-8")
ZONES = ("peramerenkaari", "suomen-kasvukaytava", "viitoskaytava")


def row(head):
    """Return the cells of a row of the table of figures, a zone each."""
    line = next(line for line in TEXT.splitlines() if line.startswith(f"| {head}"))
    return dict(zip(ZONES, (cell.strip() for cell in line.split("|")[2:-1]), strict=True))


def spoken(figure):
    return f"{figure.value:,.0f} ({figure.low:,.0f}–{figure.high:,.0f})"


@pytest.fixture(scope="module", params=ZONES)
def area(request):
    return zones.area(request.param)


def test_default_extents(area):
    assert row("default extent")[area.group.id] == f"`{area.extent.id}`"


def test_municipalities(area):
    assert row("municipalities (2026)")[area.group.id].split(":")[0].split(",")[0] == str(
        len(area.units)
    )


def test_people_and_their_share_of_finland(area):
    figures = zones.reach(area)
    people = figures.get("population")
    said, share = row("people")[area.group.id], row("of Finland's people")[area.group.id]
    if area.group.id == "peramerenkaari":
        assert said.startswith(f"{people.value:,.0f} (end of 2022")
        for key in ("FI", "SE"):
            newest = figures.get("population", key)
            assert f"{newest.value:,.0f} ({newest.year})" in said
        assert "(Finnish part, 2025)" in share
    else:
        known = figures.get("population_with_evidence").value
        span = f"{known:,.0f}–" if known < people.value else ""
        assert said.startswith(f"{span}{people.value:,.0f} (end of 2025)")
        whole = figures.get("population_share").value
        least = f"{whole * known / people.value:.1f}–" if span else ""
        assert share == f"{least}{whole:.1f} %"


def test_areas_with_bounds(area):
    assert row("area, km²")[area.group.id] == spoken(zones.coverage(area).get("area"))


def test_what_hangs_together(area):
    parts = zones.coverage(area).get("components").value
    said = row("hangs together by land borders")[area.group.id]
    assert said.startswith("yes") == (parts == 1)


def test_where_it_leads_there_is_a_page():
    links = re.findall(r"\]\(([^)#]+)", TEXT)
    assert len(links) > 8
    assert [link for link in links if not (ROOT / link).exists()] == []
