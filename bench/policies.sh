#!/bin/sh
# Builds Release and prints the figures of 'policies' as a Markdown table, beside those of supervisord and runit where they are installed,
# and of PM2 where there is npm (PM2=off leaves it out). Arguments go to the program: --quick, --runs 5 --services 1000.
set -eu
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo src/Ziggie.Api >&2
dotnet build -c Release -v q --nologo bench/Ziggie.Bench >&2
if [ "${PM2:-}" = "" ] && command -v npm >/dev/null; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  if npm install --silent --no-audit --no-fund --prefix "$folder" pm2 >&2; then PM2=$folder/node_modules/pm2/bin/pm2; fi
fi
if [ -n "${PM2:-}" ] && [ "$PM2" != off ]; then set -- --pm2 "$PM2" "$@"; fi
dotnet bench/Ziggie.Bench/bin/Release/net10.0/Ziggie.Bench.dll policies --daemon src/Ziggie.Api/bin/Release/net10.0/Ziggie.Api.dll "$@"
