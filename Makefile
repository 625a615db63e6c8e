# One command shows the main job, one passes the tests; both make their own virtual environment.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: due test lint bench samples coverage fuzz faults oracles clean

due: .venv/.installed ## the week of 16 พ.ย. 2563 of the office's real plan
	@PYTHONUTF8=1 $(BIN)/ustm due --week --today 2563-11-16

test: .venv/.dev ## the whole test suite
	$(BIN)/python -m pytest -q -n auto

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.venv/.installed: pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/.dev: pyproject.toml .venv/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

coverage: .venv/.dev ## branches of the package that the suite reaches; fails below 98 %
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -q -n auto --cov --cov-report=term

bench: .venv/.dev ## every figure of docs/performance.md, beside the peers that the machine has
	$(BIN)/python -m benchmarks

oracles: .venv/.dev ## dates against other engines, with twenty times more made-up rules and every day; says how many
	USTM_ORACLES=20 $(BIN)/python -m pytest -q -n auto tests/oracle

fuzz: .venv/.dev ## the long runs: about 300 000 inputs, see docs/reliability.md
	PYTHONPATH=. $(BIN)/python tests/fuzz/long.py all

faults: .venv/.dev ## every command that writes, killed 100 times
	USTM_KILLS=100 $(BIN)/python -m pytest -q -s tests/faults -k killed

clean:
	rm -rf .venv build dist
