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
        "canary": _("Plan, plant and watch canaries, and prove when they were planted."),
        "canary import": _("Record canaries and where they were planted."),
        "canary plan": _("Plan which source is given which number, and what that can show."),
        "canary sheet": _("Write the sheet for the person who plants."),
        "canary plant": _("Record what was planted: which number, where, when, how, by whom."),
        "canary commit": _("Give the digest of all plantings, to publish or to have stamped."),
        "canary prove": _("Open one planting, and show that it was recorded before."),
        "canary check": _("Check the proof of a planting."),
        "canary pool": _("Keep the numbers, mailboxes and addresses that canaries use."),
        "canary pool import": _("Take numbers into the pool."),
        "canary pool list": _("List the numbers of the pool, and what each is."),
        "canary pool show": _("Show one number with its history."),
        "canary pool log": _("Record what happened to many numbers, from a table."),
        "canary pool extend": _("Record the new end of contracts."),
        "canary pool topup": _("Record top-ups."),
        "canary pool free": _("End a quarantine early, or a rest."),
        "canary pool rest": _("Put numbers aside."),
        "canary pool return": _("Record that numbers were given back to their carrier."),
        "canary pool burn": _("Mark numbers as burnt: somebody knows what they are for."),
        "canary due": _("List what needs doing: test calls, top-ups, contracts, quarantines."),
        "canary heartbeat": _("Record that numbers rang, or did not."),
        "canary hand": _("Hand numbers to another custodian."),
        "canary knows": _("Record who knows of canaries."),
        "canary list": _("List the canaries, and how each stands."),
        "canary show": _("Show one canary: plantings, numbers, who knew of it, where it stands."),
        "canary burn": _("Mark canaries as burnt: somebody knows what they are."),
        "canary retire": _("Stop watching canaries; their numbers rest."),
        "offer": _("Record what sellers advertise, and compare it with lists."),
        "offer import": _("Record the offers that a table names."),
        "offer list": _("List the offers of the case."),
        "offer match": _("Compare offers with the lists seen later: weak, and no attribution."),
        "calls": _("Take in calls on canary numbers, and see who is behind them."),
        "calls import": _("Take in calls and messages that canary numbers received."),
        "calls list": _("List the calls and messages of the case."),
        "calls campaigns": _("Put the calls together that one campaign placed."),
        "ingest": _("Take leaked lists into the case."),
        "batch": _("List batches, show how a list was made, count its people."),
        "batch list": _("List the batches of the case."),
        "batch show": _("Show the fingerprint of a list: how, and by what, it was made."),
        "batch count": _("Count distinct people and identifiers, beside 法释〔2017〕10号."),
        "custody": _("Show who took in which file, when, from where, and what was read from it."),
        "verify": _("Compare the case with the originals, its own files and its ledger."),
        "trace": _("Attribute every batch to its sources."),
        "watch": _("Tell what is new since the last watch, each thing once; for cron."),
        "graph": _("Work with the provenance graph."),
        "graph export": _("Write the provenance graph as GraphML, GEXF or JSON."),
        "report": _("Write the report, one self-contained HTML file, or a letter about the case."),
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
