"""Codes and names of municipalities as they stand in tables."""

import datetime as dt
import decimal
import fractions

import numpy as np
import pandas as pd

import geodata
from tests.dirty.harness import Right, Says, hold, table

NBSP = "\N{NO-BREAK SPACE}"


@table(
    # -- codes
    ("code", "091", Right("FI_091")),
    ("code, other zeros", "\uff10\uff19\uff11", Right("FI_091")),  # full width
    ("code, BOM", "\ufeff091", Right("FI_091")),
    ("code, no-break spaces", f"{NBSP}091{NBSP}", Right("FI_091")),
    ("code, tab and line end", "\t091\r\n", Right("FI_091")),
    ("code, apostrophe", "'091", Right("FI_091")),
    ("code, formula", '="091"', Right("FI_091")),
    ("code, quotes", '"091"', Right("FI_091")),
    ("code with country", "fi 091", Right("FI_091")),
    ("code, Statistics Finland", "KU091", Right("FI_091")),
    ("code and name", "091 - Helsingfors", Right("FI_091")),
    ("address of a class", "http://stat.fi/kunta_1_20240101/588", Right("FI_588")),
    ("code of Sweden", "2580", Right("SE_2580")),
    ("code of Sweden beyond", "0180", Says("29 municipalities of Norrbotten")),
    ("code, zero lost", "91", Says("2 digits", "leading zeros", "091 Helsinki")),
    ("code, decimal", "91.0", Says("number that became text", "091 Helsinki")),
    ("code, decimal comma", "91,00", Says("number that became text", "091 Helsinki")),
    ("code, scientific", "9.1E+01", Says("not a name of a municipality")),
    ("code of nobody", "999", Says("not a municipality of Finland in any year 2013-2026")),
    ("code, minus", "-091", Says("not a name of a municipality")),
    ("code of a region", "MK01", Says("not a name of a municipality")),
    ("two codes", "091;049", Says("not a name of a municipality")),
    ("code and another's name", "091 Oulu", Says("two municipalities", "564 Oulu")),
    ("Arabic digits", "٠٩١", Says("not a name of a municipality")),
    ("hundred digits", "1" * 100, Says("100 digits")),
    ("cell of a grid", "1kmN6672E385", Says("not a name of a municipality")),
    # -- numbers and what is no text
    ("integer", 91, Says("is a number", "091 Helsinki")),
    ("float", 91.0, Says("is a number", "091 Helsinki")),
    ("decimal", decimal.Decimal("91.5"), Says("is a number")),
    ("fraction", fractions.Fraction(91, 2), Says("is a number")),
    ("complex", 91 + 0j, Says("is a number")),
    ("infinite", float("inf"), Says("is a number")),
    ("numpy", np.int16(91), Says("is a number")),
    ("truth", True, Says("is a bool")),
    ("date", dt.date(2026, 1, 1), Says("is a date")),
    ("duration", pd.Timedelta(minutes=91), Says("is a Timedelta")),
    ("bytes", b"091", Says("is a bytes")),
    ("list", ["091"], Says("is a list")),
    ("none", None, Says("is missing")),
    ("not a number", float("nan"), Says("is missing")),
    ("missing of pandas", pd.NA, Says("is missing")),
    ("not a time", pd.NaT, Says("is missing")),
    ("empty", "", Says("is empty")),
    ("blank", f" {NBSP}\t", Says("is empty")),
    ("dash", "-", Says("not a name of a municipality")),
    ("missing mark", "..", Says("not a name of a municipality")),
    ("word for none", "N/A", Says("not a name of a municipality")),
    # -- names
    ("name in capitals", "JYVÄSKYLÄ", Right("FI_179")),
    ("name without dots", "jyvaskyla", Right("FI_179")),
    ("name decomposed", "Jyva\u0308skyla\u0308", Right("FI_179")),
    ("name, no-break hyphen", "Mänttä\u2011Vilppula", Right("FI_508")),
    ("name, dash", "Mänttä–Vilppula", Right("FI_508")),
    ("name, spaces inside", "Mänttä - Vilppula", Right("FI_508")),
    ("name in Swedish", "Uleåborg", Right("FI_564")),
    ("both names", "Oulu/Uleåborg", Right("FI_564")),
    ("both names of two", "Oulu/Åbo", Says("not a name of a municipality")),
    ("genitive, i to d", "Vihdin kunta", Right("FI_927")),
    ("genitive, plural", "Virtain kaupunki", Right("FI_936")),
    ("genitive, both parts", "Uudenkaarlepyyn kaupunki", Right("FI_893")),
    ("genitive, Swedish", "Piteås kommun", Right("SE_2581")),
    ("genitive of a typo", "Vihdn kunta", Says("did you mean 927 Vihti")),
    ("genitive of nobody", "Hiidenkirnun kunta", Says("not a name of a municipality")),
    ("name of two", "Övertorneå", Says("2 municipalities", "FI_976", "SE_2518")),
    ("typo", "Rovaneimi", Says("did you mean 698 Rovaniemi")),
    ("typo in Swedish", "Helsingfosr", Says("did you mean 091 Helsinki")),
    ("broken encoding", "JyvÃ¤skylÃ¤", Says("broken encoding", "179 Jyväskylä", "utf-8")),
    ("question marks", "Jyv?skyl?", Says("did you mean 179 Jyväskylä")),
    ("name of a region", "Uusimaa", Says("not a name of a municipality")),
    ("name in Russian", "Хельсинки", Says("not a name of a municipality")),
    ("letters that look alike", "Оulu", Says("not a name.*did you mean 564 Oulu")),
    ("escape sequence", "\x1b[31mOulu", Says(r"\\x1b\[31mOulu")),
    ("turned text", "\u202euluO", Says(r"\\u202euluO")),
    ("null", "Ou\0lu", Says(r"Ou\\x00lu")),
    ("half a character", "\ud800", Says(r"\\ud800")),
    ("a novel", "Oulu " * 50_000, Says(r"\.\.\.")),
    ("accents without end", "O" + "\u0308" * 5000 + "ulu", Right("FI_564")),
    ("formula", "=cmd|'/c calc'!A1", Says("not a name of a municipality")),
    ("former name", "Pertunmaa", Right("FI_588")),
)
def test_a_value(given, expected):
    hold(expected, lambda: geodata.parse_id(given))


@table(
    ("numbers", pd.Series([91, 92], name="kunta"), Says("column 'kunta'", r"dtype=\{'kunta': str")),
    ("numbers with a gap", pd.Series([91, None], name="kunta"), Says("column 'kunta'")),
    ("truths", pd.Series([True, False], name="kunta"), Says("column 'kunta'")),
    (
        "mixed",
        ["091", 92, None],
        Says("2 of 3 rows", "row index 1: 92", "row index 2: None is missing"),
    ),
    ("a text", "091", Says("is one value where a column was expected")),
    ("a number", 91, Says("is one value where a column was expected")),
    ("a dict", {"a": "091"}, Says("a dict where one column was expected")),
    ("a frame", pd.DataFrame({"a": ["091"]}), Says("a DataFrame where one column")),
    ("two levels", pd.MultiIndex.from_tuples([("091", "a")]), Says("a MultiIndex where one")),
    ("an array of two axes", np.array([["091"]]), Says("an? ndarray where one column")),
    ("of another year", ["588"], Says("588 Pertunmaa was merged into 507 Mäntyharju", "2025")),
    ("empty", [], Right([])),
    ("categories", pd.Series(["091"], dtype="category"), Right(["FI_091"])),
    ("a set", {"091"}, Right(["FI_091"])),
    ("a generator", (code for code in ("091", "049")), Right(["FI_091", "FI_049"])),
    ("twenty thousand wrong", [f"x{n}" for n in range(20_000)], Says("19980 more values")),
    ("a million right", ["091", "Oulu"] * 500_000, Right(["FI_091", "FI_564"] * 500_000)),
)
def test_a_column(given, expected):
    hold(expected, lambda: geodata.parse_ids(given, year=2026).tolist())
