#!/usr/bin/env bash
# Installs what is missing, builds, runs every test, and ends with 'N passed, N failed'.
# For a part of them:  ./test.sh --class ScheduleRulesFacts   ./test.sh --namespace '*.Records'   or any filter of the xunit.v3 runner.
# For storms alone, of so many seeds from a random one on:  ./test.sh --chaos 20   of given ones:  XTND_CHAOS_SEEDS=7,8 ./test.sh --chaos 2
# Each prints a line with what happened in it; a failure names its seed.
# ./test.sh --screenshots DIR  runs no other test than the one that writes a picture of every page, light and dark, wide and narrow, into DIR.
# ./test.sh --page-speed  runs only what measures the page in the browser, and prints it.
set -euo pipefail
readonly here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/lib.sh

suites=(XtndOrleans.Tests XtndOrleans.SystemTests XtndOrleans.BrowserTests)
limit=60m
passed=0 failed=0

# chaos N: the storms alone, of N seeds unless XTND_CHAOS_SEEDS names others.
chaos() {
    [[ $1 =~ ^[1-9][0-9]{0,3}$ ]] || fail "--chaos needs the number of seeds, 1 to 9999; it is '$1'."
    local first=$((RANDOM * 32768 + RANDOM))
    export XTND_CHAOS_SEEDS=${XTND_CHAOS_SEEDS:-$(seq -s, "$first" $((first + $1 - 1)))}
    suites=(XtndOrleans.SystemTests)
    limit=$((60 + $1 * 5))m
    filters+=(-class '*.ChaosTests')
    say "Chaos seeds: $XTND_CHAOS_SEEDS"
}

take_screenshots() {
    XTND_SCREENSHOTS=$(cd "$here" && realpath -m "$1")
    export XTND_SCREENSHOTS
    suites=(XtndOrleans.BrowserTests)
    filters+=(-class '*.ScreenshotTests' -explicit only)
}

measure_pages() {
    suites=(XtndOrleans.BrowserTests)
    filters+=(-class '*.PageSpeedTests' -explicit only)
}

# --class X names a class without its namespace; the runner wants the whole name.
read_filters() {
    filters=()
    while (($# > 0)); do
        case $1 in
            --screenshots) take_screenshots "${2:?"--screenshots needs a folder"}" && shift ;;
            --page-speed) measure_pages ;;
            --class) filters+=(-class "*${2:?"--class needs a name"}") && shift ;;
            --chaos) chaos "${2:?"--chaos needs a number of seeds"}" && shift ;;
            --*) filters+=("${1#-}") ;;
            *) filters+=("$1") ;;
        esac
        shift
    done
}

# number NAME FILE: the sum of an attribute over the assemblies of a result.
number() { grep -oE "<assembly [^>]*" "$2" | grep -oE " $1=\"[0-9]+\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; }

# A runner that ends without a result has crashed, and counts as a failure.
run_suite() {
    local result status=0
    result=$results/$1.xml
    timeout --kill-after 30 "$limit" dotnet "tests/$1/bin/Release/net10.0/$1.dll" -noLogo -noColor -result-xml "$result" "${filters[@]}" </dev/null || status=$?
    if [[ ! -s $result ]]; then
        say "$1 ended with exit code $status and without a result."
        failed=$((failed + 1))
        return
    fi
    local bad
    bad=$(($(number failed "$result") + $(number errors "$result")))
    ((status == 0 || bad > 0)) || bad=1
    passed=$((passed + $(number passed "$result")))
    failed=$((failed + bad))
}

# Each failed test and the beginning of its message once more: who reads a log reads its end, and one failure may print much.
recall_failures() {
    awk 'BEGIN { RS = "<test " } /result="Fail"/ {
        match($0, / name="[^"]*/)
        name = substr($0, RSTART + 7, RLENGTH - 7)
        message = substr($0, index($0, "<message>") + 9)
        sub(/<\/message>.*/, "", message)
        print "failed: " name "\n" substr(message, 1, 600)
    }' "$results"/*.xml
}

read_filters "$@"
require_dotnet
require_postgres
require_chromium
dotnet build XtndOrleans.sln "${build_options[@]}" -warnaserror
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for suite in "${suites[@]}"; do
    run_suite "$suite"
done
if ((passed + failed == 0)); then
    say "No test has run."
    failed=1
fi
((failed == 0)) || recall_failures || true
say "$passed passed, $failed failed"
((failed == 0))
