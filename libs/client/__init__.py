"""The services' doors from outside: one client for whoever acts there, and whole lifecycles to send (`scenarios`).

It knows no service and nothing of the chassis: what it sends and reads is what `docs/api` says.
"""

from client.answers import Answer as Answer
from client.answers import Document as Document
from client.answers import Event as Event
from client.answers import NoAnswer as NoAnswer
from client.answers import NotRecorded as NotRecorded
from client.answers import NotTaken as NotTaken
from client.answers import OpenPoint as OpenPoint
from client.answers import Problem as Problem
from client.answers import Receipt as Receipt
from client.answers import ServiceError as ServiceError
from client.answers import Stream as Stream
from client.calling import KEY as KEY
from client.calling import Client as Client
from client.patience import Patience as Patience
from client.routes import AT as AT
from client.routes import ROUTES as ROUTES
from client.routes import SERVICES as SERVICES
from client.routes import Route as Route
