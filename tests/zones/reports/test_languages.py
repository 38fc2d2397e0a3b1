"""The languages of a report: one file has all three, and what is in another one is marked so."""

import json
import re
from html.parser import HTMLParser

import openpyxl
import pytest

import zones
from zones.texts import LANGUAGES, phrases

VOID = {"meta", "link", "br", "img", "input", "hr"}
# Words that no Finnish or Swedish sentence has.
ENGLISH = re.compile(r"\b(the|of|and|with|which|from|are|was|were|their|this|not|between|each)\b")
ADDRESS = re.compile(r"(https?://|www\.)\S+")


class Words(HTMLParser):
    """The words of a page by the language that they are marked to be in."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.texts = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        lang = found.get("lang") or (self.open[-1][1] if self.open else None)
        if tag not in VOID:
            self.open.append((tag, lang))
        for name in ("alt", "aria-label", "data-label"):
            if found.get(name):
                self.texts.append((lang, found[name]))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open and self.open[-1][0] not in {"style", "script"}:
            self.texts.append((self.open[-1][1], ADDRESS.sub("", data)))

    def count(self, *, own):
        lang = self.texts[0][0]
        words = [word for of, text in self.texts if (of == lang) == own for word in text.split()]
        return sum(any(letter.isalpha() for letter in word) for word in words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("three")
    zones.report(None, found, lang="fi")
    return found


@pytest.fixture(scope="module")
def editions(folder):
    """Return each language as it is read: the one shown, and those that the script shows."""
    text = (folder / "index.html").read_text(encoding="utf-8")
    data = r'<script type="application/json" id="page-(..)">(.*?)</script>'
    kept = re.findall(data, text, re.DOTALL)
    found = {lang: json.loads(one) for lang, one in kept}
    shown = text[text.index("<body>") : text.index("<script")]
    bodies = {"fi": shown} | {lang: one["body"] for lang, one in found.items()}
    return {
        lang: Words(f'<div lang="{lang}">{bodies[lang].replace("<body>", "")}</div>')
        for lang in LANGUAGES
    }


def test_one_file_has_all_three_languages(editions):
    for lang, words in editions.items():
        said = " ".join(text for _, text in words.texts)
        for key in ("lead", "members", "coverage", "overview_note", "chapter_sources"):
            assert phrases("report", lang)[key] in said
        for other in set(LANGUAGES) - {lang}:
            assert phrases("report", other)["lead"] not in said


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_at_most_a_tenth_of_the_words_is_in_another_language(editions, lang):
    words = editions[lang]
    own, other = words.count(own=True), words.count(own=False)
    assert own > 3_000
    assert other <= 0.1 * (own + other)


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_nothing_is_english_that_is_not_marked_so(editions, lang):
    english = [text for of, text in editions[lang].texts if of == lang and ENGLISH.search(text)]
    assert english == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_id_and_no_code_of_an_extent_is_read(editions, lang):
    said = " ".join(text for _, text in editions[lang].texts)
    for group in ("peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"):
        for extent in zones.get(group).extents:
            # An id of one word may be a word of the language.
            assert "-" not in extent.id or extent.id not in said.split()


def test_verdicts_are_counted_in_proper_grammar():
    tables = [zones.check_claims(zone) for zone in ("suomen-kasvukaytava", "viitoskaytava")]
    said = " ".join(table.summary("en") for table in tables)
    assert re.search(r"\b([2-9]|\d\d) (fit|do not fit|fit another extent)\b", said)
    assert not re.search(r"\b([2-9]|\d\d) (fits|does not)\b", said)
    assert not re.search(r"\b1 (fit|do)\b(?!s)", said)


def test_the_workbook_has_the_digits_that_the_page_shows(folder):
    book = openpyxl.load_workbook(folder / "measures.xlsx")
    assert book.sheetnames == ["Rinnakkain", "Luvut", "Lähteet"]
    compared, figures, sources = (list(sheet.iter_rows()) for sheet in book)
    heads = [cell.value for cell in compared[0]]
    assert "Väestö" in heads
    assert [row[0].value for row in compared[1:]] == [
        "Perämerenkaari",
        "Suomen kasvukäytävä",
        "Viitoskäytävä",
    ]
    people = heads.index("Väestö")
    assert [row[people].value for row in compared[1:]] == [557488, 2706970, 487181]
    assert {row[people].number_format for row in compared[1:]} == {"#,##0"}
    columns = [cell.value for cell in figures[0]]
    at = {name: columns.index(name) for name in ("Mittari", "Arvo", "Vuosi", "Lähteet")}
    share = next(row for row in figures if row[at["Mittari"]].value == "Osuus Suomen väestöstä")
    assert share[at["Arvo"]].value == pytest.approx(5.522228)
    assert share[at["Arvo"]].number_format == '#,##0.0"\xa0%"'
    assert share[at["Lähteet"]].value
    assert len(sources) > 3
