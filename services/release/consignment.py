"""Goods at their release and after it: of which matters of the law, and in which order what follows is asked."""

from dataclasses import dataclass

from contracts import links
from contracts.links import Links
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.stating import DIFFERENCES
from decider import Aggregate
from release import (
    completion,
    findings,
    goods,
    ground_decisions,
    grounds,
    known,
    on_record,
    regime,
    release,
    upstream,
    use,
)
from release.completion import Completion
from release.findings import Findings
from release.goods import Released
from release.ground_decisions import GroundDecisions
from release.grounds import AfterRelease
from release.on_record import OnRecord
from release.regime import Ends
from release.upstream import Arrival, Clearance, Presentation


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """All that release knows of it: what others said, and each matter's own part."""

    arrival: Arrival = Arrival()
    presentation: Presentation = Presentation()
    clearance: Clearance = Clearance()
    released: Released = Released()
    findings: Findings = Findings()
    on_record: OnRecord = OnRecord()
    after: AfterRelease = AfterRelease()
    decisions: GroundDecisions = GroundDecisions()
    ends: Ends = Ends()
    completion: Completion = Completion()
    links: Links = Links()


consignment = Aggregate(
    Consignment,
    goods.MATTER,
    release.MATTER,
    findings.MATTER,
    on_record.MATTER,
    grounds.MATTER,
    ground_decisions.MATTER,
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
