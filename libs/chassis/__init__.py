"""What every service of Serhet stands on; it knows no word of what the services are about."""

from telemetry.logs import log

__all__ = ["log"]
