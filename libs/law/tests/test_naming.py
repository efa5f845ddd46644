import pytest

from law.naming import plain, same_name


@pytest.mark.parametrize(
    "spelt",
    ["Döwlet weterinar gullugy", "DOWLET  WETERINAR GULLUGY", " döwlet-weterinar gullugy", "dowlet weterinar gullugy."],
)
def test_a_name_is_one_however_it_is_spelt(spelt: str) -> None:
    assert same_name(spelt, "dowlet weterinar gullugy")


def test_other_words_are_another_name_and_none_is_like_no_other() -> None:
    assert not same_name("veterinary", "phytosanitary")
    assert not same_name("veterinary service", "veterinaryservice")
    assert same_name(None, None)
    assert not same_name(None, "veterinary")
    assert not same_name("veterinary", None)


def test_what_is_punctuation_alone_stays_as_it_is() -> None:
    assert (plain("*"), plain("**")) == ("*", "**")
