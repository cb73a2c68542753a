# What a newcomer runs: make demo. What a developer runs: make check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PEERS := $(VENV)/.peers

.PHONY: demo test golden-report check format docs bench serve clean

# index the stories of corpus/, search them, say how to open the page
demo: $(INSTALLED)
	$(BIN)/ficsearch index corpus/
	@echo
	$(BIN)/ficsearch query "Willow Xander" --limit 5
	@echo
	@echo 'The same for a reader who has seen up to The Zeppo:'
	$(BIN)/ficsearch query "Willow Xander" --seen "The Zeppo" --limit 2
	@echo
	@echo 'Open the search page with:  $(BIN)/ficsearch serve --open'

# every test; the browser tests are skipped where there is no chromium
test: $(INSTALLED)
	$(BIN)/pytest

# how well the golden set is read: right of judged per field and per family, and each miss
golden-report: $(INSTALLED)
	$(BIN)/python tests/golden_stories.py

# everything that must hold before a commit: form, lint, types, generated docs, tests
check: $(INSTALLED)
	$(BIN)/ruff format --check src tests bench docs
	$(BIN)/ruff check src tests bench docs
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check
	$(BIN)/pytest

# put code and docs into the form that check wants
format: $(INSTALLED)
	$(BIN)/ruff format src tests bench docs
	$(BIN)/ruff check --fix src tests bench docs

docs: $(INSTALLED)
	$(BIN)/python docs/generate.py

# ficsearch beside other engines, the stages of indexing, how fast each format is read, over the stories of FICSEARCH_FICTION (else of corpus/);
# FULL=1 SCALE=DIR measures everything, also on DIR (100,000 grown stories), and writes bench/RESULTS.md
STORIES := $(if $(FICSEARCH_FICTION),$(FICSEARCH_FICTION)/text,corpus)
bench: $(PEERS)
	$(BIN)/python -m bench.engines $(STORIES) $(if $(FULL),--full --each 40) $(if $(SCALE),--scale $(SCALE)) $(if $(WORK),--work $(WORK))
	$(BIN)/python bench/stages.py $(STORIES)
	$(BIN)/python bench/reading.py $(STORIES)

serve: $(INSTALLED)
	$(BIN)/ficsearch serve

clean:
	rm -rf $(VENV) dist build index/stories.db* index/whoosh index/lock* index/packs.cache

$(INSTALLED): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ficsearch needs Python 3.11 or newer; name one with: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# the engines that the bench compares; one that there is no package for is left out
$(PEERS): $(INSTALLED)
	-$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@
