#!/usr/bin/env node
// Writes the Grafana dashboards of the chart: charts/splitrail/dashboards/*.json.
//   node scripts/dashboards.mjs            writes them
//   node scripts/dashboards.mjs --check    ends with 1 when a file is not what this would write
// A panel is [title, unit, expressions by legend, what it says, stacked or signed]. $namespace is chosen on top of each dashboard.
import fs from 'node:fs';
import path from 'node:path';

const folder = path.join(path.dirname(new URL(import.meta.url).pathname), '..', 'charts', 'splitrail', 'dashboards');
const ns = 'namespace="$namespace"';
const quantile = (q, metric, by, more = '') => `histogram_quantile(${q}, sum by (${by ? `${by}, ` : ''}le) (rate(${metric}_bucket{${ns}${more}}[5m])))`;
const rate = (metric, by, more = '') => `sum by (${by}) (rate(${metric}{${ns}${more}}[5m]))`;
const share = (metric, part) => `(sum(rate(${metric}{${ns},${part}}[5m])) or vector(0)) / sum(rate(${metric}{${ns}}[5m]))`;

const dashboards = {
  overview: ['Splitrail: overview', [
    ['Requests per second', 'reqps', { '{{app}}': `app:http_requests:rate5m{${ns}}` }, 'Of each service, without probes and feeds.'],
    ['Errors', 'percentunit', { '{{app}}': `app:http_errors:ratio_rate5m{${ns}}` }, 'Share of 5xx answers.'],
    ['p99 of each service', 's', { '{{app}}': `http_request_latency_p99{${ns}}` }, 'What the autoscalers read.'],
    ['Recommendations: p50, p95, p99', 's', {
      p50: quantile(0.5, 'splitrail_recommendation_duration_seconds'), p95: `recommendations:latency:p95_rate5m{${ns}}`, p99: `recommendations:latency:p99_rate5m{${ns}}`,
    }, 'Targets: 30, 80 and 100 ms.'],
    ['Latency budget: p99 of the stages', 's', { '{{stage}}': `stage:latency:p99_rate5m{${ns}}` }, 'Budgets to aim at: context 10, candidates 30, ranking 35 ms.'],
    ['Latency budget used: p99 of the stages', 'percentunit', {
      'context of 10 ms': `stage:latency:p99_rate5m{${ns},stage="context"} / 0.010`, 'candidates of 30 ms': `stage:latency:p99_rate5m{${ns},stage="candidates"} / 0.030`, 'ranking of 35 ms': `stage:latency:p99_rate5m{${ns},stage="ranking"} / 0.035`,
      'all of 100 ms': `recommendations:latency:p99_rate5m{${ns}} / 0.1`,
    }, 'Above 100 % the stage takes what belongs to others.'],
    ['Where the time of a recommendation goes', 's', {
      '{{stage}}': `sum by (stage) (rate(splitrail_stage_duration_seconds_sum{${ns},stage=~"context|candidates|ranking"}[5m])) / on () group_left sum(rate(splitrail_recommendation_duration_seconds_count{${ns}}[5m]))`,
      'gateway itself': `(sum(rate(splitrail_recommendation_duration_seconds_sum{${ns}}[5m])) - sum(rate(splitrail_stage_duration_seconds_sum{${ns},stage=~"context|candidates|ranking"}[5m]))) / sum(rate(splitrail_recommendation_duration_seconds_count{${ns}}[5m]))`,
    }, 'Means, which add up, as percentiles do not. What caches answer takes no stage.', { stacked: true }],
    ['Bad recommendations', 'percentunit', { '5 minutes': `recommendations:bad:ratio5m{${ns}}`, '1 hour': `recommendations:bad:ratio1h{${ns}}`, '3 days': `recommendations:bad:ratio3d{${ns}}` }, 'Late, below level 1 or failed. The objective allows 0.1 %.'],
    ['Age of feeds', 's', { '{{app}} {{feed}}': `max by (app, feed) (splitrail_feed_age_seconds{${ns}})` }, 'Since control snapshot and catalogue were last asked for with success.'],
    ['Replicas answering', 'short', { '{{app}}': `sum by (app) (up{${ns}})` }, 'By Prometheus.'],
  ]],
  recommendations: ['Splitrail: recommendations', [
    ['Recommendations per second by fallback level', 'reqps', { 'level {{level}}': rate('splitrail_recommendation_duration_seconds_count', 'level') }, '0 is the full answer.'],
    ['Why lists fell back', 'reqps', { '{{cause}}': rate('splitrail_recommendation_fallback_total', 'cause') }, 'Stage and kind of fault.'],
    ['Candidates per request', 'short', { p50: quantile(0.5, 'splitrail_candidate_candidates'), 'mean': `sum(rate(splitrail_candidate_candidates_sum{${ns}}[5m])) / sum(rate(splitrail_candidate_candidates_count{${ns}}[5m]))` }, 'Before the ranker.'],
    ['Candidates that pass the filters', 'short', { p50: quantile(0.5, 'splitrail_ranking_candidates'), p5: quantile(0.05, 'splitrail_ranking_candidates') }, 'Near 0: filters leave nothing.'],
    ['Lists asked of candidate-svc', 'reqps', { '{{list}} {{outcome}}': rate('splitrail_candidate_requests_total', 'list, outcome') }, 'By outcome.'],
    ['Where contexts come from', 'reqps', { '{{source}}': rate('splitrail_feature_contexts_total', 'source') }, 'Cache or database.'],
    ['Events of shops', 'reqps', { 'received {{result}}': rate('splitrail_events_received_total', 'result'), 'stored {{outcome}}': rate('splitrail_feature_events_total', 'outcome') }, 'What arrives and what is stored.'],
    ['Who asks', 'reqps', { '{{kind}}': rate('splitrail_recommendation_people_total', 'kind') }, 'known: 5 interactions and more; few: 1 to 4; new: a user without any. unread: feature-svc did not answer.'],
    ['Items by source', 'ops', { '{{source}}': rate('splitrail_recommendation_items_total', 'source') }, 'Of what is shown. An item of several sources counts for each; cold is what is new.'],
    ['Click-through and conversion', 'percentunit', { 'clicks of impressions': `shop:click_through:ratio1h{${ns}}`, 'purchases of clicks': `shop:conversion:ratio1h{${ns}}` }, 'Of all visitors, over an hour. What a change does is in its experiment.'],
    ['Revenue', 'short', { 'in the hour before': `shop:revenue:increase1h{${ns}}`, 'of a thousand recommendations': `shop:revenue_per_thousand_recommendations:ratio1h{${ns}}`, 'of a purchase': `shop:purchase_value:mean1h{${ns}}` }, 'In the shop\'s currency.'],
    ['Lists logged for rankers', 'ops', { published: `sum(rate(splitrail_impressions_published_total{${ns}}[5m]))`, 'lost: {{reason}}': rate('splitrail_impressions_dropped_total', 'reason') }, 'With their features, a share of all (Gateway:ImpressionShare).'],
    ['Requests in one call', 'short', { '{{stage}}': quantile(0.9, 'splitrail_stage_gathered', 'stage') }, 'Near 8 for long: the stage is slower than its callers.'],
  ]],
  experiments: ['Splitrail: experiments', [
    ['Exposures', 'reqps', { '{{outcome}}': rate('splitrail_experiment_exposures_total', 'outcome'), published: `sum(rate(splitrail_exposures_published_total{${ns}}[5m]))` }, 'Stored are the first of a unit in an arm.'],
    ['Recommendations by arm', 'reqps', { '{{experiment}} {{arm}}': rate('splitrail_recommendation_arms_total', 'experiment, arm') }, 'Who asks often counts often: for the split of users see the quality page of the experiment.'],
    ['Revenue per user by arm', 'short', { '{{experiment}} {{arm}}': `max by (experiment, arm) (splitrail_experiment_metric_value{${ns},metric="revenue_per_user",role="treatment"})`, '{{experiment}} control': `max by (experiment) (splitrail_experiment_metric_value{${ns},metric="revenue_per_user",role="control"})` }, 'Of users in epochs that can be compared. Not a result: see the next one.'],
    ['Lift of revenue per user, with its interval', 'percentunit', { '{{experiment}} {{arm}} {{bound}}': `max by (experiment, arm, bound) (splitrail_experiment_metric_lift{${ns},metric="revenue_per_user"})` }, 'Against the control. The interval holds however often it is looked at; while 0 is inside, nothing is known.', { signed: true }],
    ['Lift of click-through, with its interval', 'percentunit', { '{{experiment}} {{arm}} {{bound}}': `max by (experiment, arm, bound) (splitrail_experiment_metric_lift{${ns},metric="click_through"})` }, 'As beside.', { signed: true }],
    ['Outcomes', 'reqps', { '{{outcome}}': rate('splitrail_experiment_outcomes_total', 'outcome') }, 'Events of shops that experiments count.'],
    ['In no sum', 'reqps', { '{{reason}}': rate('splitrail_experiment_refused_total', 'reason') }, 'docs/experiments.md has the reasons.'],
    ['Users do not fit the split', 'short', { '{{experiment}}': `max by (experiment) (splitrail_experiment_sample_ratio_mismatch{${ns}})` }, '1: its results mean nothing until the cause is found.'],
    ['Decisions', 'short', { '{{kind}} ({{mode}})': `sum by (kind, mode) (increase(splitrail_experiment_decisions_total{${ns}}[1h]))` }, 'In the hour before.'],
    ['Evaluations', 'reqps', { '{{outcome}}': rate('splitrail_experiment_evaluations_total', 'outcome') }, 'Failed ones are never rolled back.'],
    ['Since the last evaluation', 's', { lag: `max(splitrail_experiment_evaluation_lag_seconds{${ns}})` }, 'Above five minutes nobody decides.'],
    ['Version of the snapshot', 'short', { '{{pod}}': `max by (pod) (splitrail_experiment_snapshot_version{${ns}})` }, 'The same on all replicas within a second.'],
    ['Edits', 'short', { '{{action}} {{outcome}}': `sum by (action, outcome) (increase(splitrail_experiment_edits_total{${ns}}[1h]))` }, 'In the hour before.'],
  ]],
  caches: ['Splitrail: caches and limits', [
    ['Hit rate', 'percentunit', { '{{cache_type}}': `cache_hit_rate{${ns}}` }, 'Lists below 40 % are made anew more often than reused; contexts live for a second only.'],
    ['Lookups', 'reqps', { '{{cache}} {{result}}': rate('splitrail_cache_lookups_total', 'cache, result') }, 'Of the gateway.'],
    ['Entries ended before their time', 'ops', { '{{cache_type}} {{reason}}': rate('cache_invalidations_total', 'cache_type, reason') }, 'event: something its user did; cleared: by an operator. The others end by their time to live, or with the snapshot in their key.'],
    ['Caches outside of the process, p99', 's', { '{{cache_type}} {{operation}}': quantile(0.99, 'cache_operation_latency_seconds', 'cache_type, operation') }, 'Guests\' sessions in the state store: get at a login, set in batches.'],
    ['Sessions', 'reqps', { '{{result}}': rate('splitrail_sessions_total', 'result') }, 'Stored for guests, looked up at login.'],
    ['Refused by limits', 'reqps', { '{{endpoint}} {{type}}': rate('rate_limit_hits_total', 'endpoint, type'), 'clients, {{pattern}}': rate('rate_limit_abuse_detected_total', 'pattern') }, 'Above 0 for long: the limit is too low for a shop\'s server, or somebody takes the catalogue.'],
    ['Exposures lost', 'reqps', { '{{reason}}': rate('splitrail_exposures_dropped_total', 'reason') }, 'Above 0: the broker does not keep up.'],
  ]],
  stores: ['Splitrail: data stores', [
    ['Time of a unit of work, p99', 's', { '{{app}} {{operation}}': quantile(0.99, 'db_client_operation_duration_seconds', 'app, operation') }, 'Connection included.'],
    ['Units of work', 'ops', { '{{app}} {{operation}}': rate('db_client_operation_duration_seconds_count', 'app, operation') }, ''],
    ['Database away', 'ops', { '{{app}} {{operation}}': rate('splitrail_sql_away_total', 'app, operation') }, 'Away, or slower than the timeout.'],
    ['Connections', 'short', { '{{app}} {{state}}': `sum by (app, state) (db_connection_pool_size{${ns}})`, '{{app}} most': `sum by (app) (db_client_connection_max{${ns}})` }, 'Of PostgreSQL, over all replicas.'],
    ['Transactions', 'ops', { 'commits {{datname}}': rate('pg_stat_database_xact_commit', 'datname'), 'rollbacks {{datname}}': rate('pg_stat_database_xact_rollback', 'datname') }, 'From postgres_exporter.'],
    ['Sessions of PostgreSQL', 'short', { '{{state}}': `sum by (state) (pg_stat_activity_count{${ns}})`, most: `max(pg_settings_max_connections{${ns}})` }, 'From postgres_exporter.'],
    ['Commands of Redis', 'ops', { '{{instance}}': rate('redis_commands_processed_total', 'instance'), 'evicted {{instance}}': rate('redis_evicted_keys_total', 'instance') }, 'From redis_exporter. Evicted above 0: it is full.'],
    ['Replication lag', 's', { '{{instance}}': `max by (instance) (pg_replication_lag_seconds{${ns}})` }, 'From postgres_exporter.'],
    ['Memory of Redis', 'percentunit', { '{{instance}}': `redis_memory_used_bytes{${ns}} / (redis_memory_max_bytes{${ns}} > 0)` }, 'From redis_exporter.'],
    ['Space left on volumes', 'percentunit', { '{{persistentvolumeclaim}}': `min by (persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${ns}} / kubelet_volume_stats_capacity_bytes{${ns}})` }, ''],
  ]],
  models: ['Splitrail: models', [
    ['Age of the model in production', 's', { age: `time() - max(splitrail_model_trained_seconds{${ns}})` }, 'Trained every night.'],
    ['Loads', 'short', { 'candidate-svc {{outcome}}': `sum by (outcome) (increase(splitrail_candidate_model_loads_total{${ns}}[1h]))`, 'ranking-svc {{outcome}}': `sum by (outcome) (increase(splitrail_ranking_model_loads_total{${ns}}[1h]))` }, 'In the hour before.'],
    ['Rankings', 'reqps', { '{{outcome}}': rate('splitrail_ranking_requests_total', 'outcome') }, 'By outcome.'],
    ['Rankings that fail', 'percentunit', { failed: share('splitrail_ranking_requests_total', 'outcome!="found"') }, 'Above 1 % somebody is called.'],
    ['Scoring', 's', { p50: quantile(0.5, 'splitrail_ranking_scoring_duration_seconds'), p99: quantile(0.99, 'splitrail_ranking_scoring_duration_seconds') }, 'From a request\'s candidates to their scores.'],
    ['Served otherwise than asked', 'reqps', { 'ranking {{reason}}': rate('splitrail_ranking_fallbacks_total', 'reason'), 'candidates {{reason}}': rate('splitrail_candidate_fallbacks_total', 'reason') }, ''],
    ['Scores against training', 'short', { '{{model}}': `max by (model) (splitrail_ranking_score_drift{${ns}})` }, 'Population stability index: below 0.1 is usual, above 0.25 for a day wants a new model.'],
    ['Features against training', 'short', { '{{feature}} ({{model}})': `topk(8, max by (model, feature) (splitrail_ranking_feature_drift{${ns}}))` }, 'The eight that drift most. One alone: its source is broken; all: other people come.'],
    ['Scores', 'short', { p10: quantile(0.1, 'splitrail_ranking_predictions'), p50: quantile(0.5, 'splitrail_ranking_predictions'), p90: quantile(0.9, 'splitrail_ranking_predictions'), mean: `sum(rate(splitrail_ranking_predictions_sum{${ns}}[5m])) / sum(rate(splitrail_ranking_predictions_count{${ns}}[5m]))` }, 'What the rankers say: the probability of a positive interaction, where the calibration error is small.'],
    ['Calibration error', 'percentunit', { '{{model}}': `max by (model) (splitrail_ranking_calibration_error{${ns}})` }, 'As measured at training; above 5 % scores are an order, not probabilities.'],
    ['Calibration error as served', 'percentunit', { '{{model}}': `max by (model) (splitrail_served_calibration_error{${ns}})` }, 'Of lists that were shown, against what people did. Above 5 % for a day: train with impressions.'],
    ['Promised and observed', 'percentunit', { 'promised by {{model}}': `max by (model) (splitrail_served_promised{${ns}})`, 'observed of {{model}}': `max by (model) (splitrail_served_observed{${ns}})` }, 'Means of the first ten items of the lists that are logged.'],
    ['Training', 's', { duration: `max(splitrail_model_training_duration_seconds{${ns}})` }, 'Of the model in production. The job may take two hours.'],
    ['Shadows', 'short', { 'rank correlation of {{model}}': `sum by (model) (rate(splitrail_ranking_shadow_rank_correlation_sum{${ns}}[5m])) / sum by (model) (rate(splitrail_ranking_shadow_rank_correlation_count{${ns}}[5m]))` }, 'About 1 for a model that was trained anew; below 0.5 wants an explanation.'],
    ['Failed jobs', 'short', { '{{job_name}}': `max by (job_name) (kube_job_status_failed{${ns}})` }, 'From kube-state-metrics.'],
  ]],
  dapr: ['Splitrail: Dapr', [
    ['Breakers that are open', 'short', { '{{app_id}} {{target}}': `max by (app_id, target) (dapr_resiliency_cb_state{${ns},status="open"})` }, ''],
    ['Policies that acted', 'ops', { '{{app_id}} {{policy}} {{target}}': rate('dapr_resiliency_activations_total', 'app_id, policy, target') }, 'Timeouts, retries, breakers.'],
    ['Faults the services saw', 'ops', { '{{app}} {{target}} {{kind}}': rate('splitrail_dapr_client_faults_total', 'app, target, kind') }, ''],
    ['Messages handled', 'ops', { '{{route}} {{outcome}}': rate('splitrail_dapr_subscription_messages_total', 'route, outcome') }, ''],
    ['Messages published', 'ops', { '{{app_id}} {{topic}}': rate('dapr_component_pubsub_egress_count', 'app_id, topic') }, ''],
    ['Messages delivered', 'ops', { '{{app_id}} {{topic}} {{process_status}}': rate('dapr_component_pubsub_ingress_count', 'app_id, topic, process_status') }, ''],
    ['Sidecars to their apps, p99', 'ms', { '{{app_id}}': `histogram_quantile(0.99, sum by (app_id, le) (rate(dapr_http_client_roundtrip_latency_bucket{${ns}}[5m])))` }, 'As daprd measures it.'],
    ['CPU of sidecars', 'short', { '{{pod}}': `sum by (pod) (rate(container_cpu_usage_seconds_total{${ns},container="daprd"}[5m]))` }, 'Cores.'],
  ]],
  capacity: ['Splitrail: capacity', [
    ['Requests in work per replica', 'short', { '{{app}}': `avg by (app) (http_requests_in_flight{${ns}})` }, 'What the autoscalers read.'],
    ['CPU of the services', 'short', { '{{app}}': `avg by (app) (sum by (app, pod) (rate(dotnet_process_cpu_time_seconds_total{${ns}}[5m])))` }, 'Cores of a replica, on average.'],
    ['Memory', 'bytes', { '{{app}}': `max by (app) (dotnet_process_memory_working_set_bytes{${ns}})` }, 'Of the largest replica.'],
    ['Garbage collection', 'percentunit', { '{{app}}': `max by (app) (rate(dotnet_gc_pause_time_seconds_total{${ns}}[5m]))` }, 'Share of time in which nothing else runs.'],
    ['Replicas', 'short', { '{{horizontalpodautoscaler}}': `kube_horizontalpodautoscaler_status_current_replicas{${ns}}`, '{{horizontalpodautoscaler}} at most': `kube_horizontalpodautoscaler_spec_max_replicas{${ns}}` }, 'From kube-state-metrics.'],
    ['Connections at the gateway', 'short', { '{{pod}}': `sum by (pod) (kestrel_active_connections{${ns},app="gateway"})` }, ''],
    ['Waiting for a thread', 'short', { '{{app}}': `max by (app) (dotnet_thread_pool_queue_length_total{${ns}})` }, 'Work items; above 0 for long: too little CPU.'],
    ['Exceptions', 'ops', { '{{app}}': rate('dotnet_exceptions_total', 'app') }, ''],
  ]],
};

const datasource = { type: 'prometheus', uid: '${datasource}' };

function panel([title, unit, expressions, description, drawn = {}], index) {
  return {
    id: index + 1, type: 'timeseries', title, description, datasource,
    gridPos: { h: 8, w: 12, x: 12 * (index % 2), y: 8 * Math.floor(index / 2) },
    targets: Object.entries(expressions).map(([legendFormat, expr], i) => ({
      refId: String.fromCharCode(65 + i), datasource, expr, legendFormat,
      // From a point to the trace of a request behind it, where the bucket has one.
      ...(expr.includes('_seconds_bucket') && { exemplar: true }),
    })),
    fieldConfig: {
      defaults: { unit, ...(!drawn.signed && { min: 0 }), custom: { fillOpacity: drawn.stacked ? 40 : 10, showPoints: 'never', ...(drawn.stacked && { stacking: { mode: 'normal', group: 'A' } }) } }, overrides: [],
    },
    options: { legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] }, tooltip: { mode: 'multi', sort: 'desc' } },
  };
}

const render = (name, [title, panels]) => JSON.stringify({
  uid: `splitrail-${name}`, title, tags: ['splitrail'], schemaVersion: 39, editable: false, refresh: '30s', timezone: 'utc', graphTooltip: 1,
  time: { from: 'now-3h', to: 'now' },
  templating: { list: [
    { type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus', refresh: 1 },
    { type: 'query', name: 'namespace', label: 'Namespace', datasource, query: 'label_values(http_server_request_duration_seconds_count, namespace)', refresh: 2, sort: 1 },
  ] },
  annotations: { list: [] },
  links: [{ title: 'Splitrail', type: 'dashboards', icon: 'external link', tooltip: '', tags: ['splitrail'], asDropdown: true, targetBlank: false, includeVars: true, keepTime: true }],
  panels: panels.map(panel),
}, null, 1) + '\n';

let stale = 0;
fs.mkdirSync(folder, { recursive: true });
for (const [name, dashboard] of Object.entries(dashboards)) {
  const file = path.join(folder, `${name}.json`);
  const text = render(name, dashboard);
  if (!process.argv.includes('--check')) fs.writeFileSync(file, text);
  else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
    console.error(`${name}.json is not what scripts/dashboards.mjs writes: run it.`);
    stale++;
  }
}
process.exit(stale ? 1 : 0);
