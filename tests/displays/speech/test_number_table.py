"""Numbers of a language that is only a table: English, and one that counts in twenties."""

from __future__ import annotations

import pytest

from displays.speech.number_table import words

ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH = (
    {0: "zero"}
    | dict(enumerate(ONES.split(), start=1))
    | {10 * ten: word for ten, word in enumerate(TENS.split(), start=2)}
    | {100: "{times} hundred {rest}", 1000: "{times} thousand {rest}"}
)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zero"),
        (7, "seven"),
        (13, "thirteen"),
        (20, "twenty"),
        (25, "twenty five"),
        (100, "one hundred"),
        (105, "one hundred five"),
        (999, "nine hundred ninety nine"),
        (1025, "one thousand twenty five"),
        (9100, "nine thousand one hundred"),
    ],
)
def test_english_is_a_table(number: int, said: str) -> None:
    assert " ".join(words(number, ENGLISH)) == said


def test_no_two_numbers_sound_the_same() -> None:
    assert len({tuple(words(number, ENGLISH)) for number in range(10_000)}) == 10_000


def test_a_language_may_put_its_words_in_any_order() -> None:
    german = {1: "ein", 2: "zwei", 5: "fünf", 20: "zwanzig", 100: "{times} hundert {rest}"}
    assert words(225, german) == ["zwei", "hundert", "zwanzig", "fünf"]
    ten_has_a_word_of_its_own = {2: "slong", 5: "hả", 10: "slíp", 20: "{times} slíp {rest}"}
    assert words(25, ten_has_a_word_of_its_own) == ["slong", "slíp", "hả"]
    assert words(15, ten_has_a_word_of_its_own) == ["slíp", "hả"]


@pytest.mark.parametrize("number", [0, 4, 7, 31, 100])
def test_a_number_that_the_table_does_not_reach_is_told(number: int) -> None:
    with pytest.raises(LookupError, match=f"no words for {number}"):
        words(number, {1: "one", 2: "two", 20: "twenty", 21: "odd"})
