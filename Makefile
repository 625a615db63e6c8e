# One command shows the main job, one passes the tests; both make their own virtual environment.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: due test lint bench samples coverage fuzz faults oracles lock audit lowest newest mutants long clean

due: .venv/.installed ## the week of 16 พ.ย. 2563 of the office's real plan
	@PYTHONUTF8=1 $(BIN)/ustm due --week --today 2563-11-16

test: .venv/.dev ## the whole test suite
	$(BIN)/python -m pytest -q -n auto

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

.venv/.installed: pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

# LOCKED=1, as CI has it: nothing but what the lock names, each file by its hash.
ifdef LOCKED
.venv/.dev: pyproject.toml requirements/ci.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/ci.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check --quiet
	@touch .venv/.installed $@
else
.venv/.dev: pyproject.toml .venv/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
endif

# What needs the network itself, and so stands in no lock.
.venv/.tools:
	@$(PYTHON) -m venv .venv/tools
	@.venv/tools/bin/python -m pip install --quiet --disable-pip-version-check uv pip-audit
	@touch $@

lock: .venv/.tools ## renew the lock: the newest versions that pyproject.toml admits, for every Python and system
	.venv/tools/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --generate-hashes \
	    --no-annotate --no-emit-index-url --custom-compile-command 'make lock' --output-file requirements/ci.txt pyproject.toml

audit: .venv/.tools ## known faults of what the lock names
	.venv/tools/bin/python scripts/audit.py requirements/ci.txt

lowest: .venv/.tools ## the whole test suite on the lowest versions that pyproject.toml admits
	.venv/tools/bin/uv pip compile --quiet --resolution lowest-direct --python $(PYTHON) --all-extras \
	    --no-header --output-file .venv/lowest.txt pyproject.toml
	.venv/tools/bin/uv venv --quiet --clear --python $(PYTHON) .venv/lowest
	.venv/tools/bin/uv pip install --quiet --python .venv/lowest/bin/python --requirement .venv/lowest.txt
	.venv/tools/bin/uv pip install --quiet --python .venv/lowest/bin/python --no-deps --editable .
	.venv/lowest/bin/python -m pytest -q -n auto

# The newest of what a user gets, where a tool of development holds it back in the lock.
newest: .venv/.tools ## the whole test suite on the newest versions that pyproject.toml admits
	.venv/tools/bin/uv pip compile --quiet --upgrade --python $(PYTHON) --extra chat --extra rollup-dask \
	    --no-header --output-file .venv/newest.txt pyproject.toml
	.venv/tools/bin/uv venv --quiet --clear --python $(PYTHON) .venv/newest
	.venv/tools/bin/uv pip install --quiet --python .venv/newest/bin/python --editable '.[dev]'
	.venv/tools/bin/uv pip install --quiet --python .venv/newest/bin/python --no-deps --requirement .venv/newest.txt
	.venv/newest/bin/python -m pytest -q -n auto

coverage: .venv/.dev ## branches of the package that the suite reaches; fails below 98 %
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -q -n auto --cov --cov-report=term

bench: .venv/.dev ## every figure of docs/performance.md, beside the peers that the machine has
	$(BIN)/python -m benchmarks --country 7927

oracles: .venv/.dev ## dates against other engines, with twenty times more made-up rules and every day; says how many
	USTM_ORACLES=20 $(BIN)/python -m pytest -q -n auto tests/oracle

fuzz: .venv/.dev ## the long runs: 1 350 000 inputs, see docs/reliability.md; then such as Atheris finds, where it is installed
	PYTHONPATH=. $(BIN)/python tests/fuzz/long.py all
	PYTHONPATH=. $(BIN)/python tests/fuzz/guided.py phrase 600

faults: .venv/.dev ## every command that writes, killed 100 times
	USTM_KILLS=100 $(BIN)/python -m pytest -q -s tests/faults -k killed

mutants: .venv/.dev ## changes to what dates hang on, each of which a test must notice: docs/mutants.md
	$(BIN)/python scripts/mutants

long: oracles fuzz faults mutants coverage lowest newest ## the long part of docs/reliability.md: hours

clean:
	rm -rf .venv build dist
