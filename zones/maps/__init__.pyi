from .web.page import ZoneMap as ZoneMap
from .web.page import map as map  # noqa: A004
