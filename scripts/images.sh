#!/usr/bin/env bash
# Builds all images with the .NET SDK, without a Dockerfile: five services and the trainer, each with its list of parts (CycloneDX) at /app/sbom.cdx.json.
#   scripts/images.sh [--registry HOST] [--tag TAG] [--arch x64|arm64] [--archive FOLDER] [--base IMAGE]
# Without --registry they go to the local container engine, with --archive into files, which needs none. The base image is fetched from mcr.microsoft.com; --base names another one, such as your
# registry's copy of it: registry.example.com/dotnet/aspnet:10.0-noble-chiseled.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

registry= tag= arch=x64 archive= base=
while [ $# -gt 0 ]; do
  case $1 in
    --registry) registry=$2; shift 2 ;;
    --tag) tag=$2; shift 2 ;;
    --arch) arch=$2; shift 2 ;;
    --archive) archive=$2; shift 2 ;;
    --base) base=$2; shift 2 ;;
    -h | --help) sed -n '2,5p' "$0"; exit 0 ;;
    *) echo "images.sh: unknown option '$1'; see --help" >&2; exit 2 ;;
  esac
done

for image in gateway candidate-svc ranking-svc experiment-svc feature-svc trainer; do
  mkdir -p "$image/obj"
  node scripts/sbom.mjs "$image" > "$image/obj/sbom.cdx.json"
  # Every package is compared with the lock file here. The publish below restores for one platform, which would write that platform into the lock file: it has one of its own.
  dotnet restore "$image" --locked-mode --verbosity quiet
  dotnet publish "$image" -c Release --os linux --arch "$arch" --self-contained false -t:PublishContainer -nologo \
    -p:NuGetLockFilePath=obj/images.lock.json -p:RestoreLockedMode=false \
    ${registry:+-p:ContainerRegistry="$registry"} ${tag:+-p:ContainerImageTag="$tag"} ${base:+-p:ContainerBaseImage="$base"} \
    ${archive:+-p:ContainerArchiveOutputPath="$(realpath -m "$archive")/$image.tar.gz"}
done
