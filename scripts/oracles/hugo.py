"""Hugo itself: what a template sees of front matter.

One page a text, many pages a run. A page that Hugo refuses stops the build, so it is set aside,
and each of those set aside is built alone.
"""

import datetime
import json
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Keys that Hugo gives every page.
OWN = {"date", "draft", "iscjklanguage", "lastmod", "publishdate", "expirydate", "title"}

# Go's names of types, and the kinds of the records.
KINDS = {
    "<nil>": "null",
    "bool": "bool",
    "string": "string",
    "float64": "float",
    "time.Time": "timestamp",
    "[]uint8": "binary",
}

TEMPLATE = """[{{ $begun := false }}
{{- range $p := site.AllPages }}{{ with $p.File }}{{ if $begun }},{{ end }}{{ $begun = true }}
{"file": {{ .Path | jsonify }}, "body": {{ $p.RawContent | jsonify }},
"title": {{ $p.Title | jsonify }}, "draft": {{ $p.Draft }},
"dates": {"date": "DATE", "lastmod": "LASTMOD", "publishDate": "PUBLISH", "expiryDate": "EXPIRY"},
"params": [{{ $first := true }}{{ range $k, $v := $p.Params -}}
{{ if not $first }},{{ end }}{{ $first = false }}
{"key": {{ $k | jsonify }}, "type": {{ printf "%T" $v | jsonify }}, "value":
{{- if eq (printf "%T" $v) "string" }}{{ $v | jsonify }}
{{- else if eq (printf "%T" $v) "[]uint8" }}{{ $v | base64Encode | jsonify }}
{{- else if eq (printf "%T" $v) "time.Time" }}{{ $v.Format "INSTANT" | jsonify }}
{{- else }}{{ printf "%v" $v | jsonify }}{{ end }}}
{{- end }}]}
{{- end }}{{ end }}
]
"""

INSTANT = "2006-01-02T15:04:05.999999999Z07:00"


def template():
    text = TEMPLATE.replace("INSTANT", INSTANT)
    for mark, method in [
        ("DATE", "Date"),
        ("LASTMOD", "Lastmod"),
        ("PUBLISH", "PublishDate"),
        ("EXPIRY", "ExpiryDate"),
    ]:
        text = text.replace(f'"{mark}"', '{{ $p.%s.Format "%s" | jsonify }}' % (method, INSTANT))
    return text


class Hugo:
    """One version of Hugo."""

    def __init__(self, program):
        self.program = str(program)
        said = subprocess.run([self.program, "version"], capture_output=True, text=True, check=True)
        self.version = re.search(r"hugo v([\d.]+)", said.stdout).group(1)

    def modules(self):
        """The parsers that this program is built with."""
        said = subprocess.run(
            [self.program, "env", "--logLevel", "info"], capture_output=True, text=True
        ).stdout
        if "goccy" not in said and "yaml.v2" not in said:
            said = subprocess.run([self.program, "env", "-v"], capture_output=True, text=True).stdout
        wanted = r'(github\.com/goccy/go-yaml|gopkg\.in/yaml\.v2|github\.com/pelletier/go-toml/v2)'
        found = re.findall(wanted + r'="v?([\d.]+)', said)
        return ", ".join(f"{name} {version}" for name, version in sorted(set(found)))

    def read(self, texts, form, config="", refused=()):
        """Each text of the table with the page that it makes, or the error.

        `refused` are the texts that are known to stop Hugo, so that no time is lost with them.
        """
        pages = self.pages([form.replace("{}", text) for text in texts], config, refused=[
            index for index, text in enumerate(texts) if text in refused
        ])
        return list(zip(texts, pages))

    def pages(self, texts, config, refused):
        """What Hugo makes of each page: a dict, or a text with the error."""
        alone = set(refused)
        outcomes = {}
        while True:
            batch = {i: text for i, text in enumerate(texts) if i not in alone}
            built, error = self.build(batch, config)
            if error is None:
                outcomes.update(built)
                break
            named = {int(name) for name in re.findall(r"/(\d{5})\.md", error)} & set(batch)
            if not named:
                raise SystemExit(f"hugo {self.version} names no page: {error}")
            alone |= named

        def build_alone(index):
            built, error = self.build({index: texts[index]}, config)
            return index, built[index] if error is None else first_line(error)

        with ThreadPoolExecutor() as pool:
            outcomes.update(pool.map(build_alone, sorted(alone)))
        return [outcomes[index] for index in range(len(texts))]

    def build(self, texts, config):
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder)
            (site / "content").mkdir()
            (site / "layouts").mkdir()
            (site / "layouts/_default").mkdir()
            (site / "layouts/_default/single.html").write_text("")
            (site / "layouts/index.json").write_text(template())
            (site / "config.toml").write_text(
                'baseURL = "https://example.org/"\n'
                + config
                + '\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", '
                '"section"]\n[outputs]\nhome = ["json"]\n'
            )
            for index, text in texts.items():
                data = text if isinstance(text, bytes) else text.encode()
                (site / f"content/{index:05}.md").write_bytes(data)
            said = subprocess.run(
                [self.program, "-DEF", "-d", "out"],
                cwd=site, capture_output=True, text=True, errors="replace",
                env={"PATH": "/usr/bin:/bin", "HOME": folder, "TZ": "UTC", "HUGO_CACHEDIR": folder + "/cache"},
            )
            if said.returncode != 0:
                return {}, said.stderr + said.stdout
            read = json.loads((site / "out/index.json").read_text())
        return {int(Path(page["file"]).stem): page for page in read}, None


def first_line(error):
    lines = [line for line in error.splitlines() if "ERROR" in line or "Error" in line] or error.splitlines()
    line = re.sub(r'"[^"]*?/content/(\d{5}\.md)', '"page.md', lines[-1])
    line = re.sub(r"^.*?(page\.md)", r"\1", line) if "page.md" in line else line
    return line.strip()


def record(program, table, former):
    """The record of one version of Hugo; a former one tells which texts are likely to stop it."""
    hugo = Hugo(program)

    def read(part, form, config=""):
        refused = {
            row["text"] for row in former.get(part, []) if "error" in (row.get("kind"), row.get("outcome"))
        }
        return hugo.read(table[part], form, config, refused)

    date_form = "---\ndate: {}\n---\n"
    return {
        "version": ", ".join(filter(None, [f"hugo {hugo.version}", hugo.modules()])),
        "call": "a page with the text as its front matter; .Params, .Date and .RawContent in a template",
        "values": [
            scalar(text, page, lambda param: param["key"] == "k")
            for text, page in read("values", "---\nk: {}\n---\n")
        ],
        "keys": [key(text, page) for text, page in read("keys", "---\n{}: v\n---\n")],
        "fences": [fence(text, page) for text, page in read("fences", "{}")],
        "dates": dates(hugo, read("dates", date_form), date_form),
    }


def described(param):
    """Kind and value of a parameter as the records write them."""
    type_, value = param["type"], param["value"]
    if type_ in ("int", "int64", "uint64"):
        exact = abs(int(value)) <= 2**53
        return {"kind": "int", "value": int(value) if exact else value}
    kind = KINDS.get(type_) or ("map" if "map" in type_.lower() else "seq")
    if kind == "null" or kind in ("map", "seq"):
        value = None
    elif kind == "bool":
        value = value == "true"
    elif kind == "float":
        value = number(value)
    row = {"kind": kind, "value": value}
    if kind == "timestamp":
        row["value"], row["offset"] = instant(value)
    return row


def number(text):
    text = text.replace("Inf", "inf").replace("NaN", "nan").lstrip("+")
    text = repr(float(text))
    return text.replace("e-0", "e-").replace("e+0", "e+")


def instant(text):
    """A time in RFC 3339 as the instant in UTC, and its offset in minutes."""
    found = re.fullmatch(r"(.{19})(\.\d+)?(Z|[-+]\d\d:\d\d)", text)
    if found is None:
        return text, 0
    whole, fraction, zone = found.groups()
    offset = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[4:6]))
    if offset == 0:
        return f"{whole}{fraction or ''}Z", 0
    try:
        time = datetime.datetime.fromisoformat(whole) - datetime.timedelta(minutes=offset)
    except (OverflowError, ValueError):  # Python knows the years 1 to 9999
        return text, offset
    return f"{time.isoformat()}{fraction or ''}Z", offset


def extras(page):
    return [param for param in page["params"] if param["key"] not in OWN]


def scalar(text, page, wanted):
    if isinstance(page, str):
        return {"text": text, "kind": "error", "value": None, "error": page}
    found = [param for param in page["params"] if wanted(param)]
    if not found:
        return {"text": text, "kind": "none", "value": None}
    row = {"text": text, **described(found[0])}
    return row if len(extras(page)) < 2 else {**row, "entries": len(extras(page))}


def key(text, page):
    if not isinstance(page, str):
        page = {"params": [
            {**param, "type": "string", "value": param["key"], "found": param["value"] == "v"}
            for param in page["params"]
        ]}
    return scalar(text, page, lambda param: param["found"])


def fence(text, page):
    if isinstance(page, str):
        return {"text": text, "outcome": "error", "error": page}
    data = {param["key"]: described(param)["value"] for param in extras(page)}
    is_read = bool(data) or page["body"] != text.removeprefix("\ufeff")
    return {"text": text, "outcome": "read" if is_read else "text", "data": data, "body": page["body"]}


def dates(hugo, read, form):
    """Dates on a site without a time zone, and with one where that makes a difference."""
    rows = {text: date(text, page) for text, page in read}
    known = [text for text, row in rows.items() if row["kind"] != "error"]
    for text, page in hugo.read(known, form, 'timeZone = "Europe/Paris"'):
        there = date(text, page)
        if there != rows[text]:
            rows[text]["paris"] = {name: there[name] for name in ("value", "offset")}
    return list(rows.values())


def date(text, page):
    if isinstance(page, str):
        return {"text": text, "kind": "error", "value": None, "error": page}
    read = page["dates"]["date"]
    if read.startswith("0001-01-01T00:00:00"):
        return {"text": text, "kind": "none", "value": None}
    value, offset = instant(read)
    return {"text": text, "kind": "timestamp", "value": value, "offset": offset}
