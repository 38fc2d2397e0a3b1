from . import console as console
from . import inspection as inspection
from . import listings as listings
from . import scenario_listings as scenario_listings
from . import table_listings as table_listings
