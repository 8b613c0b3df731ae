"""What is handed on: the report."""

from leaktrace.report.build import disclosed_canaries
from leaktrace.report.context import CaseView
from leaktrace.report.render import write_report
from leaktrace.report.sentences import list_sentence

__all__ = ["CaseView", "disclosed_canaries", "list_sentence", "write_report"]
