// Smoke test of the public API with k6: a shop's traffic in small, held to the latency budgets and the fallback SLO.
//
//   k6 run loadtests/smoke.js
//   k6 run -e GATEWAY=http://127.0.0.1:8080 -e RATE=50 -e DURATION=1m loadtests/smoke.js
//
// Options by environment:
//   GATEWAY    address of the gateway           default http://127.0.0.1:8080
//   RATE       requests that start per second   default 20 (open model: a slow answer does not slow the arrivals down)
//   DURATION   how long                         default 30s
//   USERS      known users to draw from         default 200
//   ERRORS     allowed share of failures        default 0.001
//
// The mix: 70 % recommendations (half of them guests with session items), 10 % similar, 10 % popular, 5 % search, 5 % events.
// Thresholds are those of the design for a cluster: p50 < 30, p90 < 50, p95 < 80, p99 < 100 ms; 99.9 % at level 0 or 1.

import http from 'k6/http';
import { check } from 'k6';
import { Counter, Rate } from 'k6/metrics';

const gateway = (__ENV.GATEWAY || 'http://127.0.0.1:8080').replace(/\/$/, '');
const rate = Number(__ENV.RATE || 20);
const users = Number(__ENV.USERS || 200);
const errors = Number(__ENV.ERRORS || 0.001);
const json = { headers: { 'Content-Type': 'application/json' } };

const goodLevel = new Rate('level_0_or_1');
const fallbacks = new Counter('fallbacks');

export const options = {
  scenarios: {
    shop: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: __ENV.DURATION || '30s',
      preAllocatedVUs: Math.max(10, Math.ceil(rate / 5)),
      maxVUs: Math.max(50, rate * 2),
    },
  },
  summaryTrendStats: ['avg', 'med', 'p(90)', 'p(95)', 'p(99)', 'max'],
  thresholds: {
    http_req_failed: [`rate<${errors}`],
    checks: ['rate>0.999'],
    level_0_or_1: ['rate>0.999'],
    dropped_iterations: ['count==0'],
    'http_req_duration{name:recommendations}': ['p(50)<30', 'p(90)<50', 'p(95)<80', 'p(99)<100'],
    'http_req_duration{name:similar}': ['p(99)<100'],
    'http_req_duration{name:popular}': ['p(99)<100'],
    'http_req_duration{name:search}': ['p(99)<100'],
    'http_req_duration{name:events}': ['p(99)<100'],
  },
};

/** Ids that exist are asked for, so that the test works with any shop. */
export function setup() {
  const known = http.get(`${gateway}/users?limit=${users}`);
  const popular = http.get(`${gateway}/v1/popular?num_items=50`);
  if (known.status !== 200 || popular.status !== 200) {
    throw new Error(`${gateway} is not up: /users answered ${known.status}, /v1/popular ${popular.status}`);
  }

  const items = popular.json('items').map((item) => item.item_id);
  if (items.length === 0) {
    throw new Error(`${gateway} has no popular items: is a dataset loaded?`);
  }

  return { users: known.json('users'), items };
}

export default function shop(ids) {
  const draw = Math.random();
  if (draw < 0.35) {
    recommend({ user_id: one(ids.users) || 'newcomer', num_items: 10 });
  } else if (draw < 0.7) {
    recommend({ session_id: `k6-${__VU}-${__ITER}`, session_items: [one(ids.items), one(ids.items)], num_items: 10 });
  } else if (draw < 0.8) {
    list('similar', `/v1/items/${encodeURIComponent(one(ids.items))}/similar`);
  } else if (draw < 0.9) {
    list('popular', '/v1/popular');
  } else if (draw < 0.95) {
    list('search', '/v1/search?q=red');
  } else {
    post(one(ids.items));
  }
}

function recommend(body) {
  const answer = http.post(`${gateway}/v1/recommendations`, JSON.stringify(body), { ...json, tags: { name: 'recommendations' } });
  const ok = check(answer, {
    'recommendations: 200': (seen) => seen.status === 200,
    'recommendations: not empty': (seen) => seen.status === 200 && seen.json('recommendations').length > 0,
  });
  const level = ok ? answer.json('fallback_level') : 4;
  goodLevel.add(level <= 1);
  if (level > 0) {
    fallbacks.add(1, { level: String(level) });
  }
}

function list(name, path) {
  const answer = http.get(`${gateway}${path}`, { tags: { name } });
  check(answer, { [`${name}: 200`]: (seen) => seen.status === 200 });
}

function post(item) {
  const body = { type: 'view', session_id: `k6-${__VU}`, item_id: item };
  const answer = http.post(`${gateway}/v1/events`, JSON.stringify(body), { ...json, tags: { name: 'events' } });
  check(answer, { 'events: 202': (seen) => seen.status === 202 });
}

function one(list) {
  return list[Math.floor(Math.random() * list.length)];
}
