#!/usr/bin/env node
// Writes the table of settings in the chart's README from the comments of its values.yaml.
//   node scripts/chart-readme.mjs            writes it
//   node scripts/chart-readme.mjs --check    ends with 1 when it is not up to date
// A comment that begins with `# --` belongs to the next key. Keys without one are listed with their default alone.
import fs from 'node:fs';
import path from 'node:path';

const chart = path.join(path.dirname(new URL(import.meta.url).pathname), '..', 'charts', 'splitrail');
const readme = path.join(chart, 'README.md');

function rows(text) {
  const found = [];
  const open = [];
  let words = [];
  for (const line of text.split('\n')) {
    const comment = line.match(/^\s*# -- (.*)$/);
    const more = line.match(/^\s*# (.*)$/);
    const key = line.match(/^( *)([\w-]+):(.*)$/);
    if (comment) words = [comment[1]];
    else if (more && words.length) words.push(more[1]);
    else if (key) {
      const depth = key[1].length;
      while (open.length && open.at(-1).depth >= depth) open.pop();
      open.push({ depth, name: key[2] });
      const value = key[3].trim();
      if (value || words.length) found.push({ key: open.map(part => part.name).join('.'), value, text: words.join(' ') });
      words = [];
    } else if (!more) words = [];
  }
  return found;
}

const cell = text => text.replaceAll('|', '\\|');
const table = ['| setting | default | what it is |', '|---|---|---|']
  .concat(rows(fs.readFileSync(path.join(chart, 'values.yaml'), 'utf8'))
    .map(row => `| \`${row.key}\` | ${row.value ? `\`${cell(row.value)}\`` : ''} | ${cell(row.text)} |`))
  .join('\n');
const before = fs.readFileSync(readme, 'utf8');
const after = before.replace(/(<!-- settings -->\n)[^]*(<!-- end of settings -->)/, `$1${table}\n$2`);
if (process.argv.includes('--check')) {
  if (before !== after) {
    console.error('charts/splitrail/README.md does not say what values.yaml says: run `node scripts/chart-readme.mjs`.');
    process.exit(1);
  }
} else fs.writeFileSync(readme, after);
