# Two commands matter: `make run` and `make test`. Both make the virtual environment they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
HOST ?= 127.0.0.1

# make run DATA=iowa keeps its own store, so that each data set stays as you left it
ifdef DATA
export SMARTRECO_DATA := $(DATA)
export SMARTRECO_DB ?= data/$(DATA).duckdb
endif

.PHONY: run test test-full lint format clean python

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST)

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not full" -rs --rerun-show-tracebacks

test-full: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n 2 --dist loadfile -rs --rerun-show-tracebacks

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis test-artifacts

python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "SmartReco needs Python 3.11 or newer; '$(PYTHON)' was not found: install it, or name another with make PYTHON=…"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "SmartReco needs Python 3.11 or newer; found $$($(PYTHON) -V): name a newer one with make PYTHON=…"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "SmartReco needs Python's venv module; $$($(PYTHON) -V) has none: install it (Debian, Ubuntu: apt-get install python3-venv)"; exit 2; }

$(VENV)/bin/python: | python
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The virtual environment could not be made; the lines above say why"; exit 2; }

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp
