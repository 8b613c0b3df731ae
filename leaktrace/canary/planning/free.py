"""The numbers of a case's pool, as a plan and its sheet need them."""

from __future__ import annotations

from leaktrace.case.case import Case


def free_numbers(case: Case) -> tuple[str, ...]:
    """The ids of the pool's numbers and mailboxes that are free now, in order.

    Addresses are not among them: a persona has one of its own, and nobody dials it.
    """
    from leaktrace.canary.pool import read_pool, states

    free = {number for number, state in states(case).items() if state.code == "free"}
    return tuple(
        sorted(one.id for one in read_pool(case) if one.id in free and one.kind != "address")
    )


def number_values(case: Case) -> dict[str, str]:
    """Each number of the pool as it is dialled or written, by its id; for planting sheets alone."""
    from leaktrace.canary.pool import read_pool

    return {one.id: one.value for one in read_pool(case)}
