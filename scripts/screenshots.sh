#!/usr/bin/env bash
# Makes the pictures of the console in docs/images: starts the suite, sends simulated shoppers through a real experiment, and looks at it with Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p docs/images
SPLITRAIL_SCREENSHOTS="$PWD/docs/images" dotnet test tests/suite -c Release --filter "FullyQualifiedName~ScreenshotTests"
ls -l docs/images
