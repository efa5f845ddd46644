"""What acts beside the Code put in the way of a release: a payment not made, an approval not given (Art. 8(2))."""

from collections.abc import Iterable, Iterator, Sequence

from contracts.measures import Measure
from contracts.values import GoodsCode, Regime
from law import Facts, Ground
from law.naming import plain, same_name
from law.rule import Fact, rule
from law.rulebook import Act, ActGround, grounds_of, loaded
from release.goods import Item, Items, established, touched
from release.upstream import Clearance

REFUSES: tuple[str, str] = ("effect", "refuse")
"""Among the facts of a ground that an act provides: by it a release is refused, and by others it is withheld."""


@rule()
def grounds_of_acts(asked: Fact, items: Items, regime: Regime | None, clearance: Clearance) -> tuple[Ground, ...]:
    """Art. 8(2) [F12]: an act on file may withhold or refuse a release, of the goods and on the fact that it names.

    Goods that are not declared are of none that it names. Without a regime, the one that is declared for each item.
    """
    provided: dict[tuple[str, str, str], tuple[Act, ActGround, set[GoodsCode]]] = {}
    for item in of_these(items, clearance) or (None,):
        for act, row in provisions(asked, item, regime):
            for key, codes in unfulfilled(row, item, items, clearance):
                provided.setdefault((act.id, row.article, key), (act, row, set()))[2].update(codes)
    return tuple(ground(key, *provided[act_id, article, key]) for act_id, article, key in sorted(provided))


def of_these(items: Items, clearance: Clearance) -> Sequence[Item | None]:
    """The declared ones, as what an officer has decided that they are; without numbers all of them."""
    return [each for each in established(clearance.declared) if not items or each.number in items]


def provisions(asked: Fact, item: Item | None, regime: Regime | None) -> list[tuple[Act, ActGround]]:
    return grounds_of(
        item.code if item else None,
        origin=item.origin if item else None,
        regime=regime or (item.regime if item else None),
        occurred=asked.occurred,
        recorded=asked.recorded,
        acts=loaded(),
    )


def unfulfilled(
    row: ActGround, item: Item | None, items: Items, clearance: Clearance
) -> Iterator[tuple[str, Iterable[GoodsCode]]]:
    """The body whose approval is missing, or none where it is a payment; with the goods that wait for it."""
    codes = (item.code,) if item else ()
    if row.on == "payment_not_made":
        if not clearance.payments.are_collected:
            yield "", codes
        return
    granted = clearance.approvals.saying(granted=True)
    for control in clearance.measures.controls:
        meant = row.body is None or same_name(row.body, control.requires)
        if meant and plain(control.requires or "") not in granted and is_under(control, item, items, clearance):
            yield control.requires or "", codes or control.codes


def is_under(control: Measure, item: Item | None, items: Items, clearance: Clearance) -> bool:
    return bool(touched(control, (item.number,) if item else items, clearance.declared))


def ground(body: str, act: Act, row: ActGround, codes: set[GoodsCode]) -> Ground:
    facts: Facts = (
        ("act", act.id),
        *((("agency", body),) if body else ()),
        ("citation", act.citation),
        ("codes", tuple(sorted(codes))),
        ("effect", row.effect),
        ("on", row.on),
    )
    return Ground(rule=row.rule, article=row.article, layer=act.layer, facts=facts)
