"""Charts as pictures: real PNG and SVG, with title, reading and n inside, drawn offline in the product's own font."""

from __future__ import annotations

import struct
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from debrief.insights.charts.response import response_times
from debrief.insights.finding import Finding
from debrief.insights.pictures import framed, png, svg
from debrief.insights.theme import PRINT
from tests.unit.insights.histories import NOW, frame_of, invented
from tests.unit.insights.test_charts import findings

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def finding() -> Finding:
    return response_times(frame_of(invented(40), NOW), PRINT)


def size(picture: bytes) -> tuple[int, int]:
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def png_in_a_process_without_fonts(finding: Finding) -> bytes:
    assert finding.chart is not None
    script = (
        "import sys, altair as alt\n"
        "from debrief.insights import pictures\n"
        "pictures.FONTS_FOLDER = pictures.FONTS_FOLDER.parent / 'sample'\n"
        "chart = alt.LayerChart.from_json(sys.stdin.read())\n"
        "sys.stdout.buffer.write(pictures.png(chart))\n"
    )
    chart = finding.chart.to_json(format="vega-lite")
    return subprocess.run([sys.executable, "-c", script], input=chart.encode(), capture_output=True, check=True).stdout


def words_in(picture: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def test_a_png_has_as_many_pixels_as_the_scale_asks_for(finding):
    width, height = size(png(framed(finding), scale=1))
    wide, high = size(png(framed(finding), scale=2))
    assert (wide, high) == (pytest.approx(2 * width, abs=2), pytest.approx(2 * height, abs=2))
    assert width > 640


def test_a_framed_picture_says_title_reading_and_n(finding):
    words = " ".join(words_in(svg(framed(finding))))
    for said in (finding.title, finding.reading, finding.caption):
        assert " ".join(said.split()) in words


def test_a_warning_travels_with_the_picture():
    habits = next(one for one in findings(40, PRINT) if one.key == "habits")
    assert " ".join(habits.warning.split()) in " ".join(words_in(svg(framed(habits))))


def test_a_bare_chart_leaves_the_words_to_its_page(finding):
    assert finding.chart is not None
    words = words_in(svg(finding.chart))
    assert finding.title not in words
    assert "Days since the interview" in words


def test_an_svg_has_the_words_for_a_screen_reader(finding):
    assert ElementTree.fromstring(svg(framed(finding))).get("aria-label") == finding.alt


@pytest.mark.parametrize("interviews", [9, 40])
def test_every_chart_of_the_page_can_be_a_picture(interviews):
    drawn = [one for one in findings(interviews, PRINT) if one.chart]
    assert len(drawn) >= 10
    for one in drawn:
        assert one.title in words_in(svg(framed(one)))


def test_pictures_are_drawn_in_the_fonts_of_the_product(finding):
    assert finding.chart is not None
    drawn = png(finding.chart)
    without = png_in_a_process_without_fonts(finding)
    assert size(drawn) != size(without) or drawn != without
    assert "Atkinson Hyperlegible Next" in svg(finding.chart)


def test_drawing_a_picture_leaves_the_chart_as_it_was(finding):
    assert finding.chart is not None
    before = finding.chart.to_json()
    svg(framed(finding))
    svg(finding.chart)
    assert finding.chart.to_json() == before


def test_a_finding_without_a_chart_cannot_be_framed():
    with pytest.raises(ValueError, match="no chart"):
        framed(findings(3, PRINT)[0])


def test_the_drawing_engine_is_loaded_with_the_first_picture_only():
    script = (
        "import sys; import debrief.insights.pictures, debrief.insights.gallery; sys.exit('vl_convert' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
