#!/bin/sh
# Takes a picture of every page, in both themes, on a desktop and at 390 px. The documentation keeps some of them.
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-docs/images}
mkdir -p "$folder"
ZIGGIE_PICTURES=$(cd "$folder" && pwd) dotnet test tests/Ziggie.Dashboard.Tests --nologo --filter FullyQualifiedName~PageLayoutTests
