"""The likelihood, inference, evidence: where a list most likely came from.

:func:`trace_case` is the whole of it. The model: :mod:`.hypotheses` (what is weighed),
:mod:`.patterns` (reference lists), :mod:`.canaries` (hits and misses), :mod:`.cutting` (when a list
was cut) and :mod:`.pooling` (the unseen twin, over all batches). Around it: :mod:`.explaining`
(why, and what else could be), :mod:`.planning` (what to do next), :mod:`.assumed`, :mod:`.claims`
and :mod:`.switches` (the user's priors, what sellers say, evidence that is left out).
"""

from leaktrace.attribution.encode import to_json
from leaktrace.attribution.result import Trace
from leaktrace.attribution.settings import Settings
from leaktrace.attribution.trace import trace_case
from leaktrace.attribution.view import CaseView

__all__ = ["CaseView", "Settings", "Trace", "to_json", "trace_case"]
