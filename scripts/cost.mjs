#!/usr/bin/env node
// What a steady rate of recommendations needs and costs: node scripts/cost.mjs REQUESTS_PER_SECOND [PRICES.json]. docs/scale.md has the assumptions and where the measurements come from.
import fs from 'node:fs';
import path from 'node:path';

const rate = Number(process.argv[2]);
const prices = JSON.parse(fs.readFileSync(process.argv[3] ?? path.join(path.dirname(new URL(import.meta.url).pathname), 'prices.json'), 'utf8'));
if (!(rate > 0)) {
  console.error('cost.mjs: give requests per second, such as 10000');
  process.exit(2);
}

// CPU milliseconds of one recommendation in each service, and MiB of a replica.
const services = {
  gateway: { ms: 0.67, mib: 256, cores: 0.5, least: 5 },
  'candidate-svc': { ms: 0.37, mib: 512, cores: 1, least: 3 },
  'ranking-svc': { ms: 0.36, mib: 512, cores: 1, least: 3 },
  'feature-svc': { ms: 0.40, mib: 512, cores: 0.5, least: 3 },
};
// experiment-svc does not serve shoppers; it counts. A core takes a million exposures a second into memory; 20,000 new people a second is what one PostgreSQL commits.
// The whole suite on daprd takes 4.6 ms (./bench end-to-end --sidecar daprd); what the services take is above, Redis takes the rest.
const sidecarMs = 2.6;
const usedShare = 0.7;
const contextReads = 0.87;
const readsPerServer = 25_000;
const newPeople = 0.01;
const commitsPerServer = 20_000;
const redisPerRequest = 0.75;
const redisPerServer = 80_000;
const kibBetweenPods = 24;

const table = Object.entries(services).map(([name, one]) => {
  const replicas = Math.max(one.least, Math.ceil((rate * one.ms) / 1000 / usedShare / one.cores));
  return { name, replicas, cores: replicas * one.cores, gib: (replicas * one.mib) / 1024 };
});
table.push({ name: 'experiment-svc', replicas: 3, cores: 3 * Math.max(0.25, rate / 1e6 / usedShare / 3), gib: 1.5 });
const replicas = table.reduce((sum, one) => sum + one.replicas, 0);
table.push({ name: 'sidecars', replicas, cores: Math.max(replicas * 0.25, (rate * sidecarMs) / 1000 / usedShare), gib: (replicas * 96) / 1024 });

const postgresql = 2 * Math.max(1, Math.ceil((rate * contextReads) / readsPerServer), Math.ceil((rate * newPeople) / commitsPerServer));
const redis = 2 * Math.max(1, Math.ceil((rate * redisPerRequest) / redisPerServer / usedShare));
const cores = table.reduce((sum, one) => sum + one.cores, 0);
const gib = table.reduce((sum, one) => sum + one.gib, 0);
const millions = (rate * 3600) / 1e6;
const hourly = {
  compute: cores * prices.core_hour + gib * prices.gib_hour,
  'of it sidecars': table.at(-1).cores * prices.core_hour + table.at(-1).gib * prices.gib_hour,
  postgresql: postgresql * prices.postgresql_server_hour,
  redis: redis * prices.redis_server_hour,
  // Two of three calls leave the zone when replicas are spread over three.
  'between zones': ((2 / 3) * millions * 1e6 * kibBetweenPods * prices.gib_between_zones) / 2 ** 20,
};
const number = value => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2));

console.log(`${rate.toLocaleString('en')} recommendations per second\n\n| | replicas | cores | GiB |\n|---|---|---|---|`);
for (const one of table) console.log(`| ${one.name} | ${one.replicas.toLocaleString('en')} | ${number(one.cores)} | ${number(one.gib)} |`);
console.log(`| PostgreSQL servers, replicas included | ${postgresql} | | |\n| Redis servers, replicas included | ${redis} | | |\n`);
console.log('| cost per million recommendations | US$ |\n|---|---|');
for (const [name, cost] of Object.entries(hourly)) console.log(`| ${name} | ${number(cost / millions)} |`);
const all = hourly.compute + hourly.postgresql + hourly.redis + hourly['between zones'];
console.log(`| all | ${number(all / millions)} |`);
