// The parsers in JavaScript: js-yaml 3 (through gray-matter), 4 and 5, and yaml. Reads the table
// of texts and writes the rows, both JSON.
//
//     node javascript.js FOLDER PARSER
'use strict';
const path = require('path');
const { createRequire } = require('module');

const [folder, parser] = [path.resolve(process.argv[2]), process.argv[3]];
const load = createRequire(path.join(folder, 'package.json'));
const version = (name) => {
  const main = load.resolve(name);
  const end = main.indexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length;
  return load(main.slice(0, end) + 'package.json').version;
};

const parsers = {
  'js-yaml-3': () => {
    const matter = load('gray-matter');
    return {
      version: `gray-matter ${version('gray-matter')}, js-yaml ${version('js-yaml')}`,
      call: 'gray-matter: matter("---\\n" + line + "\\n---\\n", {}).data, whose engine is js-yaml safeLoad',
      read: (line) => matter(`---\n${line}\n---\n`, {}).data,
    };
  },
  'js-yaml-4': () => jsYaml('js-yaml-4'),
  'js-yaml-5': () => jsYaml('js-yaml-5'),
  'yaml-core': () => {
    const YAML = load('yaml');
    return {
      version: `yaml ${version('yaml')}`,
      call: 'YAML.parse(line + "\\n", {version: "1.2", schema: "core", logLevel: "error"})',
      read: (line) => YAML.parse(line + '\n', { version: '1.2', schema: 'core', logLevel: 'error' }),
    };
  },
};

function jsYaml(name) {
  const yaml = load(name);
  return {
    version: `js-yaml ${version(name)}`,
    call: 'yaml.load(line + "\\n")',
    read: (line) => yaml.load(line + '\n'),
  };
}

function number(value) {
  if (Number.isNaN(value)) return { kind: 'float', value: 'nan' };
  if (!Number.isFinite(value)) return { kind: 'float', value: value > 0 ? 'inf' : '-inf' };
  if (Object.is(value, -0)) return { kind: 'float', value: '-0.0' };
  if (!Number.isInteger(value) || Math.abs(value) >= 1e21) return { kind: 'float', value: String(value) };
  const exact = Math.abs(value) <= 2 ** 53;
  return { kind: 'int', value: exact ? value : BigInt(value).toString() };
}

function described(value) {
  if (value === null || value === undefined) return { kind: 'null', value: null };
  if (typeof value === 'boolean') return { kind: 'bool', value };
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'symbol') return { kind: 'symbol', value: value.description };
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString();
    return { kind: 'timestamp', value: text.replace(/\.?0*Z$/, 'Z') };
  }
  if (value instanceof Uint8Array) return { kind: 'binary', value: Buffer.from(value).toString('base64') };
  return { kind: Array.isArray(value) ? 'seq' : 'map', value: null };
}

function row(read, text, line, find) {
  let data;
  try {
    data = read(line);
  } catch (error) {
    const said = String(error.message).split('\n')[0];
    return { text, kind: 'error', value: null, error: `${error.name}: ${said}` };
  }
  const isMap = data !== null && typeof data === 'object' && !Array.isArray(data) && !(data instanceof Date);
  const found = isMap ? find(data) : [];
  if (found.length === 0) return { text, kind: 'none', value: null };
  const made = { text, ...described(found[0]) };
  const entries = Object.keys(data).length;
  return entries > 1 ? { ...made, entries } : made;
}

const chosen = parsers[parser]();
const table = JSON.parse(require('fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify({
  version: `${chosen.version}, node ${process.versions.node}`,
  call: chosen.call,
  values: table.values.map((text) => row(chosen.read, text, `k: ${text}`, (it) => ('k' in it ? [it.k] : []))),
  keys: table.keys.map((text) =>
    row(chosen.read, text, `${text}: v`, (it) => Object.keys(it).filter((key) => it[key] === 'v'))),
}));
