"""How requests come in: bounded in bytes, in number and in time, whoever sends them. It knows nothing of what they say.

`docs/limits.md` lists every limit with its answer.
"""

from intake.bodies import Intake as Intake
from intake.connections import Connection as Connection
