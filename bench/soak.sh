#!/usr/bin/env bash
# bench/soak.sh [SECONDS] [SEED]: kills the daemon at random moments for so long (300 s by default) while its services start, stop, crash
# and write, then compares what it has recorded with what they did. Prints the report; exit code 0 only when every promise was kept.
# What was found wrong is copied to ZIGGIE_SOAK_KEEP, if that names a folder.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export ZIGGIE_SOAK_SECONDS=${1:-300}
[ $# -lt 2 ] || export ZIGGIE_SOAK_SEED=$2
ZIGGIE_SOAK_REPORT=$(mktemp)
export ZIGGIE_SOAK_REPORT
trap 'rm -f "$ZIGGIE_SOAK_REPORT"' EXIT

dotnet build tests/Ziggie.Scenarios.Tests -v quiet -clp:NoSummary
result=0
dotnet test tests/Ziggie.Scenarios.Tests/bin/Debug/net10.0/Ziggie.Scenarios.Tests.dll --filter FullyQualifiedName~Soak > /dev/null || result=$?
cat "$ZIGGIE_SOAK_REPORT"
exit "$result"
