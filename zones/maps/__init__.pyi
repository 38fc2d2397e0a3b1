from .page import ZoneMap as ZoneMap
from .page import map as map  # noqa: A004
