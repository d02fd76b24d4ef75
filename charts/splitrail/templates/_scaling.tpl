{{/* Up fast with a capped step, down slowly. */}}
{{- define "splitrail.scalingBehavior" -}}
{{- with .Values.autoscaling.scaleUp -}}
scaleUp:
  stabilizationWindowSeconds: {{ .stabilizationSeconds }}
  selectPolicy: Max
  policies:
    - {type: Percent, value: {{ .percent }}, periodSeconds: {{ .periodSeconds }}}
    - {type: Pods, value: {{ .pods }}, periodSeconds: {{ .periodSeconds }}}
{{ end -}}
{{- with .Values.autoscaling.scaleDown -}}
scaleDown:
  stabilizationWindowSeconds: {{ .stabilizationSeconds }}
  selectPolicy: Max
  policies:
    - {type: Percent, value: {{ .percent }}, periodSeconds: {{ .periodSeconds }}}
{{- end }}
{{- end }}

{{/* A Kubernetes quantity of seconds as a number of seconds. */}}
{{- define "splitrail.seconds" -}}
{{- if hasSuffix "m" . }}{{ divf (trimSuffix "m" . | float64) 1000.0 }}{{ else }}{{ . | float64 }}{{ end }}
{{- end }}

{{/* A Kubernetes quantity of CPU as a number of cores. */}}
{{- define "splitrail.cores" -}}
{{- if hasSuffix "m" (toString .) }}{{ divf (trimSuffix "m" (toString .) | float64) 1000.0 }}{{ else }}{{ . | float64 }}{{ end }}
{{- end }}
