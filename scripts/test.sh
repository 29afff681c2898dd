#!/usr/bin/env bash
# Every check on the main environment, then the tests alone on each other supported Python present. PostgreSQL and Java
# are set up first: some tests hold the SQL against real engines.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

supported="3.11 3.12 3.13"
failed_step="setting up"
trap 'code=$?; [ "$code" = 0 ] || echo "make test: stopped at: $failed_step" >&2' EXIT

step() { # step NAME COMMAND…
    failed_step=$1
    echo "== $1"
    shift
    "$@"
}

ready() { # ready ENVIRONMENT [PYTHON]: make or refresh one environment
    "${MAKE:-make}" --silent --no-print-directory VENV="$1" ${2:+PYTHON="$2"} "$1/.ready-test"
}

find_python() { # find_python VERSION: print a path, or nothing
    local candidate
    while IFS= read -r candidate; do
        if "$candidate" -c "import sys, ensurepip, venv; sys.exit('%d.%d' % sys.version_info[:2] != '$1')" \
            >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done < <(type -aP "python$1" || true; ls -d "$HOME/.pyenv/versions/$1"*/bin/"python$1" 2>/dev/null || true)
}

debian() { # debian COMMAND PACKAGE…: have a Debian package's command, installing it where that may be done
    local wanted=$1
    shift
    compgen -G "$wanted" >/dev/null || command -v "$wanted" >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $* (first time only)…"
        DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
            { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"; } \
                >/dev/null 2>&1 || true
    fi
    compgen -G "$wanted" >/dev/null || command -v "$wanted" >/dev/null ||
        echo "Not here, and not to be installed: $*. The tests that need it are skipped (with CI=true they fail)."
}

failed_step="setting up Debian packages"
debian '/usr/lib/postgresql/*/bin/initdb' postgresql
debian java default-jre-headless

ready .venv
main=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')

step "ruff check" .venv/bin/ruff check .
step "ruff format --check" .venv/bin/ruff format --check .
step "mypy" .venv/bin/mypy
step "lint-imports" .venv/bin/lint-imports --no-logo

# The absent are named first, so that pytest has the last word.
others=""
for version in $supported; do
    [ "$version" != "$main" ] || continue
    if [ -n "$(find_python "$version")" ]; then
        others="$others $version"
    else
        echo "Python $version: not present, not tested"
    fi
done

step "pytest on Python $main" .venv/bin/python -m pytest

for version in $others; do
    failed_step="setting up .venv-$version"
    ready ".venv-$version" "$(find_python "$version")"
    # What other engines say and draw depends on them and not on this interpreter.
    step "pytest on Python $version" ".venv-$version/bin/python" -m pytest --ignore=tests/test_batch_engines.py \
        --ignore=tests/test_flows_render.py --ignore=tests/test_flows_maps.py --ignore=tests/test_flows_pictures.py
done
