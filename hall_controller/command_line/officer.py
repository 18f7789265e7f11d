"""`hall officer`: enter the people who work in the hall, give them PINs and passwords, list them, forget them.

Writes the register beside the journal; a running controller takes a change at once and writes down that there was
one. A secret is typed, or read from standard input, or made by the machine and shown once; it never stands on the
command line, where others could see it.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hall_controller import config as settings
from hall_controller.command_line.told import told_in_one_line
from hall_controller.errors import HallError
from hall_controller.staff import secrets_allowed
from hall_controller.staff.hashing import made_now
from hall_controller.staff.register import NAME, Entry, Register
from hall_controller.staff.roles import ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.settings import Config
    from hall_controller.staff.changes import Kind

cli = typer.Typer(
    help="Enter the people who work in the hall, with their PINs and passwords.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

HallFile = Annotated[Path, typer.Argument(metavar="HALL.toml", help="The hall's settings.")]
Who = Annotated[str, typer.Argument(metavar="ID", help="As in hall.toml for an officer, as lan-1.")]
Data = Annotated[Path | None, typer.Option("--data", help="Where the journal lives; else data.dir.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make up the PIN or password, and show it once.")]
IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


@cli.command(epilog="Example: hall officer add hall.toml tnmt-1 --generate")
def add(
    hall: HallFile,
    who: Who,
    *,
    role: Annotated[str, typer.Option(help="officer, guide, manager or technician.")] = "officer",
    counter: Annotated[
        list[str] | None, typer.Option(help="Where an officer may sit; repeat it; else anywhere.")
    ] = None,
    name: Annotated[str, typer.Option(help="Shown on the sign-in page; stands nowhere else.")] = "",
    generate: Generate = False,
    data: Data = None,
) -> None:
    """Enter a person with a PIN (officers) or a password (everybody else)."""
    with told_in_one_line(), _opened(hall, data) as (config, register):
        entry = Entry(who, _role(role), "", " ".join(name.split()), tuple(counter or ()))
        _check(config, entry)
        if register.person(who) is not None:
            raise HallError(f"{who} is in the register already: give a new PIN with `hall officer pin`")
        _put(register, entry, "added", generate=generate)
        typer.echo(f"{who} can sign in as {entry.role}.")


@cli.command(epilog="Example: hall officer pin hall.toml tnmt-1")
def pin(hall: HallFile, who: Who, *, generate: Generate = False, data: Data = None) -> None:
    """Give a person a new PIN or password; whoever is signed in with the old one is signed out."""
    with told_in_one_line(), _opened(hall, data) as (_, register):
        _put(register, _known(register, who), "secret", generate=generate)
        typer.echo(f"{who} has a new {_word(_known(register, who).role)}.")


@cli.command(name="list", epilog="Example: hall officer list hall.toml")
def list_all(hall: HallFile, data: Data = None) -> None:
    """List everybody who can sign in, and the officers who cannot yet."""
    with told_in_one_line(), _opened(hall, data) as (config, register):
        people = register.people()
        for entry in people:
            where = f"counter {', '.join(entry.counters)}" if entry.counters else ""
            typer.echo(f"{entry.role:<11} {entry.id:<20} {where:<16} {entry.name}".rstrip())
        without = [officer.id for officer in config.officer if officer.id not in {one.id for one in people}]
        typer.echo(f"{len(people)} can sign in; officers without a PIN: {', '.join(without) or 'none'}.")


@cli.command(epilog="Example: hall officer remove hall.toml tnmt-1")
def remove(hall: HallFile, who: Who, data: Data = None) -> None:
    """Forget a person: name, PIN and sessions; what was done in the hall stays in the journal under the identifier."""
    with told_in_one_line(), _opened(hall, data) as (_, register):
        register.remove(_known(register, who).id, noted=True)
        typer.echo(f"{who} can no longer sign in.")


@contextmanager
def _opened(hall: Path, data: Path | None) -> Iterator[tuple[Config, Register]]:
    config = settings.load(hall)
    with Register((data or Path(config.data.dir)) / NAME) as register:
        yield config, register


def _role(typed: str) -> Role:
    for role in ROLES:
        if role == typed:
            return role
    raise HallError(f"--role {typed}: is none of {', '.join(ROLES)}")


def _check(config: Config, entry: Entry) -> None:
    """Raise HallError when the settings do not know the officer, or a counter."""
    if not IDENTIFIER.fullmatch(entry.id):
        raise HallError(f"{entry.id}: an identifier has small letters, figures and hyphens, at most 32")
    if entry.role == "officer" and entry.id not in {officer.id for officer in config.officer}:
        raise HallError(f"{entry.id}: hall.toml has no such officer; add it there first, under `officer`")
    known = {counter.id for counter in config.counter}
    for counter in entry.counters:
        if counter not in known:
            raise HallError(f"--counter {counter}: hall.toml has no such counter")


def _known(register: Register, who: str) -> Entry:
    entry = register.person(who)
    if entry is None:
        raise HallError(f"{who} is not in the register: see `hall officer list`")
    return entry


def _put(register: Register, entry: Entry, change: Kind, *, generate: bool) -> None:
    secret = secrets_allowed.new_secret(entry.role) if generate else _typed(entry)
    secrets_allowed.check(entry.role, entry.id, secret)
    register.put(entry._replace(hash=made_now(secret)), change)
    if generate:
        typer.echo(f"{_word(entry.role)} of {entry.id}: {secret}")


def _typed(entry: Entry) -> str:
    """The secret, typed twice without being shown; or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed: str = typer.prompt(f"{_word(entry.role)} of {entry.id}", hide_input=True, confirmation_prompt=True)
    return typed


def _word(role: Role) -> str:
    return "PIN" if role == "officer" else "password"
