"""What the blog of Material for MkDocs makes of each text of the list on standard input."""

import json
import sys
from datetime import timezone
from importlib.metadata import version

from material.plugins.blog.structure.options import PostDate
from mkdocs.config.base import ValidationError


def row(text):
    config, option = {"date": text}, PostDate()
    try:
        option.pre_validation(config, "date")
        date = option.run_validation(config["date"]).created
    except (ValidationError, KeyError):
        return {"text": text, "kind": "error", "value": None}
    value = date.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"text": text, "kind": "date", "value": value}


print(json.dumps({
    "version": f"mkdocs-material {version('mkdocs-material')}",
    "call": "PostDate of material.plugins.blog.structure.options",
    "texts": [row(text) for text in json.load(sys.stdin)],
}))
