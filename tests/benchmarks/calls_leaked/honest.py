"""What sources ring for themselves, and what comes of what anybody can read."""

from __future__ import annotations

from tests.benchmarks.calls_leaked.callers import Firm
from tests.benchmarks.calls_leaked.cast import DAYS, Source
from tests.benchmarks.calls_leaked.words import SECTORS, pick, weighted
from tests.benchmarks.calls_leaked.year import Ring, Year


def ring_registrants(year: Year) -> None:
    """Sources ring their own registrants, in waves; all send codes by SMS."""
    for source in year.sources:
        _send_codes(year, source)
        if source.caller is not None:
            for _ in range(1 + int(year.rng.poisson(year.rng.uniform(0, 6)))):
                _wave(year, source, source.caller, "first-party", 0.3)
        for recipient in source.recipients:
            for _ in range(int(year.rng.poisson(1.0))):
                _wave(year, source, recipient, "recipient", 0.2)


def _wave(year: Year, source: Source, firm: Firm, cause: str, recites: float) -> None:
    rng = year.rng
    start, days, reach = rng.uniform(10, DAYS), rng.uniform(0.5, 7), rng.uniform(0.4, 1.0)
    for number in source.numbers:
        planted = number.planted[source.id]
        if rng.random() >= reach:
            continue
        for _ in range(int(rng.geometric(0.65))):
            day = year.hour(start + rng.uniform(0, days))
            if day > planted + 0.1:
                said = number.name if rng.random() < recites else ""
                year.ring(number, day, firm, cause, source=source.id, recited=said, trusted=True)


def _send_codes(year: Year, source: Source) -> None:
    """A code within a minute of registering, for most; a few later, and some advertisements."""
    rng = year.rng
    if source.public or rng.random() < 0.3:
        return
    for number in source.numbers:
        planted = number.planted[source.id]
        days = [planted + rng.uniform(5, 60) / 86_400]
        days += list(planted + rng.exponential(90, rng.poisson(0.5)))
        for at, day in enumerate(days):
            if day >= DAYS or number.dead(day):
                continue
            code = f"【{source.name}】您的验证码是{rng.integers(10**5, 10**6)}，5分钟内有效。"
            text = (
                code if at == 0 or rng.random() < 0.5 else f"【{source.name}】感谢您的关注，回T退订"
            )
            claims = source.name if rng.random() < 0.6 else ""
            year.rings.append(
                Ring(day, number, source.port, 0, "sms", "", claims, text, "code", source.id)
            )


def ring_from_public_lists(year: Year) -> None:
    """What anybody can read is read by many, from the day on which it stands there."""
    rng = year.rng
    for source in (one for one in year.sources if one.public):
        sectors = {**SECTORS, "company-services": 60}
        for _ in range(1 + int(rng.poisson(4))):
            sector = weighted(rng, sectors)
            firms = [one for one in year.firms if one.sector == sector] or year.firms
            firm = firms[int(rng.integers(len(firms)))]
            start = rng.uniform(20, DAYS)
            for number in source.numbers:
                day = max(start, number.planted[source.id] + 0.5) + rng.exponential(5)
                if rng.random() < 0.6:
                    said = number.name if rng.random() < 0.2 else ""
                    year.ring(
                        number, year.hour(day), firm, "public", source=source.id, recited=said
                    )


def send_texts(year: Year) -> None:
    """Advertisements by SMS, to anybody."""
    rng = year.rng
    ports = [f"106{rng.integers(10**8, 10**10)}" for _ in range(30)]
    for number in year.numbers:
        for day in rng.uniform(0, DAYS, rng.poisson(number.rate * DAYS * 0.15)):
            if not number.dead(day):
                sector = weighted(rng, SECTORS)
                text = f"【{pick(rng, ports)[-4:]}】限时优惠，详询客服，拒收请回复R"
                year.rings.append(
                    Ring(day, number, pick(rng, ports), 0, "sms", sector, "", text, "background")
                )
