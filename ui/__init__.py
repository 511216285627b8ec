"""Streamlit pieces that pages share: router, page registry, session, guard, cards, saving as typed."""
