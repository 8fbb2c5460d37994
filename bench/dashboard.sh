#!/bin/sh
# Builds Release and prints the figures of 'dashboard' as a Markdown table. Arguments go to the program: --runs 5 --services 1000.
set -eu
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo src/Ziggie.Api >&2
dotnet build -c Release -v q --nologo bench/Ziggie.Bench >&2
exec dotnet bench/Ziggie.Bench/bin/Release/net10.0/Ziggie.Bench.dll dashboard --daemon src/Ziggie.Api/bin/Release/net10.0/Ziggie.Api.dll "$@"
