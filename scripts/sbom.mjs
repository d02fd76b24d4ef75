#!/usr/bin/env node
// The parts of one of our programs as CycloneDX 1.6, from its lock files: node scripts/sbom.mjs FOLDER
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(path.dirname(new URL(import.meta.url).pathname), '..');
const folder = process.argv[2];
if (!folder || !fs.existsSync(path.join(root, folder, 'packages.lock.json'))) {
  console.error('sbom.mjs: give a project folder with a packages.lock.json, such as gateway');
  process.exit(2);
}
const version = fs.readFileSync(path.join(root, 'Directory.Build.props'), 'utf8').match(/<Version>(.*?)<\/Version>/)[1];
const parts = new Map();
const add = (ecosystem, name, version, hash) => parts.set(`pkg:${ecosystem}/${name}@${version}`, {
  type: 'library', name, version, purl: `pkg:${ecosystem}/${encodeURI(name)}@${version}`, 'bom-ref': `pkg:${ecosystem}/${name}@${version}`,
  ...(hash && { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
});

const lock = JSON.parse(fs.readFileSync(path.join(root, folder, 'packages.lock.json'), 'utf8'));
for (const packages of Object.values(lock.dependencies))
  for (const [name, one] of Object.entries(packages))
    // Analyzers check the code and are no part of the program.
    if (one.type !== 'Project' && !name.endsWith('Analyzers')) add('nuget', name, one.resolved, one.contentHash);
if (folder === 'gateway')
  add('nuget', 'Yarp.ReverseProxy', fs.readFileSync(path.join(root, 'Directory.Packages.props'), 'utf8').match(/<YarpVersion>(.*?)<\/YarpVersion>/)[1]);
const native = path.join(root, folder, 'native', 'package-lock.json');
if (fs.existsSync(native)) {
  const runtime = JSON.parse(fs.readFileSync(native, 'utf8')).packages['node_modules/onnxruntime-node'];
  add('npm', 'onnxruntime-node', runtime.version, runtime.integrity.replace('sha512-', ''));
}

const components = [...parts.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
// The same parts give the same number.
const hex = crypto.createHash('sha256').update(JSON.stringify([folder, version, components])).digest('hex');
console.log(JSON.stringify({
  bomFormat: 'CycloneDX', specVersion: '1.6', version: 1,
  serialNumber: `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  metadata: { component: { type: 'application', name: `splitrail/${folder}`, version } },
  components,
}, null, 2));
