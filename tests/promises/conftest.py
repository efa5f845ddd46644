from tests.orders.asked_again import everything_is_asked_too

__all__ = ["everything_is_asked_too"]
