// What gray-matter, or a fork of it, takes for front matter. Reads the table of texts and writes
// the rows, both JSON.
//
//     node gray-matter.js FOLDER PACKAGE
'use strict';
const path = require('path');
const { createRequire } = require('module');

const folder = path.resolve(process.argv[2]);
const name = process.argv[3];
const load = createRequire(path.join(folder, 'package.json'));
const matter = load(name);
const { version } = load(`${name}/package.json`);
const yaml = createRequire(load.resolve(name))('js-yaml/package.json').version;

function row(text) {
  try {
    const { data, content, language } = matter(text, {});
    const isRead = content !== text.replace(/^\ufeff/, '');
    const made = { text, outcome: isRead ? 'read' : 'text', data, body: content };
    return language === 'yaml' ? made : { ...made, language };
  } catch (error) {
    const said = String(error.message).split('\n')[0];
    return { text, outcome: 'error', error: `${error.name}: ${said}` };
  }
}

const table = JSON.parse(require('fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify({
  version: `${name} ${version}, js-yaml ${yaml}, node ${process.versions.node}`,
  call: 'matter(text, {}), which keeps no cache',
  fences: table.fences.map(row),
}));
