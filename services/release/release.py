"""Releasing goods under a regime, and what withholds it (Art. 5(1)(20)): asked for, or given and stated afterwards."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from contracts.declarations import Declared
from contracts.names import OfConsignment
from contracts.permits import Requirements
from contracts.readiness import Readiness
from contracts.release import GivenBefore, GoodsReleased, ReleaseRefused, ReleaseWithheld
from contracts.spelling import alike
from contracts.stating import StatementDiffers, stater
from contracts.values import ConsignmentId, Instant, ItemNumbers, KnownCheckpoint, Mode, Regime, Text, Word
from decider import Input, Matter, OpenPoint, opens
from law import Finding, Ground
from law.naming import plain, same_name
from law.rule import rule
from release.findings import findings, goods_in_doubt
from release.goods import Items, Part, Released, part_of, still_to_release, units
from release.grounds import grounds, refuses
from release.on_record import OnRecord
from release.upstream import Arrival, Clearance, Presentation

Decided: TypeAlias = GoodsReleased | ReleaseRefused | ReleaseWithheld


@dataclass(frozen=True, kw_only=True)
class Given:
    """Who gave a release that is stated afterwards: an officer by his number in the service, of which post; and why."""

    officer: Word
    post: KnownCheckpoint
    reason: Text


@dataclass(frozen=True, kw_only=True)
class ReleaseGoods(OfConsignment):
    """The officer releases goods under a regime; whether it runs for a term is the officer's word (Art. 5(1)(20)).

    Without `items` all that is not released yet. It is decided on the record, unless it is `given`: then it states a
    release that an officer gave before, when the record could not be asked. `mode` tells posts of one name apart.
    """

    items: ItemNumbers = ()
    regime: Regime
    runs_for_a_term: bool = False
    given: Given | None = None
    mode: Mode | None = None


def release(
    asked: Input[ReleaseGoods],
    arrival: Arrival,
    presentation: Presentation,
    clearance: Clearance,
    released: Released,
    on_record: OnRecord,
) -> list[Decided | StatementDiffers]:
    """One that is asked for is decided by the grounds on record then, whatever time is stated for it.

    One that was given is a fact and recorded as it was: what was on record against it by then is found of it. So is
    one that was given under another name of these goods: what is on record here against it comes after it.
    What has been released is not released again: to place goods under another regime afterwards is another act.
    """
    said, id_ = asked.content, asked.content.consignment
    of = still_to_release(said.items, clearance.declared, released)
    if of is None:
        return [*released_otherwise(asked, clearance.declared, released)]
    part = Part(
        items=of,
        regime=said.regime,
        runs_for_a_term=said.runs_for_a_term,
        released=asked.occurred,
        known=asked.recorded,
        given=given_before(said.given),
        by=stater(asked.subject) if said.given else None,
        doubts=goods_in_doubt(asked, of, clearance),
    )
    against = () if asked.told or said.given else grounds(asked, of, said.regime, clearance)
    if against:
        return [no_release(id_, part, against, clearance.requirements)]
    return [goods_may_go(id_, part, findings(part, arrival, presentation, clearance, on_record))]


def given_before(said: Given | None) -> GivenBefore | None:
    return GivenBefore(officer=said.officer, post=said.post, reason=said.reason) if said else None


def released_otherwise(asked: Input[ReleaseGoods], declared: Declared, released: Released) -> list[StatementDiffers]:
    """That goods were released is on record: under another regime, or given at another time, differs from it.

    Where a release is asked for no time is stated: it is decided when it is asked. Without items it was of all that was
    left then, so it stands where any part was released so.
    """
    said = asked.content
    of = (part_of(unit, released) for unit in sorted({*said.items} or units(declared, released), key=str))
    compared = [(part, stated_otherwise(part, said, asked.occurred)) for part in of if part]
    if not said.items and any(not names for _, names in compared):
        return []
    return [differs_from(part, names) for part, names in compared if names][:1]


def stated_otherwise(part: Part, said: ReleaseGoods, occurred: Instant) -> tuple[str, ...]:
    alike_in = {
        "regime": same_name(part.regime, said.regime),
        "released": said.given is None or part.released in (None, occurred),
        "runs_for_a_term": part.runs_for_a_term == said.runs_for_a_term,
        "given": said.given is None or part.given is None or same_giver(given_before(said.given), part.given),
    }
    return tuple(name for name, same in alike_in.items() if not same)


def same_giver(said: GivenBefore | None, stands: GivenBefore) -> bool:
    """In whichever words the reason is told."""
    return said is not None and said.post == stands.post and alike(said.officer, stands.officer)


def differs_from(stands: Part, names: tuple[str, ...]) -> StatementDiffers:
    return StatementDiffers(
        article="5(1)(20)",
        rule="L1",
        statement="ReleaseGoods",
        differing=names,
        stands=(("regime", stands.regime), ("runs_for_a_term", str(stands.runs_for_a_term))),
        stands_by=stands.by,
        stands_since=stands.released,
    )


@rule(by="officer")
def goods_may_go(consignment: ConsignmentId, part: Part, findings: tuple[Finding, ...]) -> GoodsReleased:
    """Art. 5(1)(20) [L1]: customs lets the goods go, and for which use is said by the regime that it names."""
    return GoodsReleased(
        consignment=consignment,
        items=part.items,
        regime=part.regime,
        runs_for_a_term=part.runs_for_a_term,
        findings=findings,
        released=part.released,
        given=part.given,
        stated_by=part.by,
    )


def no_release(id_: ConsignmentId, asked: Part, against: tuple[Ground, ...], requirements: Requirements) -> Decided:
    """Refused where a ground refuses; where requirements alone are not met, withheld until they are."""
    leading, items, regime = against[0], asked.items, asked.regime
    rule, article, layer = leading.rule, leading.article, leading.layer
    if any(refuses(each) for each in against):
        return ReleaseRefused(
            consignment=id_, article=article, rule=rule, layer=layer, items=items, regime=regime, grounds=against
        )
    return ReleaseWithheld(
        consignment=id_,
        article=article,
        rule=rule,
        layer=layer,
        items=items,
        regime=regime,
        grounds=against,
        who=must_act(against, requirements),
    )


def must_act(withholding: tuple[Ground, ...], requirements: Requirements) -> Literal["declarant", "officer", "agency"]:
    """The declarant where he has to do something, the officer or a body where nothing but their word is missing."""
    waiting = {plain(each.kind) for each in requirements.referred}
    found = {who_fulfils(dict(each.facts), waiting) for each in withholding}
    return "declarant" if "declarant" in found else "officer" if "officer" in found else "agency"


def who_fulfils(facts: Mapping[str, Any], referred: Set[str]) -> Literal["declarant", "officer", "agency"]:
    if "agency" in facts:
        return "agency"
    return "officer" if plain(facts.get("permit", "")) in referred else "declarant"


@opens("ReleaseGoods")
def still_to_be_released(
    presentation: Presentation,
    readiness: Readiness,
    clearance: Clearance,
    released: Released,
) -> Iterator[OpenPoint]:
    """Of the goods that are ready some are not released, and nothing on record stands in their way."""
    items: list[Items] = [(number,) for number in readiness.items if part_of(number, released) is None]
    as_one: list[Items] = [()] if readiness.as_a_whole and not released.parts else []
    if any(not grounds(readiness.fact, each, None, clearance) for each in (*items, *as_one)):
        since, place = readiness.fact.occurred, presentation.checkpoint
        yield OpenPoint(act="ReleaseGoods", who="officer", article="5(1)(20)", place=place, since=since)


MATTER = Matter(
    commands=(release,),
    open_points=(still_to_be_released,),
    unfolded=(ReleaseRefused, ReleaseWithheld),  # A refusal changes nothing: it may be asked again.
)
