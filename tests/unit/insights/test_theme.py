"""The colours: seen against the page, and told apart by people who see colours differently."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.insights.theme import DAY, NIGHT, Look, contrast, readable_on, spread_labels

# Machado, Oliveira, Fernandes (2009), full severity, on linear RGB.
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopes": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopes": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopes": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("look", [DAY, NIGHT])
class TestColours:
    def test_words_are_readable_on_the_page(self, look: Look):
        assert min(contrast(colour, look.paper) for colour in (look.ink, look.muted)) >= 4.5

    def test_marks_stand_out_from_the_page(self, look: Look):
        marks = [look.yes, look.no, look.silent, look.own, *look.groups]
        assert min(contrast(colour, look.paper) for colour in marks) >= 3

    @pytest.mark.parametrize("eyes", SEEN_BY)
    def test_outcomes_are_told_apart_by_all_eyes(self, look: Look, eyes: str):
        seen = [lab(SEEN_BY[eyes] @ linear(colour)) for colour in (look.yes, look.no, look.silent, look.own)]
        assert min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)) >= 10

    @pytest.mark.parametrize("eyes", SEEN_BY)
    def test_groups_are_told_apart_by_all_eyes(self, look: Look, eyes: str):
        seen = [lab(SEEN_BY[eyes] @ linear(colour)) for colour in look.groups]
        assert min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)) >= 10

    def test_numbers_in_bars_are_readable(self, look: Look):
        fills = [look.yes, look.no, look.silent, look.paper, look.stream]
        assert min(contrast(readable_on(fill, look), fill) for fill in fills) >= 4


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_labels_keep_their_distance_and_their_order(heights):
    placed = spread_labels(heights, gap=0.08)
    order = np.argsort(heights, kind="stable")
    steps = np.diff(np.array(placed)[order])
    assert (steps >= 0.08 - 1e-9).all()
    assert max(placed) <= 1 + 1e-9


def test_labels_with_room_stay_where_they_are():
    assert spread_labels([0.9, 0.1, 0.5], gap=0.08) == [0.9, 0.1, 0.5]
