// Runs the tasks as VS Code would and prints what their problem matchers make of the real output,
// one problem a line, separated by tabs: path, line, severity, rule, the text from the column on.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { tasks } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const folder = process.cwd();

function output(task, page) {
  const values = { "${relativeFile}": page, "${workspaceFolder}": folder };
  const args = task.args.map((arg) => values[arg] ?? arg);
  const ran = spawnSync(task.command, args, { encoding: "utf8" });
  return (ran.stdout + ran.stderr).split(/\r?\n/).filter(Boolean);
}

// Of the matchers, the first that fits a line has it.
function problem(task, line) {
  for (const { pattern } of task.problemMatcher) {
    const found = new RegExp(pattern.regexp).exec(line);
    if (found) {
      const part = (name) => (pattern[name] === undefined ? undefined : found[pattern[name]]);
      if ((pattern.kind === "file") !== (part("line") === undefined)) {
        return `a pattern that does not give what its kind needs: ${line}`;
      }
      const path = part("file");
      const at = Number(part("line"));
      const lines = at ? readFileSync(path, "utf8").split(/\r?\n/) : [];
      const text = lines[at - 1]?.slice(part("column") - 1) ?? "";
      return [path, at || "-", part("severity"), part("code"), text].join("\t");
    }
  }
  return `not understood: ${line}`;
}

const [site, page] = tasks;
const problems = output(site).map((line) => problem(site, line));
for (const path of ["page.md", "sans en-tête.md"]) {
  const alone = output(page, path).map((line) => problem(page, line));
  const among = problems.filter((line) => line.startsWith(path));
  if (alone.join("\n") !== among.join("\n")) {
    problems.push(`not the same by the task for one page: ${path}`);
  }
}
// A finding about a file as a whole.
const whole = output(page, "sans cible.markdown").map((line) => problem(page, line));
if (whole.join("\n") !== "sans cible.markdown\t-\terror\tunreadable-file\t") {
  problems.push(...whole);
}
console.log(problems.join("\n"));
