"""What becomes of prohibited goods after their term of storage: the officer's word (Art. 7(1) para 2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from clearance.export import Export, that_left
from clearance.storage import Storage
from clearance.storage_terms import StorageTerm
from clearance.upstream import Presentation
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.officers import Codes, DisposalDecided
from contracts.stating import Amendable, StatementDiffers, Stater, stated, stater
from contracts.values import GoodsCode, Instant, Text
from decider import Input, Matter, OpenPoint, in_order, opens
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class DecideDisposal(OfConsignment):
    """The officer decides what becomes of goods whose term of storage has ended, and by which provision.

    Without `codes` of all that were referred by then. A later decision stands beside an earlier one.
    """

    codes: Codes = ()
    disposal: Text
    provision: Text


@dataclass(frozen=True, kw_only=True)
class Disposal:
    """A decision of the officer's."""

    codes: tuple[GoodsCode, ...] = ()
    disposal: Text
    provision: Text
    at: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Disposals:
    """All that were decided."""

    decided: tuple[Disposal, ...] = ()


def of_a_disposal() -> Amendable:
    """An act of customs: another one under the same time differs, and a later one stands beside it."""
    return Amendable(article="7(1) para 2", rule="L4", states=DecideDisposal, amends=())


def decided(asked: Input[DecideDisposal], disposals: Disposals) -> list[DisposalDecided | StatementDiffers]:
    """Recorded also where the end of the term is recorded only later."""
    said = asked.content
    fact = Disposal(
        codes=tuple(sorted({*said.codes})), disposal=said.disposal, provision=said.provision, at=asked.occurred
    )
    same_goods = (each for each in disposals.decided if (each.at, each.codes) == (fact.at, fact.codes))
    return stated(asked, fact, next(same_goods, None), of_a_disposal(), lambda: disposal_is_decided(asked, fact))


@rule(by="officer")
def disposal_is_decided(asked: Input[DecideDisposal], fact: Disposal) -> DisposalDecided:
    """Art. 7(1) para 2 [L4]: what is done with goods after their term an officer decides, and names the provision.

    The Code's own chapter on that is not in the source, so nothing is computed.
    """
    return DisposalDecided(
        consignment=asked.content.consignment, codes=fact.codes or None, disposal=fact.disposal,
        provision=fact.provision, decided=fact.at, stated_by=stater(asked.subject),
    )  # fmt: skip


def is_decided(term: StorageTerm, disposals: Disposals) -> bool:
    """By what was decided after it had ended, of all goods or, taken together, of its own."""
    since = [each for each in disposals.decided if each.at >= term.until]
    codes = {code for each in since for code in each.codes}
    return any(not each.codes for each in since) or (bool(term.codes) and {*term.codes} <= codes)


@opens("DecideDisposal")
def still_to_be_disposed_of(
    presentation: Presentation, measures: Measures, export: Export, storage: Storage, disposals: Disposals
) -> Iterator[OpenPoint]:
    """Of goods that are still there after their term."""
    if not export.ordered or export.done:
        return
    here = [each for each in storage.ended if not that_left(each.codes, measures, export)]
    waiting = [each.until for each in here if not is_decided(each, disposals)]
    if waiting:
        yield OpenPoint(
            act="DecideDisposal", who="officer", article="7(1) para 2", place=presentation.checkpoint,
            since=min(waiting),
        )  # fmt: skip


def recorded(disposals: Disposals, event: DisposalDecided) -> Disposals:
    new = Disposal(
        codes=event.codes or (), disposal=event.disposal, provision=event.provision, at=event.decided,
        by=event.stated_by,
    )  # fmt: skip
    return Disposals(decided=in_order((*disposals.decided, new)))


MATTER = Matter(commands=(decided,), folds=(recorded,), open_points=(still_to_be_disposed_of,))
