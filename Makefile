# One verb per task. Nothing but Python 3.11 or newer and make is needed; everything else goes into .venv.
VENV := .venv
PY := $(VENV)/bin/python
EXTRAS := demo,agents,async,imap,maildev,record,report,s3,tls,vaultsandbox
PYTEST := $(PY) -m pytest --timeout 300
MADE := $(VENV)/.made
BROWSER := $(VENV)/.browser

# Images set it to stay small; here every test that starts pytest would compile all of its plugins anew.
unexport PYTHONDONTWRITEBYTECODE

# make bench BENCH=delivery ARGS="--runs 10", make record NAME=reset URL=/accounts/password/reset/
BENCH ?= journey
ARGS ?=
NAME ?= my_sign_up
URL ?= /accounts/signup/
# make nightly PROJECT=staging SHARD=2/4, make report RESULTS=downloads
PROJECT ?= staging
TESTS ?= e2e/
SHARD ?=
WORKERS ?= 2
RESULTS ?= test-results
REPORT ?= playwright-report
HISTORY ?= history.jsonl
SINCE ?=
SUMMARY ?=
JOURNEYS ?= 1000

.PHONY: help setup e2e test lint types schema unit plugin servers contract mutants nightly report rehearsal journeys bench record fuzz wheel clean

help:
	@echo "make setup      install everything into $(VENV), and a browser if there is none"
	@echo "make e2e        the end-to-end tests of the demo application, in a real browser"
	@echo "make test       everything that a change must pass: lint, types, unit, plugin, contract, mutants, e2e"
	@echo "make lint types unit plugin contract mutants    one part of it"
	@echo "make schema     what follows from the declared configuration keys: the JSON Schema, the tables in docs/"
	@echo "make bench      benchmarks/$(BENCH).py; BENCH=name and ARGS=... choose another"
	@echo "make nightly    the tests against PROJECT=$(PROJECT); SHARD=2/4, WORKERS=$(WORKERS), ARGS=... as wished"
	@echo "make report     one page from all that lies below RESULTS=$(RESULTS)"
	@echo "make journeys   JOURNEYS=$(JOURNEYS) mailed journeys on the demo, with WORKERS=$(WORKERS)"
	@echo "make rehearsal  a whole nightly on this machine, once healthy and once with each thing that may go wrong"
	@echo "make record     record a new flow on the demo: NAME=$(NAME) URL=$(URL)"
	@echo "make fuzz       one minute of random mail for the parser and the matchers"
	@echo "make wheel      build the wheel into dist/"
	@echo "make clean      remove what these made"

setup: $(BROWSER)

# Python is looked for by running it: a name on PATH may belong to a version manager that has no such version.
$(MADE): pyproject.toml constraints.txt
	@set -e; found=; \
	for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "error: Python 3.11 or newer was not found; install it, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! $(PY) -c 'import pip' >/dev/null 2>&1; then \
	  if ! "$$found" -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	    echo "error: $$found has no venv module; install it (Debian, Ubuntu: apt-get install python3-venv)" >&2; exit 1; \
	  fi; \
	  echo "setup: a virtual environment in $(VENV) with $$("$$found" --version)"; \
	  "$$found" -m venv --clear $(VENV); \
	fi
	@echo "setup: installing the pinned packages"
	@$(PY) -m pip install -q --disable-pip-version-check --no-input -c constraints.txt pip
	@$(PY) -m pip install -q --disable-pip-version-check --no-input -c constraints.txt --build-constraint constraints.txt \
	  -e ".[$(EXTRAS)]" --group dev
	@touch $@

$(BROWSER): $(MADE)
	@$(PY) -m inboxwright.browser install
	@touch $@

e2e: setup
	$(PYTEST) e2e/ --browser chromium

test: lint types unit plugin contract mutants e2e
	@echo "all passed: lint types unit plugin contract mutants e2e"

lint: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/deptry src
	$(VENV)/bin/check-jsonschema -q --builtin-schema vendor.github-workflows .github/workflows/*.yml src/inboxwright/cli/ci/github.yml
	$(VENV)/bin/check-jsonschema -q --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci src/inboxwright/cli/ci/gitlab.yml
	$(VENV)/bin/check-jsonschema -q --builtin-schema vendor.circle-ci src/inboxwright/cli/ci/circleci.yml
	$(VENV)/bin/check-jsonschema -q --builtin-schema vendor.compose-spec compose.yaml
	$(VENV)/bin/kubernetes-validate --strict --quiet deploy/*.yaml

types: setup
	$(PY) -m mypy
	$(PY) -m mypy --platform win32 src
	$(PY) -m mypy --platform darwin src
	$(PY) -m mypy --config-file tests/contract/flask_security/mypy.ini tests/contract/flask_security

schema: setup
	$(PY) -m inboxwright.config docs/configuration.md

unit: setup
	$(PYTEST) -n 2 tests/unit

plugin: setup
	$(PYTEST) -n 2 tests/plugin

# The real mail systems of the conformance suite, built or installed into .cache/ at pinned versions.
servers: setup
	$(PY) -m tests.contract.servers install

contract: servers
	$(PYTEST) -n 2 tests/contract

mutants: setup
	$(PYTEST) tests/mutants

# What every CI system calls: one shard, or all, of the tests against a project; then one page from all shards' results.
nightly: setup
	$(PY) -m pytest $(TESTS) --project $(PROJECT) $(if $(SHARD),--shard $(SHARD)) -n $(WORKERS) --output $(RESULTS) \
	  --junitxml $(RESULTS)/junit.xml $(ARGS)

report: setup
	$(VENV)/bin/inboxwright report $(RESULTS) --output $(REPORT) --history $(HISTORY) --timings .test_durations \
	  $(if $(SINCE),--since $(SINCE)) $(if $(SUMMARY),--summary $(SUMMARY)) --check

rehearsal: setup
	$(PY) -m tests.rehearsal $(ARGS)

journeys: setup
	JOURNEYS=$(JOURNEYS) $(PY) -m pytest e2e/test_sign_in.py tests/rehearsal/journeys.py -k test_journey --browser chromium \
	  -n $(WORKERS) --output $(RESULTS) $(ARGS)

bench: setup
	$(PY) benchmarks/$(BENCH).py $(ARGS)

record: setup
	$(VENV)/bin/inboxwright record $(NAME) --url $(URL)

fuzz: setup
	$(PY) -m tests.fuzz.mail --seconds 60

wheel: setup
	$(PY) -m pip wheel -q --no-deps --build-constraint constraints.txt --wheel-dir dist .

clean:
	rm -rf $(VENV) dist build test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The parts of `make test` run one after the other, quick ones first, whatever -j says.
.NOTPARALLEL:
