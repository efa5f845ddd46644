"""The script: well-formed, lawful in itself, and with the outcomes that every run must have."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from chassis.serving import find_services
from deploy.demo.acts import Acts
from deploy.demo.day import LENGTH, Day
from deploy.demo.script import Goods, Truck, load
from law.checkpoints import find
from law.rulebook import loaded, prohibitions

SCRIPT = load()
DAY = Day(datetime(2026, 3, 1, 18, 0, tzinfo=UTC))
ACTS = Acts(SCRIPT, DAY)
TRUCK_ACTS = {
    "NotifyArrival": "arrival",
    "RecordCrossing": "arrival",
    "RecordArrival": "arrival",
    "PresentVehicle": "presentation",
}
GOODS_ACTS = {
    "PresentGoods": "presentation",
    "LodgeDeclaration": "clearance",
    "RecordPayment": "clearance",
    "RecordImmediateExport": "clearance",
    "ReleaseGoods": "release",
    "EndRegime": "release",
}
SERVICES = find_services()
every_truck = pytest.mark.parametrize("truck", SCRIPT.trucks.values(), ids=lambda truck: truck.key)
every_goods = pytest.mark.parametrize("goods", SCRIPT.goods.values(), ids=lambda goods: goods.key)


def test_a_hundred_consignments_come_on_twenty_trucks_to_three_posts() -> None:
    assert (len(SCRIPT.goods), len(SCRIPT.trucks)) == (100, 20)
    assert SCRIPT.posts == ("FRP-MIX", "ART-ROD", "SRB-MIX")


def test_every_run_has_the_same_outcomes() -> None:
    goods = SCRIPT.goods.values()
    assert Counter(each.outcome for each in goods) == {"completed": 93, "sent back": 5, "running": 2}
    assert Counter(rule for each in goods for rule in each.findings) == {"L8": 6, "P2": 2}
    assert Counter(each.payment for each in goods) == {"at once": 90, "after release": 8, "none": 2}
    assert Counter(each.term for each in goods) == {"": 95, "ends": 3, "runs": 2}
    assert sum(each.insists for each in goods) == 2
    assert sum(bool(truck.broken) for truck in SCRIPT.trucks.values()) == 3
    assert sum(not truck.announced for truck in SCRIPT.trucks.values()) == 1


@every_truck
def test_a_truck_is_well_formed(truck: Truck) -> None:
    post = find(truck.post)
    assert post is not None
    assert "road" in post.modes
    assert [goods.number for goods in truck.goods] == list(range(1, len(truck.goods) + 1))
    assert truck.goods
    assert set(truck.broken) <= set(truck.seals)
    assert truck.findings == (("P2",) if truck.broken else ())
    assert timedelta(0) <= truck.comes < LENGTH


@every_goods
def test_what_must_come_of_goods_follows_from_what_happens_to_them(goods: Goods) -> None:
    forbidden = any(
        prohibitions(code, direction="in", occurred=DAY.ends, recorded=DAY.ends, acts=loaded())
        for code in (goods.code, goods.papers_code)
    )
    assert (goods.outcome == "sent back") == forbidden
    assert (goods.outcome == "running") == (goods.term == "runs")
    found = [
        rule for rule, is_so in (("L8", goods.proof == "none"), ("P2", goods.packages_found != goods.packages)) if is_so
    ]
    assert list(goods.findings) == found
    assert not goods.insists or forbidden
    assert (goods.payment == "none") == (sum(map(Decimal, (goods.duty, goods.tax, goods.fee))) == 0)


@every_truck
def test_every_act_on_a_truck_is_a_command_of_its_service(truck: Truck) -> None:
    for act, service in TRUCK_ACTS.items():
        is_a_command(act, service, ACTS.of_truck(act, truck.key))


@every_goods
def test_every_act_on_goods_is_a_command_of_its_service(goods: Goods) -> None:
    for act, service in GOODS_ACTS.items():
        is_a_command(act, service, ACTS.of_goods(act, goods.key))


def is_a_command(act: str, service: str, command: dict[str, object]) -> None:
    told = {name: value for name, value in command.items() if name not in ("occurred", "idempotency_key")}
    read = SERVICES[service].commands[act].validate_python(told)
    assert set(told) <= set(vars(read))


@every_goods
def test_everything_is_stated_in_order_and_before_the_day_ends(goods: Goods) -> None:
    truck = SCRIPT.trucks[goods.truck]
    of_truck = [DAY.when(act, truck) for act in TRUCK_ACTS]
    acts = ("PresentGoods", "LodgeDeclaration", "ReleaseGoods", "EndRegime")
    of_goods = [DAY.when(act, truck, goods) for act in acts]
    assert [*of_truck, *of_goods] == sorted([*of_truck, *of_goods])
    assert max(of_goods) <= DAY.ends
    paid, released = DAY.when("RecordPayment", truck, goods), DAY.when("ReleaseGoods", truck, goods)
    assert (paid > released) == (goods.payment == "after release")
    assert released < DAY.when("RecordImmediateExport", truck, goods) <= DAY.ends


def test_two_runs_share_no_id_and_no_key() -> None:
    later = Acts(SCRIPT, Day(DAY.ends + timedelta(seconds=1)))
    one, other = ACTS.of_goods("EndRegime", "FRP1-1"), later.of_goods("EndRegime", "FRP1-1")
    assert one["consignment"] != other["consignment"]
    assert one["idempotency_key"] != other["idempotency_key"]
    assert later.day.key(one["consignment"]) is None


def test_an_act_that_is_repeated_is_the_same_command() -> None:
    assert ACTS.of_goods("LodgeDeclaration", "FRP1-1") == ACTS.of_goods("LodgeDeclaration", "FRP1-1")


def test_keys_differ_between_acts_and_between_shipments() -> None:
    keys = [ACTS.of_truck(act, key)["idempotency_key"] for act in TRUCK_ACTS for key in SCRIPT.trucks]
    keys += [ACTS.of_goods(act, key)["idempotency_key"] for act in GOODS_ACTS for key in SCRIPT.goods]
    assert len(keys) == len(set(keys))
