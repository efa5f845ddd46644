# Serhet. `make help` lists the commands. Needed: Python 3.11+, make, git and /bin/sh; uv comes in by itself.
# Distributions build their Python with profiles, which makes it a quarter faster than what is mostly built at home: the
# system's goes first where it will do.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo /usr/bin/)python3
VENV := .venv
RUN := $(VENV)/bin/python
KAFKA_CLASSES := $(VENV)/kafka.jsa
UV_VERSION := 0.13.9
MEMBERS := $(patsubst %/pyproject.toml,%,$(sort $(wildcard libs/*/pyproject.toml services/*/pyproject.toml)))
# Four services start faster from what is compiled once.
unexport PYTHONDONTWRITEBYTECODE
export UV_SYSTEM_CERTS ?= 1

.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(VENV)/ready ## the environment, from the lock (done by itself when needed)

$(VENV)/ready: requirements.lock $(addsuffix /pyproject.toml,$(MEMBERS))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Serhet needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	@echo "Setting up $(VENV) from requirements.lock ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(RUN) -m uv pip install --quiet --python $(RUN) --require-hashes -r requirements.lock
	@$(RUN) -m uv pip install --quiet --python $(RUN) --no-deps --no-build-isolation $(addprefix -e ,$(MEMBERS))
	@touch $@

demo: $(VENV)/ready ## a day at the border: starts what is needed, runs it, verifies it, leaves the stack running
	@$(RUN) -m deploy.demo

up: $(VENV)/ready ## start the local stack: Kafka, Postgres, the services (SERHET_PROCESSES=2: two of each)
	@$(RUN) -m deploy.local up

down: $(VENV)/ready ## stop the local stack
	@$(RUN) -m deploy.local down

status: $(VENV)/ready ## what runs where, and how it is (JSON=1)
	@$(RUN) -m deploy.local status $(if $(JSON),--json)

logs: $(VENV)/ready ## the stack's logs (NAME=arrival for one, FOLLOW=1 to stay)
	@$(RUN) -m deploy.local logs $(NAME) $(if $(FOLLOW),-f)

clean: $(VENV)/ready ## stop the local stack and delete its state
	@$(RUN) -m deploy.local clean

follow: $(VENV)/ready ## one shipment's life, in order, with articles (ID=..., JSON=1)
	@test -n "$(ID)" || { echo "name a shipment: make follow ID=..."; exit 2; }
	@$(RUN) -m deploy.follow $(if $(JSON),--json) $(ID)

verify: $(VENV)/ready ## compare topics, journals and states; exit 1 names the first disagreement
	@$(RUN) -m deploy.local verify

replay: $(VENV)/ready ## decide everything on record again, under this code and its acts; exit 1 names what comes out otherwise
	@$(RUN) -m deploy.local replay

rebuild: $(VENV)/ready ## bring back what was lost (FROM=kafka: databases, FROM=journal: topics; NAME=arrival for one, ANYWAY=1)
	@test "$(FROM)" = kafka -o "$(FROM)" = journal || { echo "say which side is whole: make rebuild FROM=kafka or FROM=journal"; exit 1; }
	@$(RUN) -m deploy.repair rebuild --from $(FROM) $(NAME) $(if $(ANYWAY),--anyway)

token: $(VENV)/ready ## a development token (ROLE=officer CHECKPOINT=FRP-MIX PARTY=... SUBJECT=...)
	@$(RUN) -m deploy.local token $(addprefix --role ,$(ROLE)) $(addprefix --checkpoint ,$(CHECKPOINT)) \
		$(if $(PARTY),--party "$(PARTY)") $(if $(SUBJECT),--subject "$(SUBJECT)")

lint: $(VENV)/ready ## format, lint, types and import rules
	@$(RUN) -m ruff format --check --quiet . || { echo "run: $(RUN) -m ruff format ."; exit 1; }
	@$(RUN) -m ruff check --quiet .
	@$(RUN) -m mypy
	@said=$$($(VENV)/bin/lint-imports --no-logo 2>&1) || { echo "$$said"; exit 1; }

# Some forty brokers are started here. Their Java maps its classes from an archive, and compiles plainly: the best of its
# code would be ready when the tests are over. Three workers on two cores: a fifth of their time they wait for servers.
test: export SERHET_JVM = -XX:TieredStopAtLevel=1 -XX:SharedArchiveFile=$(KAFKA_CLASSES)
test: $(VENV)/ready ## lint, and the tests on a Kafka and a Postgres of their own
	@$(MAKE) --no-print-directory -j2 lint $(KAFKA_CLASSES)
	@$(RUN) -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not long"

$(KAFKA_CLASSES): $(VENV)/ready
	@$(RUN) -m deploy.testing.classes $@ || true

test-long: lint ## the same with the long forms
	@$(RUN) -m pytest

planted: $(VENV)/ready ## plant each defect of tests/planted in a copy, and show that its test notices (ONLY=word; RESUME=1: what is not caught yet)
	@$(RUN) -m tests.planted $(if $(RESUME),--resume) $(ONLY)

faults: $(VENV)/ready ## the full crash campaign, about 40 minutes (N=0.1 for a short one, ONLY=word); table, JSON in benchmarks/
	@$(RUN) -m tests.faults $(if $(N),-n $(N)) $(ONLY)

soak: $(VENV)/ready ## twenty minutes of steady load; whatever grows is named (MINUTES=2 for a short one); table, JSON in benchmarks/
	@$(RUN) -m tests.soak $(if $(MINUTES),-m $(MINUTES))

bench: $(VENV)/ready ## the full benchmark, about 20 minutes (ONLY=throughput, QUICK=1); table, JSON, plot in benchmarks/
	@$(RUN) -m benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick)

law: $(VENV)/ready ## write docs/law anew, rules and worked cases (CHECK=1: compare, and prove that each rule's tests notice its absence)
	@$(RUN) -m tests.law $(if $(CHECK),--check)

api: $(VENV)/ready ## write docs/api, the events' schemas and clients' routes anew: doors in OpenAPI, topics in AsyncAPI (RELEASED=1: later ones are held against it)
	@$(RUN) -m contracts
	@$(RUN) -m deploy.api $(if $(RELEASED),--released)

lock: $(VENV)/ready ## write requirements.lock anew from the pyproject files
	@$(RUN) -m uv lock --quiet
	@$(RUN) -m uv export --quiet --all-packages --all-groups --no-emit-workspace --no-header --format requirements-txt --output-file requirements.lock > /dev/null

.PHONY: help setup demo up down status logs clean follow verify replay rebuild token lint test test-long planted faults soak bench law api lock
