"""Test the page in a real browser: `make browser-test`, or `pytest tests/review/browser.py`.

The tests drive Chromium over its debugging pipe, so they need only Chromium. With SCREENSHOTS=folder, they save
pictures of the page in light, dark, without colour, and at several widths.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from review.steps import group, membership, preview, step, user

from pulumi_identity.review import RENDERERS, review

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(GOLDEN.glob("*.html"))

CONTRAST = """
(() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data; };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const paper = at => { for (; at; at = at.parentElement) { const found = rgb(getComputedStyle(at).backgroundColor);
    if (found[3] === 255) return found; } return [255, 255, 255]; };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || at.closest(".unseen")) continue;
    const [a, b] = [light(rgb(getComputedStyle(at).color)), light(paper(at))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.push(at.outerHTML);
  }
  return low;
})()
"""


class Browser:
    """Chromium with one page, driven by its own protocol."""

    def __init__(self, folder: Path) -> None:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        assert chromium, "there is no Chromium: run `apt-get install chromium`"
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()
        # Chromium's sandbox needs rights that a container lacks. It opens only our own files.
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        flags += ["--remote-debugging-pipe", f"--user-data-dir={folder}"]
        self.process = subprocess.Popen(
            ["bash", "-c", 'exec "$@" 3<&"$IN" 4>&"$OUT"', "bash", chromium, *flags],
            pass_fds=(read_there, write_there),
            env=os.environ | {"IN": str(read_there), "OUT": str(write_there)},
            stderr=subprocess.DEVNULL,
        )
        os.close(read_there)
        os.close(write_there)
        self.answers, self.requests = os.fdopen(read_here, "rb"), os.fdopen(write_here, "wb")
        self.rest, self.number, self.session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        self.requests.write(
            json.dumps(request | ({"sessionId": self.session} if self.session else {})).encode() + b"\0"
        )
        self.requests.flush()
        while (message := self._next()).get("id") != self.number:
            self.events.append(message)
        assert "error" not in message, message
        return message["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            more = os.read(self.answers.fileno(), 1 << 20)
            assert more, "Chromium has ended"
            self.rest += more
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def open(self, page: Path, width: int = 1200) -> None:
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.events.clear()
        self.ask("Page.navigate", url=page.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def run(self, script: str) -> Any:
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def see(self, scheme: str, deficiency: str = "none") -> None:
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask("Emulation.setEmulatedVisionDeficiency", type=deficiency)

    def picture(self, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            shot = self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"]
            Path(folder, f"{name}.png").write_bytes(base64.b64decode(shot))

    def close(self) -> None:
        self.ask("Browser.close")
        self.process.wait(30)
        self.answers.close()
        self.requests.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("chromium"))
    yield opened
    opened.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_it_asks_for_nothing_and_runs_nothing(browser: Browser, page: Path) -> None:
    browser.open(page)
    asked = [
        event["params"]["request"]["url"] for event in browser.events if event["method"] == "Network.requestWillBeSent"
    ]
    assert asked == [page.as_uri()]
    complaints = [event for event in browser.events if event["method"] in {"Log.entryAdded", "Runtime.exceptionThrown"}]
    assert complaints == []
    assert (
        browser.run("document.scripts.length + document.querySelectorAll('[onerror], [onload], iframe, a').length") == 0
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_all_text_stands_out(browser: Browser, page: Path, scheme: str) -> None:
    browser.see(scheme)
    browser.open(page)
    assert browser.run(CONTRAST) == []
    browser.picture(f"{page.stem}-{scheme}")


def test_light_and_dark_differ(browser: Browser) -> None:
    papers = []
    for scheme in ("light", "dark"):
        browser.see(scheme)
        browser.open(GOLDEN / "changed.html")
        papers.append(browser.run("getComputedStyle(document.body).backgroundColor"))
    assert papers == ["rgb(255, 255, 255)", "rgb(20, 23, 26)"]


def test_changes_are_told_without_colour(browser: Browser) -> None:
    browser.see("light", "achromatopsia")
    browser.open(GOLDEN / "changed.html")
    changed = "[...document.querySelectorAll('td.gain, td.loss, td.move')]"
    signs = browser.run(f"{changed}.map(cell => [cell.className, cell.innerText.trim()[0]])")
    assert {tuple(sign) for sign in signs} == {("gain", "+"), ("loss", "\u2212"), ("move", "±"), ("move", "~")}
    browser.picture("changed-without-colour")


def test_only_tables_scroll_sideways_on_a_phone(browser: Browser) -> None:
    browser.see("light")
    browser.open(GOLDEN / "changed.html", width=360)
    assert browser.run("document.documentElement.scrollWidth") == 360
    assert browser.run("document.querySelector('.wide').scrollWidth > 360")
    browser.picture("changed-on-a-phone")


WORDS = """
[...document.querySelectorAll("th")].flatMap(head => {
  const found = [], walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (const word of walker.currentNode.textContent.matchAll(/[^\\s@._\\/-]+/g)) {
    const range = document.createRange();
    range.setStart(walker.currentNode, word.index);
    range.setEnd(walker.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) found.push(word[0]);
  }
  return found;
})
"""
"""The words in the heads of a table that continue on another line."""


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """Write a page with more groups than fit on a screen."""
    names = [f"AWS-{place}-{job}ReadOnlyAccess" for place in ("Production", "Staging") for job in TEAMS]
    person = "maximiliane.schwarzenberger@engineering.example.com"
    steps = [step("same", "IdentityStoreUser", person, user(person), user(person))]
    for name in names:
        joins = membership(f"id-of-{person}", f"id-of-{name}")
        steps.append(step("same", "Group", name, group(name), group(name)))
        changed = name == names[-1]
        steps.append(step("create" if changed else "same", "GroupMembership", name, None if changed else joins, joins))
    page = tmp_path / "wide.html"
    page.write_text(RENDERERS["html"](review(preview(*steps))), encoding="utf-8")
    return page


TEAMS = ("Billing", "Network", "DataScience", "Operations", "Security", "Analytics")


@pytest.mark.parametrize("width", [1200, 1600])
def test_the_page_scrolls_to_every_column(browser: Browser, wide: Path, width: int) -> None:
    browser.see("light")
    browser.open(wide, width=width)
    browser.picture(f"wide-{width}")
    right = "document.querySelector('thead th:last-child').getBoundingClientRect().right"
    assert browser.run(right) > width
    assert browser.run(f"scrollTo(1e6, 0), {right}") <= width
    assert browser.run("document.querySelector('tbody th').getBoundingClientRect().left") >= 0
    assert browser.run("document.querySelectorAll('thead th')[4].textContent") == "AWS-Staging-AnalyticsReadOnlyAccess"


@pytest.mark.parametrize("width", [1200, 1600])
def test_names_break_between_words(browser: Browser, wide: Path, width: int) -> None:
    for page in (wide, GOLDEN / "changed.html"):
        browser.open(page, width=width)
        assert browser.run(WORDS) == []


def test_names_and_heads_stay_in_sight(browser: Browser) -> None:
    browser.see("light")
    browser.open(GOLDEN / "changed.html", width=360)
    place = "document.querySelector('tbody th').getBoundingClientRect().x"
    before = browser.run(place)
    assert browser.run(f"document.querySelector('.wide').scrollLeft = 200, {place}") == before
