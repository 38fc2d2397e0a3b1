"""Reading the bundled tables of a country."""

import functools
import io

import geopandas as gpd
import pandas as pd

from geodata import snapshot
from geodata.countries.record import PLANE
from geodata.snapshot.layers import unpack_layer

__all__ = ["credit", "polygons", "seats", "table"]


@functools.cache
def table(name: str) -> pd.DataFrame:
    """Read a bundled table as text: a code must never become a number."""
    return pd.read_csv(io.BytesIO(snapshot.read_bytes(name)), dtype="str", keep_default_na=False)


@functools.cache
def polygons(name: str, country: str) -> gpd.GeoSeries:
    """Polygons as they are in the snapshot, parsed once a process."""
    layer = unpack_layer(snapshot.read_bytes(name))
    index = pd.Index([f"{country}_{code}" for code in layer.codes], name="lau_id")
    return gpd.GeoSeries(layer.geometry, index=index, crs=layer.epsg, name="geometry")


@functools.cache
def seats(country: str) -> gpd.GeoDataFrame:
    """Known centres of a country's municipalities, former ones too."""
    rows = table("centres.csv")
    rows = rows[rows["country"] == country]
    return gpd.GeoDataFrame(
        rows[["name", "source"]],
        geometry=gpd.points_from_xy(rows["easting"].astype(float), rows["northing"].astype(float)),
        crs=PLANE,
    ).set_axis(pd.Index(country + "_" + rows["code"], name="lau_id"))


def credit(country: str, dataset: str) -> str:
    """Return the line of a bundled dataset that each country has its own of."""
    return snapshot.attribution(f"{dataset}-{country.lower()}").line
