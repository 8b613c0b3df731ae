"""What is handed on: the report."""

from leaktrace.report.context import CaseView
from leaktrace.report.render import write_report
from leaktrace.report.sentences import list_sentence

__all__ = ["CaseView", "list_sentence", "write_report"]
