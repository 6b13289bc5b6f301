# What run.sh, test.sh and .ci/run share. Sourced, from the root of the repository.
# shellcheck shell=bash

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Build servers would outlive us: no process is left behind.
export MSBUILDDISABLENODEREUSE=1
# shellcheck disable=SC2034  # used by those who source this
readonly build_options=(-c Release --disable-build-servers -v quiet)

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

require_dotnet() {
    command -v dotnet >/dev/null || fail "The .NET SDK 10.0 (10.0.400 or a later 10.0.4xx) is missing. Install it from https://dot.net, then start again."
    dotnet --version >/dev/null 2>&1 || fail "None of the .NET SDKs here fits global.json: 10.0.400 or a later 10.0.4xx is needed. Install it from https://dot.net, then start again."
}

# The server finds its binaries in the same places.
has_postgres() {
    local postgres
    for postgres in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres \
        /usr/libexec/postgresql*/postgres /usr/local/pgsql/bin/postgres; do
        if [[ -x $postgres && -x ${postgres%/*}/initdb && -x ${postgres%/*}/pg_ctl && $("$postgres" --version) =~ \)\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 15)); then
            return 0
        fi
    done
    return 1
}

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

# With a terminal sudo can ask for a password.
may_be_root() { ((EUID == 0)) || { command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; }; }

# apt_install NAME... Says what it does; without the right to, it says what to type.
apt_install() {
    local command="apt-get update && apt-get install -y --no-install-recommends $*"
    may_be_root || fail "Missing: $*. As root, type: $command"
    say "Installing with the system's package manager, as root: $*"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

require_postgres() {
    has_postgres && return
    command -v apt-get >/dev/null || fail "PostgreSQL 15 or newer is missing. Install its server package with this system's package manager, then start again."
    may_be_root || fail "PostgreSQL is missing. As root, type: apt-get update && apt-get install -y postgresql"
    # Only the programs are wanted: Debian's own database, which starts with the machine, is not made.
    apt_install postgresql-common
    if ! compgen -G '/var/lib/postgresql/*/main' >/dev/null; then
        as_root sed -ri 's/^#?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    apt_install postgresql
    has_postgres || fail "This system's PostgreSQL is older than 15. Install PostgreSQL 15 or newer, or name one elsewhere in ConnectionStrings__Xtnd."
}

# The tests find it under the same names.
require_chromium() {
    local name
    for name in chromium chromium-browser google-chrome; do
        ! command -v "$name" >/dev/null || return 0
    done
    command -v apt-get >/dev/null || fail "Chromium is missing. Install it with this system's package manager, then start again."
    # A page without a font is a page without text.
    apt_install chromium fonts-dejavu-core
    command -v chromium >/dev/null || fail "This system's package chromium has no browser in it. Install Chromium or Google Chrome, then start again."
}
