"""Turns: what waits is taken by whose it is, some bytes of each in turn, so that nobody's many keep another's few."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")
TURN_BYTES = 16 * 1024
"""One turn: a few milliseconds' work. What is larger waits for as many turns as it takes."""
LARGE_BYTES = 64 * 1024
"""What is larger is large: it can take a second, and what is put beside it would have to wait for that."""
TOGETHER_BYTES = 1024 * 1024
"""So much may be taken at once."""
LOOK_SECONDS = 0.001
"""The processor's clock is a slow one, and is looked at so often at most."""


async def in_turns(items: Iterable[T], size: Callable[[T], int]) -> AsyncIterator[T]:
    """The items one after the other; in between, by their bytes, everybody else gets a turn."""
    done = 0
    for item in items:
        yield item
        done += size(item)
        if done >= TURN_BYTES:
            done = 0
            await asyncio.sleep(0)


async def some_at_once(items: Iterable[T], work: Callable[[T], Coroutine[Any, Any, U]], most: int) -> list[U]:
    """What the work makes of each item, in order. It is begun in this order, and of so many at a time."""
    room = asyncio.Semaphore(most)

    async def one(item: T) -> U:
        try:
            return await work(item)
        finally:
            room.release()

    tasks = []
    async with asyncio.TaskGroup() as group:
        for item in items:
            await room.acquire()
            tasks.append(group.create_task(one(item)))
    return [task.result() for task in tasks]


class Spent:
    """The processor time that a thread has taken since. No more can have gone by than of the time on the wall, so its
    own clock is looked at again only when as much has gone by there as was left.
    """

    def __init__(self) -> None:
        self._spent, self._began = time.thread_time(), time.monotonic()
        self._look_at = self._began

    def is_over(self, seconds: float) -> bool:
        """Whether so much is spent; found out up to `LOOK_SECONDS` late."""
        if (now := time.monotonic()) < max(self._look_at, self._began + seconds):
            return False
        left = seconds - (time.thread_time() - self._spent)
        self._look_at = now + max(left, LOOK_SECONDS)
        return left < 0


class Turns(Generic[T]):
    """A queue that serves its senders in turn, so many bytes of each; what is of one sender stays in its order."""

    def __init__(self, whose: Callable[[T], str], size: Callable[[T], int]) -> None:
        self._whose = whose
        self._size = size
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()
        """By sender, who is served now first."""
        self._credit: dict[str, int] = {}
        """Bytes that each may still have; what is not enough for its next item is kept for its next turn."""
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def count(self, sender: str) -> int:
        """How many of one sender's wait."""
        return len(self._waiting.get(sender, ()))

    def extend(self, items: Iterable[T]) -> None:
        for item in items:
            self._of(item).append(item)
            self._count += 1

    def put_back(self, items: Sequence[T]) -> None:
        """Takes back, in their order, what was taken and not used: it comes next."""
        for item in reversed(items):
            self._of(item).appendleft(item)
            self._credit[self._whose(item)] += self._size(item)
            self._waiting.move_to_end(self._whose(item), last=False)
            self._count += 1

    @property
    def first(self) -> T:
        """What `take` gives next. Raises StopIteration where nothing waits."""
        while True:
            sender, items = next(iter(self._waiting.items()))
            if self._credit[sender] >= self._size(items[0]):
                return items[0]
            self._waiting.move_to_end(sender)
            self._credit[next(iter(self._waiting))] += TURN_BYTES

    def take(self) -> T:
        item = self.first
        sender = self._whose(item)
        self._waiting[sender].popleft()
        self._credit[sender] -= self._size(item)
        self._count -= 1
        if not self._waiting[sender]:
            del self._waiting[sender], self._credit[sender]
        return item

    def several(self, most: int, wanted: Callable[[T], bool]) -> list[T]:
        """So many, but not too many bytes of them, and a large one alone. What is not wanted any more falls away."""
        taken: list[T] = []
        room = TOGETHER_BYTES
        while self and len(taken) < most and room > 0:
            if taken and self._size(self.first) > LARGE_BYTES:
                break
            item = self.take()
            if wanted(item):
                taken.append(item)
                room = 0 if self._size(item) > LARGE_BYTES else room - self._size(item)
        return taken

    def _of(self, item: T) -> deque[T]:
        self._credit.setdefault(self._whose(item), 0)
        return self._waiting.setdefault(self._whose(item), deque())


@dataclass(frozen=True, eq=False)
class _Place:
    """Somebody who waits for room."""

    sender: str
    size: int
    given: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Room:
    """So many bytes may be at work at once. Whoever waits for room gets it in turn; what is larger has all of it."""

    def __init__(self, size: int) -> None:
        self._size = self.free = size
        self._waiting: Turns[_Place] = Turns(lambda place: place.sender, lambda place: place.size)

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @asynccontextmanager
    async def taken(self, sender: str, size: int) -> AsyncIterator[None]:
        """Takes so much of it, as soon as it is there, until the context ends."""
        place = _Place(sender, min(size, self._size))
        self._waiting.extend([place])
        try:
            self._give()
            await place.given
            yield
        finally:
            if place.given.done() and not place.given.cancelled():
                self.free += place.size
            place.given.cancel()  # Who does not wait any more is passed over.
            self._give()

    def _give(self) -> None:
        while self._waiting and (self._waiting.first.given.cancelled() or self._waiting.first.size <= self.free):
            place = self._waiting.take()
            if not place.given.cancelled():
                self.free -= place.size
                place.given.set_result(None)
