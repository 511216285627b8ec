"""The facilitator's page of a workshop, fit for a projector."""

from ui.kit.guard import guard
from ui.workshop.lead import draw_facilitator

guard()

draw_facilitator()
