"""Who leaked, from the phone ringing."""

from leaktrace.calls.leaking.assumed import Assumed
from leaktrace.calls.leaking.hearing import heard_in
from leaktrace.calls.leaking.records import Business, Heard, Line, Piece, SourceCalls, Touch
from leaktrace.calls.leaking.telling import what_calls_say

__all__ = [
    "Assumed",
    "Business",
    "Heard",
    "Line",
    "Piece",
    "SourceCalls",
    "Touch",
    "heard_in",
    "what_calls_say",
]
