"""What several test modules share: examples, and Chromium (required by ZONES_REQUIRE_BROWSER=1)."""

import shutil

import pytest
from hypothesis import HealthCheck, settings

from tests.browsers import skip_without

# Fixed examples, so that a run says something of the change alone. Dear tests take a share of them.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough", settings.get_profile("ci"), derandomize=False, max_examples=5000
)
# Where each of thousands of changes of the code is to be noticed (`tools.mutation`), and where the
# same tests run with one version of packages after the other (`.ci/compat`).
settings.register_profile("few", settings.get_profile("ci"), max_examples=5)
settings.load_profile("ci")


def _missing():
    try:
        import playwright.sync_api  # noqa: F401, PLC0415
    except ImportError:
        return "playwright is not installed: pip install '.[test]'"
    if shutil.which("chromium") is None:
        return "no chromium on the path: apt-get install chromium"
    return None


@pytest.fixture(scope="module")
def browser():
    skip_without(_missing())
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield started
        started.close()
