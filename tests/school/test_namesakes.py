"""What tells pupils of one name apart, and the order of lists."""

from datetime import date

from mtc_kiosk.school.namesakes import named_apart, told_apart
from tests.school.made_up import pupil, upn


def test_a_name_of_its_own_needs_nothing_more() -> None:
    """A pupil without a namesake has no addition."""
    assert told_apart([pupil(1), pupil(2)]) == {}


def test_namesakes_have_their_dates_of_birth() -> None:
    """However their names are written: capitals and accents make no other name when read aloud."""
    apart = told_apart(
        [pupil(1, forename="Zoe"), pupil(2, forename="ZOË", date_of_birth=date(2017, 9, 2)), pupil(3, forename="Al")]
    )
    assert apart == {1: "born 14 March 2018", 2: "born 2 September 2017"}


def test_namesakes_of_one_birthday_have_their_middle_names() -> None:
    """As the national lists do."""
    apart = told_apart([pupil(1, forename="Zoe", middle_names="Kai"), pupil(2, forename="Zoe")])
    assert apart == {1: "born 14 March 2018, Kai", 2: "born 14 March 2018"}


def test_namesakes_in_everything_have_their_numbers() -> None:
    """Nobody may be given another's PIN."""
    apart = told_apart([pupil(1, forename="Zoe"), pupil(2, forename="Zoe")])
    assert apart == {1: f"born 14 March 2018, {upn(1)}", 2: f"born 14 March 2018, {upn(2)}"}


def test_the_name_a_pupil_goes_by_is_the_one_that_is_compared() -> None:
    """It is the one on the slip and on the screen."""
    apart = told_apart([pupil(1, forename="Zoe"), pupil(2, forename="Zora", alias_forename="Zoe")])
    assert set(apart) == {1, 2}
    by_surname = [pupil(1, forename="Zoe"), pupil(2, surname="Other", alias_surname="testerly", forename="Zoe")]
    assert set(told_apart(by_surname)) == {1, 2}


def test_a_list_names_every_pupil_with_what_tells_namesakes_apart() -> None:
    """Those without a namesake by their name alone."""
    zoe = {"forename": "Zoe", "surname": "Testerly"}
    named = named_apart([pupil(1, **zoe, middle_names="Kai"), pupil(2, **zoe), pupil(3, forename="Al")])
    assert named == {
        1: "Testerly, Zoe (born 14 March 2018, Kai)",
        2: "Testerly, Zoe (born 14 March 2018)",
        3: "Testerly, Al",
    }
    assert list(named) == [1, 2, 3]


def test_lists_are_in_the_order_people_expect() -> None:
    """Last name, first name, date of birth, middle names; capitals and accents aside."""
    younger = pupil(3, surname="Smith", forename="Al", date_of_birth=date(2018, 3, 15))
    expected = [
        pupil(1, surname="Élan", forename="Bo"),
        pupil(5, surname="smith", forename="Al"),
        pupil(2, surname="Smith", forename="Al", middle_names="Kai"),
        younger,
        pupil(4, surname="Smith", forename="Zed"),
    ]
    shuffled = [expected[place] for place in (3, 0, 4, 2, 1)]
    assert sorted(shuffled, key=lambda each: each.order) == expected


def test_what_a_pupil_is_called() -> None:
    """By the names they go by, on the slip; by their own on lists."""
    both = pupil(1, forename="Zora", alias_forename="Zoe", alias_surname="Other")
    assert (both.called, both.called_in_full, both.listed) == ("Zoe", "Zoe Other", "Testerly, Zora")
    assert pupil(1, forename="Zora").called_in_full == "Zora Testerly"
    assert (pupil(1).number, pupil(1, upn=None, ref="kite").number) == (upn(1), "kite")
