"""What MkDocs takes for metadata. Reads the table of texts and writes the rows, both JSON."""

import io
import json
import platform
import sys
import tempfile
from pathlib import Path

import mkdocs
import yaml
from mkdocs.config import load_config
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page


def row(text, folder, config):
    (folder / "page.md").write_bytes(text.encode())
    page = Page(None, File("page.md", str(folder), str(folder / "site"), False), config)
    try:
        page.read_source(config)
    except Exception as error:  # whatever it fails with is the record
        said = (str(error).splitlines() or [""])[0]
        return {"text": text, "outcome": "error", "error": f"{type(error).__name__}: {said}"}
    with io.open(folder / "page.md", encoding="utf-8-sig") as file:
        whole = file.read()
    # Blank lines before the text are taken off all the same.
    outcome = "text" if page.markdown.strip() == whole.strip() else "read"
    return {"text": text, "outcome": outcome, "data": page.meta, "body": page.markdown}


table = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as name:
    (Path(name) / "docs").mkdir()
    (Path(name) / "mkdocs.yml").write_text("site_name: x\n")
    config = load_config(config_file=name + "/mkdocs.yml")
    rows = [row(text, Path(name), config) for text in table["fences"]]
json.dump(
    {
        "version": f"mkdocs {mkdocs.__version__}, PyYAML {yaml.__version__}, Python {platform.python_version()}",
        "call": "Page(…).read_source(config), then its meta and markdown",
        "fences": rows,
    },
    sys.stdout,
    default=str,
)
