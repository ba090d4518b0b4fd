#!/usr/bin/env python3
"""Compute, independently of frontlint, which uploads a folder of press releases names in vain.

    corpus-check.py missing CORPUS              print them, sorted: FILE<tab>POINTER<tab>PATH
    corpus-check.py site CORPUS FOLDER          build a throw-away site for frontlint in FOLDER
    corpus-check.py compare CORPUS FINDINGS     hold frontlint's JSON (a file, or -) against them

CORPUS holds `_communiques/`, `_config.yml` and `uploads-existing.txt` (one path a line,
`_uploads/x` being served as `/uploads/x`). A typical run:

    scripts/corpus-check.py site CORPUS /tmp/site
    (cd /tmp/site && frontlint check --output-format json) | scripts/corpus-check.py compare CORPUS -

Needs PyYAML, and shares no code with frontlint: only what a page says itself is looked at, for a
default of the site is reported once, in `_config.yml`. Exits with 1 where `compare` finds a
difference.
"""

import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

ROOT_KEYS = ("image", "file", "communique_file")
ITEM_KEYS = {"une-ou-diaporama": ("image",), "files": ("file", "lien")}
FENCES = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)\s*$", re.S | re.M)

FRONTLINT_TOML = """\
[[collections]]
name = "communiques"
files = ["_communiques/**/*.{md,markdown}"]
schema = "bundled:press-release"
front-matter = "required"
"""


def releases(corpus):
    return sorted(p for p in (corpus / "_communiques").rglob("*") if p.suffix in (".md", ".markdown"))


def uploads(corpus):
    lines = (corpus / "uploads-existing.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line]


def front_matter(path):
    found = FENCES.match(path.read_bytes())
    if not found:
        return {}
    data = yaml.load(found.group(1).decode("utf-8"), Loader=yaml.BaseLoader)
    return data if isinstance(data, dict) else {}


def named_uploads(page):
    """Each (pointer, path) of a page. BaseLoader reads a null as the empty string."""
    for key in ROOT_KEYS:
        if isinstance(page.get(key), str) and page[key]:
            yield f"/{key}", page[key]
    for key, names in ITEM_KEYS.items():
        items = page.get(key)
        for index, item in enumerate(items if isinstance(items, list) else []):
            for name in names if isinstance(item, dict) else ():
                if isinstance(item.get(name), str) and item[name]:
                    yield f"/{key}/{index}/{name}", item[name]


def served(path):
    """The path as the site serves it; None for an address elsewhere."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc:
        return None
    return "/" + unquote(parts.path).lstrip("/")


def missing(corpus):
    existing = {"/" + name.removeprefix("_") for name in uploads(corpus)}
    for page in releases(corpus):
        for pointer, path in named_uploads(front_matter(page)):
            address = served(path)
            if address is not None and address not in existing:
                yield page.relative_to(corpus).as_posix(), pointer, path


def build_site(corpus, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name in uploads(corpus):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    for page in releases(corpus):
        target = folder / page.relative_to(corpus)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)
    shutil.copyfile(corpus / "_config.yml", folder / "_config.yml")
    (folder / "frontlint.toml").write_text(FRONTLINT_TOML, encoding="utf-8")


def compare(corpus, findings):
    wanted = {(file, pointer) for file, pointer, _ in missing(corpus)}
    found = {
        (finding["path"], finding["pointer"])
        for finding in findings
        if finding["rule"] == "missing-file" and finding["path"] != "_config.yml"
    }
    for file, pointer in sorted(wanted - found):
        print(f"not found by frontlint\t{file}\t{pointer}")
    for file, pointer in sorted(found - wanted):
        print(f"found by frontlint only\t{file}\t{pointer}")
    print(f"{len(wanted & found)} missing uploads in both, {len(wanted ^ found)} in one only")
    return 0 if wanted == found else 1


def main(arguments):
    match arguments:
        case ["missing", corpus]:
            for row in sorted(missing(Path(corpus))):
                print(*row, sep="\t")
            return 0
        case ["site", corpus, folder]:
            build_site(Path(corpus), Path(folder))
            return 0
        case ["compare", corpus, findings]:
            file = sys.stdin if findings == "-" else open(findings, encoding="utf-8")
            with file:
                return compare(Path(corpus), json.load(file))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
