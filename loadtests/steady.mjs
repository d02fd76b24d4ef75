#!/usr/bin/env node
// A steady mix of shoppers against a running suite, to look at it under load: node loadtests/steady.mjs [CONNECTIONS] [SECONDS] [PORT]
// A closed loop: it finds no saturation and no honest percentiles (./bench end-to-end does). 70 % guests; every twentieth looks around and clicks.
import http from 'node:http';

const [connections = '16', seconds = '20', port = '8080'] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

function ask(method, path, body) {
  return new Promise(resolve => {
    const text = body && JSON.stringify(body);
    const request = http.request({ port, path, method, agent, headers: text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {} }, answer => {
      let all = '';
      answer.on('data', part => { all += part; });
      answer.on('end', () => resolve([answer.statusCode, all]));
    });
    request.on('error', () => resolve([0, '{}']));
    request.end(text);
  });
}

const users = JSON.parse((await ask('GET', '/users?limit=200'))[1]).users;
const end = Date.now() + 1000 * Number(seconds);
const waited = [];
let failed = 0;
let number = 0;

async function lookAround(who, answer) {
  const item = answer.recommendations?.[0]?.item_id;
  if (!item) return;
  const event = type => ({ event_id: `steady-${process.pid}-${number++}`, type, item_id: item, request_id: answer.request_id, ...who });
  await ask('POST', '/v1/events', { events: [event('impression'), event('click')] });
  await ask('GET', `/v1/items/${item}/similar`);
  await ask('GET', '/v1/popular');
  await ask('GET', '/v1/search?q=shirt');
}

async function shop() {
  while (Date.now() < end) {
    const who = Math.random() < 0.7 ? { session_id: `steady-${process.pid}-${number++}` } : { user_id: users[Math.floor(Math.random() * users.length)] };
    const begun = performance.now();
    const [status, text] = await ask('POST', '/v1/recommendations', { ...who, num_items: 10 });
    waited.push(performance.now() - begun);
    if (status !== 200) failed++;
    else if (waited.length % 20 === 0) await lookAround(who, JSON.parse(text));
  }
}

await Promise.all(Array.from({ length: Number(connections) }, shop));
waited.sort((a, b) => a - b);
const at = share => Number(waited[Math.floor(share * waited.length)]?.toFixed(1));
console.log(JSON.stringify({ requests: waited.length, failed, per_second: Math.round(waited.length / seconds), p50_ms: at(0.5), p99_ms: at(0.99) }));
