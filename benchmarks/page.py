"""How fast the map page is: ready, and panned, on a processor at full speed and a slow one."""

import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

import zones

__all__ = ["page"]

SLOWER = (1, 6)
"""How many times slower the processor is made."""
LIMITS = {1: (1.0, 100.0), 6: (4.0, 100.0)}
"""Seconds to ready, and milliseconds of a frame of panning at the 95th percentile, at most."""
_ROUNDS = 3
_VIEWPORT = {"width": 1440, "height": 900}

_WATCH = """
new MutationObserver((_, watch) => {
    if (document.documentElement?.dataset.ready !== "true") return;
    watch.disconnect();
    window.readyAt = performance.now();
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-ready"] });
"""
_FRAMES = """() => {
    window.frameTimes = [];
    let last = performance.now();
    const next = (now) => {
        window.frameTimes.push(now - last);
        last = now;
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
}"""


def page() -> str:
    """Open the page of all zones in Chromium, pan it, and return a Markdown table."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return "The page was not timed: no chromium on the path."
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415
    except ImportError:
        return "The page was not timed: playwright is not installed (extra [test])."

    rows = [
        "| map page, processor slowed | ready | at most | frame of panning, p95 | at most |",
        "| --- | --- | --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = zones.map(lang="fi").save(Path(folder) / "map.html")
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for slower in SLOWER:
            runs = [_once(browser, path, slower) for _ in range(_ROUNDS)]
            ready, frame = (statistics.median(column) for column in zip(*runs, strict=True))
            most_ready, most_frame = LIMITS[slower]
            rows.append(
                f"| {slower}x | {ready:.2f} s | {most_ready:g} s "
                f"| {frame:.0f} ms | {most_frame:g} ms |"
            )
        browser.close()
    return "\n".join([*rows, "", f"Medians of {_ROUNDS} runs."])


def _once(browser: Any, path: Path, slower: int) -> tuple[float, float]:
    """Return seconds to ready and the 95th percentile of a frame while the map is dragged."""
    context = browser.new_context(viewport=_VIEWPORT)
    tab = context.new_page()
    tab.add_init_script(_WATCH)
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    tab.goto(path.as_uri())
    tab.wait_for_function("() => window.readyAt")
    box = tab.locator(".leaflet-container").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.evaluate(_FRAMES)
    tab.mouse.move(x, y)
    tab.mouse.down()
    for step in range(90):
        tab.mouse.move(x + 2 * step, y + step)
    tab.mouse.up()
    frames = tab.evaluate("() => window.frameTimes")
    ready = tab.evaluate("() => window.readyAt") / 1000
    context.close()
    return ready, statistics.quantiles(frames, n=20)[-1]
