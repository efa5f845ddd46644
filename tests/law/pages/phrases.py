"""How commands and their fields read."""

VERBS = {
    "NotifyArrival": "the administration of {checkpoint} gives notice of the vehicle {movement}",
    "InformArrival": "somebody who owes no notice says when the vehicle {movement} comes to {checkpoint}",
    "ChangeJourney": "the journey of the vehicle {movement} is told anew",
    "RecordCrossing": "the vehicle {movement} crosses the border",
    "RecordArrival": "the vehicle {movement} arrives",
    "RecordArrivalElsewhere": "the vehicle {movement} comes to a place that is no checkpoint",
    "RecordStop": "the vehicle {movement} stops, of which the officer decides",
    "PresentVehicle": "the vehicle {movement} is shown to customs",
    "PresentGoods": "the goods {consignment} are shown to customs",
    "DetermineCheckpoint": "the officer determines where the checkpoint of the vehicle {movement} is",
    "ExamineVehicle": "the officer looks at the vehicle {movement}",
    "ExamineGoods": "the officer looks at the goods {consignment}",
    "LodgeDeclaration": "{declarant} asks for the clearance of the goods {consignment} by {form}",
    "AmendDeclaration": "the declaration of the goods {consignment} is to be another",
    "DecideAmendment": "the officer decides on what was asked of the declaration of the goods {consignment}",
    "DecideOnGoodsInDoubt": "the officer decides what the goods {consignment} are",
    "PresentPermit": "a permit for the goods {consignment} is presented",
    "DecideOnPermit": "the officer decides on a permit for the goods {consignment}",
    "RecordApproval": "the body of {agency} control gives its word on the goods {consignment}",
    "RecordPayment": "the treasury receives {amount} manats for the goods {consignment}",
    "RecordImmediateExport": "the immediate export of the goods {consignment} is {done}",
    "PlaceInStorage": "the goods {consignment} are placed in storage at {place}",
    "ReleaseGoods": "the release of the goods {consignment} under {regime} is asked for",
    "EndRegime": "the officer states that the regime of the goods {consignment} has ended",
    "ReportUse": "a {use} of the goods {consignment} is reported",
    "Nothing": "nothing else has come",
}
PHRASES = {
    "movement": "{}", "consignment": "{}", "checkpoint": "at {}", "place": "at {}", "mode": "by {}",
    "regime": "under {}", "present_at": "to be shown at {}", "direction": "", "seals": "under the seals {}",
    "papers": "with papers for {}", "form": "by {}", "origin": "of {}", "origin_area": "of {}",
    "origin_proof": "{}", "description": "{}", "code": "{}", "codes": "{}",
    "packages": "{} packages", "goods": "{}", "work": "to {}", "unloads": "unloading {}",
    "quantity": "{}", "unit": "{}", "kind": "{}", "amount": "{}", "journey": "calling {}", "trigger": "by {}",
    "findings": "", "grounds": "", "act": "", "citation": "by {}", "until": "until {}", "who": "to be done by the {}",
    "consignments": "with {}", "vehicle": "{}", "identity": "{}", "further": "also at {}", "replaces": "instead of {}",
    "procedure": "by the procedure {}", "type": "", "article": "", "rule": "", "layer": "", "occurred": "",
    "currency": "", "basis": "by the {}", "cost_bearer": "costs borne by {}",
    "cost_bearers": "no costs compensated to {}", "route": "along {}",
    "unloaded_at": "unloaded at {}", "payments": "to be paid: {}", "items": "items: {}", "lines": "for {}",
    "permit": "{}", "agency": "by the body of {} control", "statement": "", "differing": "in its {}",
    "stands": "where on record is {}", "stands_since": "of {}", "amend_by": "to be put right by {}",
}  # fmt: skip
"""One that stands here with nothing is said elsewhere; any other reads as it is called."""
EMPTY = {"work": "without goods work"}
BY_FIELD = {
    ("form", "declaration"): "a declaration",
    ("form", "article_40_documents"): "the documents of Art. 40",
    ("form", "oral"): "words",
    ("form", "other_act"): "another act",
    ("trigger", "declaration"): "a declaration",
    ("trigger", "article_40_documents"): "the documents of Art. 40",
    ("trigger", "oral"): "words",
    ("trigger", "other_act"): "another act",
    ("origin_proof", "none"): "without a proof of origin",
    ("origin_proof", "declaration"): "with a declaration of origin",
    ("origin_proof", "certificate"): "with a certificate of origin",
    ("cost_bearer", "article_9_persons"): "the persons of Art. 9",
    ("basis", "journey"): "journey as it was told",
}
ALWAYS = ("origin_proof", "cost_bearer", "cost_bearers", "who")
"""Said even where it is as it is without a word."""
OF_THEIR_OWN = ("CheckpointDetermined", "CheckpointWithdrawn")
"""Events that say all of theirs, also what the input names under the same name."""
FIRST = ("consignment", "place", "description", "code")
"""What a part of an input or event is called comes first."""
FACTS = {
    ("K1", "code"): "no code in line {}",
    ("K1", "quantity"): "no quantity in line {}",
    ("K1", "unit"): "no unit in line {}",
}
"""Facts of a finding that do not read by their names, each under its rule."""
TABLES = {"officer": "left to the officer"}
