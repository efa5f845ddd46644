from tests.orders.asked_again import everything_is_asked_too
from tests.orders.stored_by_parts import states_are_written_as_a_whole_too

__all__ = ["everything_is_asked_too", "states_are_written_as_a_whole_too"]
