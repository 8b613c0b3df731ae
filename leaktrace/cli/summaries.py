"""One line for each command, as the listing and the head of its help show it."""

from __future__ import annotations

from leaktrace.messages import _


def summary(name: str) -> str:
    """What the command ``name`` (``"key new"``) does, in one line."""
    return _case_commands().get(name) or _other_commands()[name]


def _case_commands() -> dict[str, str]:
    return {
        "init": _("Make a new case, with empty templates of its tables."),
        "source": _("Register sources, and attach what they hold."),
        "source import": _("Register the sources that a table names."),
        "source reference": _("Attach a source's own list, or a sketch of it."),
        "canary": _("Record canaries."),
        "canary import": _("Record canaries and where they were planted."),
        "ingest": _("Take leaked lists into the case."),
        "batch": _("List batches, show how a list was made, count its people."),
        "batch list": _("List the batches of the case."),
        "batch show": _("Show the fingerprint of a list: how, and by what, it was made."),
        "batch count": _("Count distinct people and identifiers, beside 法释〔2017〕10号."),
        "custody": _("Show who took in which file, when, from where, and what was read from it."),
        "verify": _("Compare the case with the originals, its own files and its ledger."),
        "trace": _("Attribute every batch to its sources."),
        "graph": _("Work with the provenance graph."),
        "graph export": _("Write the provenance graph as GraphML, GEXF or JSON."),
        "report": _("Write the report, one self-contained HTML file."),
    }


def _other_commands() -> dict[str, str]:
    return {
        "demo": _("Run the whole job on a small made-up world with known truth."),
        "compare": _("Compare two lists, with no case at all."),
        "fingerprint": _("Make the shareable fingerprint of a list."),
        "key": _("Make keys, and hand them on."),
        "key new": _("Make a fresh secret key for parties who will compare fingerprints."),
        "key export": _("Write the case's key to a file, for somebody who must use the same."),
        "key import": _("Put a key into your own key folder."),
        "simulate": _("Write a made-up world with known truth, as a case's input files."),
    }
