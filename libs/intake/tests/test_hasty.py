"""What is kept of what was read, and what is not."""

from intake.hasty import KEPT_BYTES_MAX, remembered


def test_what_is_large_is_read_anew_and_not_kept() -> None:
    texts: list[bytes] = []

    def read(text: bytes) -> int:
        texts.append(text)
        return len(text)

    reader = remembered(read, 2)
    small, large = b"s" * KEPT_BYTES_MAX, b"l" * (KEPT_BYTES_MAX + 1)
    assert [reader(text) for text in (small, small, large, large)] == [len(small), len(small), len(large), len(large)]
    assert texts == [small, large, large]
