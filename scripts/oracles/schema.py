"""The verdicts of validators in Python on the texts of schema-texts.json, which is read from standard
input.

    schema.py SCHEMA
"""

import json
import sys
from importlib.metadata import version


def agent_skill():
    from skills_ref.errors import ParseError
    from skills_ref.parser import parse_frontmatter
    from skills_ref.validator import validate_metadata

    def verdict(text):
        try:
            metadata, _ = parse_frontmatter(f"---\n{text}---\n")
        except ParseError:
            return "-"
        return "0" if validate_metadata(metadata) else "1"

    return verdict, f"skills-ref {version('skills-ref')}", "validate_metadata"


def material_blog_post():
    import yaml
    from material.plugins.blog.structure.config import PostConfig

    def verdict(text):
        try:
            meta = yaml.safe_load(text)
        except (yaml.YAMLError, ValueError):
            return "-"
        config = PostConfig()
        config.load_dict({key: meta[key] for key in set(meta) & set(config)})
        try:
            errors, _ = config.validate()
        # Of `PostDate`, where a mapping lacks `created`.
        except KeyError:
            return "0"
        return "0" if errors else "1"

    material = f"mkdocs-material {version('mkdocs-material')}"
    return verdict, material, "PostConfig of material.plugins.blog.structure.config"


VALIDATORS = {"agent-skill": agent_skill, "mkdocs-material-blog-post": material_blog_post}

schema = sys.argv[1]
verdict, name, call = VALIDATORS[schema]()
table = json.load(sys.stdin)
wanted = table["schemas"][schema]
rows = [
    {
        "place": place,
        "verdicts": "".join(verdict(place.replace("@", value)) for value in table["values"]),
    }
    for place in wanted["places"]
]
rows.append({"texts": "".join(verdict(text) for text in wanted["texts"])})
print(json.dumps({"version": name, "call": call, "rows": rows}))
