"""The watch: what is new in a case since it was last looked at, each thing told once."""

from leaktrace.workflows.watching.logs import TakenLogs, take_logs
from leaktrace.workflows.watching.records import Burnt, Hit, News, Rise
from leaktrace.workflows.watching.telling import MARK, watch

__all__ = ["MARK", "Burnt", "Hit", "News", "Rise", "TakenLogs", "take_logs", "watch"]
