"""Where a false statement is unlawful, and what is planted there instead.

企业信息公示暂行条例 (国务院令第654号, revised by 令第777号, in force 2024-05-01): what is published
must be true and timely (art. 3); the annual report holds telephone and e-mail (art. 9); the company
answers for its truth (art. 11); concealment and falsehood lead to fines and the list of abnormal
operations (art. 17 and after). 反洗钱法 (revised 2024, in force 2025-01-01), art. 38: a customer
gives the institution true and complete identity data. 保险法 art. 16: the applicant answers the
insurer's questions truthfully. 网络安全法 art. 24: telephone and network access under a true
identity. 行政许可法 art. 31 and 78: true material for an application to an authority. The lawful
form is a true registrant with a number or mailbox of its own for that one filing.
"""

from __future__ import annotations

import re

from leaktrace.case.records import Source
from leaktrace.messages import _

_COMPANY = ("annual-report",)
_BANK = ("bank-sms-reply", "loan-app", "loan-platform")
_INSURER = ("car-insurance", "life-insurance")
_TELECOM = ("telecom",)
_AUTHORITY = re.compile(
    r"政务|政府|社保|医保|税务|公安|户籍|不动产登记|公积金|工商|市监"
    r"|government|tax office|authority",
    re.IGNORECASE,
)


def lawful_reason(source: Source) -> str:
    """The code of why only true statements may be made at ``source``: ``company``, ``bank``,
    ``insurer``, ``telecom``, ``authority``; empty where none is known."""
    if source.kind in _COMPANY:
        return "company"
    if source.kind in _BANK:
        return "bank"
    if source.kind in _INSURER:
        return "insurer"
    if source.kind in _TELECOM:
        return "telecom"
    return "authority" if _AUTHORITY.search(f"{source.kind_as_written} {source.name}") else ""


def lawful_notice(reason: str) -> str:
    """What the person who plants must know, in the language of the process; empty for none."""
    said = {
        "company": _(
            "A false annual report is unlawful (企业信息公示暂行条例, art. 3, 11 and 17 ff.)."
        ),
        "bank": _("False identity data at a bank or lender are unlawful (反洗钱法, art. 38)."),
        "insurer": _("An insurer's questions must be answered truthfully (保险法, art. 16)."),
        "telecom": _("A telephone line takes a true identity (网络安全法, art. 24)."),
        "authority": _("A false statement to an authority is unlawful (行政许可法, art. 31, 78)."),
    }
    if reason not in said:
        return ""
    form = _(
        "Plant the lawful form: a true registrant, true data throughout, with this number or "
        "mailbox used for this one filing only."
    )
    return _("{rule} {form}").format(rule=said[reason], form=form)
