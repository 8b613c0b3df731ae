"""What each type of batch is put together from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from leaktrace.simulate.cutting import Cut, cut_holder, join
from leaktrace.simulate.market import Market
from leaktrace.simulate.numbers import SWEEPS
from leaktrace.simulate.tables import ADDRESS, AMOUNT, DATE, ID_COLUMN, REMARK, SELLERS
from leaktrace.simulate.world import Batch

_CELLS = (ADDRESS, AMOUNT, DATE, REMARK)


@dataclass(frozen=True, slots=True)
class Draft:
    """A batch before it is packed: rows, form, and the parents that give form and columns."""

    cut: Cut
    form: str = "full"
    parents: tuple[int, ...] = ()


def compose(market: Market, type_: str, seen: int, size: int) -> None:
    """Draw a batch of ``type_`` and put it on the market."""
    draft = _MAKERS[type_](market, seen, size)
    draft = replace(draft, cut=market.stray(draft.cut, seen))
    seen_before = sum(not batch.hidden for batch in market.batches)
    market.batches.append(_pack(market, f"B{seen_before + 1:03d}", type_, seen, draft))


def _pack(
    market: Market, id_: str, type_: str, seen: int, draft: Draft, *, hidden: bool = False
) -> Batch:
    rng, parents = market.rng, [market.batches[place] for place in draft.parents]
    style = next((parent.style for parent in parents if parent.style >= 0), -1)
    if rng.random() < market.settings.retyped:
        style = int(rng.integers(len(market.holders)))
    return Batch(
        id=id_,
        type=type_,
        people=draft.cut.people,
        origin=draft.cut.origin,
        parent=draft.cut.parent,
        cut_day=draft.cut.day,
        seen_day=seen,
        form=draft.form,
        seller=str(rng.choice(SELLERS)),
        columns=_columns(market, draft, parents),
        filters=draft.cut.filters,
        hidden=hidden,
        style=style,
    )


def _columns(market: Market, draft: Draft, parents: list[Batch]) -> tuple[str, ...]:
    """Which columns a list shows: no more than its parents or its first holder had."""
    rng, settings = market.rng, market.settings
    if parents:
        shared = [name for name in parents[0].columns if all(name in it.columns for it in parents)]
        kept = [name for name in shared if name in ("mobile", "name") or rng.random() < 0.85]
    elif (draft.cut.origin < 0).all():
        kept = ["name", "mobile"] if rng.random() < 0.4 else ["mobile"]
    else:
        first = market.holders[int(draft.cut.origin[draft.cut.origin >= 0][0])]
        cells = rng.random() < settings.cells
        kept = ["mobile", "name"] if rng.random() < 0.92 or draft.form != "full" else ["mobile"]
        if ID_COLUMN in first.columns and rng.random() < settings.ids:
            kept.append(ID_COLUMN)
        kept += [name for name in _CELLS if cells and name in first.columns and rng.random() < 0.8]
    if draft.form != "full":
        kept = [name for name in kept if name != ID_COLUMN or rng.random() < 0.2]
        kept = [*kept, *({"name", "mobile"} - set(kept))]
    return tuple(kept)


def _pure(market: Market, seen: int, size: int) -> Draft:
    return Draft(market.cut("known", seen, size, 1)[0])


def _filtered(market: Market, seen: int, size: int) -> Draft:
    names = market.rng.permutation(["carrier", "town", "window"]).tolist()
    count = 1 if market.rng.random() < 0.75 else 2
    return Draft(market.cut("known", seen, size, 1, filters=tuple(names[:count]))[0])


def _mixed(market: Market, seen: int, size: int) -> Draft:
    return Draft(market.mixed(market.cut("known", seen, size, 2)))


def _blended(market: Market, seen: int, size: int) -> Draft:
    low, high = market.settings.blend
    count = int(market.rng.integers(low, high, endpoint=True))
    least = min(market.settings.smallest_share, 0.1)
    return Draft(market.mixed(market.cut("known", seen, size, count, least=least)))


def _unknown(market: Market, seen: int, size: int) -> Draft:
    return Draft(market.cut("unknown", seen, size, 1)[0])


def _unknown_mixed(market: Market, seen: int, size: int) -> Draft:
    share = market.rng.uniform(0.3, 0.7)
    known = market.cut("known", seen, int(size * share), 1)
    return Draft(market.mixed(known + market.cut("unknown", seen, int(size * (1 - share)), 1)))


def _twin(market: Market, seen: int, size: int) -> Draft:
    return Draft(market.cut("twin", seen, size, 1)[0])


def _swept(market: Market, seen: int, size: int) -> Draft:
    cut = market.made_up(size, str(market.rng.choice(SWEEPS)), market.cut_day(seen))
    if market.rng.random() < 0.3:
        cut = cut.take(market.rng.permutation(len(cut.people)))
    return Draft(cut)


def _padded(market: Market, seen: int, size: int) -> Draft:
    share = market.rng.uniform(*market.settings.padding)
    sources = 1 if market.rng.random() < 0.7 else 2
    cuts = market.cut("known", seen, int(size * (1 - share)), sources)
    real = sum(len(cut.people) for cut in cuts)
    count = max(int(real * share / (1 - share)), 1)
    mode = str(market.rng.choice(SWEEPS))
    padding = market.made_up(count, mode, max(cut.day for cut in cuts))
    shuffle = market.rng.random() < 0.8
    return Draft(join(market.rng, [*cuts, padding], shuffle=shuffle, once=True))


def _masked(market: Market, seen: int, size: int) -> Draft:
    lot = market.rng.random()
    maker = (
        _pure
        if lot < 0.7
        else _mixed
        if lot < 0.9 or not market.leakers(seen, "unknown")
        else _unknown
    )
    form = "last-four" if market.rng.random() < market.settings.last_four else "masked"
    return replace(maker(market, seen, size), form=form)


def _old_cut(market: Market, seen: int, size: int) -> Draft:
    return Draft(market.cut("known", seen, size, 1, old=True)[0])


def _parent(market: Market, seen: int) -> int:
    """An earlier list worth selling again; one that the case never saw, now and then."""
    rng = market.rng
    able = [
        place
        for place, batch in enumerate(market.batches)
        if not batch.hidden and batch.type != "swept" and len(batch.people) >= 150
    ]
    if rng.random() < market.settings.missing_parents or not able:
        earlier = seen - int(rng.integers(5, 120))
        maker = _resold if able and rng.random() < 0.4 else _mixed if rng.random() < 0.3 else _pure
        size = int(rng.integers(1_000, 5_000))
        if maker is _resold:
            draft = _resale(market, seen, int(rng.choice(able)))
            earlier = max(earlier, market.batches[draft.parents[0]].seen_day)
        else:
            draft = maker(market, earlier, size)
        hidden = sum(batch.hidden for batch in market.batches)
        market.batches.append(
            _pack(market, f"H{hidden + 1:03d}", "hidden", earlier, draft, hidden=True)
        )
        return len(market.batches) - 1
    chains = [place for place in able if (market.batches[place].parent >= 0).any()]
    if chains and rng.random() < market.settings.chain:
        able = chains
    return int(rng.choice(able[-20:]))


def _resale(market: Market, seen: int, place: int, kept: float | None = None) -> Draft:
    """Part of an earlier list: a random part or a run of it, in its order or not."""
    rng, parent = market.rng, market.batches[place]
    count = len(parent.people)
    size = max(int(count * (rng.uniform(*market.settings.kept) if kept is None else kept)), 60)
    size = min(size, count)
    rows = np.sort(rng.choice(count, size, replace=False))
    if rng.random() < 0.3:
        first = int(rng.integers(0, count - size + 1))
        rows = np.arange(first, first + size)
    if rng.random() < 0.35:
        rows = rng.permutation(rows)
    cut = Cut(
        parent.people[rows],
        parent.origin[rows],
        np.full(size, place, np.int16),
        parent.cut_day,
        parent.filters,
    )
    return Draft(cut, parent.form, (place,))


def _resold(market: Market, seen: int, size: int) -> Draft:
    draft = _resale(market, seen, _parent(market, seen))
    if market.rng.random() < market.settings.freshen:
        draft = replace(draft, cut=_freshen(market, seen, draft.cut))
    if draft.form == "full" and market.rng.random() < 0.08:
        draft = replace(draft, form="masked")
    return draft


def _freshen(market: Market, seen: int, cut: Cut) -> Cut:
    """Newer people of one of the sources that the list came from, 5 to 20% of it."""
    rng = market.rng
    day = max(cut.day, market.cut_day(seen))
    able = [place for place in market.leakers(day, "known") if (cut.origin == place).any()]
    if not able:
        return cut
    place = int(rng.choice(able))
    size = max(int(len(cut.people) * rng.uniform(0.05, 0.2)), 10)
    newer = cut_holder(
        rng, market.settings, market.setting.people, market.holders[place], place, day, size
    )
    return join(rng, [cut, newer], shuffle=rng.random() < 0.5, once=True)


def _resold_merged(market: Market, seen: int, size: int) -> Draft:
    first = _resale(market, seen, _parent(market, seen))
    others = [
        place
        for place, batch in enumerate(market.batches)
        if batch.form == first.form
        and not batch.hidden
        and place not in first.parents
        and batch.type != "swept"
    ]
    share = market.rng.uniform(0.3, 0.8)
    wanted = max(int(len(first.cut.people) * (1 - share) / share), 30)
    if others and market.rng.random() < 0.5:
        place = int(market.rng.choice(others))
        kept = min(wanted / len(market.batches[place].people), 1.0)
        second = _resale(market, seen, place, kept)
        cuts, parents = [first.cut, second.cut], (*first.parents, place)
    else:
        cuts, parents = [first.cut, *market.cut("known", seen, wanted, 1)], first.parents
    return Draft(market.mixed(cuts), first.form, parents)


_MAKERS: dict[str, Callable[[Market, int, int], Draft]] = {
    "pure": _pure, "filtered": _filtered, "mixed": _mixed, "blended": _blended,
    "resold": _resold, "resold-merged": _resold_merged, "unknown": _unknown,
    "unknown-mixed": _unknown_mixed, "twin": _twin, "swept": _swept, "padded": _padded,
    "masked": _masked, "old-cut": _old_cut,
}  # fmt: skip
