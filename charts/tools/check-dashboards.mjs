#!/usr/bin/env node
// Checks dashboards against Grafana's own types: `node check-dashboards.mjs FILE...`; ends with 1 and the compiler's words when one does not fit.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const here = path.dirname(new URL(import.meta.url).pathname);
// Beside node_modules, where the compiler looks for the types.
const folder = fs.mkdtempSync(path.join(here, 'node_modules', '.dashboards-'));
const types = `
import type { Dashboard, FieldConfig, FieldConfigSource, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

// Enums become the words and numbers that a file has.
type Plain<T> = unknown extends T ? T : T extends string ? \`\${T}\` : T extends (infer U)[] ? Plain<U>[]
  : T extends object ? { [K in keyof T as K extends \`_\${string}\` ? never : K]: Plain<T[K]> } : T;
type Series = Omit<Panel, 'type' | 'targets' | 'options' | 'fieldConfig'> & {
  type: 'timeseries'; targets: Dataquery[]; options: timeseries.Options;
  fieldConfig: Omit<FieldConfigSource, 'defaults'> & { defaults: Omit<FieldConfig, 'custom'> & { custom: timeseries.FieldConfig } };
};
export type Checked = Plain<Omit<Dashboard, 'panels'> & { panels: Series[] }>;
`;
try {
  fs.writeFileSync(path.join(folder, 'types.mts'), types);
  const files = process.argv.slice(2).map((file, i) => {
    const target = path.join(folder, `${i}-${path.basename(file, '.json')}.mts`);
    fs.writeFileSync(target, `import type { Checked } from './types.mjs';\nexport const dashboard: Checked = ${fs.readFileSync(file, 'utf8')};\n`);
    return target;
  });
  const tsc = spawnSync(path.join(here, 'node_modules', '.bin', 'tsc'), ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', ...files], { encoding: 'utf8' });
  process.stdout.write(`${tsc.stdout}${tsc.stderr}`);
  console.log(`${files.length} dashboards checked`);
  process.exitCode = tsc.status || !files.length ? 1 : 0;
} finally {
  fs.rmSync(folder, { recursive: true });
}
