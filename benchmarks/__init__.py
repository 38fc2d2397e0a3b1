"""Speed of the library beside the usual way, in one run: ``python -m benchmarks``."""
