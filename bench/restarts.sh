#!/bin/sh
# bench/restarts.sh [COUNT]: builds Release, restarts one service so often (10,000 by default) and prints as a Markdown table what the daemon
# has of memory, descriptors and threads meanwhile.
set -eu
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo src/Ziggie.Api >&2
dotnet build -c Release -v q --nologo bench/Ziggie.Bench >&2
exec dotnet bench/Ziggie.Bench/bin/Release/net10.0/Ziggie.Bench.dll restarts --runs "${1:-10000}" --daemon src/Ziggie.Api/bin/Release/net10.0/Ziggie.Api.dll
