"""Which PINs and passwords are good enough, and new ones made by the machine.

Officers type digits, many times a day; everybody else a password. The length that a short PIN lacks is made up by
the growing wait after wrong guesses (`guesses`).
"""

from __future__ import annotations

import contextlib
import secrets
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.errors import HallError

if TYPE_CHECKING:
    from hall_controller.staff.roles import Role

SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 12
SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 128
PIN_MADE: Final = 6
PASSWORD_MADE: Final = 12
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None that is taken for another."""
DIGITS: Final = "0123456789"


TOO_FEW_KINDS: Final = 4
"""A password of fewer different characters is a pattern."""
NOT_A_PIN: Final = Text(
    f"Mã PIN gồm {SHORTEST_PIN} đến {LONGEST_PIN} chữ số.",
    f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits and nothing else.",
)
PLAIN_PIN: Final = Text(
    "Mã PIN này quá dễ đoán, hãy chọn các chữ số không theo thứ tự.",
    "That PIN is the first that anybody would try; take digits without an order.",
)
NOT_A_PASSWORD: Final = Text(
    f"Mật khẩu gồm {SHORTEST_PASSWORD} đến {LONGEST_PASSWORD} ký tự; vài từ ghép lại thì dễ nhớ.",
    f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; a few words are easy to keep in mind.",
)
PLAIN_PASSWORD: Final = Text(
    "Mật khẩu này quá dễ đoán, hãy ghép vài từ không liên quan đến nhau.",
    "That password is too easy to guess; take a few words that do not belong together.",
)


class WeakSecret(HallError):
    """The PIN or password is too easy to guess; `text` says it in both languages."""

    def __init__(self, text: Text) -> None:
        """Say which rule it breaks."""
        super().__init__(text.en)
        self.text = text


def check(role: Role, person: str, secret: str) -> None:
    """Raise WeakSecret, with the rule, unless the secret will do for that person."""
    if role == "officer":
        _check_pin(secret)
    else:
        _check_password(person, secret)


def _check_pin(pin: str) -> None:
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise WeakSecret(NOT_A_PIN)
    if len(set(pin)) == 1 or pin in DIGITS or pin in DIGITS[::-1]:
        raise WeakSecret(PLAIN_PIN)


def _check_password(person: str, password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise WeakSecret(NOT_A_PASSWORD)
    if len(set(password)) <= TOO_FEW_KINDS or person in password.lower():
        raise WeakSecret(PLAIN_PASSWORD)


def new_secret(role: Role) -> str:
    """A PIN for an officer, a password for anybody else, made at random."""
    if role != "officer":
        return in_groups(PASSWORD_MADE)
    while True:
        pin = "".join(secrets.choice(DIGITS) for _ in range(PIN_MADE))
        with contextlib.suppress(WeakSecret):
            _check_pin(pin)
            return pin


def in_groups(letters: int) -> str:
    """Random letters in groups of four, five bits each."""
    made = "".join(secrets.choice(LETTERS) for _ in range(letters))
    return "-".join(made[start : start + 4] for start in range(0, letters, 4))
