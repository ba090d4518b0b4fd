// What Luxon, as Eleventy calls it, or Docusaurus' validator and `getDate` make of each text of the
// list on standard input.
const [modules, name] = process.argv.slice(2);
const path = require("node:path");
const load = (file) => require(path.join(modules, "node_modules", file));
const version = (file) => load(`${file}/package.json`).version;

const READERS = {
  eleventy() {
    const { DateTime, Settings } = load("luxon");
    return {
      version: `luxon ${version("luxon")}`,
      call: 'DateTime.fromISO(text, { zone: "utc" }), words of Eleventy\'s own apart',
      read: (text) => DateTime.fromISO(text, { zone: "utc" }).toJSDate(),
      // What the text does not say is that of the moment of the build.
      isOfMoment(text) {
        Settings.now = () => 0;
        const date = this.read(text).getTime();
        Settings.now = () => 1e12;
        const later = this.read(text).getTime();
        Settings.now = () => Date.now();
        return date !== later && !Number.isNaN(date);
      },
    };
  },
  docusaurus() {
    const { validateBlogPostFrontMatter } = load("@docusaurus/plugin-content-blog/lib/frontMatter.js");
    return {
      version: `@docusaurus/plugin-content-blog ${version("@docusaurus/plugin-content-blog")}`,
      call: "validateBlogPostFrontMatter({ date: text }), then new Date(`${date}Z`)",
      read(text) {
        const { date } = validateBlogPostFrontMatter({ date: text });
        return new Date(`${date}Z`);
      },
    };
  },
};

const reader = READERS[name]();
const write = process.stdout.write.bind(process.stdout);
console.log = console.error = () => {};
const rows = JSON.parse(require("node:fs").readFileSync(0, "utf8")).map((text) => {
  let date = new Date(NaN);
  try {
    date = reader.read(text);
  } catch {
    // It stops.
  }
  if (reader.isOfMoment?.(text)) return { text, kind: "moment", value: null };
  const isDate = !Number.isNaN(date.getTime());
  const value = isDate ? `${date.toISOString().slice(0, 19)}Z` : null;
  return { text, kind: isDate ? "date" : "error", value };
});
write(JSON.stringify({ version: reader.version, call: reader.call, texts: rows }));
