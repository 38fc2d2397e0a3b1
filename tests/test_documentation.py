"""Every block of the documentation runs as it stands, and says what the text around it says."""

import re
import shlex
from pathlib import Path

import pytest

from zones.cli import app

ROOT = Path(__file__).parents[1]
TEXTS = {page.stem: page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")}


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXTS[page], re.MULTILINE | re.DOTALL)


def pages(language):
    return sorted(page for page in TEXTS if blocks(page, language))


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder that pages may write to, with the notebooks that they read."""
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(page):
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, page, "exec"), names)
    return names


def test_the_page_of_tables_has_blocks():
    assert "tables" in pages("python")
    assert "tables" in pages("console")


@pytest.mark.parametrize("page", pages("python"))
@pytest.mark.usefixtures("place")
def test_the_blocks_of_a_page_run(page, capsys):
    run(page)
    said = capsys.readouterr().out.splitlines()
    assert len(said) == "".join(blocks(page, "python")).count("print(")
    for sentence in said:
        assert re.search(r": \d[\d,.\s]*(\w+|%)?\s\(2019\)\. (Source|Lähde): ", sentence), sentence


def test_the_bound_that_the_text_tells_is_the_one_computed(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    near = run("tables")["jobs_near"].get("jobs_within", "50")
    assert (near.value, near.high) == (None, None)
    text = " ".join(TEXTS["tables"].split())
    assert (
        f"jobs within 50 km are at least {near.low:,.0f} here, since the table lacks Sysmä" in text
    )
    assert any("Sysmä" in str(note) for note in near.notes)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (page, line)
        for page in pages("console")
        for block in blocks(page, "console")
        for line in block.splitlines()
    ],
)
def test_the_commands_of_a_page_run(page, line, place, capsys):
    if page == "boundaries":
        run(page)  # it writes the file that they read
    command, *words = shlex.split(line)
    assert command == "zones"
    assert app.status(words) == 0
    out, err = capsys.readouterr()
    assert out
    assert err == ""
    if "-o" in words:
        assert (place / words[words.index("-o") + 1]).exists()
