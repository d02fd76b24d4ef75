{{- define "splitrail.fullname" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* Labels a selector may use: they never change between releases of the chart. Takes root and name. */}}
{{- define "splitrail.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* Takes root, name and component. */}}
{{- define "splitrail.labels" -}}
{{ include "splitrail.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: splitrail
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* A service's settings over the defaults, as YAML. Takes root and name. */}}
{{- define "splitrail.service" -}}
{{- $service := mustMergeOverwrite (deepCopy .root.Values.serviceDefaults) (get .root.Values.services .name) -}}
{{- if not $service.autoscaling.engine }}{{ $_ := set $service.autoscaling "engine" .root.Values.autoscaling.engine }}{{ end -}}
{{- $_ := set $service "most" (ternary $service.replicas $service.autoscaling.max (eq $service.autoscaling.engine "none") | int) -}}
{{- toYaml $service }}
{{- end }}

{{/* Takes root, name and digest. */}}
{{- define "splitrail.image" -}}
{{- $path := list .root.Values.image.registry .root.Values.image.folder .name | compact | join "/" -}}
{{- if .digest }}{{ $path }}@{{ .digest }}{{ else }}{{ $path }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "splitrail.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "splitrail.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "splitrail.redisHost" -}}
{{ eq .Values.redis.mode "bundled" | ternary (printf "%s-redis:6379" (include "splitrail.fullname" .)) .Values.redis.host }}
{{- end }}

{{- define "splitrail.postgresqlHost" -}}
{{ eq .Values.postgresql.mode "bundled" | ternary (printf "%s-postgresql" (include "splitrail.fullname" .)) .Values.postgresql.host }}
{{- end }}

{{- define "splitrail.modelsClaim" -}}
{{ .Values.models.existingClaim | default (printf "%s-models" (include "splitrail.fullname" .)) }}
{{- end }}

{{/* Login and password stay in their secret: Kubernetes puts them into the connection string. Takes root and service. */}}
{{- define "splitrail.databaseEnv" -}}
{{- $postgresql := .root.Values.postgresql -}}
- name: POSTGRESQL_USER
  valueFrom: {secretKeyRef: {name: {{ $postgresql.secretName }}, key: {{ $postgresql.userKey }}}}
- name: POSTGRESQL_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $postgresql.secretName }}, key: {{ $postgresql.passwordKey }}}}
- name: {{ .service.database }}__ConnectionString
  value: {{ printf "Host=%s;Port=%d;Database=%s;Username='$(POSTGRESQL_USER)';Password='$(POSTGRESQL_PASSWORD)';Maximum Pool Size=%d%s" (include "splitrail.postgresqlHost" .root) (int $postgresql.port) $postgresql.database (int .service.pool) (empty $postgresql.parameters | ternary "" (printf ";%s" $postgresql.parameters)) | quote }}
{{- end }}

{{/* Accounts and keys of who may edit; every key stays in its secret. Takes root and name. */}}
{{- define "splitrail.accessEnv" -}}
{{- $access := .root.Values.access -}}
{{- if and $access.previewSecret (has .name (list "gateway" "experiment-svc")) }}
- name: {{ eq .name "gateway" | ternary "Gateway" "ExperimentSvc" }}__PreviewKey
  valueFrom: {secretKeyRef: {name: {{ $access.previewSecret }}, key: key}}
{{- end }}
{{- if eq .name "experiment-svc" }}
- {name: ExperimentSvc__RequireKey, value: {{ $access.requireKey | quote }}}
{{- range $i, $account := $access.accounts }}
- {name: ExperimentSvc__Console__Accounts__{{ $i }}__Name, value: {{ $account.name | quote }}}
- {name: ExperimentSvc__Console__Accounts__{{ $i }}__Role, value: {{ $account.role }}}
- name: ExperimentSvc__Console__Accounts__{{ $i }}__Key
  valueFrom: {secretKeyRef: {name: {{ $account.secretName }}, key: {{ $account.secretKey }}}}
{{- end }}
{{- end }}
{{- end }}

{{/* What tells Dapr's injector what to do. Takes root, appId and port (0 for none). */}}
{{- define "splitrail.daprAnnotations" -}}
{{- $dapr := .root.Values.dapr -}}
dapr.io/enabled: "true"
dapr.io/app-id: {{ .appId }}
{{- if .port }}
dapr.io/app-port: {{ .port | quote }}
dapr.io/app-protocol: http
# Not readiness: a replica that warms up needs its sidecar to read its feeds.
dapr.io/enable-app-health-check: "true"
dapr.io/app-health-check-path: /health/live
dapr.io/app-health-probe-interval: "5"
dapr.io/app-health-probe-timeout: "1000"
dapr.io/app-health-threshold: "3"
{{- end }}
dapr.io/config: splitrail
dapr.io/log-as-json: "true"
dapr.io/log-level: {{ $dapr.logLevel }}
dapr.io/enable-metrics: "true"
dapr.io/metrics-port: "9090"
# The sidecar serves on while the app finishes what it has, and then ends within the pod's grace period.
dapr.io/block-shutdown-duration: "8s"
dapr.io/graceful-shutdown-seconds: "10"
# Secrets of components are resolved by Dapr's operator: pods need no token of Kubernetes.
dapr.io/disable-builtin-k8s-secret-store: "true"
dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
{{- with $dapr.resources.requests }}
dapr.io/sidecar-cpu-request: {{ .cpu | quote }}
dapr.io/sidecar-memory-request: {{ .memory | quote }}
{{- end }}
{{- with $dapr.resources.limits }}
{{- with .cpu }}
dapr.io/sidecar-cpu-limit: {{ . | quote }}
{{- end }}
dapr.io/sidecar-memory-limit: {{ .memory | quote }}
{{- end }}
{{- if $dapr.nativeSidecar }}
dapr.io/enable-native-sidecar: "true"
{{- end }}
{{- with $dapr.apiTokenSecret }}
dapr.io/api-token-secret: {{ . }}
{{- end }}
{{- with $dapr.appTokenSecret }}
dapr.io/app-token-secret: {{ . }}
{{- end }}
{{- end }}

{{/* A job of the trainer: its commands one after another. Takes root, name and job. */}}
{{- define "splitrail.jobSpec" -}}
{{- $root := .root -}}{{- $name := .name -}}{{- $job := .job -}}
backoffLimit: {{ $job.retries }}
activeDeadlineSeconds: {{ $job.deadlineSeconds }}
ttlSecondsAfterFinished: 86400
template:
  metadata:
    labels:
      {{- include "splitrail.labels" (dict "root" $root "name" (printf "trainer-%s" $name) "component" "job") | nindent 6 }}
    {{- if $job.dapr }}
    annotations:
      {{- include "splitrail.daprAnnotations" (dict "root" $root "appId" (printf "trainer-%s" $name) "port" 0) | nindent 6 }}
    {{- end }}
  spec:
    restartPolicy: Never
    automountServiceAccountToken: false
    serviceAccountName: {{ include "splitrail.fullname" $root }}-trainer
    securityContext:
      {{- include "splitrail.podSecurity" $root | nindent 6 }}
    {{- with $root.Values.image.pullSecrets }}
    imagePullSecrets:
      {{- range . }}
      - name: {{ . }}
      {{- end }}
    {{- end }}
    {{- if gt (len $job.steps) 1 }}
    initContainers:
      {{- range $i, $step := initial $job.steps }}
      - name: step-{{ add1 $i }}
        {{- include "splitrail.jobContainer" (dict "root" $root "job" $job "step" $step "last" false) | nindent 8 }}
      {{- end }}
    {{- end }}
    containers:
      - name: trainer
        {{- include "splitrail.jobContainer" (dict "root" $root "job" $job "step" (last $job.steps) "last" true) | nindent 8 }}
    volumes:
      - name: models
        persistentVolumeClaim: {claimName: {{ include "splitrail.modelsClaim" $root }}}
      - name: tmp
        emptyDir: {}
{{- end }}

{{- define "splitrail.jobContainer" -}}
image: {{ include "splitrail.image" (dict "root" .root "name" "trainer" "digest" "") }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args:
{{- range .step }}
  - {{ tpl . $.root | quote }}
{{- end }}
{{- if or .job.dapr .root.Values.access.jobSecret }}
env:
{{- with .root.Values.access.jobSecret }}
  - name: SPLITRAIL_API_KEY
    valueFrom: {secretKeyRef: {name: {{ . }}, key: key}}
{{- end }}
{{- end }}
{{- if .job.dapr }}
  # The last step has the sidecar beside it, and ends it.
  - {name: SPLITRAIL_END_SIDECAR, value: {{ .last | quote }}}
{{- end }}
securityContext:
  {{- include "splitrail.containerSecurity" . | nindent 2 }}
resources:
  {{- toYaml .job.resources | nindent 2 }}
volumeMounts:
  - {name: models, mountPath: /models}
  - {name: tmp, mountPath: /tmp}
{{- end }}
