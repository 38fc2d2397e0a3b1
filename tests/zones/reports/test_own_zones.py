"""What a report says of a zone of one's own, and of members without evidence."""

import pytest

import geodata
import zones
from tests.zones.reports.test_report import Page
from zones.reports.members import member_rows, members_caption
from zones.reports.references import References
from zones.texts import LANGUAGES, phrase, phrases
from zones.wording.voice import Voice


def test_members_without_evidence_of_their_own_say_so():
    rows = list(member_rows(zones.area("suomen-kasvukaytava"), References("fi"), Voice("fi")))
    said = [row.status for row in rows]
    assert (said.count(""), said.count("rajauksessa, ilman omaa näyttöä")) == (8, 70)


def test_a_list_is_said_to_be_the_users_in_the_language_of_the_report(tmp_path):
    zones.report([["Oulu", "Kemi"]], tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.count("Jäsenet: käyttäjän antamat") == 1
    assert page.count("Medlemmar: angivna av användaren") == 1
    assert "given by the user" not in page.replace("Members given by the user", "")


def test_bundled_data_that_no_figure_rests_on_are_not_listed(tmp_path):
    own = zones.area("viitoskaytava", boundaries=geodata.municipalities(2026))
    zones.report(own, tmp_path / "own", lang="en")
    zones.report("viitoskaytava", tmp_path / "usual", lang="en")
    listed = {
        name: (tmp_path / name / "index.html").read_text("utf-8").partition("Bundled data that")[2]
        for name in ("own", "usual")
    }
    for title in ("Municipalities of Finland 2021 at 1:4.5 million", "share a border, over land"):
        assert title in listed["usual"].partition("</table>")[0]
        assert title not in listed["own"].partition("</table>")[0]
    assert "Population of Finnish municipalities" in listed["own"].partition("</table>")[0]


def test_the_file_of_a_zone_is_listed_once(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('id = "mine"\nname_fi = "Oma"\ndivision = 2026\ncodes = ["297", "749"]\n')
    zones.report(path, tmp_path / "report", lang="en")
    lines = (tmp_path / "report" / "report.md").read_text("utf-8").splitlines()
    assert [line for line in lines if "mine.toml" in line] == ["1. mine.toml"]


@pytest.mark.parametrize(
    ("members", "captions"),
    [
        (["240", "241"], [
            "Rajauksessa 2 kuntaa, kustakin näyttö",
            "2 kommuner i avgränsningen, med belägg för var och en",
            "2 municipalities in the extent, with the evidence of each",
        ]),
        (["240"], [
            "Rajauksessa 2 kuntaa, näyttö 1 kunnasta",
            "2 kommuner i avgränsningen, med belägg för 1 av dem",
            "2 municipalities in the extent, with evidence of 1 of them",
        ]),
        ([], [
            "Rajauksessa 2 kuntaa, ei omaa näyttöä",
            "2 kommuner i avgränsningen, utan egna belägg",
            "2 municipalities in the extent, without evidence of their own",
        ]),
    ],
)  # fmt: skip
def test_the_heading_over_members_says_of_how_many_there_is_evidence(tmp_path, members, captions):
    path = tmp_path / "own.toml"
    rows = ", ".join(f'{{code = "{code}"}}' for code in members)
    path.write_text(
        f'id = "own"\ndivision = 2026\ncodes = ["240", "241"]\nmember = [{rows}]\n', "utf-8"
    )
    area = zones.area(path)
    assert [members_caption(area, Voice(lang)) for lang in LANGUAGES] == captions
    seen = [not row.status for row in member_rows(area, References("fi"), Voice("fi"))]
    assert sum(seen) == len(members)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_zone_of_ones_own_has_no_rows_or_sections_with_nothing_in_them(tmp_path, lang):
    own = zones.read_zone(["FI_564", "FI_244", "FI_425"], name_fi="Oma", id="oma")
    zones.report(own, tmp_path / "own", lang=lang)
    zones.report("peramerenkaari", tmp_path / "arc", lang=lang)
    own_text, arc_text = (
        Page((tmp_path / name / "index.html").read_text(encoding="utf-8")).text
        for name in ("own", "arc")
    )
    words = phrases("measures", lang)
    for name in ("spine_length", "spine_inside_share", "spine_gaps"):
        assert words[f"name.{name}"] in arc_text
        assert words[f"name.{name}"] not in own_text
    assert phrase("report.claims", lang) in arc_text
    assert phrase("report.claims", lang) not in own_text


def test_a_report_of_changed_members_says_that_no_source_has_them(tmp_path):
    change = zones.what_if("viitoskaytava", remove=["Kuopio"])
    zones.report([change.before, change.after], tmp_path, lang="fi")
    page = (tmp_path / "index.html").read_text("utf-8").partition("<script")[0]
    official = zones.area("viitoskaytava").extent
    changed = f"Entä jos: {official.title('fi')}"
    assert changed in page
    assert "Luettelo ei ole peräisin mistään lähteestä." in page
    # The extent itself stands in its own chapter, and in the list of extents of the other.
    assert page.count(official.description.text("fi")) == 2


@pytest.mark.parametrize(
    "order", [["three-regions", "four-regions"], ["four-regions", "three-regions"]]
)
def test_two_extents_of_a_zone_stand_in_one_report_in_any_order(tmp_path, order):
    areas = [zones.area("suomen-kasvukaytava", extent=extent) for extent in order]
    assert len(zones.report(areas, tmp_path, lang="en").parts) == 2
