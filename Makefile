# Every target makes the virtual environment it needs; nothing else has to be installed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check bench gen build clean

demo: $(READY)  ## check the bundled sample repository and show the report
	@$(BIN)/onex -C examples/sample-repo validate --exit-zero

test: $(READY) check  ## everything that must hold before a commit lands
	$(BIN)/python -m pytest -n auto

check: $(READY)  ## types, lint, import contracts, our own rules on ourselves
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/onex validate

bench: $(READY)  ## measure against public tools, in the same run; prints the tables of docs/performance.md
	$(BIN)/python -m bench

gen: $(READY)  ## write every generated file again: hooks, schemas, rule pages
	$(BIN)/python -m onex_tools.generate

build: $(READY)  ## sdist and wheel in dist/
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .bench

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("onex needs Python 3.11 or later: make PYTHON=python3.11 ..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	@touch $(READY)
