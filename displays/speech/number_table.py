"""Cardinals of a language whose rules fit a table, so that a language needs no code.

Pure. An entry says a number and its words. With `{times}` it is a unit: of the greatest power of ten in it, how many,
and what is left (`100: "{times} hundred {rest}"`, `20: "{times} tens {rest}"`), as in Unicode's
rule-based number formats. Without, a round number is followed by what is left (`20: "twenty"`).
The greatest that fits speaks.
"""

from __future__ import annotations

from collections.abc import Mapping

NumberTable = Mapping[int, str]


def words(number: int, table: NumberTable) -> list[str]:
    """The words of a number; raises LookupError when the table does not reach it.

    >>> english = {1: "one", 5: "five", 20: "twenty", 100: "{times} hundred {rest}"}
    >>> " ".join(words(525, english))
    'five hundred twenty five'
    """
    entry = max((key for key in table if key <= number), default=-1)
    if entry == number and "{times}" not in table[entry]:
        return table[entry].split()
    unit = 10 ** (len(str(entry)) - 1)
    text = table.get(entry, "")
    if "{times}" not in text:
        if unit == 1 or entry % unit or number - entry >= unit:
            raise LookupError(f"the table of numbers has no words for {number}")
        text += " {rest}"
    times, left = divmod(number, unit)
    said = {"{times}": times, "{rest}": left}
    return [
        word
        for part in text.split()
        for word in ([part] if part not in said else words(said[part], table) if said[part] else [])
    ]
