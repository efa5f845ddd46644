from law.checkpoints import checkpoints, find


def test_a_checkpoint_is_found_by_its_own_code() -> None:
    farap = find("FRP-MIX")
    assert farap is not None
    assert (farap.name_en, farap.modes, farap.notice_required) == ("Farap", ("road", "rail"), "rail-only")
    assert (farap.aliases, farap.unlocode, farap.icao) == (
        ("Farab", "Farap highway", "Farap BCP railway"),
        "TMFAR",
        None,
    )


def test_a_code_of_no_checkpoint_finds_none() -> None:
    assert find("TMFAR") is None


def test_there_are_twenty_one_and_each_says_whether_notice_is_due() -> None:
    assert len(checkpoints()) == 21
    assert {each.notice_required for each in checkpoints().values()} == {"yes", "no", "rail-only"}
