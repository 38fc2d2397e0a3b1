"""Firefox over WebDriver BiDi, for Debian's cannot be driven by playwright: what the tests need."""

import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.browsers import skip_without

PATIENCE = 90
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowDown": "\ue015", "Tab": "\ue004"}
EVENTS = ["log.entryAdded", "network.beforeRequestSent"]
PREFERENCES = {
    "app.normandy.enabled": False,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "fi",
    "remote.active-protocols": 1,
    "remote.prefs.recommended": True,
    "services.settings.server": "data:,",
}


def missing():
    """Say why Firefox cannot be driven here."""
    if shutil.which("firefox-esr") is None:
        return "no firefox-esr on the path: apt-get install firefox-esr"
    try:
        import websockets  # noqa: F401, PLC0415
    except ImportError:
        return "websockets is not installed: pip install '.[test]'"
    return None


@contextlib.contextmanager
def started():
    """Give a running Firefox; skip the test without one, or fail where browsers are required."""
    skip_without(missing())
    from websockets.sync.client import connect  # noqa: PLC0415

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile, downloads = Path(folder, "profile"), Path(folder, "downloads")
        for made in (profile, downloads):
            made.mkdir()
        wanted = PREFERENCES | {"browser.download.dir": str(downloads)}
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in wanted.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = ["firefox-esr", "--headless", "--new-instance", "--profile", str(profile)]
        process = subprocess.Popen(
            [*command, "--remote-debugging-port=0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with connect(f"{_address(process, profile)}/session", max_size=None) as socket:
                firefox = Firefox(socket, downloads)
                yield firefox
                firefox.call("browser.close")
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _address(process, profile):
    """Wait for where Firefox says that it listens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, ValueError, KeyError):
            said = json.loads((profile / "WebDriverBiDiServer.json").read_text("utf-8"))
            return f"ws://{said['ws_host']}:{said['ws_port']}"
        time.sleep(0.05)
    pytest.fail("Firefox did not say where it listens")


class Firefox:
    """One window, with what it asked for and what it complained of."""

    def __init__(self, socket, downloads):
        self.socket = socket
        self.number = self.opened = 0
        self.events = []
        self.downloads = downloads
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=EVENTS)
        self.window = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def _receive(self):
        answer = json.loads(self.socket.recv(timeout=PATIENCE))
        if answer["type"] == "event":
            self.events.append((answer["method"], answer["params"]))
        return answer

    def call(self, method, **params):
        """Give a command, and return its result."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            answer = self._receive()
            if answer.get("id") == self.number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, path, address=""):
        """Open a file afresh and wait until the page is ready."""
        self.events.clear()
        for saved in self.downloads.iterdir():
            saved.unlink()
        # With another query it is another page, also where only what follows the # would differ.
        self.opened += 1
        url = f"{path.as_uri()}?{self.opened}" + (f"#{address}" if address else "")
        self.call("browsingContext.navigate", context=self.window, url=url, wait="complete")
        self.wait_for("() => document.documentElement.dataset.ready === 'true'")

    def run(self, function, *given):
        """Run a function of JavaScript in the page, and return what it gives as JSON does."""
        wrapped = f"async (g) => JSON.stringify((await ({function})(...JSON.parse(g))) ?? null)"
        answer = self.call(
            "script.callFunction",
            functionDeclaration=wrapped,
            arguments=[{"type": "string", "value": json.dumps(given)}],
            target={"context": self.window},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def wait_for(self, function, *given):
        """Wait until a function gives something true."""
        until = time.monotonic() + PATIENCE
        while not (found := self.run(function, *given)):
            assert time.monotonic() < until, f"{function} gave nothing true"
            time.sleep(0.05)
        return found

    def text(self, selector):
        return self.run("(s) => document.querySelector(s).innerText", selector).replace("\xa0", " ")

    def click(self, selector):
        """Click the middle of an element with the mouse."""
        middle = """(s) => { const n = document.querySelector(s);
            n.scrollIntoView({ block: "nearest" }); const b = n.getBoundingClientRect();
            return [b.x + b.width / 2, b.y + b.height / 2]; }"""
        x, y = map(round, self.run(middle, selector))
        steps = [{"type": "pointerMove", "x": x, "y": y}]
        steps += [{"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")]
        self._act({"type": "pointer", "id": "mouse", "actions": steps})

    def press(self, *keys):
        """Press and let go of keys, by their characters or names."""
        signs = [KEYS.get(key, key) for key in keys]
        steps = [{"type": f"key{way}", "value": sign} for sign in signs for way in ("Down", "Up")]
        self._act({"type": "key", "id": "keyboard", "actions": steps})

    def _act(self, source):
        self.call("input.performActions", context=self.window, actions=[source])

    def saved(self):
        """Wait for the end of a download, and return the file's path."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            # A file that is being written has one of another name beside it.
            found = list(self.downloads.iterdir())
            if len(found) == 1 and found[0].suffix != ".part" and found[0].stat().st_size:
                return found[0]
            time.sleep(0.05)
        pytest.fail("Firefox saved nothing")

    @property
    def complaints(self):
        """Errors and warnings of the page and its scripts since it was opened."""
        entries = [params for method, params in self.events if method == "log.entryAdded"]
        return [entry["text"] for entry in entries if entry["level"] in {"error", "warn"}]

    @property
    def asked(self):
        """What the page asked of the network since it was opened."""
        sent = [p["request"]["url"] for m, p in self.events if m == "network.beforeRequestSent"]
        return [url for url in sent if not url.startswith(("file:", "data:", "blob:", "about:"))]
