"""Prepare: lessons, stories and questions from earlier interviews, before the next one."""

import streamlit as st

from debrief.domain.facts import Lesson, Story
from ui import session
from ui.guard import guard
from ui.prepare import draw_for, draw_lessons, draw_questions, draw_stories

guard()

with session.reading() as unit:
    courses = unit.courses()
    lessons = unit.find(Lesson)
    stories = unit.find(Story)

with st.container(width=820):
    st.title("Prepare")
    st.write("Walk in with what you learned last time.")
    draw_for(courses)
    draw_lessons(lessons)
    draw_stories(stories)
    draw_questions(courses)
