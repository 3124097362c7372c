# `make` lists the targets. They write only to this folder and to the caches of pip, uv and Go.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
ENVIRONMENT := $(VENV)/made-environment
PACKAGES := $(VENV)/made-packages
OLDEST := $(CURDIR)/$(VENV)/oldest

# Documents with parts that cog generates
GENERATED = $(shell grep -sl '\[\[\[cog' *.md docs/*.md)

# Put the environment's programs first, as activating it does: Pulumi uses the Python on PATH.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib

.PHONY: help
help: ## List the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r target text; do \
		printf '  make %-12s %s\n' "$$target" "$$text"; done

.PHONY: setup
setup: $(ENVIRONMENT) ## Create .venv with every tool at its exact version, and the Pulumi CLI
	@$(MAKE) --no-print-directory --jobs=2 $(PACKAGES) engine

.PHONY: engine
engine: $(ENVIRONMENT)
	@$(BIN)/python tools/engine

.PHONY: demo
demo: setup ## Create, preview and destroy the quickstart's resources against the emulator
	@$(BIN)/python tools/demo.py

.PHONY: test
test: setup ## Run the whole test suite, with coverage
	$(BIN)/pytest --cov --numprocesses auto --dist worksteal

.PHONY: quick
quick: $(PACKAGES) ## Run the tests that need no Pulumi CLI (under 3 minutes)
	$(BIN)/pytest -m 'not engine' --numprocesses auto --dist worksteal

.PHONY: oldest
oldest: setup ## Run the main tests with the oldest packages that pyproject.toml allows
	@$(BIN)/python -m venv --clear $(OLDEST)
	@VIRTUAL_ENV=$(OLDEST) $(UV) pip install --quiet --resolution lowest-direct --editable '.[cli,emulator]' \
		$$(grep -E '^pytest(-timeout|-xdist)?==' requirements.txt | cut -d' ' -f1)
	@$(OLDEST)/bin/python tools/engine path
	PATH="$(OLDEST)/bin:$$PATH" VIRTUAL_ENV=$(OLDEST) $(OLDEST)/bin/pytest --override-ini filterwarnings=default \
		--numprocesses auto --dist worksteal tests/contract tests/state tests/engine/test_lifecycle.py

.PHONY: chaos
chaos: setup ## Inject faults, interrupt runs, and check that all converges (at most 30 minutes; SAMPLE=2 for 2 %)
	$(BIN)/pytest --sample $(or $(SAMPLE),100) --numprocesses auto --dist worksteal --no-cov \
		$(addprefix tests/chaos/,matrix.py interruptions.py interrupted_sets.py runs.py properties.py upgrades.py)

.PHONY: browser-test
browser-test: $(PACKAGES) ## Test the review's page in Chromium, which must be installed
	$(BIN)/pytest tests/review/browser.py

.PHONY: mutants
mutants: $(PACKAGES) ## Change each property's declaration in turn, and list the changes that no test detects
	$(BIN)/python -m tools.mutants

.PHONY: previews
previews: setup ## Regenerate the previews that the review's tests read, and the expected pages
	$(BIN)/python tests/review/make_previews.py

.PHONY: verify-aws
verify-aws: $(PACKAGES) ## Test the facts about AWS in an AWS account (ACCOUNT="--identity-store d-… --appstream")
	$(BIN)/pulumi-identity verify-aws --yes-create-entities $(ACCOUNT)

.PHONY: lint
lint: $(PACKAGES) ## Check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(if $(GENERATED),$(BIN)/cog -P --check $(GENERATED))

.PHONY: types
types: $(PACKAGES) ## Check types, with mypy and pyright
	$(BIN)/mypy
	$(BIN)/pyright --project pyproject.toml

.PHONY: docs
docs: $(PACKAGES) ## Regenerate modules and parts of the documents
	$(BIN)/python -m tools.exports
	$(BIN)/python -m tools.stubs
	$(if $(GENERATED),$(BIN)/cog -P -r $(GENERATED),@echo "No document has a generated part.")

.PHONY: bench
bench: setup ## Measure calls and times, and write bench.json (30 minutes; QUICK=--quick for 4)
	$(BIN)/python -m benchmarks $(QUICK) --json bench.json

.PHONY: wheel
wheel: $(PACKAGES) ## Build the distribution into dist/
	$(UV) build --no-build-isolation --clear --quiet
	@ls dist

.PHONY: lock
lock: $(PACKAGES) ## Update requirements.txt to the newest versions that pyproject.toml allows
	$(UV) pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 --upgrade \
		--no-header --quiet --output-file requirements.txt
	@git diff --stat -- requirements.txt

.PHONY: clean
clean: ## Remove everything that make created
	rm -rf $(VENV) dist bench.json .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(ENVIRONMENT):
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not on PATH — install Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is $$($(PYTHON) --version)," \
		"and this project needs 3.11 or newer — run \`make PYTHON=python3.12 $(MAKECMDGOALS)\`"; exit 1; }
	@echo "Creating the virtual environment $(VENV)."
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(PACKAGES): $(ENVIRONMENT) requirements.txt pyproject.toml
	@echo "Installing the packages of requirements.txt into $(VENV) (under a minute)."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.txt)"
	@$(UV) pip sync --quiet requirements.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
