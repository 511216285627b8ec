from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from awkward import AWKWARD
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from debrief.content import load_content
from debrief.domain.courses import Course, Met, Round
from debrief.domain.facts import (
    Answer,
    Application,
    Decision,
    DecisionKind,
    Depth,
    Heard,
    Interview,
    Lesson,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Word,
)
from debrief.domain.questionnaire import Questionnaire
from debrief.exchange.document import Bullets, Document, Fields, Paragraph, Section, Subheading, Table
from debrief.exchange.html import as_html
from debrief.exchange.markdown import as_markdown
from debrief.exchange.sections import Sources, interview_sections
from debrief.exchange.summary import (
    Audience,
    OneApplication,
    OneInterview,
    Period,
    SummaryOptions,
    Told,
    sections_for,
    sections_offered,
)
from debrief.exchange.summary import summarise as summarise_told
from debrief.exchange.word import as_word
from tests.examples import examples

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
ENDED = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
KUALA_LUMPUR = "Asia/Kuala_Lumpur"


@cache
def _questionnaire() -> Questionnaire:
    return load_content().questionnaire


@pytest.fixture
def questionnaire() -> Questionnaire:
    return _questionnaire()


def summarise(
    course: Course,
    one: Round,
    questionnaire: Questionnaire,
    options: SummaryOptions | None = None,
    lessons: Sequence[Lesson] = (),
    people: Sequence[Person] = (),
) -> Document:
    """The summary of one interview."""
    sources = Sources(questionnaire, lessons)
    return summarise_told(Told(OneInterview(one.interview.id), ((course, one),), sources, people), options)


def all_sections(course: Course, one: Round, questionnaire: Questionnaire) -> tuple[Section, ...]:
    """Everything that one interview has to say."""
    return interview_sections(course, one, Sources(questionnaire))


def _round(*, notes: str = "", answers: dict[str, Answer] | None = None) -> tuple[Course, Round]:
    application = Application(employer="Kopi Lantern", role="Analyst")
    interview = Interview(
        application_id=application.id,
        round="panel",
        ended_at=ENDED,
        timezone=KUALA_LUMPUR,
        reply_by=date(2026, 3, 16),
        notes=notes,
    )
    dana = Person(
        name="Dana Whitfield", employer="Kopi Lantern", title="Engineering Manager", email="dana@kopi.example"
    )
    amir = Person(name="Amir bin Yusof", employer="Kopi Lantern", recruiter=True)
    reflection = Reflection(
        interview_id=interview.id, questionnaire=1, depth=Depth.FULL, started_at=ENDED, finished_at=ENDED
    )
    kept = {
        key: ReflectionAnswer(reflection_id=reflection.id, question=key, value=value, saved_at=ENDED)
        for key, value in (answers or {}).items()
    }
    one = Round(
        interview=interview,
        met=(
            Met(dana, Meeting(interview_id=interview.id, person_id=dana.id, topics=("queues", "rosters"))),
            Met(amir, Meeting(interview_id=interview.id, person_id=amir.id, concerns=("Dana asked about SQL",))),
        ),
        reflection=reflection,
        answers=kept,
        messages=(
            Message(
                interview_id=interview.id,
                kind=MessageKind.THANK_YOU,
                person_id=dana.id,
                subject="Thank you, Dana",
                body="Dear Dana,\n\nThank you.",
                sent_at=ENDED + timedelta(hours=2),
            ),
        ),
        heard=(
            Heard(interview_id=interview.id, what=Word.OFFER, at=ENDED + timedelta(days=5), reply_by=date(2026, 3, 20)),
        ),
        decisions=(Decision(interview_id=interview.id, what=DecisionKind.ACCEPTED, at=ENDED + timedelta(days=6)),),
    )
    return Course(application, (one,)), one


def _section(summary: Document, section_id: str) -> Section:
    return next(section for section in summary.sections if section.id == section_id)


def test_times_are_those_of_the_interviews_own_clock(questionnaire: Questionnaire) -> None:
    facts = _section(summarise(*_round(), questionnaire), "facts").blocks[0]

    assert isinstance(facts, Fields)
    assert dict(facts.rows)["Ended"] == "Friday 6 March 2026, 02:30"
    assert dict(facts.rows)["Time zone"] == KUALA_LUMPUR
    assert dict(facts.rows)["Answer promised by"] == "Monday 16 March 2026"
    assert dict(facts.rows)["Where it stands"] == "Offer accepted"


def test_what_followed_is_told_in_order_of_time(questionnaire: Questionnaire) -> None:
    followed = _section(summarise(*_round(), questionnaire), "followed").blocks[0]

    assert isinstance(followed, Table)
    assert followed.rows[0][0] == "Fri 6 Mar 2026, 04:30"
    assert [row[1:] for row in followed.rows] == [
        ("Thank-you sent to Dana Whitfield", ""),
        ("They made an offer", "Date named: Friday 20 March 2026"),
        ("Accepted the offer", ""),
    ]


def test_columns_that_say_nothing_are_left_out(questionnaire: Questionnaire) -> None:
    course, one = _round()
    one = replace(one, heard=(), met=(Met(one.met[0].person, Meeting(interview_id="x", person_id="y")),))
    summary = summarise(replace(course, rounds=(one,)), one, questionnaire)
    tables = [_section(summary, section).blocks[0] for section in ("people", "followed")]

    assert [table.header for table in tables if isinstance(table, Table)] == [("Name", "Title"), ("When", "What")]


def test_answers_are_told_under_the_words_of_their_questions(questionnaire: Questionnaire) -> None:
    course, one = _round(
        answers={
            "overall": 4,
            "went_well": "The queue story.\n\nIt took two minutes.",
            "chance": 60,
            "actions": ["Breathe", ""],
            "hard_questions": [{"asked": "Why us?", "went": 2, "action": "Tell of the kiosk"}, {}],
        }
    )
    summary = summarise(course, one, questionnaire)

    assert _section(summary, "reflection.arrive").blocks == (Fields((("All in all, how did it go?", "4 of 5: Well"),)),)
    assert _section(summary, "reflection.went_well").blocks[1:] == (
        Paragraph("The queue story."),
        Paragraph("It took two minutes."),
    )
    assert _section(summary, "reflection.take_along").blocks[1] == Bullets(("Breathe",))
    entry = _section(summary, "reflection.hard_ones").blocks[1]
    assert isinstance(entry, Fields)
    assert [value for _, value in entry.rows] == ["Why us?", "2 of 5: Shaky", "", "Tell of the kiosk"]
    assert len(_section(summary, "reflection.hard_ones").blocks) == 2


def test_private_sections_are_left_out_unless_chosen(questionnaire: Questionnaire) -> None:
    course, one = _round(notes="My own thoughts", answers={"unkind_story": "I am no good", "liked": ["the view"]})
    private = {section.id for section in all_sections(course, one, questionnaire) if section.private}

    assert private == {"messages", "notes", "reflection.inner_story", "reflection.and_you"}
    assert not private & {section.id for section in summarise(course, one, questionnaire).sections}
    chosen = summarise(course, one, questionnaire, SummaryOptions(sections=frozenset({"notes", "facts"})))
    assert [section.id for section in chosen.sections] == ["facts", "notes"]


def test_only_lessons_of_this_interview_are_told(questionnaire: Questionnaire) -> None:
    course, one = _round()
    lessons = [
        Lesson(text="Breathe", interview_ids=(one.interview.id,), created_at=NOW),
        Lesson(text="Smile", interview_ids=("another",), created_at=NOW),
    ]
    summary = summarise(course, one, questionnaire, lessons=lessons)

    assert _section(summary, "lessons").blocks == (Bullets(("Breathe",)),)


def test_roles_stand_for_names_in_what_was_typed_too(questionnaire: Questionnaire) -> None:
    course, one = _round(
        notes="Ms Whitfield and AMIR laughed; Dana@Kopi.example is hers. Danae was not there.",
        answers={"went_well": "Dana's question", "left_out": ["Ask Amir"]},
    )
    ids = frozenset(section.id for section in all_sections(course, one, questionnaire))
    text = as_markdown(summarise(course, one, questionnaire, SummaryOptions(ids, roles_for_names=True)))

    assert "Ms Interviewer 1 and Interviewer 2 laughed; Interviewer 1 is hers. Danae was not there." in text
    assert "Interviewer 1's question" in text
    assert "Thank-you sent to Interviewer 1" in text
    assert "Interviewer 1 asked about SQL" in text
    assert "| Interviewer 1 | Engineering Manager |" in text
    assert "| Interviewer 2 | Recruiter |" in text
    assert not any(name in text for name in ("Dana ", "Dana,", "Whitfield", "Amir", "Yusof", "kopi.example"))


def test_roles_count_the_people_of_this_round_first(questionnaire: Questionnaire) -> None:
    course, one = _round(notes="Imani introduced us to Dana.")
    imani = Person(name="Imani Fairweather", employer="Kopi Lantern")
    earlier = Interview(
        application_id=course.application.id, round="phone", ended_at=ENDED - timedelta(days=9), timezone=KUALA_LUMPUR
    )
    first = Round(earlier, met=(Met(imani, Meeting(interview_id=earlier.id, person_id=imani.id)),))
    options = SummaryOptions(frozenset({"notes"}), roles_for_names=True)
    summary = summarise(replace(course, rounds=(first, one)), one, questionnaire, options)

    assert _section(summary, "notes").blocks == (Paragraph("Interviewer 3 introduced us to Interviewer 1."),)


def test_names_without_gaps_between_words_are_hidden(questionnaire: Questionnaire) -> None:
    course, one = _round(notes="森下さんと話した。")
    haruka = replace(one.met[0].person, name="森下 はるか")
    one = replace(one, met=(replace(one.met[0], person=haruka),))
    options = SummaryOptions(frozenset({"notes"}), roles_for_names=True)
    summary = summarise(replace(course, rounds=(one,)), one, questionnaire, options)

    assert _section(summary, "notes").blocks == (Paragraph("Interviewer 1さんと話した。"),)


def test_somebody_met_elsewhere_is_hidden_too_by_the_whole_name(questionnaire: Questionnaire) -> None:
    course, one = _round(notes="Grace Will would have laughed. By grace it will do.")
    elsewhere = [Person(name="Grace Will", employer="Alder Ltd")]
    options = SummaryOptions(frozenset({"notes"}), roles_for_names=True)

    notes = _section(summarise(course, one, questionnaire, options, people=elsewhere), "notes").blocks

    assert notes == (Paragraph("another interviewer would have laughed. By grace it will do."),)


class TestSeveralInterviews:
    """The summaries of an application and of a period."""

    @pytest.fixture
    def told(self, questionnaire: Questionnaire) -> Told:
        course, panel = _round(answers={"went_well": "Dana smiled"})
        earlier = Interview(
            application_id=course.application.id,
            round="Chat with Imani",
            ended_at=ENDED - timedelta(days=9),
            timezone=KUALA_LUMPUR,
        )
        imani = Person(name="Imani Fairweather", employer="Kopi Lantern")
        chat = Round(earlier, met=(Met(imani, Meeting(interview_id=earlier.id, person_id=imani.id)),))
        course = replace(course, rounds=(chat, panel))
        sources = Sources(questionnaire)
        return Told(OneApplication(course.application.id), tuple((course, one) for one in course.rounds), sources)

    def test_an_application_has_an_overview_and_a_chapter_for_each_round(self, told: Told) -> None:
        document = summarise_told(told)

        assert (document.title, document.subtitle) == ("Application at Kopi Lantern", "Analyst")
        (overview,) = document.sections
        assert overview.blocks == (
            Table(
                ("Date", "Round", "Where it stands"),
                (
                    ("25 Feb 2026", "Chat with Imani", "Waiting for an answer"),
                    ("6 Mar 2026", "panel", "Offer accepted"),
                ),
            ),
        )
        assert [chapter.title for chapter in document.chapters] == ["Chat with Imani", "panel"]
        assert "Dana smiled" in as_markdown(document)

    def test_a_period_names_its_dates_and_tells_employers(self, told: Told) -> None:
        period = Period(date(2026, 2, 1), date(2026, 3, 31))
        document = summarise_told(replace(told, scope=period))

        assert document.title == "Interviews"
        assert document.subtitle == "1 February to 31 March 2026 · 2 interviews at 1 employer"
        assert document.chapters[1].title == "Kopi Lantern"
        assert document.chapters[1].subtitle == "Analyst · panel · Friday 6 March 2026"

    def test_a_period_holds_its_first_and_last_day_in_the_zone_of_the_interview(self, told: Told) -> None:
        _, panel = told.rounds[1]

        assert panel in Period(date(2026, 3, 6), date(2026, 3, 6))
        assert panel not in Period(date(2026, 3, 1), date(2026, 3, 5))

    def test_people_keep_their_role_through_all_rounds_and_no_name_is_left(self, told: Told) -> None:
        every = frozenset(section.id for section in sections_offered(told))
        text = as_markdown(summarise_told(told, SummaryOptions(every, roles_for_names=True)))

        assert "Interviewer 2 smiled" in text
        assert "## Chat with Interviewer 1" in text
        assert "Chat with Interviewer 1 | Waiting" in text
        assert not any(name in text for name in ("Dana", "Imani", "Whitfield", "Fairweather"))

    def test_only_what_is_chosen_is_told_and_empty_chapters_are_left_out(self, told: Told) -> None:
        overview = summarise_told(told, SummaryOptions(frozenset({"overview"})))
        well = summarise_told(told, SummaryOptions(frozenset({"reflection.went_well"})))

        assert (len(overview.sections), overview.chapters) == (1, ())
        assert [chapter.title for chapter in well.chapters] == ["panel"]
        assert well.sections == ()

    def test_sections_are_offered_once_in_the_order_of_an_interview(self, told: Told) -> None:
        assert [section.id for section in sections_offered(told)] == [
            "overview", "facts", "people", "reflection.went_well", "followed", "messages",
        ]  # fmt: skip

    def test_each_audience_begins_with_what_is_for_its_eyes(self, told: Told) -> None:
        offered = sections_offered(told)

        assert "messages" not in sections_for(Audience.MENTOR, offered)
        assert sections_for(Audience.JOB_CENTRE, offered) == {"overview", "facts", "followed"}
        assert sections_for(Audience.MYSELF, offered) == {section.id for section in offered}


def test_two_lists_in_a_row_stay_two(questionnaire: Questionnaire) -> None:
    entries = Section("x", "Section", (Fields((("Asked", "A"),)), Fields((("Asked", "B"),)), Bullets(("c",))))
    page = MarkdownIt().render(as_markdown(Document("Title", "Role", (entries,))))

    assert page.count("<ul>") == 3


def _everywhere(text: str) -> Document:
    return Document(
        title=text.replace("\n", " ").replace("\r", ""),
        subtitle="Role",
        sections=(
            Section(
                "all",
                "Section",
                (
                    Paragraph(text),
                    Subheading("Question"),
                    Bullets((text, "last")),
                    Fields((("Label", text),)),
                    Table(("Head", "Other"), ((text, "cell"),)),
                ),
            ),
        ),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n")]


class _Reader(HTMLParser):
    """Collects the text of a page and the elements that it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


def _read_html(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page.replace("<br />\n", "<br />"))
    return reader


@pytest.mark.parametrize("text", AWKWARD)
def test_markdown_renders_to_the_text_that_was_typed(text: str) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(as_markdown(_everywhere(text)))
    page = _read_html(rendered)

    shown = "\n".join(_lines(page.text))
    assert shown.count("\n".join(_lines(text))) >= 3, rendered
    assert "; ".join(_lines(text)) in shown, rendered
    assert page.tags <= {"h1", "h2", "h3", "p", "ul", "li", "strong", "br", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("text", AWKWARD)
def test_html_shows_the_text_that_was_typed_and_runs_nothing(text: str) -> None:
    page = _read_html(as_html(_everywhere(text)))

    assert page.text.count(text.replace("\r\n", "\n")) + page.text.count(text) >= 4
    assert not page.tags & {"script", "img", "a", "iframe", "link", "object"}


@pytest.mark.parametrize("text", AWKWARD)
def test_word_holds_the_text_that_was_typed(text: str) -> None:
    document = WordDocument(BytesIO(as_word(_everywhere(text))))
    expected = text.replace("\r\n", "\n")

    assert expected in [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Normal"]
    assert expected in [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "List Bullet"]
    assert [table.rows[-1].cells[-1 if number == 0 else 0].text for number, table in enumerate(document.tables)] == [
        expected,
        expected,
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=examples(40), deadline=None)
def test_any_text_at_all_gives_files_that_open(text: str) -> None:
    summary = _everywhere(text)

    WordDocument(BytesIO(as_word(summary)))
    assert not _read_html(as_html(summary)).tags & {"script", "img", "a"}
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(as_markdown(summary))
    assert not _read_html(rendered).tags & {"script", "img", "a", "em", "code", "pre", "hr", "blockquote"}


class TestWord:
    """The file that a person hands over."""

    @pytest.fixture
    def content(self, questionnaire: Questionnaire) -> bytes:
        course, one = _round(answers={"went_well": "All of it", "overall": 5})
        return as_word(replace(summarise(course, one, questionnaire), made_at=NOW))

    def test_headings_are_headings_and_the_title_is_a_title(self, content: bytes) -> None:
        paragraphs = WordDocument(BytesIO(content)).paragraphs

        assert [p.text for p in paragraphs if p.style.name == "Title"] == ["Interview at Kopi Lantern"]
        assert [p.text for p in paragraphs if p.style.name == "Heading 1"] == [
            "At a glance", "People met", "First, how was it?", "What went well", "What followed",
        ]  # fmt: skip

    def test_the_file_says_what_it_is_and_in_which_language(self, content: bytes) -> None:
        about = WordDocument(BytesIO(content)).core_properties
        styles = ZipFile(BytesIO(content)).read("word/styles.xml").decode()

        assert (about.title, about.language, about.author, about.comments) == (
            "Interview at Kopi Lantern",
            "en-GB",
            "",
            "",
        )
        assert about.created == NOW
        assert 'w:lang w:val="en-GB"' in styles

    def test_nothing_of_the_librarys_template_is_left(self, content: bytes) -> None:
        names = ZipFile(BytesIO(content)).namelist()
        styles = {style.name for style in WordDocument(BytesIO(content)).styles}

        assert not [name for name in names if "thumbnail" in name or "customXml" in name or "WithEffects" in name]
        assert not [name for name in styles if "Accent" in name or "Grid" in name]
        assert b"python-docx" not in b"".join(ZipFile(BytesIO(content)).read(name) for name in names)

    def test_pages_are_numbered(self, content: bytes) -> None:
        archive = ZipFile(BytesIO(content))
        footers = [archive.read(name).decode() for name in archive.namelist() if "footer" in name]

        assert len(footers) == 1
        assert all(f">{field}<" in footers[0] for field in ("PAGE", "NUMPAGES"))

    def test_tables_repeat_their_header_and_fill_the_page(self, content: bytes) -> None:
        people = next(table for table in WordDocument(BytesIO(content)).tables if table.rows[0].cells[0].text == "Name")

        assert "w:tblHeader" in people.rows[0]._tr.xml
        assert abs(sum(column.width for column in people.columns) - 16.6 * 360000) < 2000

    def test_right_to_left_text_runs_from_right_to_left(self) -> None:
        document = WordDocument(BytesIO(as_word(_everywhere("ليلى الحارثي"))))
        paragraph = next(one for one in document.paragraphs if one.style.name == "Normal")

        assert "w:bidi" in paragraph._p.xml
        assert paragraph.runs[0].font.rtl

    def test_control_characters_show_as_signs(self) -> None:
        document = WordDocument(BytesIO(as_word(_everywhere("a\x07b\x1bc"))))

        assert "a␇b␛c" in [paragraph.text for paragraph in document.paragraphs]
