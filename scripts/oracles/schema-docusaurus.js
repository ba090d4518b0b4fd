// The verdicts of the validators of Docusaurus on the texts of schema-texts.json, which is read from
// standard input.
//
//     node schema-docusaurus.js MODULES SCHEMA
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const [modules, schema] = process.argv.slice(2);
const own = (name) => require(path.join(modules, 'node_modules', name));

// The validator writes what it refuses to the console.
console.error = () => {};
console.warn = () => {};

const kind = schema.replace('docusaurus-', '');
const validators = {
  docs: 'validateDocFrontMatter',
  blog: 'validateBlogPostFrontMatter',
  pages: 'validatePageFrontMatter',
};
const plugin = `@docusaurus/plugin-content-${kind}`;
const validate = own(`${plugin}/lib/frontMatter.js`)[validators[kind]];
const { parseFileContentFrontMatter } = own('@docusaurus/utils/lib/markdownUtils.js');

function verdict(text) {
  let frontMatter;
  try {
    ({ frontMatter } = parseFileContentFrontMatter(`---\n${text}---\n`));
  } catch {
    return '-';
  }
  try {
    validate(frontMatter);
    return '1';
  } catch {
    return '0';
  }
}

const table = JSON.parse(fs.readFileSync(0, 'utf8'));
const { places, texts } = table.schemas[schema];
const rows = places.map((place) => ({
  place,
  verdicts: table.values.map((value) => verdict(place.replace('@', () => value))).join(''),
}));
rows.push({ texts: texts.map(verdict).join('') });
process.stdout.write(JSON.stringify({
  version: `${plugin} ${own(`${plugin}/package.json`).version}`,
  call: `${validators[kind]}, of what parseFileContentFrontMatter reads`,
  rows,
}));
