"""What is needed next of goods at their release, and after it; each is the officer's."""

from law import OpenPoint
from release.grounds import grounds, refuses
from release.items import part_of, units
from release.parts import Consignment
from release.rules import regime_has_run


def open_points(consignment: Consignment) -> tuple[OpenPoint, ...]:
    own, clearance, place = consignment.own, consignment.clearance, consignment.presentation.checkpoint
    points: list[OpenPoint] = []
    if is_to_be_released(consignment):
        points.append(OpenPoint(act="ReleaseGoods", who="officer", article="5(1)(20)", place=place))
    after = [each for each in own.grounds_after if not (refuses(each) and clearance.exported)]
    if after:
        points.append(OpenPoint(act="GroundAfterRelease", who="officer", article=after[0].article, place=place))
    if not all(regime_has_run(unit, own) for unit in units(consignment)):
        points.append(OpenPoint(act="EndRegime", who="officer", article="29(2)", place=place))
    return tuple(points)


def is_to_be_released(consignment: Consignment) -> bool:
    """Of the goods that are ready some are not released, and nothing on record stands in their way."""
    own, clearance = consignment.own, consignment.clearance
    items = [(number,) for number in clearance.ready if part_of(number, own) is None]
    as_one = [()] if clearance.ready_as_a_whole and not own.parts else []
    return any(not grounds(each, clearance) for each in (*items, *as_one))
