"""What goods are declared as, folded from what `clearance` says: there, and wherever it is heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar, assert_never

from contracts import called
from contracts.amendments import DeclarationAmendmentWithdrawn
from contracts.clearance import (
    AcceptanceCorrected,
    AcceptanceWithdrawn,
    Asked,
    DeclarationAccepted,
    DeclarationAmended,
    DeclarationAmendmentDecided,
    DeclarationAmendmentRequested,
    DeclarationCorrected,
    DeclarationLodged,
    DeclarationRegistered,
    DeclarationWithdrawn,
    RegistrationCorrected,
    RegistrationWithdrawn,
)
from contracts.doubts import EvidenceKind, GoodsDoubtDecided, GoodsDoubtWithdrawn, GoodsInDoubt
from contracts.goods import Document, GoodsItem, OriginArea
from contracts.papers import money_as_meant
from contracts.parties import Party
from contracts.spelling import folded, in_short
from contracts.statements import last
from contracts.stating import Stater
from contracts.values import (
    Company,
    Country,
    Form,
    Instant,
    ItemNumber,
    NineDigits,
    Number,
    Payment,
    Regime,
    Word,
)
from decider import in_order, replace, without
from law import Finding
from law.calendar import EARLIEST, day
from law.naming import plain, same_name
from law.rule import Happened

T = TypeVar("T")
Whole: TypeAlias = DeclarationLodged | DeclarationAmended | DeclarationCorrected
OfCustoms: TypeAlias = (
    DeclarationAccepted
    | AcceptanceCorrected
    | AcceptanceWithdrawn
    | DeclarationAmendmentRequested
    | DeclarationAmendmentDecided
)
"""What customs does with a declaration, or is asked to do."""
TakenBack: TypeAlias = DeclarationWithdrawn | DeclarationAmendmentWithdrawn
Numbers: TypeAlias = DeclarationRegistered | RegistrationCorrected | RegistrationWithdrawn


@dataclass(frozen=True, kw_only=True)
class Version:
    """What goods were declared as from `at` on, until they were not any more.

    `reference` is the declarant's own number of it (LRN). `payments` are sums, one of all that are alike but for that.
    """

    declarant: Company
    principal: Company | None = None
    form: Form
    declaration_type: Word | None = None
    office: Word | None = None
    reference: Number | None = None
    previous_documents: tuple[Document, ...] = ()
    dispatched_from: Country | None = None
    destined_for: Country | None = None
    parties: tuple[Party, ...] = ()
    regime: Regime | None = None
    items: tuple[GoodsItem, ...] = ()
    payments: tuple[Payment, ...] = ()
    at: Instant
    known: Instant = EARLIEST
    by: Stater | None = None
    struck: bool = False
    withdrawn: Instant | None = None

    @property
    def spelt(self) -> "Version":
        """As it is compared, however names, numbers and what is measured are spelt."""
        return replace(
            self,
            declaration_type=self.declaration_type and folded(self.declaration_type),
            office=self.office and folded(self.office),
            reference=self.reference and folded(self.reference),
            parties=in_order({*map(called.in_one_spelling, self.parties)}),
            previous_documents=each_once(map(_document, self.previous_documents)),
            regime=self.regime and plain(self.regime),
            items=tuple(_item(each, self.regime) for each in self.items),
            payments=summed(map(_payment, self.payments)),
        )


@dataclass(frozen=True, kw_only=True)
class Named:
    """Goods as a declaration names them, since when it does, and since when that is on record."""

    code: NineDigits
    origin: Country | None = None
    area: Word | None = None
    at: Instant
    known: Instant
    struck: bool = False

    @property
    def goods(self) -> tuple[NineDigits, Country | None, Word | None]:
        return self.code, self.origin, self.area


@dataclass(frozen=True, kw_only=True)
class Registration:
    """The number of a declaration."""

    number: Word
    at: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def spelt(self) -> "Registration":
        """As it is compared."""
        return replace(self, number=folded(self.number))


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """Customs' own act, of which nothing is said but when it was done."""

    at: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class AmendmentRequest:
    """What is asked of customs after acceptance; `replaces` is the time of what is to be corrected, or withdrawn."""

    asks: Asked
    replaces: Instant | None = None
    version: Version | None = None
    at: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What a declarant put right by himself, and when, beside what had stood, which is struck."""

    wrong: Version
    right: Version
    at: Instant
    struck: bool = True


@dataclass(frozen=True, kw_only=True)
class AmendmentDecision:
    """An officer's word on what was requested at that time."""

    asks: Asked
    requested: Instant
    granted: bool
    at: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class GoodsDecision:
    """An officer's word on what goods are: an item or, without one, goods that no item declares (Arts 19(3), 22(2))."""

    item: ItemNumber | None = None
    code: NineDigits | None = None
    origin: Country | None = None
    origin_area: OriginArea | None = None
    evidence: tuple[EvidenceKind, ...] = ()
    at: Instant
    known: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A declaration: as it was lodged, which stands first, and as it was amended, in the order of time.

    What it said is struck when it is withdrawn, and stays to be read until another one is lodged. `named` are the goods
    of all its versions: what is amended or put right later leaves on record since when it named them. `before` are the
    versions of those that were withdrawn, and in whose place another one was lodged; `taken_back` are amendments that
    never were. What customs `decided` that the goods are stands beside it, whatever is declared (Art. 22(3)), and so
    does what is in doubt of them and not decided yet. `corrections` are those that nobody had to allow.
    """

    versions: tuple[Version, ...] = ()
    before: tuple[Version, ...] = ()
    taken_back: tuple[Version, ...] = ()
    named: tuple[Named, ...] = ()
    registered: Registration | None = None
    acceptance: Acceptance | None = None
    requests: tuple[AmendmentRequest, ...] = ()
    decisions: tuple[AmendmentDecision, ...] = ()
    decided: tuple[GoodsDecision, ...] = ()
    doubts: tuple[Finding, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def lodged(self) -> Version | None:
        return self.versions[0] if self.versions else None

    @property
    def withdrawn(self) -> Instant | None:
        """When it was, where it is."""
        return self.versions[0].withdrawn if self.versions else None

    @property
    def stands(self) -> Version | None:
        """As the goods are declared now."""
        return None if self.withdrawn or not self.versions else self.versions[-1]

    @property
    def items(self) -> tuple[GoodsItem, ...]:
        return self.stands.items if self.stands else ()

    @property
    def established(self) -> tuple[GoodsItem, ...]:
        """The items, each as the officer has decided that it is where he has."""
        words = self.last_words
        return (
            tuple(as_decided(item, words.get(n)) for n, item in enumerate(self.items, start=1)) if words else self.items
        )

    @property
    def last_words(self) -> dict[ItemNumber, GoodsDecision]:
        """Of the officer, on each item on which he decided."""
        return {each.item: each for each in sorted(self.decided, key=lambda each: each.at) if each.item is not None}

    @property
    def decided_beside(self) -> tuple[GoodsDecision, ...]:
        """Goods that are there by the officer's word, and that no item declares; of each code his last one."""
        alone = [self.of_goods(each) for each in self.decided if each.item is None or each.item not in self.numbers]
        none = last(each for each in alone if each.item is None and each.code is None)
        codes = {each.code for each in alone if each.code and (none is None or each.at > none.at)}
        found = (last(each for each in alone if each.code == code) for code in sorted(codes))
        return tuple(each for each in found if each)

    def of_goods(self, word: GoodsDecision) -> GoodsDecision:
        """With the code that the item had on which he decided, where he left that as it was declared."""
        then = self.as_of(word.at) if word.item is not None and word.code is None else None
        if then is None or word.item is None or word.item > len(then.items):
            return word
        return replace(word, code=then.items[word.item - 1].code)

    @property
    def numbers(self) -> set[ItemNumber]:
        return {*range(1, len(self.items) + 1)}

    def naming(self, item: GoodsItem) -> Named:
        """Since when goods are declared as these."""
        alike = (each for each in self.named if each.goods == goods_of(item))
        never = Named(code=item.code, origin=item.origin, area=item.area, at=EARLIEST, known=EARLIEST)
        return next(alike, never)

    @property
    def fact(self) -> Happened | None:
        """That they were declared."""
        return Happened(self.versions[0].at, self.versions[0].known) if self.stands else None

    @property
    def accepted(self) -> Instant | None:
        return self.acceptance.at if self.acceptance and not self.acceptance.struck else None

    @property
    def number(self) -> Word | None:
        return self.registered.number if self.registered and not self.registered.struck else None

    @property
    def reference(self) -> Number | None:
        """The declarant's own number of what was declared last, and of what was taken back since."""
        return self.versions[-1].reference if self.versions else None

    @property
    def open_requests(self) -> tuple[AmendmentRequest, ...]:
        decided = {(each.asks, each.requested) for each in self.decisions}
        return tuple(each for each in self.requests if (each.asks, each.at) not in decided and not each.struck)

    def request(self, asks: Asked, at: Instant) -> AmendmentRequest | None:
        of_then = (each for each in self.requests if (each.asks, each.at) == (asks, at))
        return next((each for each in of_then if not each.struck), None)

    def of_then(self, at: Instant) -> Version | None:
        """What it was said to be from then on; of what was lodged and amended for one time, as it was amended."""
        return next((each for each in reversed(self.versions) if each.at == at), None)

    def amended_at(self, at: Instant) -> Version | None:
        """The amendment of then, not what was lodged."""
        return next((each for each in self.versions[1:] if each.at == at), None)

    def as_of(self, instant: Instant | None) -> Version | None:
        """As the goods were declared then; without an instant, as they are now."""
        if instant is None:
            return self.stands
        said = (each for each in (*reversed(self.versions), *self.before) if each.at <= instant)
        return next((each for each in said if each.withdrawn is None or instant < each.withdrawn), None)


def declares(declared: Declared, event: Whole | TakenBack, known: Instant) -> Declared:
    match event:
        case DeclarationLodged():
            found = lodged(declared, version_of(event, event.lodged, known))
            return with_names(found, () if declared.withdrawn else declared.named, known)
        case DeclarationAmended():
            found = with_versions(declared, *declared.versions, version_of(event, event.amended, known))
            again = tuple(each for each in declared.taken_back if each.at != event.amended)
            found = replace(found, taken_back=again)
            return with_names(found, declared.named, known)
        case DeclarationCorrected(corrects=corrects):
            right, wrong = version_of(event, event.lodged, known), declared.of_then(corrects)
            now = put_right(wrong, right) if wrong else right
            found = with_versions(declared, *(now if each is wrong else each for each in declared.versions))
            if wrong and event.corrected:
                by_himself = Correction(wrong=wrong, right=now, at=event.corrected)
                found = replace(found, corrections=(*declared.corrections, by_himself))
            return with_names(found, declared.named, known)
        case DeclarationWithdrawn(withdrawn=at):
            struck = (replace(each, struck=True, withdrawn=at) for each in declared.versions)
            return names_struck(replace(declared, versions=tuple(struck)))
        case DeclarationAmendmentWithdrawn():
            return with_names(without_amendment(declared, event), declared.named, known)
        case _:
            assert_never(event)


def without_amendment(declared: Declared, event: DeclarationAmendmentWithdrawn) -> Declared:
    """What was amended then, or only asked for."""
    at, gone = event.withdraws, declared.amended_at(event.withdraws)
    if gone is None:
        of_then = declared.request("amendment", at)
        asked = (replace(each, struck=True) if each is of_then else each for each in declared.requests)
        return replace(declared, requests=tuple(asked))
    struck = replace(gone, struck=True, withdrawn=event.withdrawn)
    left = with_versions(declared, *(each for each in declared.versions if each is not gone))
    others = (each for each in declared.taken_back if each.at != at)
    return replace(left, taken_back=tuple(sorted((*others, struck), key=lambda each: each.at)))


def put_right(wrong: Version, right: Version) -> Version:
    """That something was declared on that day is on record since it was first; of another day since it is put right."""
    return replace(right, known=wrong.known) if day(wrong.at) == day(right.at) else right


def with_names(declared: Declared, before: tuple[Named, ...], known: Instant) -> Declared:
    """Goods that it named before are on record since then, and those that it names first, from now on."""
    since = {each.goods: each.known for each in before}
    found: dict[tuple[NineDigits, Country | None, Word | None], Named] = {}
    for version in sorted(declared.versions, key=lambda each: each.at):
        for item in version.items:
            key = goods_of(item)
            new = Named(
                code=item.code, origin=item.origin, area=item.area, at=version.at, known=since.get(key, known)
            )  # fmt: skip
            found.setdefault(key, new)
    return replace(declared, named=in_order(found.values()))


def names_struck(declared: Declared) -> Declared:
    return replace(declared, named=tuple(replace(each, struck=True) for each in declared.named))


def customs_said(declared: Declared, event: OfCustoms, known: Instant) -> Declared:
    match event:
        case DeclarationAccepted(accepted=at, stated_by=by):
            return replace(next_one(declared, at), acceptance=Acceptance(at=at, by=by))
        case AcceptanceCorrected(accepted=at, stated_by=by):
            return replace(declared, acceptance=Acceptance(at=at, by=by))
        case AcceptanceWithdrawn():
            stood = declared.acceptance
            return replace(declared, acceptance=replace(stood, struck=True) if stood else None)
        case DeclarationAmendmentRequested():
            return requested(declared, event, known)
        case DeclarationAmendmentDecided(asks=asks, requested=asked, granted=granted, decided=at, stated_by=by):
            word = AmendmentDecision(asks=asks, requested=asked, granted=granted, at=at, by=by)
            return replace(declared, decisions=(*declared.decisions, word))
        case _:
            assert_never(event)


def numbered(declared: Declared, event: Numbers) -> Declared:
    match event:
        case DeclarationRegistered(number=number, registered=at, stated_by=by):
            return replace(next_one(declared, at), registered=Registration(number=number, at=at, by=by))
        case RegistrationCorrected(number=number, registered=at, stated_by=by):
            return replace(declared, registered=Registration(number=number, at=at, by=by))
        case RegistrationWithdrawn():
            stood = declared.registered
            return replace(declared, registered=replace(stood, struck=True) if stood else None)
        case _:
            assert_never(event)


def lodged(declared: Declared, version: Version) -> Declared:
    """Another one than was withdrawn begins anew, with what is on record of none but it."""
    return replace(another(declared) if declared.withdrawn else declared, versions=(version,))


def next_one(declared: Declared, at: Instant) -> Declared:
    """What happens to a declaration after the one before it was withdrawn is of another, not yet on record."""
    return another(declared) if declared.withdrawn and declared.withdrawn < at else declared


def another(declared: Declared) -> Declared:
    """After one that was withdrawn, of which stays what it said, the last first, and what customs said of the goods."""
    before = (*reversed(declared.versions), *declared.before)
    return Declared(before=before, taken_back=declared.taken_back, decided=declared.decided, doubts=declared.doubts)


def decided_on(declared: Declared, event: GoodsDoubtDecided, known: Instant) -> Declared:
    word = GoodsDecision(
        item=event.item, code=event.code, origin=event.origin, origin_area=event.origin_area, evidence=event.evidence,
        at=event.decided, known=known, by=event.stated_by,
    )  # fmt: skip
    return replace(declared, decided=in_order((*declared.decided, word)))


def doubted(declared: Declared, event: GoodsInDoubt | GoodsDoubtWithdrawn) -> Declared:
    match event:
        case GoodsInDoubt(findings=found):
            return replace(declared, doubts=in_order({*declared.doubts, *found}))
        case GoodsDoubtWithdrawn(findings=gone):
            return replace(declared, doubts=without(declared.doubts, gone))
        case _:
            assert_never(event)


def as_decided(item: GoodsItem, word: GoodsDecision | None) -> GoodsItem:
    """What he did not decide on is as it is declared; where he decided on the origin, all of it is as he did."""
    if word is None:
        return item
    code = word.code or item.code
    if not (word.origin or word.origin_area):
        return replace(item, code=code)
    return replace(item, code=code, origin=word.origin, origin_area=word.origin_area)


def goods_of(item: GoodsItem) -> tuple[NineDigits, Country | None, Word | None]:
    """By what acts name goods."""
    return item.code, item.origin, item.area


def requested(declared: Declared, event: DeclarationAmendmentRequested, known: Instant) -> Declared:
    """What counted as done, before it was on record that customs had accepted by then, is undone."""
    at = event.requested
    replaces = None if event.asks == "amendment" else event.replaces  # It replaces whatever stands when it is granted.
    asked = AmendmentRequest(
        asks=event.asks, replaces=replaces, version=asked_for(event, known), at=at, by=event.stated_by
    )
    others = (each for each in declared.requests if not (each.struck and (each.at, each.asks) == (at, event.asks)))
    requests = tuple(sorted((*others, asked), key=lambda each: (each.at, each.asks)))
    found = replace(declared, requests=requests)
    if not event.undone:
        return found
    if event.asks == "correction":
        undone = with_names(not_put_right(found, event.requested), declared.named, known)
        return names_struck(undone) if declared.withdrawn else undone
    if event.asks == "withdrawal" and any(each.at == event.replaces for each in declared.taken_back):
        return with_names(amended_after_all(found, event.replaces), declared.named, known)
    if event.asks == "withdrawal":
        back = (replace(each, struck=False, withdrawn=None) for each in declared.versions)
        named = tuple(replace(each, struck=False) for each in declared.named)
        return replace(found, versions=tuple(back), named=named)
    later = (each for each in declared.versions[1:] if each.at != at)
    return with_names(replace(found, versions=(*declared.versions[:1], *later)), declared.named, known)


def put_right_since(declared: Declared, at: Instant, until: Instant) -> tuple[Correction, ...]:
    """Of what stood at that time, by the declarant alone and before `until`; the last first."""
    late = (each for each in declared.corrections if at <= each.at < until and each.wrong.at <= at)
    return tuple(sorted(late, key=lambda each: each.at, reverse=True))


def before_it_was_put_right(of: Declared, at: Instant, until: Instant) -> Declared:
    """As it was with none of that."""
    for each in put_right_since(of, at, until):
        of = not_put_right(of, each.at)
    return of


def not_put_right(declared: Declared, at: Instant) -> Declared:
    """What was put right then without leave is as it had been before, until customs grants that, taken back or not."""
    of_then = next((each for each in declared.corrections if each.at == at), None)
    if of_then is None:
        return declared
    versions = (as_it_was(each, of_then) for each in declared.versions)
    back = tuple(as_it_was(each, of_then) for each in declared.taken_back)
    left = tuple(each for each in declared.corrections if each is not of_then)
    return replace(with_versions(declared, *versions), taken_back=back, corrections=left)


def as_it_was(version: Version, of: Correction) -> Version:
    if replace(version, struck=False, withdrawn=None) != of.right:
        return version
    return replace(of.wrong, struck=version.struck, withdrawn=version.withdrawn)


def amended_after_all(declared: Declared, at: Instant) -> Declared:
    """An amendment that was taken back without leave stands until customs grants that."""
    back = (replace(each, struck=False, withdrawn=None) for each in declared.taken_back if each.at == at)
    left = tuple(each for each in declared.taken_back if each.at != at)
    return replace(with_versions(declared, *declared.versions, *back), taken_back=left)


def asked_for(event: DeclarationAmendmentRequested, known: Instant) -> Version | None:
    if event.declarant is None or event.form is None:
        return None
    return version(event, event.lodged or event.requested, known, event.stated_by)


def with_versions(declared: Declared, *versions: Version) -> Declared:
    return replace(declared, versions=(*versions[:1], *sorted(versions[1:], key=lambda each: each.at)))


def version_of(event: Whole, at: Instant, known: Instant) -> Version:
    return version(event, at, known, event.stated_by)


ALIKE = (
    "declarant", "principal", "form", "declaration_type", "office", "reference", "dispatched_from", "destined_for",
    "regime",
)  # fmt: skip
"""What a command, an event and a version say alike, under the same names."""
MEASURED = ("quantity", "additional_quantity", "gross_mass", "net_mass")


def version(said: Any, at: Instant, known: Instant, by: Stater | None, **other: Any) -> Version:
    """As whatever says the whole of it means it: of what is listed beside goods the order says nothing."""
    return Version(
        **{name: getattr(said, name) for name in ALIKE if name not in other},
        previous_documents=each_once(said.previous_documents or ()),
        parties=each_once(said.parties or ()),
        items=as_meant(said.items or (), said.regime),
        payments=summed(said.payments or ()),
        at=at,
        known=known,
        by=by,
        **other,
    )


def contents(of: Version | None, but: str = "") -> dict[str, Any]:
    """What an event says of it."""
    names = (*ALIKE, "previous_documents", "parties", "items", "payments")
    return {name: getattr(of, name) for name in names if name != but} if of else {}


def each_once(several: Iterable[T]) -> tuple[T, ...]:
    return in_order({*several})


def as_meant(items: Iterable[GoodsItem], regime: Regime | None) -> tuple[GoodsItem, ...]:
    """An item that names the regime of its declaration says no more than one that names none."""
    return tuple(item_as_meant(each, regime) for each in items)


def item_as_meant(item: GoodsItem, regime: Regime | None) -> GoodsItem:
    """The item itself, where it says so already."""
    own = None if item.regime == regime else item.regime
    documents, containers = each_once(item.documents or ()) or None, each_once(item.containers or ()) or None
    if (own, documents, containers) == (item.regime, item.documents, item.containers):
        return item
    return replace(item, regime=own, documents=documents, containers=containers)


def summed(payments: Iterable[Payment]) -> tuple[Payment, ...]:
    """One of all that are alike but for their sums, in order, and none of nothing."""
    found: dict[str, Payment] = {}
    for each in payments:
        what = what_for(each)
        found[what] = replace(each, amount=each.amount + found[what].amount) if what in found else each
    return tuple(found[what] for what in sorted(found) if found[what].amount)


def what_for(payment: Payment) -> str:
    """All that it says but its sum."""
    return f"{payment.kind!r}, {payment.item!r}, {payment.code!r}, {payment.base!r}, {payment.rate!r}"


def _document(document: Document) -> Document:
    return replace(document, number=folded(document.number))


def _item(item: GoodsItem, regime: Regime | None) -> GoodsItem:
    """As it is compared."""
    measured: dict[str, Any] = {name: in_short(said) for name in MEASURED if (said := getattr(item, name))}
    return replace(
        item,
        **measured,
        regime=None if same_name(item.regime, regime) else item.regime and plain(item.regime),
        value=money_as_meant(item.value),
        packaging=in_order(item.packaging) if item.packaging else None,
        documents=each_once(map(_document, item.documents)) if item.documents else None,
        containers=each_once(map(folded, item.containers)) if item.containers else None,
    )


def _payment(payment: Payment) -> Payment:
    base, rate = payment.base, payment.rate
    return replace(payment, base=base and in_short(base), rate=rate and in_short(rate))
