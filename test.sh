#!/usr/bin/env bash
# Builds everything, checks the format and runs all tests. Needs the .NET SDK; on Debian, with root or sudo, it installs what else the
# tests use. The last line is `N passed, N failed, N skipped`; the exit code is 0 only when nothing failed and every project ran.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
exec < /dev/null

limit=${TEST_LIMIT:-1500} # seconds for each test project
at_once=${TEST_AT_ONCE:-3} # projects that run side by side
first=(Ziggie.Scenarios.Tests Ziggie.Dashboard.Tests Ziggie.Api.Tests) # take longest, so they begin first
passed=0 failed=0 skipped=0

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
temporary=$(mktemp -d "${TMPDIR:-/tmp}/zt.XXXXXX") || exit 1
# What makes code faster after a while, and a second mapping for each page of it, cost programs that live for a moment more than they give.
export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0
# Tests that give up their privileges must reach the folders of others in it.
chmod 711 "$temporary"
# All that a test starts has this in its environment, whatever session it is in.
export TMPDIR=$temporary

say() { printf '%s\n' "$*"; }

fail() { say "FAILED  $*"; failed=$((failed + 1)); }

# PIDs of the processes that name the run's folder in their environment. This script was started before there was one.
leftovers() {
    local file pid
    for file in /proc/[0-9]*/environ; do
        pid=${file#/proc/} pid=${pid%/environ}
        grep -qsaF "$temporary" "$file" 2> /dev/null && [ -e "/proc/$pid/exe" ] && say "$pid"
    done
}

clean_up() {
    trap '' EXIT INT TERM
    local pid mount
    for pid in $(leftovers); do kill -KILL "$pid" 2> /dev/null; done
    wait
    while read -r _ mount _; do
        case $mount in "$temporary"/*) umount -l "$mount" ;; esac
    done < /proc/mounts
    rm -rf "$temporary"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

finish() {
    clean_up
    say "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

# --- What the tests use ---------------------------------------------------------------------------------------------------------------
has() { command -v "$1" > /dev/null 2>&1; }
has_chromium() { has chromium || has chromium-browser || has google-chrome; }
has_fonts() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts -type f \( -name '*.ttf' -o -name '*.otf' -o -name '*.pfb' \) -print -quit 2> /dev/null)" ]; }
has_postgresql() { has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null; }

install_missing() {
    local packages=() root=()
    has_postgresql || packages+=(postgresql)
    has setpriv && has unshare || packages+=(util-linux)
    has mount || packages+=(mount)
    has_chromium || packages+=(chromium)
    # Without any, a page shows no text.
    has_fonts || packages+=(fonts-dejavu-core)
    [ ${#packages[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ]; then root=(sudo -n); fi
    if ! has apt-get || ! "${root[@]}" true 2> /dev/null; then
        say "Not installed, and cannot be from here: ${packages[*]}. The tests that need them are skipped."
        return
    fi
    say "Installing ${packages[*]}"
    # Run level 1: a server that comes with a package is not started.
    "${root[@]}" apt-get update -qq > "$temporary/apt.log" 2>&1 \
        && "${root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${packages[@]}" >> "$temporary/apt.log" 2>&1 \
        || { tail -n 20 "$temporary/apt.log"; say "Could not install ${packages[*]}. The tests that need them are skipped."; }
}

# --- Results --------------------------------------------------------------------------------------------------------------------------
# One number of a trx file's summary.
counter() { grep -o '<Counters [^>]*' "$1" | head -n 1 | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p"; }

# Names and messages of the tests that failed.
failures() {
    awk -v RS='<UnitTestResult ' '
        function plain(text) {
            gsub(/&#xD;|\r/, "", text); gsub(/&#xA;/, "\n", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
            gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&amp;/, "\\&", text)
            return text
        }
        NR > 1 && /^[^>]* outcome="Failed"/ {
            name = " " $0; sub(/.*[ ]testName="/, "", name); sub(/".*/, "", name)
            message = ""; trace = ""
            if (match($0, /<Message>/)) { message = substr($0, RSTART + 9); sub(/<\/Message>.*/, "", message) }
            if (match($0, /<StackTrace>/)) { trace = substr($0, RSTART + 12); sub(/<\/StackTrace>.*/, "", trace) }
            print "FAILED  " plain(name) "\n" plain(message) "\n" plain(trace) "\n"
        }' "$1"
}

add_up() {
    local name=$1 code=$2 trx=$3 total=0 executed=0 good=0 bad
    if [ -s "$trx" ]; then
        total=$(counter "$trx" total) executed=$(counter "$trx" executed) good=$(counter "$trx" passed)
        failures "$trx"
    fi
    bad=$((executed - good))
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - executed))
    say "$name: $good passed, $bad failed, $((total - executed)) skipped in $4 s"
    case $code in
        0) [ "$executed" -gt 0 ] || fail "$name: no test ran." ;;
        124 | 137) tail -n 30 "$temporary/$name.log"; fail "$name: did not end within $limit s and was killed." ;;
        *) [ "$bad" -gt 0 ] || { tail -n 30 "$temporary/$name.log"; fail "$name: ended with exit code $code."; } ;;
    esac
}

# --- The run --------------------------------------------------------------------------------------------------------------------------
has dotnet || { fail "There is no dotnet. Install the .NET SDK that global.json names."; finish; }
install_missing

say "Building"
# Without build servers: they would outlive the script.
if ! dotnet build ZiggieActors.sln --disable-build-servers -v quiet --nologo; then
    fail "The build."
    finish
fi

say "Testing, and checking the format"
names=()
for folder in tests/*.Tests; do names+=("${folder##*/}"); done

# Those that take longest, then the others.
in_order() {
    local name
    for name in "${first[@]}"; do [[ " ${names[*]} " == *" $name "* ]] && say "$name"; done
    for name in "${names[@]}"; do [[ " ${first[*]} " == *" $name "* ]] || say "$name"; done
}

# Runs a command with a limit, and leaves its output, exit code and seconds in files of that name.
run() {
    local name=$1 started=$SECONDS
    shift
    timeout --kill-after=10 "$limit" "$@" > "$temporary/$name.log" 2>&1
    say $? > "$temporary/$name.code"
    say $((SECONDS - started)) > "$temporary/$name.time"
}

wait_for_room() { while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do wait -n; done; }

# It reads no more than sources, and so may run beside the tests. What else a full dotnet format looks for, which takes as long as a build,
# is an error of the build already, and the order of usings is a test of Ziggie.Architecture.Tests.
run format dotnet format whitespace ZiggieActors.sln --verify-no-changes --no-restore &
for name in $(in_order); do
    wait_for_room
    run "$name" dotnet test "tests/$name/bin/Debug/net10.0/$name.dll" --logger "trx;LogFileName=$name.trx" --results-directory "$temporary/results/$name" &
done
wait

result() { cat "$temporary/$1.$2" 2> /dev/null || say "${3:-}"; }
if [ "$(result format code 1)" -ne 0 ]; then
    cat "$temporary/format.log"
    fail "The format: run dotnet format."
fi
for name in "${names[@]}"; do
    add_up "$name" "$(result "$name" code 1)" "$temporary/results/$name/$name.trx" "$(result "$name" time)"
done

for _ in {1..50}; do
    left=$(leftovers)
    [ -z "$left" ] && break
    sleep 0.1 # one that is on its way out is none
done
for pid in $left; do
    fail "A test left a process behind: $pid $(tr '\0' ' ' < "/proc/$pid/cmdline" 2> /dev/null)"
    grep -E '^(PPid|NSpid)' "/proc/$pid/status" 2> /dev/null
    tr '\0' '\n' < "/proc/$pid/environ" 2> /dev/null | grep -E '^(ZIGGIE_|PWD=)' # says which test it was
done
finish
