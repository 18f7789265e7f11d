"""Which PINs and passwords are taken, and what the machine makes up."""

from __future__ import annotations

import pytest

from hall_controller.staff.roles import ROLES, Role
from hall_controller.staff.secrets_allowed import WeakSecret, check, in_groups, new_secret


@pytest.mark.parametrize("pin", ["4711", "1235", "907856", "112233", "000000000001"])
def test_a_pin_is_four_to_twelve_digits(pin: str) -> None:
    check("officer", "lan-1", pin)


@pytest.mark.parametrize(
    "pin", ["", "471", "1234", "4321", "0000", "456789", "9876543210", "47 11", "47a1", "٤٧١١", "1" * 13]
)
def test_a_pin_that_anybody_would_try_first_is_not_taken(pin: str) -> None:
    with pytest.raises(WeakSecret) as told:
        check("officer", "lan-1", pin)
    assert told.value.text.vi
    assert pin not in str(told.value) or not pin


@pytest.mark.parametrize("role", [role for role in ROLES if role != "officer"])
@pytest.mark.parametrize(
    "password", ["4711", "ngắn quá", "aaaaaaaaaaaa", "abababababab", "it-is-kim-here", "x" * 129]
)
def test_a_weak_password_is_not_taken(role: Role, password: str) -> None:
    with pytest.raises(WeakSecret):
        check(role, "kim", password)


@pytest.mark.parametrize("password", ["bốn từ ghép lại", "correct horse battery", "K7Q2-M9XZ-4HBD"])
def test_a_few_words_are_a_password(password: str) -> None:
    check("technician", "kim", password)


@pytest.mark.parametrize("role", ROLES)
def test_what_the_machine_makes_up_is_good_and_new_each_time(role: Role) -> None:
    made = {new_secret(role) for _ in range(200)}
    assert len(made) > 190
    for secret in made:
        check(role, "somebody", secret)


def test_a_code_is_typed_in_groups_without_letters_that_look_alike() -> None:
    codes = [in_groups(8) for _ in range(100)]
    assert all(len(code) == 9 and code[4] == "-" for code in codes)
    assert not set("".join(codes)) & set("IO01")
