"""Arguments in Python that nobody means: one error of the library's own, which names them."""

import pandas as pd
from typeguard import suppress_type_checks

import geodata
import zones
from tests.dirty.harness import Right, Says, hold, table

TWO = ["Kemi", "Keminmaa"]


def asked(ask):
    """Ask with whatever type an argument has."""

    def ask_unchecked():
        with suppress_type_checks():
            return ask()

    return ask_unchecked


@table(
    ("text for a flag", lambda: zones.connectivity(TWO, sea="no"),
     Says(r"^connectivity\(\): sea='no' is a str: give True or False$")),
    ("text for a flag of a file", lambda: geodata.read_boundaries("x.gpkg", partial="false"),
     Says(r"^read_boundaries\(\): partial='false' is a str: give True or False$")),
    ("no file for a map", lambda: zones.map(TWO).save(None),
     Says("^None is no path: give that of a file to write")),
    ("a number for a picture", lambda: zones.map(TWO).static(5), Says("^5 is no path: give that")),
    ("no file for a workbook", lambda: zones.coverage(TWO).to_excel(None),
     Says("^None is no path: give that of a file to write")),
    ("a folder for a workbook", lambda: zones.coverage(TWO).to_excel("."), Says("ends in .xlsx")),
    ("a number for a report", lambda: zones.report(TWO, 5), Says("5 is no path: .* a folder")),
    ("a table of other columns", lambda: zones.read_zone(pd.DataFrame({"kunta": TWO})),
     Says("^the table has none of the columns lau_id, code, codes among kunta: call that of the")),
    ("a table as it should be",
     lambda: zones.read_zone(pd.DataFrame({"code": TWO})).default_extent.units,
     Right(("FI_240", "FI_241"))),
    ("one centre as text", lambda: zones.read_zone(TWO, spine="Kemi"),
     Says("the list has a fault: spine: there is one centre: give two or more, or none$")),
    ("a factor of words", lambda: zones.Indicator(id="a", kind="rate", base="b", factor="100"),
     Says("^a: factor='100' is a str: give a number$")),
    ("digits of words", lambda: zones.Indicator(id="a", kind="count", digits="2"),
     Says("^a: digits='2' is a str: give a whole number or None$")),
    ("names as text", lambda: zones.Indicator(id="a", kind="count", names="Jobs"),
     Says("^a: names='Jobs' is a str: give a dict$")),
    ("a limit of words", lambda: zones.rank_candidates(TWO, limit="3"),
     Says("limit='3' is a str: give a whole number or None")),
    ("a limit of nothing", lambda: zones.rank_candidates(TWO, limit=0),
     Says("^limit=0 is too small: give 1 or more$")),
    ("a country of nobody", lambda: geodata.countries.country("NO"),
     Says("country 'NO' is not known here: expected 'FI' or 'SE'")),
    ("a country's letters", lambda: zones.area(TWO, countries="NO"),
     Says("a str is no country: give what geodata.read_country")),
    ("years of words", lambda: zones.over_time(TWO, years=[2020, "x"]),
     Says("years=.2020, 'x'. is a list: give a list .a whole number each")),
    ("a distance of nothing", lambda: zones.reach(TWO, within_km=[None]), Says("has None: give")),
)  # fmt: skip
def test_arguments(given, expected):
    hold(expected, asked(given))
