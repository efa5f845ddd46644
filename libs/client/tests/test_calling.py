"""What the client does when a service is away or troubled: the same commands again, under the same keys."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from client import AT, NoAnswer, NotRecorded, NotTaken, Patience, Problem
from client.patience import asked_seconds
from client.tests.server import SOON, TOKEN, Said, answering

ARRIVALS = AT["/arrivals"]
COMMAND = {"movement": "M1", "idempotency_key": "k1"}
OTHER = {"movement": "M2", "idempotency_key": "k2"}
TAKEN = b'{"outcome":"recorded","findings":[],"events":[],"receipt":{"id":"arrival/1/1","position":1,"chain":"00"}}\n'
REFUSED = TAKEN.replace(b"recorded", b"refused")
UNREADABLE = (
    b'{"type":"/problems/malformed","title":"The command cannot be read","status":422,"detail":"/place: unknown"}\n'
)
CASE = b'{"type":"/problems/case-opened","title":"No","status":500,"detail":"a case","case":"arrival/1/1"}\n'
PARKED = b'{"type":"/problems/parked","title":"Parked","status":409,"detail":"a case","case":"arrival/1/1"}\n'
BEHIND = b'{"type":"/problems/cannot-see","title":"Not now","status":503,"detail":"cannot see presentation"}\n'
MANY = b'{"type":"/problems/too-many","title":"Too much","status":429,"detail":"wait"}\n'
LOST, YES = Said(), Said(200, TAKEN)


async def test_a_lost_connection_and_a_troubled_service_are_asked_again_with_the_same_key() -> None:
    async with answering(LOST, Said(503), Said(429, MANY), YES) as (client, heard):
        answer = await client.send(ARRIVALS, {"movement": "M1"}, TOKEN)
    assert (answer.outcome, answer.receipt.id, answer.receipt.position) == ("recorded", "arrival/1/1", 1)
    assert heard.commands == [[{"movement": "M1"}]] * 4
    assert len([key for key in heard.keys if key]) == 4
    assert len(set(heard.keys)) == 1
    assert client.again == {"RemoteProtocolError": 1, "503": 1, "429": 1}


async def test_many_commands_get_keys_of_their_own_and_keep_them() -> None:
    async with answering(LOST, Said(200, BEHIND + TAKEN), YES) as (client, heard):
        await client.send_all(ARRIVALS, [{"movement": "M1"}, OTHER], TOKEN)
    first, *_ = heard.commands
    assert heard.commands == [first, first, first[:1]]
    assert first[1] == OTHER
    assert first[0]["idempotency_key"] not in ("", "k2")


async def test_of_many_commands_only_those_that_were_not_taken_are_sent_again() -> None:
    async with answering(Said(200, MANY + TAKEN), Said(200, BEHIND), YES) as (client, heard):
        answers = await client.send_all(ARRIVALS, [COMMAND, OTHER], TOKEN)
    assert [answer.outcome for answer in answers] == ["recorded", "recorded"]
    assert heard.commands == [[COMMAND, OTHER], [COMMAND], [COMMAND]]
    assert client.again == {"too-many": 1, "cannot-see": 1}


async def test_an_answer_is_told_as_soon_as_it_is_there_whatever_becomes_of_the_others() -> None:
    async with answering(Said(200, BEHIND + TAKEN), patience=Patience(pause=60)) as (client, _):
        told = await anext(client.answers(ARRIVALS, [COMMAND, OTHER], TOKEN))
    assert told[0] == 1


async def test_a_line_that_has_no_answer_is_sent_again() -> None:
    async with answering(YES, YES) as (client, heard):
        await client.send_all(ARRIVALS, [COMMAND, OTHER], TOKEN)
    assert heard.commands == [[COMMAND, OTHER], [OTHER]]


@pytest.mark.parametrize(
    ("said", "asked"),
    [("Retry-After: 1\r\n", 1.0), ("Retry-After: soon\r\n", 0.0), ("Retry-After: 9\r\n", 0.5)],
    ids=["as it says", "where it says nothing", "but no longer than this client lets anybody ask for"],
)
async def test_a_door_that_says_when_is_left_alone_until_then(said: str, asked: float) -> None:
    most = Patience(pause=0.01, asked_max=0.5 if asked == 0.5 else 60)
    async with answering(Said(429, MANY, said), YES, patience=most) as (client, _):
        began = time.monotonic()
        await client.send_all(ARRIVALS, [COMMAND], TOKEN)
    assert asked <= time.monotonic() - began < asked + 0.4


def test_a_door_says_when_in_seconds_or_as_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=30), usegmt=True)
    assert [asked_seconds(text) for text in ("5", "", past)] == [5.0, 0.0, 0.0]
    assert 28 < asked_seconds(date) <= 30


async def test_pauses_grow_to_the_longest_and_are_short_again_once_something_was_taken() -> None:
    growing = Patience(pause=0.1, pause_max=0.2)
    troubled = [Said(503)] * 3
    async with answering(*troubled, Said(200, TAKEN + BEHIND), YES, patience=growing) as (client, _):
        began = time.monotonic()
        await client.send_all(ARRIVALS, [COMMAND, OTHER], TOKEN)
    assert 0.6 <= time.monotonic() - began < 0.8  # 0.1, 0.2, 0.2, and 0.1 again.


@pytest.mark.parametrize(
    ("answer", "status"),
    [(Said(422, UNREADABLE), 422), (Said(409, PARKED), 409), (Said(500, CASE), 500), (Said(401, b"who?"), 401)],
)
async def test_what_sending_again_does_not_change_is_told_at_once(answer: Said, status: int) -> None:
    async with answering(answer) as (client, heard):
        with pytest.raises(NotTaken, match="M1: arrival/arrivals") as told:
            await client.send(ARRIVALS, COMMAND, TOKEN)
    assert told.value.problem.status == status
    assert len(heard.heads) == 1


@pytest.mark.parametrize("line", [UNREADABLE, PARKED, CASE])
async def test_so_is_a_line_and_the_others_are_taken_first(line: bytes) -> None:
    async with answering(Said(200, line + BEHIND), YES) as (client, heard):
        with pytest.raises(NotTaken, match="M1: arrival/arrivals"):
            await client.send_all(ARRIVALS, [COMMAND, OTHER], TOKEN)
    assert heard.commands[1:] == [[OTHER]]


async def test_the_shipment_of_a_command_that_was_not_taken_is_named_with_what_to_do() -> None:
    async with answering(Said(200, TAKEN + UNREADABLE)) as (client, _):
        with pytest.raises(NotTaken, match=r"M2: .*/place: unknown"):
            await client.send_all(ARRIVALS, [COMMAND, OTHER], TOKEN)


async def test_whoever_has_no_patience_is_told_that_there_was_no_answer() -> None:
    once = Patience(seconds=0)
    async with answering(Said(503), LOST, Said(200, BEHIND), patience=once) as (client, heard):
        with pytest.raises(NoAnswer, match="503"):
            await client.send(ARRIVALS, COMMAND, TOKEN)
        with pytest.raises(NoAnswer, match="RemoteProtocolError"):
            await client.stream("arrival", "movement", "M1", TOKEN)
        with pytest.raises(NoAnswer, match="cannot-see"):
            await client.send_all(ARRIVALS, [COMMAND], TOKEN)
    assert len(heard.heads) == 3


async def test_statuses_that_pass_for_somebody_are_sent_again_for_them() -> None:
    wrong_clock = Patience(pause=0.01, also=frozenset({401}))
    async with answering(Said(401), YES, patience=wrong_clock) as (client, _):
        assert (await client.send(ARRIVALS, COMMAND, TOKEN)).outcome == "recorded"


async def test_lines_are_sent_until_each_is_recorded_and_nothing_else_will_do() -> None:
    lines = [b'{"movement":"M1"}', b'{"movement":"M2"}']
    async with answering(Said(200, TAKEN + BEHIND), YES, Said(200, REFUSED)) as (client, heard):
        await client.send_lines(ARRIVALS, lines, TOKEN)
        assert heard.bodies == [b"\n".join(lines), lines[1]]
        with pytest.raises(NotRecorded, match=r"M1.*refused"):
            await client.send_lines(ARRIVALS, lines[:1], TOKEN)


@pytest.mark.parametrize("answer", [Said(waits=True), Said(200, TAKEN, waits=True)], ids=["none", "half"])
async def test_a_door_that_has_not_answered_is_left_when_its_caller_is_cancelled(answer: Said) -> None:
    async with answering(answer, YES) as (client, heard):
        sending = asyncio.create_task(client.send(ARRIVALS, COMMAND, TOKEN))
        await heard.came.wait()
        await asyncio.sleep(0.1)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await asyncio.wait_for(heard.gone.wait(), 5)
        assert (await client.send(ARRIVALS, COMMAND, TOKEN)).outcome == "recorded"


async def test_no_more_requests_are_under_way_than_was_said() -> None:
    async with answering(*[YES] * 12, at_once=3) as (client, heard):
        await asyncio.gather(*(client.send(ARRIVALS, COMMAND, TOKEN) for _ in range(12)))
    assert heard.at_once == 3


async def test_problems_are_among_the_answers_of_many_and_say_who_they_are() -> None:
    async with answering(Said(200, UNREADABLE), patience=SOON) as (client, _):
        told = [answer async for answer in client.answers(ARRIVALS, [COMMAND], TOKEN)]
    ((place, problem),) = told
    assert isinstance(problem, Problem)
    assert (place, problem.name, problem.status, problem.detail) == (0, "malformed", 422, "/place: unknown")
