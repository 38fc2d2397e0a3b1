"""Countries of another file: a made-up layer as Eurostat's, and 78 real municipalities of Spain."""

from pathlib import Path

import geopandas as gpd
from shapely import box

__all__ = ["ASTURIAS", "CENTRE", "lau_layer"]

ASTURIAS = Path(__file__).parents[1] / "notebooks" / "data" / "asturias.geojson"
CENTRE = (
    *("Oviedo", "Gijón", "Avilés", "Siero", "Llanera", "Corvera de Asturias"),
    *("Carreño", "Gozón", "Castrillón", "Illas", "Langreo", "Mieres"),
)
"""The towns and their surroundings in the middle of Asturias: twelve municipalities."""

_NORWAY = {
    "0301": "Oslo", "3201": "Bærum", "5501": "Tromsø", "5403": "Alta",
    "5610": "Karasjok", "1103": "Stavanger", "4601": "Bergen", "2580": "Luftøy",
}  # fmt: skip
_GERMANY = {"09162000": "München", "09A62001": "Baierbrunn", "0916200B": "Pullach"}


def lau_layer() -> gpd.GeoDataFrame:
    """Return squares in EPSG:3035: eight of 20 km in northern Norway, three of 10 km in Germany.

    Codes of one are as the other's never are: leading zeros, letters, a code that Sweden has too.
    Of Luftøy no people are known in 2023.
    """
    rows = []
    for place, (code, name) in enumerate(_NORWAY.items()):
        left, bottom = 4_700_000 + 20_000 * (place % 4), 5_150_000 + 20_000 * (place // 4)
        people = 1000 * (place + 1)
        later = -9999 if code == "2580" else people + 50
        square = box(left, bottom, left + 20_000, bottom + 20_000)
        rows.append(("NO", code, name, people, later, 400.0, square))
    for place, (code, name) in enumerate(_GERMANY.items()):
        left, people = 4_300_000 + 10_000 * place, 500 * (place + 1)
        square = box(left, 2_700_000, left + 10_000, 2_710_000)
        rows.append(("DE", code, name, people, people + 10, 100.0, square))
    # As in Eurostat's layer, countries that are bundled are there too.
    for code, place in (("091", 0), ("049", 1)):
        square = box(5_100_000 + 9_000 * place, 4_200_000, 5_109_000 + 9_000 * place, 4_209_000)
        rows.append(("FI", code, f"Layer {code}", 10, 20, 81.0, square))
    columns = ["CNTR_CODE", "LAU_ID", "LAU_NAME", "POP_2021", "POP_2023", "AREA_KM2", "geometry"]
    frame = gpd.GeoDataFrame(rows, columns=columns, crs=3035)
    frame.insert(0, "GISCO_ID", frame["CNTR_CODE"] + "_" + frame["LAU_ID"])
    return frame
