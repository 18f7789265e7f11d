"""Vietnamese cardinals, 0 to 9,999, as they are spoken in the north; with `lẻ` as in the south.

Pure. The rules: 10 is `mười`, a ten after 2 to 9 is `mươi`; after `mươi` one is `mốt` and five is `lăm`, after `mười`
five is `lăm` too; a missing ten is `linh` (or `lẻ`), and a missing hundred after a thousand is `không trăm`.
"""

from __future__ import annotations

from typing import Final, Literal

MissingTen = Literal["linh", "lẻ"]

DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LARGEST: Final = 9_999


def words(number: int, missing_ten: MissingTen = "linh") -> list[str]:
    """The words of a number; raises ValueError beyond 0 to 9,999.

    >>> " ".join(words(1025))
    'một nghìn không trăm hai mươi lăm'
    >>> " ".join(words(105, "lẻ"))
    'một trăm lẻ năm'
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not between 0 and {LARGEST}")
    if number == 0:
        return [DIGITS[0]]
    thousands, below_1000 = divmod(number, 1000)
    hundreds, below_100 = divmod(below_1000, 100)
    said = [DIGITS[thousands], "nghìn"] if thousands else []
    if hundreds or (thousands and below_100):
        said += [DIGITS[hundreds], "trăm"]
    return said + _below_100(below_100, missing_ten, follows=bool(said))


def _below_100(number: int, missing_ten: MissingTen, *, follows: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if number == 0:
        return []
    if tens == 0:
        return [missing_ten, DIGITS[ones]] if follows else [DIGITS[ones]]
    said = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    return said + ([_ones(tens, ones)] if ones else [])


def _ones(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == 5 else DIGITS[ones]  # noqa: PLR2004 - the figure five
