#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing (Debian 12), builds everything with warnings as errors, and runs all tests.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install_packages.sh test
cmake --workflow --preset dev
