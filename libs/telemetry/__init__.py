"""What every process says of itself: logs and metrics always, traces where an OTLP endpoint is configured."""

from telemetry.batches import Traced
from telemetry.process import Telemetry

__all__ = ["Telemetry", "Traced"]
