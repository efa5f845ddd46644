"""Papers held against the declaration, good by good: where either is silent, nothing differs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from clearance.upstream import Arrival, Goods
from contracts.declarations import Declared, GoodsDecision, Version, as_decided
from contracts.goods import GoodsItem
from contracts.values import Country, GoodsCode, Instant, ItemNumber
from law.calendar import EARLIEST
from law.rule import Fact


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What is declared of these items, and what papers say; without items, of goods that none declares."""

    items: tuple[ItemNumber, ...] = ()
    declared: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Where they differ, and is not decided: in codes, by code in origins, and since an officer decided.

    `alone` is what papers alone say: goods while no item is `declared`, then origins of items that have none.
    """

    came_in: Fact
    known: Instant
    declared: bool
    codes: Difference | None = None
    origins: tuple[tuple[GoodsCode, Difference], ...] = ()
    since: Difference | None = None
    alone: tuple[Goods, ...] = ()
    without_origin: tuple[tuple[GoodsCode, ItemNumber], ...] = ()

    def items_of(self, codes: Iterable[GoodsCode]) -> tuple[ItemNumber, ...]:
        """Those of these codes that are declared without an origin."""
        several = tuple(codes)
        return tuple(number for code, number in self.without_origin if code.startswith(several))


@dataclass(frozen=True, kw_only=True)
class Line:
    """Goods as papers name them, and when they crossed first with such papers."""

    code: GoodsCode
    origin: Country | None
    at: Instant
    known: Instant


class Sides:
    """Lines of papers and items, each found by the other; items are as an officer has decided where he has."""

    def __init__(self, lines: tuple[Line, ...], declared: Declared) -> None:
        self.lines = lines
        self.words = declared.last_words
        self.items = declared.established
        self._lengths = sorted({len(each.code) for each in lines})
        self._by_code = defaultdict[str, list[Line]](list)
        for each in lines:
            self._by_code[each.code].append(each)
        self._numbers = defaultdict[str, list[ItemNumber]](list)
        for number, item in self.numbered():
            for start in self._starts(item.code):
                self._numbers[start].append(number)
        self._settled = self._when_settled(declared)

    def numbered(self) -> Iterator[tuple[ItemNumber, GoodsItem]]:
        return enumerate(self.items, start=1)

    def lines_of(self, code: GoodsCode) -> list[Line]:
        """Those that may be of these goods."""
        return [line for start in self._starts(code) for line in self._by_code.get(start, ())]

    def numbers_of(self, line: Line) -> list[ItemNumber]:
        return self._numbers.get(line.code, [])

    def origins_of(self, line: Line) -> set[Country | None]:
        return {self.items[number - 1].origin for number in self.numbers_of(line)}

    def is_settled(self, line: Line) -> bool:
        """By a decision of after they crossed; one on an item that papers do not name is on all that they name."""
        return line.at <= max(self._settled.get(line.code, EARLIEST), self._settled.get("", EARLIEST))

    def _starts(self, code: GoodsCode) -> list[str]:
        return [code[:length] for length in self._lengths]

    def _when_settled(self, declared: Declared) -> Mapping[str, datetime]:
        found: dict[str, datetime] = {}
        for word in declared.decided:
            for start in self._settles(word):
                found[start] = max(word.at, found.get(start, EARLIEST))
        return found

    def _settles(self, word: GoodsDecision) -> list[str]:
        """What of papers an officer's word is on, as they begin to name it; "" is all."""
        is_item = word.item is not None and word.item <= len(self.items)
        code = self.items[word.item - 1].code if word.item is not None and is_item else word.code
        if code is None:
            return [""]
        named = [start for start in self._starts(code) if start in self._by_code]
        return named or ([""] if is_item else [])


def compared(arrival: Arrival, declared: Declared) -> Compared | None:
    """None where there is nothing to compare."""
    lines = tuple(lines_of(arrival))
    came_in = arrival.fact or declared.fact
    if came_in is None or not (lines or declared.decided):
        return None
    sides = Sides(lines, declared)
    since = (*(each.known for each in lines), *(each.known for each in declared.decided))
    known = max(came_in.recorded, known_of(declared), *since)
    return Compared(
        came_in=came_in,
        known=known,
        declared=bool(sides.items),
        codes=codes(sides, names_all(arrival)) if sides.items else None,
        origins=tuple(sorted(origins(sides).items(), key=lambda each: each[0])),
        since=since_decided(declared),
        alone=tuple(alone(sides, declared)),
        without_origin=tuple((item.code, number) for number, item in sides.numbered() if item.origin is None),
    )


def known_of(declared: Declared) -> Instant:
    """Since when it is on record what they are declared as."""
    return declared.stands.known if declared.stands else EARLIEST


def lines_of(arrival: Arrival) -> Iterator[Line]:
    found = dict[tuple[GoodsCode, Country | None], Line]()
    for crossing in sorted(arrival.crossings, key=lambda each: each.at, reverse=True):
        for each in crossing.goods:
            found[each.code, each.origin] = Line(code=each.code, origin=each.origin, at=crossing.at, known=each.known)
    yield from found.values()


def names_all(arrival: Arrival) -> bool:
    """Whether the papers of each vehicle give every one of its goods a code."""
    return bool(arrival.crossings) and all(each.names_all for each in arrival.crossings)


def codes(sides: Sides, all_named: bool) -> Difference | None:
    """Items that no papers name, and goods of papers that no item declares."""
    not_named = [
        (number, item.code)
        for number, item in sides.numbered()
        if all_named and number not in sides.words and not sides.lines_of(item.code)
    ]
    undeclared = {each.code for each in sides.lines if not sides.numbers_of(each) and not sides.is_settled(each)}
    if not not_named and not undeclared:
        return None
    return Difference(
        items=tuple(number for number, _ in not_named),
        declared=tuple(sorted({code for _, code in not_named})),
        papers=tuple(sorted(undeclared)),
    )


def origins(sides: Sides) -> dict[GoodsCode, Difference]:
    """By the code of the papers."""
    items = defaultdict[GoodsCode, set[ItemNumber]](set)
    for number, item in sides.numbered():
        lines = sides.lines_of(item.code)
        named = {each.origin for each in lines}
        if lines and item.origin and number not in sides.words and not named & {None, item.origin}:
            items[lines[-1].code].add(number)
    for line in sides.lines:
        there = sides.origins_of(line)
        if line.origin and there and not there & {None, line.origin} and not sides.is_settled(line):
            items[line.code] |= {*sides.numbers_of(line)}
    return {code: difference_of_origins(code, numbers, sides) for code, numbers in items.items()}


def difference_of_origins(code: GoodsCode, numbers: set[ItemNumber], sides: Sides) -> Difference:
    return Difference(
        items=tuple(sorted(numbers)),
        declared=tuple(sorted({sides.items[number - 1].origin or "" for number in numbers} - {""})),
        papers=tuple(sorted({each.origin for each in sides.lines if each.code == code and each.origin})),
    )


def since_decided(declared: Declared) -> Difference | None:
    """Items that are declared neither as they were when the officer decided, nor as he did.

    With those among which the goods may be now: whatever is declared as no other item was then.
    """
    found = dict[ItemNumber, GoodsItem]()
    for number, word in declared.last_words.items():
        then = declared.as_of(word.at)
        if then is None or number > len(then.items) or stays(declared, number, then.items[number - 1]):
            continue
        decided = as_decided(then.items[number - 1], word)
        found |= dict.fromkeys({number, *not_seen(declared, then, number)} & declared.numbers, decided)
    if not found:
        return None
    return Difference(
        items=tuple(sorted(found)),
        declared=tuple(sorted({says(declared.items[number - 1]) for number in found})),
        papers=tuple(sorted({says(each) for each in found.values()})),
    )


def not_seen(declared: Declared, then: Version, number: ItemNumber) -> Iterator[ItemNumber]:
    """Items of which the officer could not say then that they are others than this one, and has said nothing since."""
    others = {says(each) for n, each in enumerate(then.items, start=1) if n != number}
    for n, each in enumerate(declared.items, start=1):
        if n not in declared.last_words and says(each) not in others:
            yield n


def stays(declared: Declared, number: ItemNumber, before: GoodsItem) -> bool:
    """Whether it is declared as it was when the officer decided, or as he did."""
    if number not in declared.numbers:
        return False
    return says(declared.items[number - 1]) in (says(before), says(declared.established[number - 1]))


def says(item: GoodsItem) -> str:
    return " ".join(each for each in (item.code, item.origin, item.area) if each)


def alone(sides: Sides, declared: Declared) -> Iterator[Goods]:
    """Goods that papers name and nobody declared yet, or of items without an origin the one that papers show."""
    for each in sides.lines:
        if sides.is_settled(each):
            continue
        for code in codes_alone(each, sides):
            yield Goods(code=code, origin=each.origin, since=each.at, known=max(each.known, known_of(declared)))


def codes_alone(line: Line, sides: Sides) -> tuple[GoodsCode, ...]:
    """As papers write it while nothing is declared; papers may say less of a code than the items, which say it all."""
    if not sides.items:
        return (line.code,)
    if line.origin is None or line.origin in sides.origins_of(line):
        return ()
    of_it = (sides.items[number - 1] for number in sides.numbers_of(line))
    return tuple(sorted({item.code for item in of_it if item.origin is None}))
