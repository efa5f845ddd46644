"""The script: well-formed, lawful in itself, and with the outcomes that every run must have."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

import pytest

from chassis.service import find_services
from deploy.demo.acts import MovementActs
from deploy.demo.acts_on_goods import GoodsActs, due
from deploy.demo.awaited import awaited_of_goods, awaited_of_movement
from deploy.demo.day import LENGTH, Day
from deploy.demo.offices import OFFICES
from deploy.demo.script import Goods, Movement, load, rows
from law.checkpoints import checkpoints, find
from law.rulebook import MeasureKind, applied, loaded, procedure

Row = TypeVar("Row", Goods, Movement)
SCRIPT = load()
DAY = Day(datetime(2026, 3, 1, 18, 0, tzinfo=UTC))
MOVEMENT_ACTS, GOODS_ACTS = MovementActs(SCRIPT, DAY), GoodsActs(SCRIPT, DAY)
LEGAL_FORMS = ("HJ", "HK", "DK", "MChJ", "A.Ş.", "Co.", "Ltd", "LLP", "MMC", "GmbH")
BY_LINE = ("pipeline", "power_line")
OTHER_PORT = "GRB-ROD"
"""The list of checkpoints has one seaport; the second port of a ship is the post of the town with the other harbour."""
SENT_AS = {"AskForRelease": "ReleaseGoods", "StateNotExported": "RecordImmediateExport"}
"""Acts that are said by another's command."""
SERVICES = find_services()
COMMANDS = {name: reading for service in SERVICES.values() for name, reading in service.commands.items()}


def is_one_of(kind: MeasureKind, goods: Goods) -> bool:
    """Whether a loaded act applies to any goods of the consignment, by declaration or by papers."""
    pairs = [(goods.code, goods.origin), (goods.papers_code, goods.origin)]
    pairs += [(goods.second.code, goods.second.origin)] if goods.second else []
    return any(
        applied(kind, code, origin=origin, direction="in", occurred=DAY.ends, recorded=DAY.ends, acts=loaded())
        for code, origin in pairs
    )


def all_goods() -> list[Goods]:
    return list(SCRIPT.goods.values())


def all_movements() -> list[Movement]:
    return list(SCRIPT.movements.values())


def of_each(rows_: Sequence[Row]) -> Callable[[Callable[[Row], None]], Callable[[], None]]:
    """A test of every row, as one test that names the row of which it does not hold."""

    def decorate(test: Callable[[Row], None]) -> Callable[[], None]:
        def of_all() -> None:
            for row in rows_:
                try:
                    test(row)
                except AssertionError as wrong:
                    raise AssertionError(f"{row.key}: {wrong}") from wrong

        of_all.__name__ = test.__name__
        return of_all

    return decorate


def test_every_post_of_the_country_has_its_day() -> None:
    assert set(SCRIPT.posts) == set(checkpoints())
    assert Counter(movement.mode for movement in all_movements()) == {
        "road": 208, "air": 44, "rail": 26, "sea": 8, "pipeline": 3, "power_line": 2,
    }  # fmt: skip
    assert len(all_goods()) == 2180


def test_every_run_has_the_same_outcomes() -> None:
    assert Counter(goods.outcome for goods in all_goods()) == {
        "completed": 2113, "sent back": 28, "running": 16, "unpaid": 7, "withheld": 7, "stored": 3, "referred": 3,
        "not approved": 3,
    }  # fmt: skip
    assert Counter(rule for goods in all_goods() for rule in goods.findings) == {"L8": 45, "P2": 13, "K1": 8, "P8": 5}
    assert Counter(rule for movement in all_movements() for rule in movement.findings) == {
        "P2": 11, "A9": 12, "A4": 3, "A5": 3, "A4/default": 4, "A2/by-law": 3, "A9/by-law": 2,
    }  # fmt: skip


def test_every_kind_of_notice_permit_approval_payment_and_use_is_there() -> None:
    assert Counter(movement.notice for movement in all_movements()) == {
        "in time": 192, "none": 83, "after crossing": 5, "short": 4, "recorded late": 4, "late": 3,
    }  # fmt: skip
    assert Counter(goods.permit for goods in all_goods()) == {
        "": 2145,
        "valid": 23,
        "defect accepted": 5,
        "defect refused": 3,
        "missing": 4,
    }
    assert Counter(goods.approval for goods in all_goods()) == {
        "": 2137,
        "at once": 29,
        "after release": 11,
        "refused": 3,
    }
    assert Counter(goods.payment for goods in all_goods()) == {
        "at once": 2004,
        "after release": 159,
        "none": 10,
        "tomorrow": 7,
    }
    assert Counter(goods.use for goods in all_goods()) == {"": 2171, "disposal": 4, "use": 2, "movement": 3}
    assert Counter(goods.leaves for goods in all_goods()) == {"": 2146, "at once": 26, "not": 6, "recorded late": 2}
    assert Counter(goods.term for goods in all_goods()) == {"": 2126, "ends": 38, "runs": 16}


def test_what_happens_seldom_is_there() -> None:
    assert sum(goods.insists for goods in all_goods()) == 20
    assert sum(goods.second is not None for goods in all_goods()) == 14
    assert sum(goods.shown_at != goods.post for goods in all_goods()) == 5
    assert sum(goods.surfaces for goods in all_goods()) == 3
    assert sum(goods.origin == "XA" for goods in all_goods()) == 5
    elsewhere = {each.key: each.changes for each in all_movements() if each.came != each.calls}
    assert elsewhere == {
        "SRK-T2": "before crossing", "DSH-F3": "under way", "TMB-F6": "", "TKB-S5": "under way",
    }  # fmt: skip
    assert not [each.key for each in all_movements() if each.changes and each.key not in elsewhere]
    assert sum(bool(movement.days_ago) for movement in all_movements()) == 2
    assert [movement.key for movement in all_movements() if movement.stops] == ["NST2", "NST3"]
    apart = [each.key for each in all_movements() if any(goods.post != each.post for goods in each.goods)]
    assert apart == ["ASB-F14", "ASB-F15", "TKB-F5", "TKB-S3", "TKB-S7"]
    by_air = [movement for movement in all_movements() if movement.mode == "air" and not movement.non_stop]
    assert [each.key for each in by_air if any(not call.work for call in each.calls)] == ["TKB-F6", "DSH-F5"]


def test_no_row_stands_twice() -> None:
    movements = [row["movement"] for row in rows("movements.csv")]
    goods = [(row["movement"], row["number"]) for row in rows("consignments.csv")]
    seconds = [row["consignment"] for row in rows("second_items.csv")]
    for keys in (movements, goods, seconds):
        assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert set(seconds) <= set(SCRIPT.goods)
    assert {movement.adds[0] for movement in all_movements() if movement.adds} <= set(SCRIPT.goods)


def test_all_codes_have_nine_digits_and_all_numbers_are_positive() -> None:
    codes = [code for goods in all_goods() for code in (goods.code, goods.papers_code)]
    codes += [goods.second.code for goods in all_goods() if goods.second]
    assert [code for code in codes if not re.fullmatch(r"[0-9]{9}", code)] == []
    for goods in all_goods():
        by_line = SCRIPT.movements[goods.movement].mode in BY_LINE  # Oil is not packed, and current has no weight.
        assert by_line or min(goods.packages, goods.packages_found, goods.kilograms) > 0, goods.key


def test_companies_are_named_and_no_natural_person_is() -> None:
    names = {name for goods in all_goods() for name in (goods.declarant, goods.principal) if name}
    names |= {movement.carrier for movement in all_movements()}
    assert {name for name in names if not name.endswith(tuple(f" {form}" for form in LEGAL_FORMS))} == set()
    assert set("ýşňäöüçÝŞ") <= set("".join(names | {movement.vehicle for movement in all_movements()}))


def test_no_name_of_goods_stands_for_two_codes_under_different_law() -> None:
    kinds: tuple[MeasureKind, ...] = ("prohibition", "restriction", "control")
    found = {(goods.goods, goods.origin, tuple(is_one_of(kind, goods) for kind in kinds)) for goods in all_goods()}
    assert len({(name, origin) for name, origin, _ in found}) == len(found)


@of_each(all_movements())
def test_a_movement_is_well_formed(movement: Movement) -> None:
    assert [goods.number for goods in movement.goods] == list(range(1, len(movement.goods) + 1))
    assert movement.goods
    assert set(movement.broken) <= set(movement.seals)
    assert ("P2" in movement.findings) == bool(movement.broken)
    assert timedelta(0) <= movement.comes < LENGTH
    for call in (*movement.calls, *movement.came):
        post = find(call.place)
        assert post is not None
        assert movement.mode in post.modes or (movement.mode, call.place) == ("sea", OTHER_PORT)
        assert bool(call.work) <= (movement.mode in ("air", "sea"))


@of_each(all_movements())
def test_goods_are_shown_where_their_vehicle_unloads_them(movement: Movement) -> None:
    unloading = {call.place for call in movement.came if "unload" in call.work or movement.mode in ("road", "rail")}
    if movement.stops == "exemption lost":
        unloading = {movement.post}
    assert {goods.post for goods in movement.goods} <= (unloading or {""})


def posts_of(movement: Movement) -> set[str]:
    """Where the vehicle is shown, and its goods: each such administration has its own notice (Art. 37(2-1))."""
    return {goods.post for goods in all_goods() if goods.movement == movement.key and goods.post} | {movement.post}


@of_each(all_movements())
def test_what_is_found_of_a_notice_follows_from_when_it_was_given(movement: Movement) -> None:
    found = {rule for rule in movement.findings if rule not in ("P2", "A5")}
    if not movement.came or movement.non_stop:
        assert not found
        return
    unannounced = posts_of(movement) - {movement.calls[0].place} and "A5" not in movement.findings
    arrives = DAY.arrives(movement, movement.came[0].place)
    place = movement.came[0].place
    agreed = procedure(place, movement.mode, occurred=arrives, recorded=arrives, acts=loaded())
    if movement.mode == "road":
        assert found <= {"A9/by-law", "A2/by-law"}
        assert (movement.notice == "none" and agreed is not None) == ("A9/by-law" in found)
    else:
        assert (movement.notice == "none" or bool(unannounced)) == ("A9" in found)
    assert (movement.notice == "late") == ("A4" in found)
    if movement.notice in ("in time", "recorded late"):
        assert found <= {"A9"}
        assert DAY.notified(movement) < DAY.crosses(movement)


@of_each(all_goods())
def test_what_must_come_of_goods_follows_from_what_happens_to_them(goods: Goods) -> None:
    movement = SCRIPT.movements[goods.movement]
    assert is_one_of("prohibition", goods) == bool(goods.leaves)
    assert is_one_of("restriction", goods) == bool(goods.permit)
    assert is_one_of("control", goods) == bool(goods.approval)
    assert goods.outcome == outcome_of(goods, movement)
    declared = not goods.leaves or goods.papers_code != goods.code
    is_so = {
        "K1": goods.permit.startswith("defect"),
        "L8": declared and goods.proof == "none" and goods.origin == "XC",
        "P2": goods.packages_found != goods.packages,
        "P8": goods.shown_at != goods.post,
    }
    assert set(goods.findings) == {rule for rule, so in is_so.items() if so}
    assert not goods.insists or goods.leaves or goods.permit
    assert (goods.payment == "none") == (due(goods) == 0)
    assert not goods.use or goods.payment == "after release"
    assert goods.second is None or (goods.term in ("", "ends") and goods.second.regime != goods.regime)


def outcome_of(goods: Goods, movement: Movement) -> str:
    if goods.leaves == "not":
        return "referred" if movement.days_ago else "stored"
    by_case = {
        "sent back": bool(goods.leaves),
        "withheld": goods.permit in ("defect refused", "missing"),
        "not approved": goods.approval == "refused",
        "unpaid": goods.payment == "tomorrow",
        "running": goods.term == "runs",
    }
    (outcome,) = [name for name, so in by_case.items() if so] or ["completed"]
    return outcome


def is_a_command(act: str, command: dict[str, object]) -> None:
    told = {name: value for name, value in command.items() if name not in ("occurred", "idempotency_key")}
    read = COMMANDS[SENT_AS.get(act, act)].validate_python(told, context={"document": told, "sender": "demo"})
    assert set(told) <= set(vars(read))


@of_each(all_movements())
def test_every_act_on_a_movement_is_a_command_of_its_service(movement: Movement) -> None:
    is_a_command("RecordCrossing", MOVEMENT_ACTS.crossing(movement))
    if movement.announced:
        is_a_command("NotifyArrival", MOVEMENT_ACTS.notice(movement))
    if movement.changes:
        is_a_command("ChangeJourney", MOVEMENT_ACTS.change(movement))
    for call in movement.came if not movement.non_stop else ():
        is_a_command("RecordArrival", MOVEMENT_ACTS.arrival(movement, call))
    if movement.stops:
        is_a_command("RecordStop", MOVEMENT_ACTS.stop(movement))
    if movement.post:
        is_a_command("PresentVehicle", MOVEMENT_ACTS.presentation(movement))


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.act)
def test_every_act_of_an_office_is_a_command_of_its_service(office: object) -> None:
    (office,) = [each for each in OFFICES if each is office]
    own = [goods for goods in all_goods() if office.own(goods)]
    assert own
    assert office.route.command == SENT_AS.get(office.act, office.act)
    for goods in own:
        is_a_command(office.act, GOODS_ACTS.of(office.act, goods.key, "a body or a permit"))


@of_each(all_goods())
def test_everything_is_stated_in_order_and_before_the_day_ends(goods: Goods) -> None:
    movement = SCRIPT.movements[goods.movement]
    arrives = DAY.arrives(movement, goods.post)
    acts = (
        "PresentGoods",
        "LodgeDeclaration",
        "AcceptDeclaration",
        "PresentPermit",
        "DecideOnPermit",
        "ReleaseGoods",
        "EndRegime",
    )
    told = [DAY.when(act, movement, goods) for act in acts]
    assert [DAY.crosses(movement), arrives, *told] == sorted([DAY.crosses(movement), arrives, *told])
    assert max(told) <= DAY.ends - timedelta(days=movement.days_ago)
    released = DAY.when("ReleaseGoods", movement, goods)
    for act, late in (("RecordPayment", goods.payment), ("RecordApproval", goods.approval)):
        assert (DAY.when(act, movement, goods) > released) == (late == "after release")
    assert released < DAY.when("StateNotExported", movement, goods) < DAY.when("RecordImmediateExport", movement, goods)


@of_each([movement for movement in all_movements() if movement.changes])
def test_a_journey_that_changes_is_told_after_its_notice_and_before_it_is_gone(movement: Movement) -> None:
    told = MOVEMENT_ACTS.change(movement)
    assert DAY.notified(movement) < DAY.changed(movement) < DAY.arrives(movement, movement.came[0].place)
    assert (DAY.changed(movement) < DAY.crosses(movement)) == (movement.changes == "before crossing")
    assert [call["place"] for call in told["journey"]] == [call.place for call in movement.came]
    unloaded = [id_ for call in told["journey"] for id_ in call.get("unloads", ())]
    assert unloaded == ([] if movement.mode == "rail" else [DAY.id(goods.key) for goods in movement.goods])
    arrival = MOVEMENT_ACTS.arrival(movement, movement.came[0])
    assert "unloads" not in arrival


def test_goods_of_days_ago_have_been_stored_for_longer_than_their_term() -> None:
    old = [goods for goods in all_goods() if SCRIPT.movements[goods.movement].days_ago]
    assert {goods.leaves for goods in old} == {"not", "recorded late"}
    for goods in old:
        stated = DAY.when("StateNotExported", SCRIPT.movements[goods.movement], goods)
        assert stated + timedelta(days=4) < DAY.ends


def test_something_is_awaited_of_everything() -> None:
    assert all(awaited_of_movement(movement) for movement in all_movements())
    assert all(awaited_of_goods(goods, SCRIPT.movements[goods.movement]) for goods in all_goods())


def test_two_runs_share_no_id_and_no_key() -> None:
    later = GoodsActs(SCRIPT, Day(DAY.ends + timedelta(seconds=1)))
    one, other = GOODS_ACTS.of("EndRegime", "FRP1-1"), later.of("EndRegime", "FRP1-1")
    assert one["consignment"] != other["consignment"]
    assert one["idempotency_key"] != other["idempotency_key"]
    assert later.day.key(one["consignment"]) is None


def test_an_act_that_is_repeated_is_the_same_command() -> None:
    assert GOODS_ACTS.of("LodgeDeclaration", "FRP1-1") == GOODS_ACTS.of("LodgeDeclaration", "FRP1-1")


def test_keys_differ_between_acts_and_between_shipments() -> None:
    keys = [GOODS_ACTS.of(office.act, key)["idempotency_key"] for office in OFFICES for key in SCRIPT.goods]
    keys += [GOODS_ACTS.of("ReleaseSecondItem", key)["idempotency_key"] for key in SCRIPT.goods]
    keys += [MOVEMENT_ACTS.crossing(movement)["idempotency_key"] for movement in all_movements()]
    twice = len(OFFICES) - len({office.act for office in OFFICES})
    assert len(keys) - len(set(keys)) == twice * len(SCRIPT.goods)


def test_sums_are_told_as_they_are_assessed() -> None:
    for goods in all_goods():
        lodged = GOODS_ACTS.of("LodgeDeclaration", goods.key)["payments"]
        assert sum(Decimal(payment["amount"]) for payment in lodged) == due(goods)
