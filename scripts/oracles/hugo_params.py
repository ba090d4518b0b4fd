"""Hugo itself: `.Params` of every page of a site that has a file."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

TEMPLATE = (
    '{{ with .File }}{{ dict "path" .Filename "kind" $.Kind "params" $.Params | jsonify }}{{ end }}'
)
KINDS = ("single", "list", "home", "taxonomy", "term")


def record(program, version, sites):
    """A row for each page of each site: its path from the site's root, its kind, its front matter."""
    found = {site.name: build(program, site) for site in sites}
    return {"version": version, "call": "hugo, `.Params` of each page", **found}


def build(program, site):
    with tempfile.TemporaryDirectory() as folder:
        copy, output = Path(folder).resolve() / "site", Path(folder) / "built"
        shutil.copytree(site, copy)
        layouts = copy / "layouts/_default"
        layouts.mkdir(parents=True)
        for kind in KINDS:
            (layouts / f"{kind}.html").write_text(TEMPLATE)
        environment = {**os.environ, "TZ": "UTC", "HOME": folder, "HUGO_CACHEDIR": folder + "/cache"}
        subprocess.run(
            [program, "--destination", str(output)],
            cwd=copy, env=environment, check=True, capture_output=True, text=True,
        )
        rows = []
        for path in output.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            if text.startswith("{"):
                page = json.loads(text)
                name = Path(page["path"]).relative_to(copy).as_posix()
                rows.append([name, page["kind"], page["params"]])
        return sorted(rows, key=lambda row: row[0])
