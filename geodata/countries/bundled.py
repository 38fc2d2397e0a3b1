"""Reading the bundled tables of a country; pandas is imported when the first is read."""

import functools
import io
from typing import TYPE_CHECKING

from geodata import snapshot
from geodata.countries.record import PLANE

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["credit", "people", "polygons", "seats", "table"]


@functools.cache
def table(name: str) -> "pd.DataFrame":
    """Read a bundled table as text: a code must never become a number."""
    import pandas as pd  # noqa: PLC0415 - start-up time

    return pd.read_csv(io.BytesIO(snapshot.read_bytes(name)), dtype="str", keep_default_na=False)


@functools.cache
def people(name: str, country: str) -> "pd.DataFrame":
    """People of a country's municipalities, a column a year, missing where not known."""
    wide = table(name).set_index("code").replace("", None).astype("Int64")
    wide = wide.set_axis(f"{country}_" + wide.index).rename_axis("lau_id")
    return wide.rename(columns=int).rename_axis("year", axis="columns").sort_index()


@functools.cache
def polygons(name: str, country: str) -> "gpd.GeoSeries":
    """Polygons as they are in the snapshot, parsed once a process."""
    import geopandas as gpd  # noqa: PLC0415 - start-up time

    from geodata.snapshot.layers import unpack_layer  # noqa: PLC0415 - start-up time

    layer = unpack_layer(snapshot.read_bytes(name))
    index = [f"{country}_{code}" for code in layer.codes]
    series = gpd.GeoSeries(layer.geometry, index=index, crs=layer.epsg, name="geometry")
    return series.rename_axis("lau_id")


@functools.cache
def seats(country: str) -> "gpd.GeoDataFrame":
    """Known centres of a country's municipalities, former ones too."""
    import geopandas as gpd  # noqa: PLC0415 - start-up time

    rows = table("centres.csv")
    rows = rows[rows["country"] == country]
    rows = rows.set_axis(f"{country}_" + rows["code"]).rename_axis("lau_id")
    return gpd.GeoDataFrame(
        rows[["name", "source"]],
        geometry=gpd.points_from_xy(rows["easting"].astype(float), rows["northing"].astype(float)),
        crs=PLANE,
    )


def credit(country: str, dataset: str) -> str:
    """Return the line of a bundled dataset, of the country where each has its own."""
    kind, *year = dataset.split("-")
    own = "-".join([kind, country.lower(), *year])
    return snapshot.attribution(own if own in snapshot.DATASETS else dataset).line
