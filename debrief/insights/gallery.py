"""All findings of a record, in the order in which the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from debrief.insights.charts.conversion import conversion
from debrief.insights.charts.flow import course_flow
from debrief.insights.charts.habits import habits
from debrief.insights.charts.incidence import outcomes_over_time
from debrief.insights.charts.judgement import self_rating_against_outcome, stated_chance_against_outcome
from debrief.insights.charts.recurring import hard_questions, lessons
from debrief.insights.charts.response import response_times, response_times_by
from debrief.insights.charts.waiting_now import waiting_now
from debrief.insights.charts.weeks import lessons_over_time, pace, running_totals
from debrief.insights.finding import Finding, with_counts
from debrief.insights.reading import Part
from debrief.insights.record import LESSONS, LOOK_BACK, NOTES, Record
from debrief.insights.theme import Look

Draw = Callable[[Record, Look], Finding]


@dataclass(frozen=True, slots=True)
class Question:
    """One question that a job seeker asks, with the findings that answer it."""

    title: str
    draws: tuple[Draw, ...]
    split_by: str = ""
    """The column by which some of its findings compare groups; "" where none does."""
    needs: tuple[Part[Any], ...] = ()
    """The parts of the history that its findings read, beside the rounds; the others may be missing from the record."""

    def answers(self, record: Record, look: Look) -> list[Finding]:
        """All its findings, each with the counts that it rests on among its numbers."""
        return [with_counts(draw(record, look), record.interviews) for draw in self.draws]


def questions(competencies: Mapping[str, str], split_by: str = "round") -> tuple[Question, ...]:
    """The page's sections. `competencies` names them by their ids in the questionnaire.

    `split_by` is the frame's column by which response times and conversion are
    split: one of finding.LABELS.
    """
    return (
        Question(
            "Where do I fall out?",
            (_of_frame(course_flow), lambda record, look: conversion(record.interviews, look, split_by)),
            split_by,
        ),
        Question(
            "How long do they take?",
            (
                _of_frame(response_times),
                lambda record, look: response_times_by(record.interviews, look, split_by),
                _of_frame(outcomes_over_time),
            ),
            split_by,
        ),
        Question("Should I still wait?", (_of_frame(waiting_now),)),
        Question("Am I keeping the pace?", (_of_frame(pace), _of_frame(running_totals))),
        Question(
            "Am I judging myself well?",
            (_of_frame(self_rating_against_outcome), _of_frame(stated_chance_against_outcome)),
            needs=(LOOK_BACK,),
        ),
        Question(
            "What comes back, and what pays off?",
            (lambda record, look: hard_questions(record, look, competencies), lessons, lessons_over_time, habits),
            needs=(NOTES, LOOK_BACK, LESSONS),
        ),
    )


def _of_frame(draw: Callable[..., Finding]) -> Draw:
    return lambda record, look: draw(record.interviews, look)
