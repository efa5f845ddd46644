"""What movements and consignments are called, and which stream that is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from access.tokens import Party, Subject
from contracts.found import numbers
from contracts.goods import Document, GoodsItem
from contracts.names import (
    ConsignmentNames,
    Identifier,
    NamedJourney,
    NamedPapers,
    OfConsignment,
    OfMovement,
    stream_id,
)
from contracts.papers import Container, Papers, TransportDocument
from contracts.values import Text
from contracts.vehicle import MeansOfTransport, Trailer

BILL = {"kind": "bill_of_lading", "number": "HZF/26/00731", "issuer": "HZFL"}


@dataclass(frozen=True, kw_only=True)
class Tell(OfMovement):
    """A command that names much."""

    consignments: ConsignmentNames = ()
    journey: NamedJourney = ()
    papers: NamedPapers = ()


TELL, DECLARE = TypeAdapter(Tell), TypeAdapter(OfConsignment)


def said(sender: str = "port", **document: Any) -> Tell:
    return TELL.validate_python(document, extra="forbid", context={"document": document, "sender": sender})


def declared(consignment: Any, sender: str = "broker") -> OfConsignment:
    document = {"consignment": consignment}
    return DECLARE.validate_python(document, extra="forbid", context={"document": document, "sender": sender})


@pytest.mark.parametrize(
    ("identifier", "id_"),
    [
        (Identifier(kind="tir_carnet", number="XP 70001234", issuer="IRU"), "tir_carnet.XP70001234"),
        (Identifier(kind="air_waybill", number="157-1234 5678", issuer="QR"), "air_waybill.15712345678"),
        (Identifier(kind="cmr", number="tm-4471", issuer="hazar"), "cmr.HAZAR.TM4471"),
        (Identifier(kind="voyage", number="118E", issuer="HZFL", day=date(2026, 12, 2)), "voyage.HZFL.118E.20261202"),
        (Identifier(kind="reference", number="L 7", issuer="broker"), "reference.broker.L7"),
        (
            Identifier(kind="bill_of_lading", number="HZF/26/1", issuer="HZFL"),
            "bill_of_lading-wtkw6x2e7hhjck6hzxnzvhwyb6",
        ),
        (Identifier(kind="cmr", number="A.B", issuer="C"), "cmr-polbhxt73flonbduom6i5i6tj2"),
    ],
)
def test_the_id_that_a_number_founds_never_changes(identifier: Identifier, id_: str) -> None:
    assert stream_id(identifier, "anybody") == id_


def test_port_carrier_officer_and_broker_who_name_one_bill_meet_in_one_stream() -> None:
    spelt = (BILL, BILL | {"number": "hzf/26/ 00731"}, BILL | {"issuer": "hz-fl"}, BILL | {"number": "НZF/26/00731"})
    senders = ("port", "carrier", "officer", "broker")
    ids = {declared(each, sender).consignment for each, sender in zip(spelt, senders, strict=True)}
    ids |= {each.consignment for each in said(movement="M", papers=[{"documents": [BILL]}]).papers}
    ids |= {*said(movement="M", consignments=[BILL]).consignments}
    ids |= {*said(movement="M", journey=[{"place": "FRP-MIX", "unloads": [BILL]}]).journey[0].unloads}
    assert len(ids) == 1


def test_the_same_number_of_two_issuers_is_two_and_without_an_issuer_the_senders_own() -> None:
    alone = {name: value for name, value in BILL.items() if name != "issuer"}
    ids = [declared(BILL), declared(BILL | {"issuer": "ABCD"}), declared(alone), declared(alone, "port")]
    assert len({each.consignment for each in ids}) == 4
    assert declared(alone, "HZFL").consignment == declared(BILL).consignment


def test_a_reference_is_its_senders() -> None:
    assert declared({"reference": "7"}).consignment == declared({"reference": " 7"}).consignment == "reference.broker.7"
    assert declared({"reference": "7"}, "port").consignment != declared({"reference": "7"}).consignment


@pytest.mark.parametrize("name", [{"reference": "7"}, {"kind": "cmr", "number": "7"}])
def test_two_senders_who_sign_in_nearly_alike_share_nothing(name: dict[str, str]) -> None:
    senders = ("P-1", "P1", "p1", "p 1", "Р1")  # The last one in Cyrillic.
    assert len({declared(name, sender).consignment for sender in senders}) == len(senders)


def test_two_parties_with_one_number_of_two_issuers_have_references_of_their_own() -> None:
    """An issuer that nobody says is a party's number alone: it stands in the place of whoever numbered the paper."""
    of = {
        issuer: Subject(id="s", client="c", party=Party(number="017", issuer=issuer)) for issuer in ("TM", "UZ", None)
    }
    ids, bills = (
        {issuer: _of(subject, name) for issuer, subject in of.items()}
        for name in ({"reference": "my 1"}, {"kind": "bill_of_lading", "number": "1"})
    )
    assert ids == {"TM": "reference.TM_017.MY1", "UZ": "reference.UZ_017.MY1", None: "reference.017.MY1"}
    assert {*bills.values()} == {"bill_of_lading.017.1"}


def _of(subject: Subject, name: dict[str, str]) -> str:
    document, sent = {"consignment": name}, {"sender": subject.sender, "keeper": subject.keeper}
    read: OfConsignment = DECLARE.validate_python(document, extra="forbid", context={"document": document, **sent})
    return read.consignment


def test_a_lorrys_second_trip_is_a_second_movement() -> None:
    first, second = ({"kind": "voyage", "number": "1", "issuer": "X", "day": f"2026-03-0{day}"} for day in (1, 2))
    assert said(movement=first).movement != said(movement=second).movement
    for again in ({"kind": "registration_plate", "number": "01 AG 1234"}, {"kind": "container", "number": "X"}):
        with pytest.raises(ValidationError, match="`kind` is to be"):
            said(movement=again)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ({"kind": "flight", "number": "T5 902"}, "send its `day`, too"),
        ({"kind": "cmr", "number": "1"}, "`kind` is to be 'voyage', 'flight', 'train' or 'tir_carnet'"),
        ({"kind": "train"}, "`number` is missing"),
        ({"reference": "1", "kind": "train"}, "`kind` does not belong to such a name"),
        ({"reference": ""}, "`reference` is to be a number as it is written"),
        ({"kind": "train", "number": "1", "day": "2026-02-30"}, "`day` is to be a day, such as 2026-01-31"),
        (7, "is to be 1 to 64 letters"),
    ],
)
def test_what_is_no_name_is_told_in_words(name: Any, what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        said(movement=name)


def test_what_a_stream_was_called_stands_beside_its_id_as_it_was_written_and_is_read_again() -> None:
    read = declared(BILL | {"parent": "M-1"})
    assert read.named == Identifier(**BILL, parent="M-1")  # type: ignore[arg-type]
    assert DECLARE.validate_json(DECLARE.dump_json(read, exclude_defaults=True)) == read
    assert declared("C1").named is None
    with pytest.raises(ValidationError, match="is not sent: say in"):
        DECLARE.validate_python({"consignment": "C1", "named": BILL}, context={"sender": "x", "document": {}})


def test_goods_that_are_named_by_a_number_have_it_in_their_papers() -> None:
    read = said(
        movement="M", consignments=[BILL, "C1"], papers=[{"consignment": BILL | {"number": "2"}, "packages": 1}]
    )
    numbered = {each.consignment: [one.number for one in each.documents or ()] for each in read.papers}
    assert numbered == {
        declared(BILL).consignment: ["HZF/26/00731"],
        declared(BILL | {"number": "2"}).consignment: ["2"],
    }


def test_a_house_bill_names_its_goods_and_its_master_does_not() -> None:
    house = {"kind": "house_bill_of_lading", "number": "H1", "issuer": "F", "parent": BILL["number"]}
    (read,) = said(movement="M", papers=[{"documents": [BILL, house, {"kind": "booking", "number": "B1"}]}]).papers
    assert read.consignment == "house_bill_of_lading.F.H1"
    with pytest.raises(ValidationError, match="several numbers"):
        said(movement="M", papers=[{"documents": [BILL, {"kind": "cmr", "number": "1"}]}])
    with pytest.raises(ValidationError, match="consignment"):
        said(movement="M", papers=[{"documents": [{"kind": "booking", "number": "B1"}]}])


def test_the_number_of_a_journey_is_none_of_goods() -> None:
    carnet = {"kind": "tir_carnet", "number": "XP1"}
    assert said(movement=carnet).papers == ()


def test_all_that_it_is_called_finds_it_in_one_spelling() -> None:
    assert numbers(declared(BILL | {"parent": "M 1"})) == {"HZF/26/00731", "M1"}
    assert numbers({"named": {"number": "a-1"}, "packages": 2}) == numbers({"named": {"number": "A1"}})
    assert numbers({"consignment": "C1"}) == frozenset()


class Told(BaseModel):
    """An event that says numbers of each kind."""

    number: str | None = None
    reference: str | None = None
    documents: tuple[TransportDocument, ...] = ()
    vehicle: MeansOfTransport | Text | None = None
    papers: Papers | tuple[Papers, ...] | None = None
    items: tuple[GoodsItem | int, ...] = ()
    packages: int = 7


def test_of_an_event_all_numbers_are_found() -> None:
    bill = TransportDocument(kind="cmr", number="k 1", parent="P")
    assert numbers(Told(number="d-1", reference="r 1", documents=(bill,))) == {"D1", "R1", "K1", "P"}
    lorry = MeansOfTransport(kind="registration_plate", identity="1", trailers=(Trailer(identity="x-9"),))
    assert numbers(Told(vehicle=lorry, papers=Papers(consignment="C", documents=(bill,)))) == {"1", "X9", "K1", "P"}
    assert numbers(Told(vehicle="a lorry")) == frozenset()
    boxes = tuple(Papers(consignment=each, containers=(Container(number=f"{each} 1"),)) for each in ("A", "B"))
    assert numbers(Told(papers=boxes)) == {"A1", "B1"}
    item = GoodsItem(code="610510000", documents=(Document(kind="705", number="hzf 7"),), containers=("SRHU 1",))
    assert numbers(Told(items=(item,))) == {"HZF7", "SRHU1"}
    assert numbers(Told(items=(1, 2))) == frozenset()


@pytest.mark.parametrize("nonsense", [[], {}, [[]], {"a": 1}, 7, None, True])
def test_what_is_nonsense_in_the_place_of_a_name_is_refused_and_nothing_else(nonsense: Any) -> None:
    for papers in ({"consignment": nonsense}, {"documents": [{"kind": nonsense, "number": nonsense}]}):
        with pytest.raises(ValidationError):
            said(movement="M", papers=[papers])
    for names in ({"consignments": [nonsense]}, {"journey": [{"place": "FRP-MIX", "unloads": [nonsense]}]}):
        with pytest.raises(ValidationError):
            said(movement="M", **names)
