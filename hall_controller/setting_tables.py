"""What every table of hall.toml has in common: strictness, names in two languages, days of validity.

Forms only; which tables there are stands in `settings`.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hall_controller.domain.catalogue import ANY_DAY, NO_END
from hall_controller.setting_values import Day, Said


class Table(BaseModel):
    """A table of hall.toml: what it does not know is a mistake and not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Dated(Table):
    """Something that holds from a day to a day, both included; without them, always."""

    first_day: Day = Field(ANY_DAY, alias="from")
    last_day: Day = Field(NO_END, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Dated:
        if self.first_day > self.last_day:
            raise ValueError(
                f"ends on {self.last_day} before it begins on {self.first_day}: swap the two days"
            )
        return self


class Name(Table):
    """A name or a sentence for visitors, Vietnamese first."""

    vi: Said
    en: Said
