"""Pages are followed to their end, and processes of a service are asked in turn."""

import json
from typing import Any

import httpx
import pytest

from client import AT, Client, NoAnswer, NotTaken, Patience
from client.tests.server import TOKEN

ENTRIES = [{"id": f"arrival/1/{position}", "type": "VehicleArrived"} for position in range(1, 6)]
POINT = {"act": "PresentGoods", "who": "carrier", "article": "37(2)", "place": None}
IDS = ["C1", "C2", "C3", "C4", "C5"]


class Pages(httpx.AsyncBaseTransport):
    """A service that shows two of anything at a time."""

    def __init__(self) -> None:
        self.asked: list[httpx.URL] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url)
        after = request.url.params.get("after", "")
        match request.url.path:
            case "/movements/M1":
                begin = int(after or 0)
                last = begin + 2 if begin + 2 < len(ENTRIES) else None
                return _page({"id": "M1", "state": {"n": begin}, "timeline": ENTRIES[begin : begin + 2], "next": last})
            case "/consignments":
                left = [id_ for id_ in IDS if id_ > after]
                items = [{"id": id_, "state": {}, "open_points": [POINT]} for id_ in left[:2]]
                return _page({"items": items, "next": left[1] if len(left) > 2 else None})
            case "/positions":
                return _page({"ends": [{"partition": 3, "position": 7, "chain": "00"}]})
        return httpx.Response(404, json={"type": "/problems/unknown", "title": "No", "status": 404, "detail": "none"})


def _page(document: dict[str, Any]) -> httpx.Response:
    return httpx.Response(200, content=json.dumps({"open_points": [POINT], **document}))


def client_of(pages: Pages, *doors: str) -> Client:
    return Client(dict.fromkeys(("arrival", "presentation"), doors or ("http://door",)), transport=pages)


async def test_a_timeline_is_read_to_its_end() -> None:
    async with client_of(pages := Pages()) as client:
        found = await client.stream("arrival", "movement", "M1", TOKEN)
    assert found is not None
    assert list(found.timeline) == ENTRIES
    assert (found.id, found.state, [point.act for point in found.open_points]) == ("M1", {"n": 4}, ["PresentGoods"])
    assert [url.query for url in pages.asked] == [b"", b"after=2", b"after=4"]


async def test_a_stream_of_which_nothing_is_known_is_none_and_its_name_is_no_path() -> None:
    async with client_of(pages := Pages()) as client:
        assert await client.stream("arrival", "movement", "M1?/..", TOKEN) is None
        with pytest.raises(NotTaken, match="none"):
            await client.get("arrival", "/nowhere", TOKEN)
    assert pages.asked[0].raw_path == b"/movements/M1%3F%2F.."


async def test_what_waits_is_listed_to_the_end_from_where_one_begins() -> None:
    async with client_of(pages := Pages()) as client:
        waiting = client.waiting(AT["/goods-presentations"], TOKEN, after="C1", place="FRP-MIX", limit=2)
        found = [[stream.id for stream in page] async for page in waiting]
    assert found == [["C2", "C3"], ["C4", "C5"]]
    assert pages.asked[0].query == b"waiting=PresentGoods&place=FRP-MIX&after=C1&limit=2"
    assert pages.asked[1].params["after"] == "C3"


async def test_positions_are_told_by_partition() -> None:
    async with client_of(Pages()) as client:
        assert await client.positions("arrival", TOKEN) == {3: 7}


async def test_the_processes_of_a_service_are_asked_in_turn_also_where_one_is_away() -> None:
    class OneAway(Pages):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.host == "away":
                raise httpx.ConnectError("nobody")
            return await super().handle_async_request(request)

    soon = Patience(pause=0.01)
    doors = {"arrival": ("http://away", "http://door")}
    async with Client(doors, transport=(pages := OneAway()), patience=soon) as client:
        assert await client.positions("arrival", TOKEN) == {3: 7}
        assert await client.positions("arrival", TOKEN) == {3: 7}
        assert client.again == {"ConnectError": 2}
    assert {url.host for url in pages.asked} == {"door"}
    async with Client({"arrival": ("http://away",)}, transport=OneAway(), patience=Patience(seconds=0)) as client:
        with pytest.raises(NoAnswer, match="ConnectError"):
            await client.positions("arrival", TOKEN)
