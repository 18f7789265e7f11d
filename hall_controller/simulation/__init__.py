"""A seeded hall in virtual time: people who come, wait, are called and rate, through the real rules of the hall."""
