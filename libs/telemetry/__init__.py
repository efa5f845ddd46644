"""What every process says of itself: traces where an OTLP endpoint is configured, metrics always."""

from telemetry.batches import Traced
from telemetry.process import Telemetry

__all__ = ["Telemetry", "Traced"]
