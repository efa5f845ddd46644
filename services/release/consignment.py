"""Goods at their release and after it: of which matters of the law, and in which order what follows is asked."""

from dataclasses import dataclass

from contracts import links
from contracts.links import Links
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.stating import DIFFERENCES
from decider import Aggregate
from release import completion, goods, grounds, known, regime, release, upstream, use
from release.completion import Completion
from release.goods import Released
from release.grounds import AfterRelease
from release.regime import Ends
from release.release import Findings
from release.upstream import Arrival, Clearance, Presentation


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """All that release knows of it: what others said, and each matter's own part."""

    arrival: Arrival = Arrival()
    presentation: Presentation = Presentation()
    clearance: Clearance = Clearance()
    released: Released = Released()
    findings: Findings = Findings()
    after: AfterRelease = AfterRelease()
    ends: Ends = Ends()
    completion: Completion = Completion()
    links: Links = Links()


consignment = Aggregate(
    Consignment,
    goods.MATTER,
    release.MATTER,
    grounds.MATTER,
    regime.MATTER,
    completion.MATTER,
    use.MATTER,
    known.MATTER,
    links.MATTER,
    DIFFERENCES,
    upstream=upstream.MATTER,
    joining=links.JOINING,
    silent=(CheckpointDetermined, CheckpointWithdrawn),  # They tell where, and nothing follows from that.
)
