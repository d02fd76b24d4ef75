#!/usr/bin/env bash
# Builds all images with the .NET SDK, without a Dockerfile: five services and the trainer, each with its list of parts (CycloneDX) at /app/sbom.cdx.json.
#   scripts/images.sh [--registry HOST] [--tag TAG] [--arch x64|arm64] [--archive FOLDER]
# Without --registry they go to the local container engine, with --archive into files, which needs none. Either way the base image is fetched from mcr.microsoft.com.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

registry= tag= arch=x64 archive=
while [ $# -gt 0 ]; do
  case $1 in
    --registry) registry=$2; shift 2 ;;
    --tag) tag=$2; shift 2 ;;
    --arch) arch=$2; shift 2 ;;
    --archive) archive=$2; shift 2 ;;
    -h | --help) sed -n '2,4p' "$0"; exit 0 ;;
    *) echo "images.sh: unknown option '$1'; see --help" >&2; exit 2 ;;
  esac
done

for image in gateway candidate-svc ranking-svc experiment-svc feature-svc trainer; do
  mkdir -p "$image/obj"
  node scripts/sbom.mjs "$image" > "$image/obj/sbom.cdx.json"
  dotnet publish "$image" -c Release --os linux --arch "$arch" --self-contained false -t:PublishContainer -nologo \
    ${registry:+-p:ContainerRegistry="$registry"} ${tag:+-p:ContainerImageTag="$tag"} ${archive:+-p:ContainerArchiveOutputPath="$(realpath -m "$archive")/$image.tar.gz"}
done
