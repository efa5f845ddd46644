"""One request to a service, at the door whose turn it is, repeated for as long as what comes of it passes."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import count
from urllib.parse import urlencode

import httpx

from client.answers import NotTaken, problem_in
from client.patience import PASSING, Patience, Repetition


class Wire:
    """Connections to the processes of services, by the names of these.

    It uses transports of httpx, without its client: there are no cookies here, no redirects, and no time to lose. Each
    request under way has a transport of its own, for one that holds many connections looks at all of them every time.
    """

    def __init__(
        self,
        addresses: Mapping[str, Sequence[str]],
        patience: Patience,
        *,
        seconds: float,
        at_once: int | None,
        headers: Mapping[str, str],
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self._addresses = addresses
        self._patience = patience
        self._passing = PASSING | patience.also
        self._headers = dict(headers)
        self._extensions = {"timeout": httpx.Timeout(seconds).as_dict()}
        self._room = asyncio.Semaphore(at_once) if at_once else nullcontext()
        self._make = _maker(transport)
        self._free: list[httpx.AsyncBaseTransport] = []
        self._turns = count()
        self.again = Counter[str]()

    def repetition(self, what: str) -> Repetition:
        return Repetition(what, self._patience, self.again)

    async def ask(
        self,
        service: str,
        path: str,
        token: str,
        repetition: Repetition,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        asked: Mapping[str, str] | None = None,
    ) -> bytes:
        """The body of a success: of a GET with these parameters, or of a POST with this content.

        Raises NotTaken for what does not pass, and NoAnswer for what does not pass in time.
        """
        path_asked = f"{path}?{urlencode(asked)}" if asked else path
        given = {**self._headers, **(headers or {}), "authorization": f"Bearer {token}"}
        while True:
            await repetition.turn()
            try:
                response = await self._once(service, path_asked, given, content)
            except httpx.TransportError as error:
                repetition.failed(type(error).__name__)
                continue
            if response.is_success:
                return response.content
            if response.status_code not in self._passing:
                raise NotTaken(repetition.what, problem_in(response.content, response.status_code))
            repetition.failed(str(response.status_code), response.headers.get("retry-after", ""))

    async def _once(self, service: str, path: str, headers: Mapping[str, str], content: bytes | None) -> httpx.Response:
        bases = self._addresses[service]
        url, method = bases[next(self._turns) % len(bases)] + path, "GET" if content is None else "POST"
        request = httpx.Request(method, url, headers=headers, content=content, extensions=self._extensions)
        async with self._room:
            with self._transport() as transport:
                response = await transport.handle_async_request(request)
                await response.aread()
        return response

    @contextmanager
    def _transport(self) -> Iterator[httpx.AsyncBaseTransport]:
        """The one that was used last, whose connections are fresh; another one where all are in use."""
        transport = self._free.pop() if self._free else self._make()
        try:
            yield transport
        finally:
            self._free.append(transport)

    async def close(self) -> None:
        while self._free:
            await self._free.pop().aclose()


def _maker(transport: httpx.AsyncBaseTransport | None) -> Callable[[], httpx.AsyncBaseTransport]:
    if transport is not None:
        return lambda: transport
    return partial(httpx.AsyncHTTPTransport, verify=httpx.create_ssl_context(trust_env=False), trust_env=False)
