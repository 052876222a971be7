"""Real Chromium on a desk of its own for each test.

    def test_something(visit: Visit) -> None:
        page = visit("/events?type=AID")          opened; nothing may fail in its console
        page.get_by_role("link", name="…").click()
        visit.check("events")                     axe-core finds nothing serious; docs/screenshots/events.png
        visit.record                              the store, to be asked afterwards

Screenshots go to docs/screenshots where LEGATION_SCREENSHOTS=1 is set; else they are thrown away. Where there is no
Chromium the tests are skipped: apt-get install chromium.
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from legation.record.store import Record, open_record
from legation.views.web.app import make_app
from legation.views.web.settings import WebSettings

ROOT = Path(__file__).parents[4]
AXE = ROOT / "tests" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), "")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--force-color-profile=srgb", "--hide-scrollbars",
)  # fmt: skip
DESKTOP = {"width": 1280, "height": 860}
PATIENCE_MS = 60_000  # this machine may be busy with much else


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, once for all tests."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright isn't installed: pip install -e '.[dev]'"
    )
    if not CHROMIUM:
        pytest.skip("Chromium isn't installed: apt-get install chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class Visit:
    """A browser's visit to a desk: call it with an address to open a page."""

    def __init__(self, browser: Any, record: Record, address: str, folder: Path, options: dict[str, Any]) -> None:
        self.record = record
        self.address = address
        self.folder = folder
        self.troubles: list[str] = []
        self.context = browser.new_context(**({"viewport": DESKTOP, "locale": "en-GB"} | options))
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.page.on("console", lambda m: self.troubles.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def __call__(self, path: str, *, status: int = 200) -> Any:
        answer = self.page.goto(self.address + path)
        assert answer.status == status, f"{path}: {answer.status}"
        if status != 200:
            self.troubles.clear()  # the console tells of every status beside 200
        return self.page

    def check(self, name: str = "") -> None:
        """The page as it stands now: no trouble in the console, nothing serious for axe-core, no sideways scrolling."""
        assert not self.troubles, self.troubles
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        serious = [
            (one["id"], one["help"], [node["html"][:160] for node in one["nodes"][:4]])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert not serious, serious
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
        if name:
            self.page.screenshot(path=self.folder / f"{name}.png")


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if os.environ.get("LEGATION_SCREENSHOTS") == "1":
        return ROOT / "docs" / "screenshots"
    return tmp_path_factory.mktemp("screenshots")


@pytest.fixture
def visit(
    chromium: Any, demo_record: Path, tmp_path: Path, screenshots: Path, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """A visit to a desk on a copy of the demonstration record; options of the browser by a marker's parameters."""
    import uvicorn

    path = tmp_path / "desk.legation"
    shutil.copy(demo_record, path)
    with open_record(path) as record, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        app = make_app(record, WebSettings(port=port, write=True, author="desk"))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        serving.start()
        while not server.started:
            time.sleep(0.01)
        held = Visit(chromium, record, f"http://127.0.0.1:{port}", screenshots, getattr(request, "param", {}))
        yield held
        held.context.close()
        server.should_exit = True
        serving.join(30)
