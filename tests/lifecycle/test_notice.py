"""Whether a notice came before the vehicle: not yet, in time, late or not at all; it is never asked of a road post."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from client import Answer, Document
from client.scenarios.documents import Command, carnet
from tests.lifecycle.border import Border

VEHICLE = {"kind": "train_number", "identity": "2TE10M-0412"}

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def ago(hours: float) -> str:
    return (NOW - hours * HOUR).isoformat()


async def notice(
    border: Border, movement: str, post: str, mode: str, by: str = "administration", **more: Any
) -> Answer:
    return await border.act(
        by, "/arrival-notices", movement=movement, checkpoint=post, mode=mode,
        expected=ago(1), vehicle=VEHICLE, carrier="Demirýollary HJ", journey=[{"place": post}], **more,
    )  # fmt: skip


async def crossing(border: Border, movement: str, post: str, mode: str) -> Answer:
    crossed: Command = {"movement": movement, "direction": "in", "mode": mode, "place": post, "occurred": ago(2)}
    return await border.act("officer", "/border-crossings", **crossed)


async def arrival(border: Border, movement: str, post: str, mode: str) -> Answer:
    return await border.act("officer", "/arrivals", movement=movement, checkpoint=post, mode=mode, occurred=ago(1))


async def standing(border: Border, movement: str) -> list[tuple[str, str]]:
    """Rule and layer of the findings on the notice that are recorded and not withdrawn."""
    shown = await border.read("arrival", f"movement/{movement}")
    held: list[Document] = []
    for entry in shown.timeline if shown else []:
        if entry["type"] == "NoticeFindingsRecorded":
            held += entry["data"]["findings"]
        if entry["type"] == "NoticeFindingsWithdrawn":
            held = [each for each in held if each not in entry["data"]["findings"]]
    return [(each["rule"], each["layer"]) for each in held]


async def test_at_the_crossing_there_is_at_most_no_notice_yet(border: Border) -> None:
    await crossing(border, carnet("L-n-yet"), "SRY-RLW", "rail")
    point = await border.until_open("arrival", f"movement/{carnet('L-n-yet')}", "NotifyArrival")
    assert (point.who, point.article, point.place) == ("administration", "37(2-1)", "SRY-RLW")
    assert await standing(border, carnet("L-n-yet")) == []


async def test_a_notice_before_the_arrival_is_in_time(border: Border) -> None:
    await notice(border, carnet("L-n-time"), "SRY-RLW", "rail", "officer", occurred=ago(20))
    await crossing(border, carnet("L-n-time"), "SRY-RLW", "rail")
    await arrival(border, carnet("L-n-time"), "SRY-RLW", "rail")
    assert await standing(border, carnet("L-n-time")) == []


async def test_a_notice_after_the_arrival_is_late_and_recorded_all_the_same(border: Border) -> None:
    await crossing(border, carnet("L-n-late"), "SRY-RLW", "rail")
    await arrival(border, carnet("L-n-late"), "SRY-RLW", "rail")
    assert await standing(border, carnet("L-n-late")) == [("A9", "code")]
    told = await notice(border, carnet("L-n-late"), "SRY-RLW", "rail", occurred=ago(0.5))
    assert "ArrivalNotified" in [event.type for event in told.events]
    assert await standing(border, carnet("L-n-late")) == [("A4", "code")]


async def test_a_notice_in_time_that_is_recorded_late_takes_back_that_it_was_missing(border: Border) -> None:
    await crossing(border, carnet("L-n-back"), "SRY-RLW", "rail")
    await arrival(border, carnet("L-n-back"), "SRY-RLW", "rail")
    assert await standing(border, carnet("L-n-back")) == [("A9", "code")]
    await notice(border, carnet("L-n-back"), "SRY-RLW", "rail", "officer", occurred=ago(20))
    assert await standing(border, carnet("L-n-back")) == []


async def test_an_administration_that_says_it_gave_notice_before_is_late_all_the_same(border: Border) -> None:
    await crossing(border, carnet("L-n-said"), "SRY-RLW", "rail")
    await arrival(border, carnet("L-n-said"), "SRY-RLW", "rail")
    told = await notice(border, carnet("L-n-said"), "SRY-RLW", "rail", occurred=ago(20))
    assert told.events[0].data["submitted"] < told.events[0].data["received"]
    assert await standing(border, carnet("L-n-said")) == [("A4", "code")]


async def test_two_airports_have_a_duty_each_and_checkpoint_and_time_are_all_that_is_asked_for(border: Border) -> None:
    movement = carnet("L-n-two")
    for post in ("ASB-AIR", "MRY-AIR"):
        told = await border.act("officer", "/arrival-notices", movement=movement, checkpoint=post, expected=ago(1),
                                occurred=ago(20))  # fmt: skip
        assert [event.type for event in told.events] == ["ArrivalNotified"]
    for post in ("ASB-AIR", "MRY-AIR", "TMB-AIR"):
        await arrival(border, movement, post, "air")
    shown = await border.read("arrival", f"movement/{movement}")
    assert shown is not None
    found = [each for entry in shown.timeline for each in entry["data"].get("findings", ())]
    assert [(each["rule"], dict(each["facts"])["checkpoint"]) for each in found if each["rule"] == "A9"] == [
        ("A9", "TMB-AIR")
    ]


async def test_what_a_carrier_says_of_an_arrival_is_recorded_and_fulfils_nothing(border: Border) -> None:
    movement = carnet("L-n-told")
    told = await border.act("carrier", "/arrival-information", movement=movement, checkpoint="ASB-AIR", expected=ago(1))
    assert [event.type for event in told.events] == ["ArrivalInformed"]
    await arrival(border, movement, "ASB-AIR", "air")
    assert await standing(border, movement) == [("A9", "code")]


@pytest.mark.parametrize(("post", "mode"), [("SRY-RLW", "rail"), ("ASB-AIR", "air"), ("TKB-SEA", "sea")])
async def test_where_one_was_due_none_at_all_is_missing_once_the_vehicle_is_there(
    border: Border, post: str, mode: str
) -> None:
    movement = carnet(f"L-n-none-{mode}")
    await crossing(border, movement, post, mode)
    await arrival(border, movement, post, mode)
    assert await standing(border, movement) == [("A9", "code")]


async def test_at_a_road_post_none_is_ever_missing(border: Border) -> None:
    await crossing(border, carnet("L-n-road"), "FRP-MIX", "road")
    await arrival(border, carnet("L-n-road"), "FRP-MIX", "road")
    shown = await border.read("arrival", f"movement/{carnet('L-n-road')}")
    assert shown is not None
    assert shown.open_points == ()
    assert await standing(border, carnet("L-n-road")) == []
