"""Problems and their pages."""

import pytest

from doors.problems import PLACE, PROBLEMS, page, pages, problem


def test_a_problem_says_what_happened_and_names_its_page() -> None:
    told = problem("key-used-before", idempotency_key="k<1>").marshal()
    assert told["type"] == f"{PLACE}key-used-before"
    assert told["status"] == 422
    assert "'k<1>'" in told["detail"]
    assert told["idempotency_key"] == "k<1>"


@pytest.mark.parametrize("name", sorted(PROBLEMS))
def test_each_problem_has_a_page_that_says_its_status_and_what_to_do_with_nothing_left_open(name: str) -> None:
    shown = page(name)
    assert shown
    assert f"HTTP status {PROBLEMS[name]['status']}" in shown
    assert "{" not in shown.partition("</style>")[2]
    assert f'<a href="{PLACE}{name}">' in pages()


def test_of_what_is_no_problem_there_is_no_page() -> None:
    assert page("no-such") is None
