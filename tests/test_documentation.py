"""Every block of the documentation runs as it stands, and says what the text around it says."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from geodata import countries
from zones.catalogue.structuring import keys_of
from zones.cli import app
from zones.model.evidence import Claim, Count, Membership, Organisation
from zones.model.groups import Extent, SpinePoint, Zone

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WRITTEN = [
    page
    for page in sorted(DOCS.rglob("*.md"))
    if not {"made", "extra"} & set(page.relative_to(DOCS).parts)
]
TEXTS = {
    page.relative_to(DOCS).with_suffix("").as_posix(): page.read_text("utf-8") for page in WRITTEN
} | {"README": (ROOT / "README.md").read_text("utf-8")}
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
BLOCK = re.compile(r"^```(python|pycon|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = [page for page in TEXTS if BLOCK.search(TEXTS[page])]


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    monkeypatch.chdir(tmp_path)
    # A page that brings a country in leaves the others as they are.
    with countries.session():
        yield tmp_path


def command(line, capsys):
    prompt, name, *words = shlex.split(line, comments=True)
    assert (prompt, name) == ("$", "zones")
    before = capsys.readouterr().out
    assert app.status(words) == 0
    out, err = capsys.readouterr()
    assert out
    assert err == ""
    if "-o" in words:
        assert Path(words[words.index("-o") + 1]).exists()
    return before


def run(page, capsys):
    """Run the blocks of a page one after the other, as a reader does, and return what is said."""
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    wrong: list[str] = []
    said = ""
    for kind, block in BLOCK.findall(TEXTS[page]):
        if kind == "python":
            exec(compile(block, page, "exec"), names)
        elif kind == "console":
            said += "".join(command(line, capsys) for line in block.splitlines())
        else:
            test = doctest.DocTestParser().get_doctest(block, names, page, None, None)
            runner.run(test, out=wrong.append, clear_globs=False)
            names.update(test.globs)
    assert not wrong, "".join(wrong)
    return names, said + capsys.readouterr().out


@pytest.mark.parametrize("page", RUN)
def test_the_blocks_of_a_page_run(page, workplace, capsys):
    _, said = run(page, capsys)
    if page != "howto/tables":
        return
    assert said
    for sentence in said.splitlines():
        assert re.search(r": \d[\d,.\s]*(\w+|%)?\s\(2019\)\. (Source|Lähde): ", sentence), sentence


@pytest.mark.parametrize(
    ("place", "record"),
    [
        ("the file", Zone),
        ("`[[extent]]`", Extent),
        ("`[[member]]`", Membership),
        ("`[[spine]]`", SpinePoint),
        ("`[[claim]]`", Claim),
        ("`[[count]]`", Count),
        ("`[[organisation]]`", Organisation),
    ],
)
def test_every_key_of_a_zone_file_is_told(place, record):
    rows = [line.split(" | ") for line in TEXTS["howto/zone"].splitlines()]
    told = [
        key
        for where, keys, *_ in (row for row in rows if len(row) > 2)
        if where == f"| {place}"
        for key in re.findall(r"`(\w+)`", keys)
    ]
    assert sorted(told) == sorted(keys_of(record))


def test_the_bound_that_the_text_tells_is_the_one_computed(workplace, capsys):
    names, _ = run("howto/tables", capsys)
    near = names["jobs_near"].get("jobs_within", "50")
    assert (near.value, near.high) == (None, None)
    text = " ".join(TEXTS["howto/tables"].split())
    assert (
        f"jobs within 50 km are at least {near.low:,.0f} here, since the table lacks Sysmä" in text
    )
    assert any("Sysmä" in str(note) for note in near.notes)
