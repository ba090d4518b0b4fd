"""Hugo itself: the files that it writes for the pages of a site, and for their aliases."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path

# A page names its file and its address, as an alias names the address that it leads to.
TEMPLATE = "{{ with .File }}{{ $.Permalink }} {{ .Path }}{{ end }}"
KINDS = ("single", "list", "home", "taxonomy", "term")


def record(program, version, sites):
    """A row for each file of each build of the one site: the file, its page, and what it is to the
    page.

    variants.json of the site says what each build adds to the configuration.
    """
    [site] = sites
    variants = json.loads((site / "variants.json").read_text(encoding="utf-8"))
    rows = {name: build(program, site, lines) for name, lines in variants.items()}
    return {"version": version, "call": "hugo, the files that it writes", **rows}


def build(program, site, lines):
    with tempfile.TemporaryDirectory() as folder:
        copy, output = Path(folder) / "site", Path(folder) / "built"
        shutil.copytree(site, copy)
        layouts = copy / "layouts/_default"
        layouts.mkdir(parents=True)
        for kind in KINDS:
            (layouts / f"{kind}.html").write_text(TEMPLATE)
            (layouts / f"{kind}.json").write_text("{}")
        with (copy / "hugo.toml").open("a") as config:
            config.write(lines)
        environment = {**os.environ, "TZ": "UTC", "HOME": folder, "HUGO_CACHEDIR": folder + "/cache"}
        subprocess.run(
            [program, "--destination", str(output)],
            cwd=copy, env=environment, check=True, capture_output=True, text=True,
        )
        return written(output)


def written(output):
    pages, aliases = {}, {}
    for path in sorted(output.rglob("*")):
        if not path.is_file():
            continue
        text, name = path.read_text(errors="replace"), path.relative_to(output).as_posix()
        alias = re.search(r'http-equiv="?refresh"? content="0; url=([^"]*)"', text)
        if alias:
            aliases[name] = alias.group(1)
        elif text.startswith("https://example.org/"):
            address, _, page = text.partition(" ")
            pages[name] = (address, page)
    owners = {address: page for address, page in pages.values()}
    rows = [[name, unescape(page), "page"] for name, (_, page) in pages.items()]
    rows += [[name, unescape(owners[to]), "alias"] for name, to in aliases.items() if to in owners]
    return sorted(rows)
