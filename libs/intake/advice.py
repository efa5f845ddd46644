"""What is wrong with a field, in words for whoever sent it: no pattern, and no word of a library's."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

ERRORS_MAX = 100
"""So many errors are told of one command, or of one request's parameters."""
ADVICE: Mapping[str, str] = {
    "missing": "is missing; send it",
    "unexpected_keyword_argument": "is not a field of this command; leave it out",
    "extra_forbidden": "is not a field of this command; leave it out",
    "bool_type": "is to be true or false, without quotes",
    "int_type": "is to be a whole number, in digits and without quotes",
    "int_from_float": "is to be a whole number",
    "string_type": "is to be a text, in quotes",
    "string_unicode": "is to be a text of whole characters",
    "tuple_type": "is to be a list, in square brackets",
    "dataclass_type": "is to be an object, in curly brackets",
    "literal_error": "is to be {expected}",
    "greater_than_equal": "is to be {ge} or more",
    "less_than_equal": "is to be {le} or less",
    "string_pattern_mismatch": "holds a character that it may not hold, or is written in another form than is asked",
    "int_parsing": "is to be a whole number, in digits",
    "date_from_datetime_parsing": "is to be a day, such as 2026-01-31",
    "date_parsing": "is to be a day, such as 2026-01-31",
    "date_from_datetime_inexact": "is to be a day, such as 2026-01-31",
    "less_than": "is to be less than {lt}",
    "string_too_short": "is to have {min_length} characters or more",
    "string_too_long": "is to have {max_length} characters or fewer",
    "too_long": "is to have {max_length} elements or fewer",
    "too_short": "is to have {min_length} elements or more",
    "decimal_max_digits": "is to have {max_digits} digits or fewer",
    "decimal_max_places": "is to have {decimal_places} digits or fewer behind the point",
    "decimal_whole_digits": "is to have {whole_digits} digits or fewer before the point",
    "datetime_parsing": "is no time that there is: {error}",
    "datetime_from_date_parsing": "is no time that there is: {error}",
    "datetime_object_invalid": "is no time that there is: {error}",
    "timezone_aware": "is to be a time with its zone, such as 2026-01-31T09:30:00Z",
}
"""By pydantic's name of what is wrong; what a type says in its own words stands as it is."""


def advice(wrong: ErrorDetails | Mapping[str, Any]) -> str:
    """What to do about one error, as it is told behind the field's name."""
    known = ADVICE.get(wrong["type"])
    context: Mapping[str, Any] = wrong.get("ctx", {})
    return known.format_map(context) if known else wrong["msg"].removeprefix("Value error, ")
