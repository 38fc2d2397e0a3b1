"""The report in a word processor: converted by LibreOffice, required by ZONES_REQUIRE_BROWSER=1."""

import os
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree as ET

import pytest

import zones
from zones.texts import phrases

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """Return the report as a document of Word: its texts, and the names of its parts."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("ZONES_REQUIRE_BROWSER") == "1":
            pytest.fail("soffice is required (ZONES_REQUIRE_BROWSER=1) and is not installed")
        pytest.skip("soffice is not installed: apt-get install libreoffice-writer")
    folder = tmp_path_factory.mktemp("office")
    zones.report(["peramerenkaari", "viitoskaytava"], folder, lang="fi")
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", str(folder), str(folder / "index.html")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    with zipfile.ZipFile(folder / "index.docx") as book:
        root = ET.fromstring(book.read("word/document.xml"))
        names = book.namelist()
    lines = ["".join(run.text or "" for run in line.iter(f"{W}t")) for line in root.iter(f"{W}p")]
    return lines, names


def test_title_and_figures_of_tables_are_there(document):
    lines, _ = document
    shown = [line.strip().replace("\xa0", " ") for line in lines]
    words = phrases("report", "fi")
    assert words["title"] in shown
    for wanted in ("Perämerenkaari", words["members"], "487 181 asukasta", "32 568 km²", "Oulu"):
        assert any(wanted in line for line in shown), wanted
    assert shown.count(words["lead"]) == 1


def test_pictures_are_pictures(document):
    lines, names = document
    assert sum(name.startswith("word/media/") for name in names) >= 10
    # Letters of a drawing would stand as a line of names.
    assert not [line for line in lines if "Skellefteå Piteå" in line]


def test_no_script_no_other_language_and_no_broken_letters(document):
    text = "\n".join(document[0])
    for wrong in ("function", "=>", "{", "addEventListener", "data:image", "\\u003c", "sha256"):
        assert wrong not in text, wrong
    assert not re.search(r"&(amp|lt|gt|nbsp|#\d+);|\ufffd|Ã", text)
    for other in ("sv", "en"):
        words = phrases("report", other)
        for key in ("lead", "members", "coverage", "connectivity", "overview_note"):
            assert words[key] not in text
