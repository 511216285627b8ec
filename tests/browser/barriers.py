"""What axe says of a page, but for what Streamlit alone can mend."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

STREAMLITS_OWN = {
    "list": "The sidebar's navigation is a <ul> whose children are <div>s.",
    "listitem": "The same navigation: its <li>s stand in those <div>s.",
    "target-size": "The day, month and year of a date field are drawn by Streamlit, closer than 24 px.",
}
"""Rules that Streamlit's own markup breaks, each with the reason why no setting of ours mends it."""

_AT_REST = (
    "document.getAnimations().every(one => one.playState !== 'running' || one.effect.getTiming().iterations > 99)"
)
"""No colour is on its way from one to another: axe would measure a shade in between."""


LOOKS = 4
"""Our one style comes with a part of Streamlit that is loaded when it is first met, a moment after the page is drawn:
what is found must still be there on the last look."""


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page that Debrief's code can avoid, with the elements."""
    found: list[tuple[str, list[str]]] = []
    for _ in range(LOOKS):
        page.wait_for_function(_AT_REST)
        found = _look(page)
        if not found:
            break
    return found


def _look(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        (violation["id"], [node["html"][:200] for node in violation["nodes"]][:5])
        for violation in found.response["violations"]
        if violation["id"] not in STREAMLITS_OWN
    ]
