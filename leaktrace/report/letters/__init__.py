"""Letters: the case as each of those who may act on it needs it, to be copied out or printed."""

from leaktrace.report.letters.choosing import Choice, Chosen, choose
from leaktrace.report.letters.disclosure import Disclosure, may_be_told, sharing
from leaktrace.report.letters.letter import AUDIENCES, SHOWS_CALLERS, TRACED, Letter
from leaktrace.report.letters.making import make_letter
from leaktrace.report.letters.matter import Matter
from leaktrace.report.letters.writing import check_letter, letter_page, letter_text, write_letter

__all__ = [
    "AUDIENCES",
    "SHOWS_CALLERS",
    "TRACED",
    "Choice",
    "Chosen",
    "Disclosure",
    "Letter",
    "Matter",
    "check_letter",
    "choose",
    "letter_page",
    "letter_text",
    "make_letter",
    "may_be_told",
    "sharing",
    "write_letter",
]
