"""What every service of Serhet stands on; it knows no word of what the services are about."""

import structlog

log = structlog.get_logger()
