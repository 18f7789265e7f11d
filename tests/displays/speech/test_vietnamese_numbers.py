"""Every number a hall can call is said as a Vietnamese would say it, and is understood as that number and no other."""

from __future__ import annotations

import re

import pytest

from displays.speech.vietnamese_numbers import LARGEST, MissingTen, words

GOLDEN = {
    0: "không",
    1: "một",
    5: "năm",
    10: "mười",
    11: "mười một",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi bốn",
    25: "hai mươi lăm",
    55: "năm mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1000: "một nghìn",
    1001: "một nghìn không trăm linh một",
    1010: "một nghìn không trăm mười",
    1025: "một nghìn không trăm hai mươi lăm",
    1100: "một nghìn một trăm",
    5555: "năm nghìn năm trăm năm mươi lăm",
    9999: "chín nghìn chín trăm chín mươi chín",
}

# A grammar of what is correct, written from the listener's side: it knows nothing of how the words were made.
FIGURE = "không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
FROM_1 = FIGURE.removeprefix("không|")
FROM_2 = FROM_1.removeprefix("một|")
TENS = (
    rf"(?:(?P<ten>mười)(?: (?P<after_ten>một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?"
    rf"|(?P<tens>{FROM_2}) mươi(?: (?P<after_tens>mốt|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?"
    rf"|(?:linh|lẻ) (?P<lone>{FROM_1}))"
)
HUNDREDS = re.compile(rf"(?P<hundreds>{FIGURE}) trăm(?: {TENS})?")
BELOW_100 = re.compile(TENS)
MEANS = {word: number for number, word in enumerate(FIGURE.split("|"))} | {"mốt": 1, "lăm": 5}


def understood(said: str) -> int:
    """The number that a listener hears; raises AssertionError for what no Vietnamese says."""
    if said in MEANS and said not in {"mốt", "lăm"}:
        return MEANS[said]
    thousands, nghin, rest = said.rpartition(" nghìn")
    if not nghin:
        return below_1000(said, leading=False)
    assert re.fullmatch(FROM_1, thousands)
    return MEANS[thousands] * 1000 + (below_1000(rest.removeprefix(" "), leading=True) if rest else 0)


def below_1000(said: str, *, leading: bool) -> int:
    heard = HUNDREDS.fullmatch(said) or (None if leading else BELOW_100.fullmatch(said))
    assert heard is not None, said
    part = heard.groupdict()
    if "hundreds" not in part:
        assert part["lone"] is None, "nobody begins with linh"
    elif part["hundreds"] == "không":
        assert leading, "nobody begins with không trăm"
        assert said != "không trăm"
    tens = 1 if part["ten"] else MEANS.get(part["tens"] or "không", 0)
    ones = part["after_ten"] or part["after_tens"] or part["lone"] or "không"
    return MEANS[part.get("hundreds") or "không"] * 100 + tens * 10 + MEANS[ones]


@pytest.mark.parametrize(("number", "said"), GOLDEN.items())
def test_golden_numbers_are_said_as_in_the_book(number: int, said: str) -> None:
    assert " ".join(words(number)) == said


@pytest.mark.parametrize("missing_ten", ["linh", "lẻ"])
def test_every_number_is_correct_and_understood_as_itself(missing_ten: MissingTen) -> None:
    said = [" ".join(words(number, missing_ten)) for number in range(LARGEST + 1)]
    assert [understood(sentence) for sentence in said] == list(range(LARGEST + 1))
    other = {"linh": "lẻ", "lẻ": "linh"}[missing_ten]
    assert not any(other in sentence.split() for sentence in said)


@pytest.mark.parametrize(
    "wrong",
    ["mười năm", "hai mươi một", "một trăm năm", "linh năm", "một nghìn hai mươi", "không trăm hai mươi"],
)
def test_the_listener_would_notice_a_mistake(wrong: str) -> None:
    with pytest.raises(AssertionError):
        understood(wrong)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_beyond_the_rules_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 9999"):
        words(number)
