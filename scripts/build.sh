# Sourced by run, test and bench: builds in Release, and only when a source is newer than the last build.

need() {
  command -v dotnet >/dev/null || { echo "The .NET 10 SDK is needed: https://dot.net (the command 'dotnet' was not found)." >&2; exit 2; }
  command -v npm >/dev/null || { echo "Node 20 with npm is needed for the native ONNX Runtime (the command 'npm' was not found)." >&2; exit 2; }
}

# build_release PROJECT-FOLDER...
build_release() {
  need
  local project stamp
  for project in "$@"; do
    stamp="$project/bin/Release/.built"
    if [ -f "$stamp" ] && [ -z "$(find . -newer "$stamp" \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' \
        -o -name 'packages.lock.json' -o -name 'package-lock.json' -o -name '*.razor' -o -name 'default-*.json' \) \
        -not -path '*/obj/*' -not -path '*/bin/*' -not -path '*/node_modules/*' -print -quit)" ]; then
      continue
    fi
    echo "building $project" >&2
    mkdir -p "$(dirname "$stamp")"
    touch "$stamp.begun" # what is edited while the build runs counts as newer
    dotnet build "$project" -c Release -v quiet -nologo -tl:off -clp:ErrorsOnly >&2
    mv "$stamp.begun" "$stamp"
  done
}
