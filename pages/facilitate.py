"""The facilitator's page of a workshop, fit for a projector."""

from ui.guard import guard
from ui.workshop_lead import draw_facilitator

guard()

draw_facilitator()
