"""Since when prohibitions and restrictions are on record here: what an officer could have known when he released."""

from dataclasses import dataclass

from contracts.clearance import ImportProhibited, RestrictionOpened
from contracts.values import Country, GoodsCode, Instant, Word
from decider import Matter, in_order
from law import Ground


@dataclass(frozen=True, kw_only=True)
class Since:
    """A measure of an act on goods of this code, and when it came on record first."""

    act: Word
    permit: Word | None = None
    origin: Country | None = None
    code: GoodsCode
    known: Instant


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """Those that were ever, whether or not they stand: which stand is in the measures."""

    since: tuple[Since, ...] = ()

    def by(self, ground: Ground, instant: Instant) -> bool:
        """Goods that papers named by fewer digits were on record as well."""
        of = dict(ground.facts)
        code = of["codes"][0]
        return any(
            each.known <= instant and (code.startswith(each.code) or each.code.startswith(code))
            for each in self.since
            if (each.act, each.permit, each.origin) == (of["act"], of.get("permit"), of.get("origin"))
        )


def came_on_record(on_record: OnRecord, event: ImportProhibited | RestrictionOpened, known: Instant) -> OnRecord:
    permit = event.permit if isinstance(event, RestrictionOpened) else None
    new = (Since(act=event.act, permit=permit, origin=event.origin, code=code, known=known) for code in event.codes)
    there = {(each.act, each.permit, each.origin, each.code) for each in on_record.since}
    fresh = [each for each in new if (each.act, each.permit, each.origin, each.code) not in there]
    return OnRecord(since=in_order((*on_record.since, *fresh)))


MATTER = Matter(folds=(came_on_record,))
