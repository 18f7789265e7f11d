"""The `hall` command line.

Every command says what it does in one sentence with an example, and every error is one line; nothing is decided here.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import structlog
import typer
import uvloop

from hall_controller import app as wiring
from hall_controller import catalogue_commands, dossiers, officer_commands, procedures, report_commands
from hall_controller import config as settings
from hall_controller import demo as demonstration
from hall_controller.backup import backup as make_backup
from hall_controller.clock import Clock
from hall_controller.demonstration.brokers import BrokerChoice
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.errors import HallError
from hall_controller.explain_calls import Names
from hall_controller.hall_catalogue import catalogue
from hall_controller.installation import installation_commands
from hall_controller.journal_check import verify as verify_chain
from hall_controller.one_line import told_in_one_line
from hall_controller.reports.kinds import WHOLE, Format
from hall_controller.restore import restore as restore_backup
from hall_controller.simulation import habits as habits_of_people
from hall_controller.simulation.recording import record
from hall_controller.simulation.season import Period
from hall_controller.ticket_story import tell
from hall_controller.version import VERSION

cli = typer.Typer(
    help="Hall Controller: tickets, calls and displays of a public service hall.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

cli.add_typer(catalogue_commands.cli, name="catalogue")
cli.add_typer(officer_commands.cli, name="officer")

HallFile = Annotated[Path, typer.Argument(metavar="HALL.toml", help="The hall's settings.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Override a setting, as mqtt.port=18830."),
]
JournalFile = Annotated[Path, typer.Option("--journal", help="The journal, as /var/lib/hall/journal.sqlite.")]


@cli.command(epilog="Example: hall run hall.toml --set mqtt.port=18830 --data /var/lib/hall")
def run(
    hall: HallFile,
    data: Annotated[Path | None, typer.Option(help="Where the journal lives; else data.dir.")] = None,
    overrides: Overrides = None,
    clock: Annotated[
        str | None, typer.Option(metavar="TIME", help="Start the hall's clock at this time, for training.")
    ] = None,
) -> None:
    """Run the controller of a hall until Ctrl-C."""
    with told_in_one_line():
        config = settings.load(hall, overrides or [])
        start = _time(clock) if clock else None
        _log_to_stderr()
        chosen = [word for setting in overrides or [] for word in ("--set", setting)]
        named = ("--hall", str(hall.absolute()), *chosen)
        uvloop.run(wiring.run(config, data or Path(config.data.dir), Clock(start), settings=named))


@cli.command(epilog="Example: hall check hall.toml")
def check(hall: HallFile, overrides: Overrides = None) -> None:
    """Check a hall's settings and tell every mistake at once."""
    with told_in_one_line():
        config = settings.load(hall, overrides or [])
        typer.echo(settings.describe(config))
        listed = procedures.describe(config, datetime.now(VIETNAM).date())
        for told in (listed, dossiers.describe(config)):
            if told:
                typer.echo(told)


@cli.command(epilog="Example: hall demo --speed 5")
def demo(
    once: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Play one visit and leave its artefacts there.")
    ] = None,
    speed: Annotated[
        float, typer.Option(min=0.1, max=100, help="Visitors and officers are so many times as fast.")
    ] = 1.0,
    broker: Annotated[
        BrokerChoice, typer.Option(help="auto: mosquitto where it is installed, else the embedded one.")
    ] = BrokerChoice.AUTO,
) -> None:
    """Show the reference hall with simulated visitors and officers until Ctrl-C."""
    with told_in_one_line():
        if once is None:
            demonstration.run(broker, speed)
        else:
            demonstration.once(once, broker)


@cli.command(
    epilog="Example: hall simulate hall.toml --from 2021-11-01 --to 2022-04-15 --seed 1 --journal j.sqlite"
)
def simulate(
    hall: HallFile,
    *,
    first_day: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")],
    last_day: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day, included.")],
    journal: Annotated[Path, typer.Option("--journal", help="The journal to write; must not exist yet.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same days.")] = 1,
    golden: Annotated[bool, typer.Option("--golden", help="Meet the published counts exactly.")] = False,
    habits: Annotated[
        Path, typer.Option(metavar="FILE", help="How people behave.")
    ] = habits_of_people.EXAMPLE,
    overrides: Overrides = None,
) -> None:
    """Write the journal of days with simulated visitors and officers, through the real rules, without waiting."""
    with told_in_one_line():
        config = settings.load(hall, overrides or [])
        period = Period(_day("--from", first_day), _day("--to", last_day), seed, golden)
        people, key = habits_of_people.load(habits), f"simulation {seed}".encode()
        typer.echo(record(journal, catalogue(config, key), people, period, VERSION))


@cli.command(epilog="Example: hall explain --journal j.sqlite B017 --day 2022-03-01 --hall hall.toml")
def explain(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The number on the ticket, as B017.")],
    journal: JournalFile,
    day: Annotated[
        str | None, typer.Option(metavar="DATE", help="Else the last day on which it was given out.")
    ] = None,
    hall: Annotated[
        Path | None, typer.Option(metavar="HALL.toml", help="Tell names in place of identifiers.")
    ] = None,
) -> None:
    """Tell the whole story of a ticket: why it was called when it was, and who took it."""
    with told_in_one_line():
        names = Names(catalogue(settings.load(hall)) if hall else None)
        typer.echo(tell(journal, number, _day("--day", day) if day else None, names))


@cli.command(
    epilog="Example: hall report --journal j.sqlite --from 2022-03-01 --to 2022-03-31 --format html --out r.html"
)
def report(
    journal: JournalFile,
    *,
    first_day: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")],
    last_day: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day, included.")],
    imports: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Counts of other channels, and what was printed.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How it is written.")] = "text",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Else to standard output.")] = None,
    hall: Annotated[
        Path | None, typer.Option(metavar="HALL.toml", help="Names, and the rules of opening.")
    ] = None,
    overrides: Overrides = None,
    table: Annotated[str, typer.Option(metavar="NAME", help="One table of it, or all.")] = WHOLE,
    linked_style: Annotated[bool, typer.Option("--linked-style", hidden=True)] = False,
) -> None:
    """Print what a hall did in a period, with every sum checked."""
    with told_in_one_line():
        first, last = _day("--from", first_day), _day("--to", last_day)
        config = settings.load(hall, overrides or []) if hall else None
        made = report_commands.made(journal, first, last, imports, config)
        report_commands.write(report_commands.only(made, table), format_, out, linked_style=linked_style)


@cli.command(epilog="Example: hall verify /var/lib/hall/journal.sqlite")
def verify(
    file: Annotated[Path | None, typer.Argument(metavar="JOURNAL", help="A journal.")] = None,
    journal: Annotated[Path | None, typer.Option(metavar="FILE", help="The same, as an option.")] = None,
) -> None:
    """Check that no fact in a journal was changed, lost or added."""
    path = journal or file
    if path is None or (file and journal):
        raise typer.BadParameter("name one journal, such as: hall verify journal.sqlite")
    with told_in_one_line():
        verdict = verify_chain(path)
        typer.echo(verdict.sentence)
        if not verdict.good:
            raise typer.Exit(1)


@cli.command(epilog="Example: hall backup --journal /var/lib/hall/journal.sqlite --to /media/usb/hall")
def backup(
    journal: JournalFile,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where backups are kept.")],
) -> None:
    """Copy a journal, also while the hall is running, and check the copy."""
    with told_in_one_line():
        to.mkdir(parents=True, exist_ok=True)
        typer.echo(make_backup(journal, to))


@cli.command(
    epilog="Example: hall restore --journal /var/lib/hall/journal.sqlite --from /media/usb/hall/….sqlite"
)
def restore(
    journal: JournalFile,
    source: Annotated[Path, typer.Option("--from", metavar="FILE", help="The backup to put in its place.")],
) -> None:
    """Put a backup in a journal's place, with what can be read of the old one; stop the hall first."""
    with told_in_one_line():
        typer.echo(restore_backup(source, journal).sentence)


installation_commands.add_to(cli)


def _time(typed: str) -> datetime:
    """A time as people type it; without a zone it is Viet Nam's."""
    try:
        time = datetime.fromisoformat(typed)
    except ValueError:
        raise HallError(f"--clock {typed}: not a time; write it as 2022-03-01T08:30:00+07:00") from None
    return time if time.tzinfo else time.replace(tzinfo=VIETNAM)


def _day(option: str, typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise HallError(f"{option} {typed}: not a day; write it as 2022-03-01") from None


def _log_to_stderr() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S"),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def main() -> None:
    """The console script `hall`."""
    cli()


if __name__ == "__main__":
    main()
