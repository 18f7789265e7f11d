"""Everything that can go wrong and that a person must be told, as one family of errors.

    HallError                     one sentence for a person: what is wrong and what to do
    ├── ConfigError               hall.toml, display.toml or catalogue.csv says something impossible
    ├── JournalError              the journal cannot be used
    │   ├── JournalBroken         it is damaged, or is not a journal
    │   ├── JournalBusy           another controller has it open
    │   └── JournalUnavailable    it cannot be made durable now: nothing happened
    ├── LineError                 a device's line cannot be opened, or broke
    │   └── LineTimeout           it did not answer in time
    ├── ReportFailed              a report could not be made
    │   ├── ReportBusy            another one is being made just now
    │   └── ReportBehind          its days are still being counted
    └── BrokerError               the MQTT broker cannot be reached or refuses us

No error carries a code for machines: a rule that says no is a `domain.refusals.Refusal`, a value and not an error.
"""


class HallError(Exception):
    """One sentence for a person: what is wrong and what to do about it."""


class ConfigError(HallError):
    """A settings file says something impossible; `mistakes` holds a sentence for each."""

    def __init__(self, mistakes: list[str]) -> None:
        """Keep every mistake, so that all are told at once."""
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class JournalError(HallError):
    """The journal cannot be used."""


class JournalBroken(JournalError):
    """The journal is damaged, or the file is not a journal at all."""


class JournalBusy(JournalError):
    """Another controller has the journal open."""


class JournalUnavailable(JournalError):
    """The facts cannot be made durable now; nothing was written and nothing happened."""


class LineError(HallError):
    """A device's line cannot be opened, or broke; `taken` bytes had surely left before it did."""

    def __init__(self, sentence: str, *, taken: int = 0) -> None:
        """Say what broke, and after how many bytes."""
        super().__init__(sentence)
        self.taken = taken


class LineTimeout(LineError):
    """The device at the other end did not take or give a byte in time."""


class BrokerError(HallError):
    """The MQTT broker cannot be reached, or refuses us."""


class ReportFailed(HallError):
    """A report could not be made."""


class ReportBusy(ReportFailed):
    """Another report is being made just now; one at a time is enough for the machine."""


class ReportBehind(ReportFailed):
    """Days of the report are still being counted, and what was counted is kept: asked again later it can be made."""
