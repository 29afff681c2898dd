# Every target works as the first command on a fresh clone: Python 3.11+ and make are enough.
# PYTHON names the interpreter to use; when empty, the first suitable one found is taken.

PYTHON ?=
VENV := .venv
PIP = $(VENV)/bin/python -m pip -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test bench lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.ready-run ## show the demonstration
	@$(VENV)/bin/safethird demo

test: $(VENV)/.ready-test ## run every check, on every supported Python present
	@bash scripts/test.sh

bench: ## measure speed
	@$(MAKE) --silent --no-print-directory VENV=.venv-bench .venv-bench/.ready-bench
	@.venv-bench/bin/python -m benchmarks

lock: ## choose the newest releases afresh and pin them in requirements/
	@$(find_python); tmp=$$(mktemp -d) || exit 1; trap 'rm -rf "$$tmp"' EXIT; trap 'exit 130' INT TERM; \
	"$$found" -m venv "$$tmp/venv" && "$$tmp/venv/bin/python" -m pip -qq --disable-pip-version-check install uv || exit 1; \
	lock() { \
	    echo "Resolving requirements/$$1.txt…"; out="$$tmp/$$1.txt"; shift; \
	    "$$tmp/venv/bin/uv" pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
	        --python "$$tmp/venv/bin/python" --generate-hashes --no-header --no-annotate -o "$$out" "$$@"; \
	}; \
	lock test --group build --group test && lock run --group build --constraint "$$tmp/test.txt" && \
	lock bench --group build --group bench --constraint "$$tmp/test.txt" || exit 1; \
	if grep -n '://' "$$tmp/test.txt" "$$tmp/run.txt" "$$tmp/bench.txt"; then \
	    echo "make lock: the lines above carry an address; pins must not. Nothing was changed." >&2; exit 1; \
	fi; \
	for name in test run bench; do cat "$$tmp/$$name.txt" > requirements/$$name.txt || exit 1; done

clean: ## remove environments, caches and builds
	rm -rf .venv .venv-3.* .venv-bench build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- environments ---------------------------------------------------------------------------------

# Sets $$found to an interpreter that runs, is new enough and can make environments, or stops with the
# reason. A name that exists but refuses to run (a version manager's stand-in) is passed over.
define find_python
found=; bare=; asked='$(PYTHON)'; \
fits() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }; \
able() { "$$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }; \
try() { if fits "$$1"; then if able "$$1"; then found=$$1; else bare=$${bare:-$$1}; fi; fi; }; \
if [ -n "$$asked" ]; then try "$$asked"; else \
    oldifs=$$IFS; IFS=:; \
    for name in python3.11 python3.12 python3.13 python3; do \
        for dir in $$PATH "$$HOME"/.pyenv/versions/3.1[123]*/bin; do \
            [ -n "$$found" ] || ! [ -x "$$dir/$$name" ] || try "$$dir/$$name"; \
        done; \
    done; \
    IFS=$$oldifs; \
fi; \
if [ -z "$$found" ] && [ -n "$$bare" ]; then \
    echo "safethird: $$bare cannot make environments: its venv or ensurepip module is missing." >&2; \
    echo "Install it (Debian, Ubuntu: the package python3-venv), or name another: make PYTHON=python3.12 …" >&2; exit 1; \
elif [ -z "$$found" ] && [ -n "$$asked" ]; then \
    echo "safethird: '$$asked' does not run, or is older than Python 3.11. Name another with PYTHON=…" >&2; exit 1; \
elif [ -z "$$found" ]; then \
    echo "safethird: needs Python 3.11 or newer, and found none on PATH." >&2; \
    echo "Install one, or say where it is: make PYTHON=/where/it/is/python3 …" >&2; exit 1; \
fi
endef

# An environment that was moved, or whose interpreter is gone, is made anew.
IGNORED := $(shell [ ! -e $(VENV)/.created ] || { [ "$$(cat $(VENV)/.created)" = "$(CURDIR)" ] && \
    $(VENV)/bin/python -c '' 2>/dev/null; } || rm -f $(VENV)/.created)

$(VENV)/.created:
	@$(find_python); echo "Setting up $(VENV) (first time only)…"; \
	rm -rf $(VENV) && "$$found" -m venv $(VENV) && printf '%s\n' "$(CURDIR)" > $@

# The stamp is laid last, so an interrupted installation is begun again.
$(VENV)/.ready-%: requirements/%.txt pyproject.toml $(VENV)/.created
	@rm -f $@
	@echo "Installing requirements/$*.txt into $(VENV)…"
	@$(PIP) install --require-hashes -r requirements/$*.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
