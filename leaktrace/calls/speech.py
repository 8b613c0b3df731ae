"""Speech to text: what a recogniser must offer.

None is shipped: the user brings one with its model. A transcript made so goes into the
column ``transcript`` of CALLS.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Transcriber(Protocol):
    """Turns a recording into text, on this machine: a recording of a call never leaves it."""

    def transcribe(self, recording: Path, language: str) -> str:
        """What is said in ``recording``.

        Parameters
        ----------
        recording : Path
            A sound file.
        language : str
            ``"zh"`` or ``"en"``.

        Returns
        -------
        str
            The words in their order, without times and speakers.

        Raises
        ------
        InputRefused
            Where it cannot be read.
        """
        ...
