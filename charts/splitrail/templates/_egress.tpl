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
