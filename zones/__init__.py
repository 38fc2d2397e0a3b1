"""Finland's development zones: who is in them, what they cover, whom they reach."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
