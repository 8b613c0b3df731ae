"""Personas: made-up particulars whose marks tell a planting when a caller recites them."""

from leaktrace.canary.personas.making import personas, unissued_id
from leaktrace.canary.personas.persona import Persona, marks_of, marks_told, told_persona
from leaktrace.canary.personas.recited import Recited, match_recited

__all__ = [
    "Persona",
    "Recited",
    "marks_of",
    "marks_told",
    "match_recited",
    "personas",
    "told_persona",
    "unissued_id",
]
