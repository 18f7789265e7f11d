# Two commands matter: `make demo` and `make test`. Each sets up first what the machine lacks.
# ARGS goes to the program behind the target: make demo ARGS="--once out", make test ARGS="-k paper".

SHELL := /bin/bash
PYTHON_BIN := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help set-up demo test check bench pictures lock

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10 | sed 's/^/make /'

set-up:  ## make .venv from requirements.lock and install Debian packages, where missing
	@tools/set_up.sh

demo: set-up  ## the reference hall with simulated visitors and officers, until Ctrl-C
	@.venv/bin/hall demo $(ARGS)

test: check  ## every check and every test
	@tools/set_up.sh tests
	$(PYTHON_BIN) -m pytest --numprocesses=auto --dist=loadfile $(ARGS)

check: set-up  ## lint, format and types
	.venv/bin/ruff check
	.venv/bin/ruff format --check --quiet
	.venv/bin/mypy

bench: set-up  ## the benchmarks, each beside the limit measured in the same run; ARGS names some
	@$(PYTHON_BIN) -m tests.benchmarks $(ARGS)

pictures: set-up  ## every surface in every state, on one page in out/pictures; ARGS names some, or --renew-golden
	@$(PYTHON_BIN) -m tests.pictures $(ARGS)

lock: set-up  ## requirements.lock and tools/esphome.lock; ARGS=--upgrade takes newer versions
	@tools/lock.sh $(ARGS)
