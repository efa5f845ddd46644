"""Goods in clearance: of which matters of the law, and in which order what follows from them is asked."""

from dataclasses import dataclass

from clearance import (
    acceptance,
    amendment,
    approvals,
    beginning,
    declaration,
    disposal,
    doubt,
    export,
    fate,
    known,
    measures,
    payments,
    permit_decisions,
    permits,
    placement,
    readiness,
    refusals,
    requirements,
    storage,
    upstream,
)
from clearance.beginning import Clearance
from clearance.disposal import Disposals
from clearance.export import Export
from clearance.permit_decisions import Decisions
from clearance.permits import Permits
from clearance.placement import Placements
from clearance.refusals import Consequences
from clearance.storage import Storage
from clearance.upstream import Arrival, Presentation
from contracts import links
from contracts.approvals import Approvals
from contracts.declarations import Declared
from contracts.fates import Fates
from contracts.links import Links
from contracts.measures import Measures
from contracts.payments import Payments
from contracts.permits import Requirements
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.readiness import Readiness
from contracts.stating import DIFFERENCES
from decider import Aggregate


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """All that clearance knows of it: what others said, and each matter's own part."""

    arrival: Arrival = Arrival()
    presentation: Presentation = Presentation()
    clearance: Clearance = Clearance()
    declared: Declared = Declared()
    measures: Measures = Measures()
    permits: Permits = Permits()
    decisions: Decisions = Decisions()
    requirements: Requirements = Requirements()
    approvals: Approvals = Approvals()
    consequences: Consequences = Consequences()
    payments: Payments = Payments()
    fates: Fates = Fates()
    export: Export = Export()
    placements: Placements = Placements()
    storage: Storage = Storage()
    disposals: Disposals = Disposals()
    readiness: Readiness = Readiness()
    links: Links = Links()


consignment = Aggregate(
    Consignment,
    beginning.MATTER,
    declaration.MATTER,
    acceptance.MATTER,
    amendment.MATTER,
    doubt.MATTER,
    measures.MATTER,
    permits.MATTER,
    permit_decisions.MATTER,
    requirements.MATTER,
    approvals.MATTER,
    refusals.MATTER,
    payments.MATTER,
    fate.MATTER,
    export.MATTER,
    placement.MATTER,
    disposal.MATTER,
    storage.MATTER,
    readiness.MATTER,
    known.MATTER,
    links.MATTER,
    DIFFERENCES,
    upstream=upstream.MATTER,
    joining=links.JOINING,
    silent=(CheckpointDetermined, CheckpointWithdrawn),  # They tell where, and nothing follows from that.
)
