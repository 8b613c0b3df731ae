"""Which transcripts were read off the same script, whatever speech-to-text made of them."""

from leaktrace.calls.scripts.grouping import script_groups
from leaktrace.calls.scripts.normal import normal_script

__all__ = ["normal_script", "script_groups"]
