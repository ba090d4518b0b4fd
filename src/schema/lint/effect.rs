//! Whether a schema says anything at all.

use std::collections::HashSet;

use jsonschema::Draft;
use serde_json::Value;
use url::Url;

use super::keywords::{self, Role};
use crate::schema::resources::{Resources, base_of};

/// Whether a schema has a keyword that a page may fail, itself or where it refers to.
pub(super) fn says_something(resources: &Resources) -> bool {
    let Some((root, base)) = resources.root() else {
        return true;
    };
    let Some(value) = resources.value(&root) else {
        return true;
    };
    let default = Draft::default().detect(value);
    let mut open = vec![(value, base, default)];
    let mut visited = HashSet::new();
    while let Some((value, base, draft)) = open.pop() {
        let members = match value {
            Value::Bool(true) => continue,
            Value::Object(members) => members,
            _ => return true,
        };
        if !visited.insert(std::ptr::from_ref(value).addr()) {
            continue;
        }
        let base = base_of(value, &base);
        let is_alone = draft < Draft::Draft201909 && members.contains_key("$ref");
        for (name, value) in members {
            // Before 2019-09 nothing beside a `$ref` counts.
            let keyword = keywords::find(name).filter(|it| it.is_of(draft));
            let Some(keyword) = keyword.filter(|it| !is_alone || it.name == "$ref") else {
                continue;
            };
            match keyword.role {
                Role::Assertion => return true,
                Role::Reference => match follow(resources, &base, value, default) {
                    Some(target) => open.push(target),
                    None => return true,
                },
                Role::InPlace => {
                    let is_branch = matches!(keyword.name, "then" | "else");
                    if is_branch && !members.contains_key("if") {
                        continue;
                    }
                    match value {
                        Value::Array(branches) => {
                            let branches = branches.iter();
                            open.extend(branches.map(|it| (it, base.clone(), draft)));
                        }
                        value => open.push((value, base.clone(), draft)),
                    }
                }
                Role::Wording | Role::Annotation => {}
            }
        }
    }
    false
}

/// Where a reference leads, with the base URI and the draft there. `None` where that is not known,
/// as of the metaschemas.
pub(super) fn follow<'r>(
    resources: &'r Resources,
    base: &Url,
    reference: &Value,
    default: Draft,
) -> Option<(&'r Value, Url, Draft)> {
    let (location, base) = resources.resolve(base, reference.as_str()?)?;
    let file = resources.files().get(location.file)?;
    Some((
        resources.value(&location)?,
        base,
        default.detect(&file.value),
    ))
}
