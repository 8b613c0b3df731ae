"""The numbers of 法释〔2017〕10号, as information: courts decide, and this tool does not advise.

The Interpretation of the Supreme People's Court and the Supreme People's Procuratorate on Several
Issues Concerning the Application of Law in the Handling of Criminal Cases of Infringing Citizens'
Personal Information: published 2017-05-08, in force since 2017-06-01.

- Article 5, paragraph 1, items 3 to 5: 50 pieces of whereabouts, communications content, credit or
  property information; 500 of lodging, communications records, health, transactions and other
  information that may affect the safety of persons or property; 5,000 of any other. Item 6: less of
  each, where the proportions come to one together. Item 7: proceeds of 5,000 yuan. Item 8: half of
  these numbers and amounts where the information was obtained in performing duties or providing
  services and then sold or provided.
- Article 5, paragraph 2, item 3: ten times these is "especially serious".
- Article 6: another measure where information outside the first two tiers was only bought or
  received for lawful business. Article 12: fines. Neither is reckoned here.
- Article 11: what was acquired and then sold counts once; the same person's information given to
  different buyers counts for each; bulk data counts as seized, but for what is shown to be untrue
  or repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

RULES = "法释〔2017〕10号"
PUBLISHED, IN_FORCE = "2017-05-08", "2017-06-01"
TIERS = (50, 500, 5000)
PROCEEDS = 5000
GRAVE = 10

UNSAID = {50: "tier-50", 500: "tier-500", 5000: "tier-5000"}
"""The category where the user named a tier and not what kind of information it is."""

CATEGORIES: Mapping[str, tuple[int, str]] = {
    "whereabouts": (50, "行踪轨迹信息"),
    "communications-content": (50, "通信内容"),
    "credit": (50, "征信信息"),
    "property": (50, "财产信息"),
    "tier-50": (50, "第三项信息"),
    "lodging": (500, "住宿信息"),
    "communications-records": (500, "通信记录"),
    "health": (500, "健康生理信息"),
    "transactions": (500, "交易信息"),
    "safety": (500, "其他可能影响人身、财产安全的公民个人信息"),
    "tier-500": (500, "第四项信息"),
    "tier-5000": (5000, "第三项、第四项规定以外的公民个人信息"),
}
"""Each category with its tier and what the interpretation calls it."""


def category_of(word: str) -> str | None:
    """The category that ``word`` names: a tier's number, a code, or (part of) its Chinese name.

    >>> category_of("500"), category_of("征信"), category_of("health"), category_of("x")
    ('tier-500', 'credit', 'health', None)
    """
    text = word.strip().casefold().replace(",", "")
    if text.isascii() and text.isdigit():
        return UNSAID.get(int(text))
    if text in CATEGORIES:
        return text
    if not text or text.isascii():
        return None
    found = [code for code, (_tier, name) in CATEGORIES.items() if name.startswith(text)]
    found = [code for code in found if code not in UNSAID.values()]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Measure:
    """One number beside its threshold.

    Attributes
    ----------
    rule : str
        ``"pieces-50"``, ``"pieces-500"``, ``"pieces-5000"``, ``"proportional-sum"`` or
        ``"proceeds"``.
    article : str
        Where it stands in the interpretation: ``"5(1)(3)"``, or ``"5(1)(8)"`` after it.
    number : float
        Pieces, the sum of proportions, or yuan.
    threshold, grave_threshold : float
        Of "serious" and of "especially serious" circumstances.
    """

    rule: str
    article: str
    number: float
    threshold: float
    grave_threshold: float

    @property
    def ratio(self) -> float:
        """How many times the threshold the number is."""
        return self.number / self.threshold


def measures(
    pieces: Mapping[int, int], *, in_duty: bool = False, proceeds: float | None = None
) -> tuple[Measure, ...]:
    """The numbers of pieces by tier, and what follows from them, beside their thresholds.

    Parameters
    ----------
    pieces : mapping of tier (50, 500, 5000) to int
        Each piece in one tier.
    in_duty : bool
        The information was obtained in performing duties or providing services: half the numbers.
    proceeds : float, optional
        Unlawful proceeds in yuan.
    """
    part = Fraction(1, 2) if in_duty else Fraction(1)
    after = ", 5(1)(8)" if in_duty else ""
    found = [
        _measure(
            f"pieces-{tier}", f"5(1)({item}){after}", Fraction(pieces.get(tier, 0)), tier * part
        )
        for item, tier in enumerate(TIERS, start=3)
    ]
    total = sum((Fraction(pieces.get(tier, 0), tier) for tier in TIERS), Fraction(0))
    found.append(_measure("proportional-sum", f"5(1)(6){after}", total, part))
    if proceeds is not None:
        amount = Fraction(str(proceeds))
        found.append(_measure("proceeds", f"5(1)(7){after}", amount, PROCEEDS * part))
    return tuple(found)


def _measure(rule: str, article: str, number: Fraction, threshold: Fraction) -> Measure:
    return Measure(rule, article, float(number), float(threshold), float(GRAVE * threshold))
