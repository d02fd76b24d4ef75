{{/* Who may speak to Redis: the apps in the scopes of Dapr's components. A list as JSON. */}}
{{- define "splitrail.redisApps" -}}
{{- $apps := list -}}
{{- range $path, $_ := .Files.Glob "dapr/*.yaml" -}}
{{- range regexSplit "(?m)^---$" ($.Files.Get $path) -1 -}}
{{- with fromYaml . -}}
{{- if eq .kind "Component" }}{{ $apps = concat $apps .scopes }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{ $apps | uniq | toJson }}
{{- end }}

{{- define "splitrail.redisEgress" -}}
- ports:
    - {port: {{ include "splitrail.redisHost" . | regexFind "[0-9]+$" | default "6379" }}, protocol: TCP}
  {{- if eq .Values.redis.mode "bundled" }}
  to:
    - podSelector: {matchLabels: {app.kubernetes.io/instance: {{ .Release.Name }}, app.kubernetes.io/name: redis}}
  {{- else }}
  {{- with .Values.networkPolicy.storesTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
{{- end }}

{{- define "splitrail.postgresqlEgress" -}}
- ports:
    - {port: {{ eq .Values.postgresql.mode "bundled" | ternary 5432 (int .Values.postgresql.port) }}, protocol: TCP}
  {{- if eq .Values.postgresql.mode "bundled" }}
  to:
    - podSelector: {matchLabels: {app.kubernetes.io/instance: {{ .Release.Name }}, app.kubernetes.io/name: postgresql}}
  {{- else }}
  {{- with .Values.networkPolicy.storesTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
{{- end }}
