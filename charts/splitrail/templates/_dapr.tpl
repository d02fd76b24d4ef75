{{/*
The files of dapr-components/cluster (this chart's folder dapr is a link to it, which helm follows), with what only a cluster knows:
address, password and TLS of Redis, and where sidecars send their spans.
*/}}
{{- define "splitrail.daprResources" -}}
{{- $root := . -}}
{{- range $path, $_ := .Files.Glob "dapr/*.yaml" }}
{{- range $document := regexSplit "(?m)^---$" ($root.Files.Get $path) -1 }}
{{- with $resource := fromYaml $document }}
{{- if not $resource.kind }}{{ fail (printf "%s cannot be read: %s" $path (toJson $resource)) }}{{ end }}
{{- if eq $resource.kind "Component" }}
{{- $metadata := list }}
{{- range $setting := $resource.spec.metadata }}
{{- if eq $setting.name "redisHost" }}
{{- $metadata = append $metadata (dict "name" "redisHost" "value" (include "splitrail.redisHost" $root)) }}
{{- if and $root.Values.redis.tls (eq $root.Values.redis.mode "external") }}
{{- $metadata = append $metadata (dict "name" "enableTLS" "value" "true") }}
{{- end }}
{{- else if and (eq $setting.name "redisPassword") $root.Values.redis.secretName }}
{{- $metadata = append $metadata (dict "name" "redisPassword" "secretKeyRef" (dict "name" $root.Values.redis.secretName "key" $root.Values.redis.secretKey)) }}
{{- else }}
{{- $metadata = append $metadata $setting }}
{{- end }}
{{- end }}
{{- $_ := set $resource.spec "metadata" $metadata }}
{{- end }}
{{- if and (eq $resource.kind "Configuration") $root.Values.telemetry.otlpEndpoint }}
{{- $endpoint := urlParse $root.Values.telemetry.otlpEndpoint }}
{{- $_ := set $resource.spec.tracing "otel" (dict "endpointAddress" $endpoint.host "isSecure" (eq $endpoint.scheme "https") "protocol" "grpc") }}
{{- end }}
{{- $labels := include "splitrail.labels" (dict "root" $root "name" "dapr" "component" "dapr") | fromYaml }}
{{- $_ := set $resource.metadata "labels" $labels }}
---
{{ toYaml $resource }}
{{ end }}
{{- end }}
{{- end }}
{{- end }}
