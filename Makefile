# `make` lists what there is. Everything happens in this folder and in the caches of pip, uv and Go.
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

# The documents with parts that cog generates
GENERATED = $(shell grep -sl '\[\[\[cog' *.md docs/*.md)

# The environment's programs come first, as if it were activated: Pulumi takes its Python from there.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib

.PHONY: help
help: ## List the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r target text; do \
		printf '  make %-12s %s\n' "$$target" "$$text"; done

.PHONY: setup
setup: $(ENVIRONMENT) ## Make .venv with every tool at its exact version, and the Pulumi CLI
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
oldest: setup ## Run what users rely on with the oldest packages that pyproject.toml allows
	@$(BIN)/python -m venv --clear $(OLDEST)
	@VIRTUAL_ENV=$(OLDEST) $(UV) pip install --quiet --resolution lowest-direct --editable '.[cli,emulator]' \
		$$(grep -E '^pytest(-timeout|-xdist)?==' requirements.txt | cut -d' ' -f1)
	@$(OLDEST)/bin/python tools/engine path
	PATH="$(OLDEST)/bin:$$PATH" VIRTUAL_ENV=$(OLDEST) $(OLDEST)/bin/pytest --override-ini filterwarnings=default \
		--numprocesses auto --dist worksteal tests/contract tests/rules tests/state tests/engine/test_lifecycle.py

.PHONY: browser-test
browser-test: $(PACKAGES) ## Try the review's page in Chromium, which has to be installed
	$(BIN)/pytest tests/review/browser.py

.PHONY: mutants
mutants: $(PACKAGES) ## Change each property's declaration in turn, and list the changes that no test notices
	$(BIN)/python -m tools.mutants

.PHONY: previews
previews: setup ## Regenerate the previews that the review's tests read, and what they render to
	$(BIN)/python tests/review/make_previews.py

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
docs: $(PACKAGES) ## Write what is generated: public names, the lookups' forms for outputs, the stub, parts of the documents
	$(BIN)/python tools/exports.py
	$(BIN)/python -m tools.stubs
	$(if $(GENERATED),$(BIN)/cog -P -r $(GENERATED),@echo "No document has a generated part.")

.PHONY: bench
bench: setup ## Measure what the package costs, into bench.json too (10 minutes; QUICK=--quick for 2)
	$(BIN)/python -m benchmarks $(QUICK) --json bench.json

.PHONY: wheel
wheel: $(PACKAGES) ## Build the distribution into dist/
	$(UV) build --no-build-isolation --clear --quiet
	@ls dist

.PHONY: lock
lock: $(PACKAGES) ## Bring requirements.txt to the newest versions that pyproject.toml allows
	$(UV) pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 --upgrade \
		--no-header --quiet --output-file requirements.txt
	@git diff --stat -- requirements.txt

.PHONY: clean
clean: ## Remove everything that make made
	rm -rf $(VENV) dist bench.json .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(ENVIRONMENT):
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and there is no $(PYTHON) on PATH."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed," \
		"and $(PYTHON) is $$($(PYTHON) --version). Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making the virtual environment $(VENV)."
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(PACKAGES): $(ENVIRONMENT) requirements.txt pyproject.toml
	@echo "Installing the packages of requirements.txt into $(VENV) (under a minute)."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.txt)"
	@$(UV) pip sync --quiet requirements.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
