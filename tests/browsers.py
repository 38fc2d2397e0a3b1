"""What the tests of the page do where a browser is missing."""

import os

import pytest


def skip_without(reason):
    """Skip with the reason, if there is one; fail where the browser tests are required."""
    if reason and os.environ.get("ZONES_REQUIRE_BROWSER") == "1":
        pytest.fail(f"the browser tests are required here, but {reason}")
    if reason:
        pytest.skip(reason)
