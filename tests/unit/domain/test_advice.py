"""Who says what, and where the guides differ."""

from __future__ import annotations

from debrief.domain.advice import Advice, Guides, GuidesDiffer, Source

SOURCES = {key: Source(key=key, title=key, publisher="", short="") for key in ("G1", "G2", "G3")}
ADVICE = {
    "TY1": Advice(id="TY1", title="", text="", sources=("G3", "G1")),
    "TY2": Advice(id="TY2", title="", text="", sources=("G1",)),
}
ON_THANKS = GuidesDiffer(id="thanks", about="", advice=("TY1", "TY9"), views=(), rules={})
ON_WAITING = GuidesDiffer(id="waiting", about="", advice=("FU3",), views=(), rules={})
GUIDES = Guides(SOURCES, ADVICE, (ON_THANKS, ON_WAITING))


def test_sources_are_named_once_in_the_order_of_the_guides() -> None:
    assert [source.key for source in GUIDES.sources_of(["TY1", "TY2", "unknown"])] == ["G1", "G3"]
    assert GUIDES.sources_of([]) == ()


def test_differences_are_those_on_the_advice_asked_about() -> None:
    assert GUIDES.differences_on(["TY1", "FU9"]) == (ON_THANKS,)
    assert GUIDES.differences_on(["FU3", "TY9"]) == (ON_THANKS, ON_WAITING)
    assert GUIDES.differences_on(["OC1"]) == ()
