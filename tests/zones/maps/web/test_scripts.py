"""The page's modules: how they are joined, and that they compute as Python does."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from zones.maps.change import change_of
from zones.maps.classes import radius_of, size_steps
from zones.maps.palette import class_of, class_of_limits
from zones.maps.web.assets import page_script, page_style
from zones.maps.web.bundle import bundle
from zones.texts import format_number, format_percent
from zones.wording.formats import spreadsheet_safe

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "cell"), CASES["cells"])
def test_no_line_of_a_cell_begins_a_formula(text, cell):
    assert spreadsheet_safe(text) == cell


def joined(entry="b", **sources):
    return bundle(sources, entry, "page")


def test_modules_come_in_the_order_of_their_imports_without_lines_of_comment():
    script = joined(
        a="// First.\nexport const one = 1;\n/** Not seen. */\nlet hidden = 2; // kept",
        b='import { one } from "./a.js";\n\nfunction two() {\n  return one;\n}\n'
        "\nexport { two, one };",
    )
    assert script == (
        'const page = (() => {\n"use strict";\nconst one = 1;\nlet hidden = 2; // kept\n\n'
        "function two() {\n  return one;\n}\n\nreturn { two, one };\n})();"
    )


def test_a_module_that_two_import_stands_once():
    script = joined(
        entry="d",
        a="export const one = 1;",
        b='import { one } from "./a.js";\nexport const two = one;',
        c='import { one } from "./a.js";\nexport const three = one;',
        d='import { two } from "./b.js";\nimport { three } from "./c.js";\n'
        "export const all = two + three;",
    )
    assert script.count("const one = 1;") == 1
    assert script.index("one = 1") < script.index("two =") < script.index("three =")


@pytest.mark.parametrize(
    "line",
    [
        'import one from "./a.js";',
        'import * as a from "./a.js";',
        'import { one as two } from "./a.js";',
        'import { one } from "leaflet";',
        'import { one } from "./a.js"',
        'import "./a.js";',
        'import {\n  one,\n} from "./a.js";',
        "export default 1;",
        'export { one } from "./a.js";',
        "export const { one } = two;",
        "const [one] = two;",
        "var one = 1;",
        "start();",
        'const one = () => import("./a.js");',
        "  const one = import.meta.url;",
    ],
)
def test_what_the_bundler_does_not_understand_is_refused_with_its_place(line):
    with pytest.raises(ValueError, match=r"b\.js, line 2: the bundler does not understand"):
        joined(a="export const one = 1;", b=f"// The second line.\n{line}")


def test_circles_missing_names_doubles_and_strays_are_refused():
    with pytest.raises(ValueError, match=r"a circle of imports: (a < b < a|b < a < b)"):
        joined(a='import { b } from "./b.js";\nexport const a = 1;',
               b='import { a } from "./a.js";\nexport const b = 1;')  # fmt: skip
    with pytest.raises(ValueError, match=r"b\.js imports two, not exported by a\.js"):
        joined(a="export const one = 1;\nconst two = 2;", b='import { one, two } from "./a.js";')
    with pytest.raises(ValueError, match=r"b\.js imports one, not exported by c\.js"):
        joined(b='import { one } from "./c.js";')
    with pytest.raises(ValueError, match=r"a\.js and b\.js both declare one"):
        joined(a="export const two = 1;\nfunction one() {}",
               b='import { two } from "./a.js";\nconst one = 1;')  # fmt: skip
    with pytest.raises(ValueError, match="nobody imports a"):
        joined(a="export const one = 1;", b="export const two = 2;")


def test_the_page_has_one_classic_script_of_all_its_modules():
    script = page_script()
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    assert script.startswith("const zonesPage = (() => {")
    assert (
        "return { addBackdrop, addUnits, expectStart, openMap, showAskedTheme, start };" in script
    )
    assert "</script" not in script


@pytest.mark.parametrize(("lang", "value", "digits", "text"), CASES["numbers"])
def test_python_writes_numbers_as_the_page_does(lang, value, digits, text):
    assert format_number(value, lang, digits=digits) == text


@pytest.mark.parametrize(("lang", "value", "digits", "text"), CASES["percents"])
def test_python_writes_percentages_as_the_page_does(lang, value, digits, text):
    assert format_percent(value, lang, digits=digits) == text


@pytest.mark.parametrize(("view", "value", "rank"), CASES["classes"])
def test_paper_has_the_classes_of_the_page(view, value, rank):
    assert class_of(value, view) == rank


@pytest.mark.parametrize(("value", "limits", "rank"), CASES["limits"])
def test_paper_has_the_classes_of_a_column_of_the_page(value, limits, rank):
    assert class_of_limits(value, limits) == rank


@pytest.mark.parametrize(("years", "figures", "place", "found"), CASES["changes"])
def test_paper_has_the_change_of_the_page(years, figures, place, found):
    known = {y: value for y, value in zip(years, figures, strict=True) if value is not None}
    change = change_of(known, years[place])
    assert (change and [change.first, change.last, change.rate]) == found


@pytest.mark.parametrize(("value", "most", "largest", "radius"), CASES["radii"])
def test_paper_has_the_circles_of_the_page(value, most, largest, radius):
    assert radius_of(value, most, largest) == radius


@pytest.mark.parametrize(("most", "digits", "steps"), CASES["sizes"])
def test_paper_has_the_key_of_circles_of_the_page(most, digits, steps):
    assert size_steps(most, digits) == tuple(steps)


def test_what_the_modules_compute():
    node = shutil.which("node")
    if node is None and os.environ.get("ZONES_REQUIRE_BROWSER") == "1":
        pytest.fail("the tests of the page's modules are required here, but there is no node")
    if node is None:
        pytest.skip("no node on the path: apt-get install nodejs")
    command = [node, "--test", str(HERE / "scripts.test.mjs")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_letters_on_the_screen_have_no_size_of_their_own():
    # Names on the map are placed by their width; paper has its own size.
    screen = re.sub(r"^(html\.printing|\.label) .*$", "", page_style(), flags=re.MULTILINE)
    assert not re.findall(r"font(?:-size)?: [^;]*px", screen)
