"""Since when prohibitions and restrictions are on record here: what an officer could have known when he released."""

from dataclasses import dataclass
from typing import TypeAlias

from contracts.clearance import ImportProhibited, ImportProhibitionWithdrawn, RestrictionOpened, RestrictionWithdrawn
from contracts.values import Country, GoodsCode, Instant, Word
from decider import Matter, in_order
from law import Ground

Comes: TypeAlias = ImportProhibited | RestrictionOpened
Goes: TypeAlias = ImportProhibitionWithdrawn | RestrictionWithdrawn


@dataclass(frozen=True, kw_only=True)
class Since:
    """A measure of an act on goods of this code, and when it came on record first."""

    act: Word
    permit: Word | None = None
    origin: Country | None = None
    code: GoodsCode
    known: Instant
    struck: bool = False


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


def came_on_record(on_record: OnRecord, event: Comes | Goes, known: Instant) -> OnRecord:
    """What is taken back stays, struck, with when it came on record first."""
    permit = event.permit if isinstance(event, RestrictionOpened | RestrictionWithdrawn) else None
    key, struck = (event.act, permit, event.origin), isinstance(event, Goes)
    of_it = {each.code: each for each in on_record.since if (each.act, each.permit, each.origin) == key}
    others = tuple(each for each in on_record.since if each not in of_it.values())
    for code in event.codes:
        first = of_it.get(code)
        if first or not struck:
            since = first.known if first else known
            of_it[code] = Since(
                act=event.act, permit=permit, origin=event.origin, code=code, known=since, struck=struck
            )
    return OnRecord(since=in_order((*others, *of_it.values())))


MATTER = Matter(folds=(came_on_record,))
