#!/usr/bin/env bash
# Builds XtndOrleans, starts it, and synchronises a store with it: a simulated one, or yours. All there is to know: ./run.sh --help
set -euo pipefail
readonly here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/lib.sh

usage() {
    cat <<'HELP'
./run.sh [--port PORT] [--api-url URL --access-token USER]

Installs PostgreSQL if there is none, builds, and starts XtndOrleans on http://localhost:5080 with a database of its own and a simulated Magento
store of 2,000 products and 500 orders. Makes a demo tenant and a connection, verifies it, sets its schedules active, reads all that the store has,
tells what is held, the API key, and where the page, the API reference and the database are, and serves until Ctrl-C, which stops everything.
The next start finds everything again and reads what has changed.

  --api-url URL         your Magento store in place of the simulated one, such as https://shop.example.com
  --access-token USER   the name of the store's administration user. Asked for: the password; or take it from XTND_SECRET
  --port PORT           listen here (5080)
  --help                this text

XTND_HOME               the folder with the database, keys and logs (.xtnd, beside this script). It is all there is: delete it to begin anew,
                        unless the database is elsewhere: then its master.key opens the stores' credentials there
XTND_SECRET             the store user's password
ConnectionStrings__Xtnd a PostgreSQL of yours in place of the embedded one: Host=…;Database=…;Username=…;Password=…
Xtnd__Egress__AllowPrivateAddresses=true   lets it reach a store on a private network
Every other setting of the README can be given in the same way.
HELP
}

# needs WHAT OPTION [VALUE]...
needs() { [[ -n ${3-} ]] || fail "$2 needs $1. See: ./run.sh --help"; }

read_options() {
    while (($# > 0)); do
        case $1 in
            --help | -h) usage && exit 0 ;;
            --port) needs "a number" "$@" && port=$2 ;;
            --api-url) needs "an address" "$@" && api_url=$2 ;;
            --access-token) needs "a user name" "$@" && access_token=$2 ;;
            *) fail "$1 is not an option. See: ./run.sh --help" ;;
        esac
        shift 2
    done
    [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || fail "--port is '$port'. Allowed: 1 to 65535."
    [[ -n $api_url && -n $access_token || -z $api_url$access_token ]] || fail "A store needs both: --api-url URL --access-token USER"
    [[ -z $api_url || $api_url =~ ^https?:// ]] || fail "--api-url is '$api_url'. Give the whole address, such as https://shop.example.com"
}

is_used() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# One run.sh per folder. The guard holds the lock as well, so it is free only when the last process of an earlier run has ended.
claim_home() {
    # One that is there already keeps its mode: it may be more than ours.
    [[ -d $home ]] || { mkdir -p "$home" && chmod 711 "$home"; }
    mkdir -p "$home/logs"
    exec 9>>"$home/lock"
    if ! flock -n 9; then
        local holder
        holder=$(cat "$home/holder" 2>/dev/null || true)
        ! kill -0 "$holder" 2>/dev/null || fail "XtndOrleans is running already, as process $holder with the folder $home. Stop it, or choose another folder with XTND_HOME."
        say "An earlier run is still being stopped; waiting for it."
        flock -w 120 9 || fail "It does not end. Look for its processes with: pgrep -fa XtndOrleans"
    fi
    echo "$$" >"$home/holder"
}

# PostgreSQL never runs as root; root's own folders are closed to the user that it runs as.
require_entrance() {
    ((EUID == 0)) && [[ -z ${ConnectionStrings__Xtnd-} ]] || return 0
    local user=${Xtnd__Embedded__User:-postgres}
    ! id "$user" >/dev/null 2>&1 || setpriv --reuid "$user" --regid "$user" --init-groups test -x "$home" ||
        fail "PostgreSQL runs as the user $user, who cannot enter $home. Choose another folder: XTND_HOME=/var/lib/xtnd ./run.sh"
}

make_key() {
    [[ -s $1 ]] && return
    (umask 077 && head -c 32 /dev/urandom | base64 -w 0 >"$1.new" && mv "$1.new" "$1")
}

# Asked for at the beginning, not after the build; a store that was verified before has it already.
ask_secret() {
    secret=${XTND_SECRET-}
    unset XTND_SECRET
    [[ -n $api_url && -z $secret ]] || return 0
    ! grep -qsxF -- "$access_token $api_url" "$home/stores" || return 0
    [[ -t 0 ]] || fail "The password of $access_token is missing. Give it in XTND_SECRET."
    IFS= read -rsp "Password of $access_token at $api_url: " secret
    say
    [[ -n $secret ]] || fail "Without a password the store cannot be read."
}

start_guard() {
    exec 8> >(exec setsid bash scripts/guard.sh)
    guard=$!
}

# In a session of its own a process is out of the terminal's reach: Ctrl-C is for us, and the guard stops the rest in order.
# It gives its id to the guard itself, before it is anything: so it is known whenever we are killed.
launch() {
    (echo "$BASHPID" >&8 && exec setsid "$@" 7>&- 8>&- 9>&-) &
    launched=$!
}

# Its id may soon be somebody else's.
forget_launched() { echo "-$launched" >&8; }

# shellcheck disable=SC2317  # called by the trap
stop_all() {
    local status=$?
    trap '' EXIT INT TERM HUP
    # The terminal shows ^C, maybe behind a progress bar.
    [[ ! -t 1 ]] || say || true
    say "Stopping." || true
    exec 8>&-
    wait "$guard" || true
    exit "$status"
}

# A build names the folder and the home of whoever made it: it is good for no other.
built_by() { echo "$PWD ${HOME-}"; }

# Whether no source is newer than the last build.
is_built() { [[ -e $1 && $(<"$1") == "$(built_by)" && -z $(find src sql ./*.props global.json -name bin -prune -o -name obj -prune -o -type f -newer "$1" -print -quit) ]]; }

build() {
    local stamp=${server%/*}/built project
    ! is_built "$stamp" || return 0
    # Two starts with folders of their own still have one place to build in.
    mkdir -p src/XtndOrleans.Server/obj
    exec 7>>src/XtndOrleans.Server/obj/run.lock
    flock -n 7 || { say "Another start is building; waiting for it." && flock 7; }
    is_built "$stamp" || build_into "$stamp"
    exec 7>&-
}

build_into() {
    local stamp=$1 project
    say "Building (log: $home/logs/build.log)"
    : >"$home/logs/build.log"
    local began
    began=$(date --iso-8601=ns)
    for project in Server Simulator; do
        launch dotnet build "src/XtndOrleans.$project" "${build_options[@]}" >>"$home/logs/build.log" 2>&1
        wait "$launched" || { cat "$home/logs/build.log" && fail "XtndOrleans.$project could not be built."; }
        forget_launched
    done
    built_by >"$stamp"
    touch -d "$began" "$stamp"
}

# died NAME: the end of its log tells why.
died() {
    tail -n 5 "$home/logs/$1.log" >&2
    fail "The $1 has ended by itself. Its log: $home/logs/$1.log"
}

# simulate PORT: false when another program has the port.
simulate() {
    ! is_used "$1" || return 1
    launch dotnet "$(binary Simulator)" --stores 1 --products 2000 --orders 500 --port "$1" >"$home/logs/simulator.log" 2>&1
    until grep -qs '^Simulator ready' "$home/logs/simulator.log"; do
        if ! kill -0 "$launched" 2>/dev/null; then
            forget_launched
            ! is_used "$1" || return 1
            died simulator
        fi
        sleep 0.1
    done
}

# The port is kept once a connection names it.
start_simulator() {
    local file=$home/simulator-port kept=8380
    [[ ! -s $file ]] || kept=$(<"$file")
    until simulate "$kept"; do
        [[ ! -s $file || ! -s $home/connection ]] || fail "Port $kept, where the simulated store was, is used by another program. Stop that one."
        kept=$((kept + 1))
    done
    echo "$kept" >"$file"
    api_url=http://127.0.0.1:$kept/store/1 access_token=admin secret=Admin123demo name="Simulated store"
    export Xtnd__Egress__AllowPrivateAddresses=true
}

binary() { echo "$PWD/src/XtndOrleans.$1/bin/Release/net10.0/XtndOrleans.$1.dll"; }

start_server() {
    export Xtnd__PlatformKey Xtnd__Secrets__MasterKey
    Xtnd__PlatformKey=${Xtnd__PlatformKey:-$(<"$home/platform.key")}
    Xtnd__Secrets__MasterKey=${Xtnd__Secrets__MasterKey:-$(<"$home/master.key")}
    ASPNETCORE_URLS=http://localhost:$port Xtnd__Embedded__Folder=$home \
        launch dotnet "$server" >"$home/logs/server.log" 2>&1
    server_id=$launched
}

# Creates and verifies over the public API, as any client would.
onboard() {
    XTND_SECRET=$secret launch dotnet "$server" onboard --url "http://localhost:$port" --home "$home" \
        --api-url "$api_url" --access-token "$access_token" --name "$name"
    while kill -0 "$launched" 2>/dev/null; do
        kill -0 "$server_id" 2>/dev/null || died server
        sleep 0.1
    done
    wait "$launched"
    forget_launched
}

port=5080 api_url='' access_token='' secret='' name=''
home=$PWD/.xtnd
[[ -z ${XTND_HOME-} ]] || home=$(cd "$here" && realpath -m "$XTND_HOME")
server=$(binary Server)
read_options "$@"
claim_home
ask_secret
! is_used "$port" || fail "Port $port is used by another program. Stop that one, or choose another port: ./run.sh --port 5081"
require_dotnet
[[ -n ${ConnectionStrings__Xtnd-}${Xtnd__Embedded__Binaries-} ]] || require_postgres
require_entrance
make_key "$home/platform.key"
make_key "$home/master.key"
trap 'exit 0' INT TERM HUP
start_guard
trap stop_all EXIT
build
[[ -n $api_url ]] || start_simulator
start_server
onboard
wait "$server_id" || true
died server
