# make demo: the main job. make test: the tests. make quick: those of a moment. make load: how the server bears up. Each sets up all it needs in .venv, by itself.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Two processes; tests/conftest.py puts the files that take longest first, so that both end at about the same time.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
# The files of tests beside which nothing runs; only these are read for them, which saves a quarter of a minute.
ALONE = $(shell grep -rl --include='test_*.py' 'mark\.alone' tests)

.PHONY: demo test quick bench bench-smoke load docs gallery lock clean fuseki

demo: .venv/run
	@$(BIN)/kg demo

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/kg validate
	@$(MAKE) --no-print-directory --jobs=2 types tests-side-by-side
	$(BIN)/python -m pytest -m alone $(ALONE)

# The types take one core half a minute: beside the tests, not before them.
.PHONY: types tests-side-by-side
types: .venv/dev
	$(BIN)/mypy
tests-side-by-side: .venv/dev
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not alone"

# What a change needs before a commit: lint, types and the tests that take a moment.
quick: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not slow and not alone"

.venv/run: requirements/run.txt pyproject.toml
	@echo "setting up .venv (a minute, once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than 3.11; run make PYTHON=python3.12 (or another that you have)"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src/kg
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	@$(PIP) install --no-compile --require-hashes -r requirements/dev.txt
	@touch $@

# Six minutes: this project beside its alternatives; docs/performance.md is written from the results.
bench: .venv/dev
	$(BIN)/python -m bench

# Half an hour and 10 GB of disk: up to ten million triples, embedded and on two servers; docs/scale.md is written from the results.
.PHONY: scale
scale: .venv/dev fuseki
	$(BIN)/python -m bench --scale

bench-smoke: .venv/dev
	$(BIN)/python -m bench --smoke

.PHONY: evaluate
evaluate: .venv/dev
	@$(BIN)/python -m tests.evaluation

load: .venv/dev
	$(BIN)/python bench/load.py

# What the documents take from the graph, then the documentation site in out/docs.
docs: .venv/dev
	$(BIN)/python tools/generate_docs.py
	$(BIN)/python tools/list_decisions.py
	$(BIN)/python tools/build_site.py out/docs

gallery: .venv/dev
	$(BIN)/python tools/generate_gallery.py

lock: .venv/dev
	$(PIP) install uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--quiet pyproject.toml requirements/build.in -o requirements/run.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--quiet pyproject.toml --extra notebook --group dev -c requirements/run.txt -o requirements/dev.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--quiet requirements/readers.in -o requirements/readers.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--quiet requirements/javascript.in -o requirements/javascript.txt

# Apache Jena Fuseki for the tests of remote engines, from Maven Central by Maven's own settings.
fuseki: out/fuseki/jena-fuseki-server.jar

out/fuseki/jena-fuseki-server.jar: tests/remote/jena.properties
	@mkdir -p out/fuseki
	@. ./tests/remote/jena.properties && \
		mvn -q dependency:copy -Dartifact=org.apache.jena:jena-fuseki-server:$$version -DoutputDirectory=out/fuseki -Dmdep.stripVersion && \
		echo "$$sha256  $@" | sha256sum --check --quiet

# ROBOT for the tests of the ontology, from Maven Central by Maven's own settings.
.PHONY: robot
robot: out/robot/.copied

out/robot/.copied: tests/robot/pom.xml tests/robot/jars.properties
	@mkdir -p out/robot
	@. ./tests/robot/jars.properties && \
		mvn -B -q -f tests/robot/pom.xml dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/out/robot && \
		cd out/robot && echo "$$sha256  -" > .expected && sha256sum *.jar | sha256sum --check --quiet .expected && touch .copied

# The readers that our exports are tried with: their pins exclude ours, so they have an environment of their own. JGraphT comes as jars.
.PHONY: readers
readers: out/readers/.installed

out/readers/.installed: requirements/readers.txt tests/readers/jgrapht/pom.xml tests/readers/jgrapht/jars.properties
	@mkdir -p out/readers
	@$(PYTHON) -m venv out/readers/venv
	@out/readers/venv/bin/python -m pip --disable-pip-version-check --quiet install --no-compile --require-hashes -r requirements/readers.txt
	@. ./tests/readers/jgrapht/jars.properties && \
		mvn -B -q -f tests/readers/jgrapht/pom.xml dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/out/readers/jgrapht && \
		cd out/readers/jgrapht && echo "$$sha256  -" > .expected && sha256sum *.jar | sha256sum --check --quiet .expected
	@touch $@

# What checks the scripts of the pages (types, lint), by npm: from PyPI with Node, where there is none, and with the hashes of the lock file.
.PHONY: javascript
javascript: out/javascript/node_modules/.package-lock.json

out/javascript/node_modules/.package-lock.json: tests/javascript/package-lock.json tests/javascript/package.json requirements/javascript.txt
	@mkdir -p out/javascript
	@cp tests/javascript/package.json tests/javascript/package-lock.json tests/javascript/.npmrc out/javascript/
	@command -v npm >/dev/null || { $(PYTHON) -m venv out/javascript/venv && \
		out/javascript/venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/javascript.txt; }
	@cd out/javascript && PATH="$$PWD/venv/bin:$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

# The software bill of materials (CycloneDX) of what requirements/run.txt installs.
.PHONY: sbom
sbom: .venv/run
	@mkdir -p out
	@$(BIN)/python -m kg.export.sbom requirements/run.txt > out/sbom.cdx.json

clean:
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache
