//! The walk over all places of a schema where schemas are.

use std::collections::HashSet;
use std::rc::Rc;

use jsonschema::Draft;
use serde_json::{Map, Value};
use url::Url;

use super::keywords::{self, Keyword, Role, Subschemas};
use super::{Fault, Part, words};
use crate::schema::resources::{Location, Resources, base_of, has_own_base};
use crate::syntax::pointer;

/// A place, as the way to it.
enum Way<'a> {
    Start(Location),
    Key(Rc<Self>, &'a str),
    Index(Rc<Self>, usize),
}

impl Way<'_> {
    fn location(&self) -> Location {
        match self {
            Self::Start(location) => location.clone(),
            Self::Key(above, key) => above.location().child(&[key]),
            Self::Index(above, index) => {
                let mut location = above.location();
                pointer::push_index(&mut location.pointer, *index);
                location
            }
        }
    }
}

/// A schema that is to be looked at.
struct Open<'a> {
    value: &'a Value,
    way: Rc<Way<'a>>,
    base: Rc<Url>,
    draft: Draft,
}

/// Reports everything that has no effect in the schema and in the files of the user that it refers
/// to, in no certain order. The cost is in proportion to their size.
pub(super) fn faults(resources: &Resources, report: &mut dyn FnMut(&Location, Fault)) {
    let Some((root, base)) = resources.root() else {
        return;
    };
    let Some(value) = resources.value(&root) else {
        return;
    };
    let mut walk = Walk {
        resources,
        default: Draft::default().detect(value),
        open: Vec::new(),
        visited: HashSet::new(),
        report,
    };
    walk.open.push(Open {
        value,
        way: Rc::new(Way::Start(root)),
        base: Rc::new(base),
        draft: walk.default,
    });
    while let Some(open) = walk.open.pop() {
        walk.visit(&open);
    }
}

struct Walk<'a, 'r> {
    resources: &'a Resources,
    /// The draft of the schema itself.
    default: Draft,
    open: Vec<Open<'a>>,
    /// The addresses of the schemas looked at.
    visited: HashSet<usize>,
    report: &'r mut dyn FnMut(&Location, Fault),
}

impl<'a> Walk<'a, '_> {
    fn visit(&mut self, open: &Open<'a>) {
        let Value::Object(members) = open.value else {
            return;
        };
        if !self.visited.insert(std::ptr::from_ref(open.value).addr()) {
            return;
        }
        let base = match has_own_base(members) {
            true => Rc::new(base_of(open.value, &open.base)),
            false => Rc::clone(&open.base),
        };
        let draft = match members.contains_key("$schema") {
            true => Draft::default().detect(open.value),
            false => open.draft,
        };
        let at = Open {
            value: open.value,
            way: Rc::clone(&open.way),
            base,
            draft,
        };
        for (name, value) in members {
            let way = || Rc::new(Way::Key(Rc::clone(&at.way), name));
            let Some(keyword) = keywords::find(name) else {
                if let Some(meant) =
                    keywords::slip_of(name).filter(|meant| !members.contains_key(*meant))
                {
                    let message = format!("`{name}` is not a keyword of schemas: it has no effect");
                    let fault = Fault::new(Part::Key, message, format!("did you mean `{meant}`?"));
                    self.report(&way(), fault);
                }
                continue;
            };
            if !keyword.is_of(at.draft)
                && let Some(fault) = of_other_draft(keyword, at.draft, members)
            {
                self.report(&way(), fault);
            }
            if matches!(keyword.role, Role::Wording) || keyword.name == "format" {
                let mut found = Vec::new();
                words::check(name, value, |fault| found.push(fault));
                for fault in found {
                    self.report(&way(), fault);
                }
            }
            if keyword.role == Role::Reference {
                self.follow(value, &at);
            }
            self.descend(keyword, value, &way, &at);
        }
    }

    /// Opens the schemas in the value of a keyword.
    fn descend(
        &mut self,
        keyword: &Keyword,
        value: &'a Value,
        way: &dyn Fn() -> Rc<Way<'a>>,
        at: &Open<'a>,
    ) {
        let mut open = |value: &'a Value, way: Way<'a>| {
            if value.is_object() {
                self.open.push(Open {
                    value,
                    way: Rc::new(way),
                    base: Rc::clone(&at.base),
                    draft: at.draft,
                });
            }
        };
        match (keyword.subschemas, value) {
            (Subschemas::Value, Value::Array(schemas)) => {
                let way = way();
                for (index, schema) in schemas.iter().enumerate() {
                    open(schema, Way::Index(Rc::clone(&way), index));
                }
            }
            (Subschemas::Value, Value::Object(_)) => {
                open(value, Way::Key(Rc::clone(&at.way), keyword.name));
            }
            (Subschemas::Members, Value::Object(schemas)) => {
                let way = way();
                for (name, schema) in schemas {
                    open(schema, Way::Key(Rc::clone(&way), name));
                }
            }
            _ => {}
        }
    }

    /// Opens what a reference leads to, where it is in a file of the user.
    fn follow(&mut self, reference: &Value, at: &Open<'a>) {
        let resources = self.resources;
        let target = reference
            .as_str()
            .and_then(|reference| resources.resolve(&at.base, reference));
        let Some((location, base)) = target else {
            return;
        };
        let file = resources.files().get(location.file);
        let Some(file) = file.filter(|file| file.origin.is_some()) else {
            return;
        };
        let is_root = location.file == 0;
        if let Some(value) = resources.value(&location) {
            self.open.push(Open {
                value,
                way: Rc::new(Way::Start(location)),
                base: Rc::new(base),
                // Of a file that does not name its draft, it is not certain.
                draft: match file.value.get("$schema") {
                    Some(_) => Draft::default().detect(&file.value),
                    None if is_root => self.default,
                    None => Draft::Unknown,
                },
            });
        }
    }

    fn report(&mut self, way: &Way<'_>, fault: Fault) {
        let mut location = way.location();
        if let Some(key) = &fault.within {
            location = location.child(&[key]);
        }
        (self.report)(&location, fault);
    }
}

/// A keyword that the draft of the schema does not have, and that would require something.
fn of_other_draft(keyword: &Keyword, draft: Draft, members: &Map<String, Value>) -> Option<Fault> {
    let is_branch = matches!(keyword.name, "then" | "else") && members.contains_key("if");
    if is_branch || (keyword.role == Role::Annotation && keyword.name != "if") {
        return None;
    }
    let message = format!(
        "`{}` is not a keyword of draft {}, in which this schema is written: it has no effect",
        keyword.name,
        number(draft)
    );
    let help = match keyword.name {
        "additionalItems" => "write `items`, beside `prefixItems`".to_owned(),
        "$recursiveRef" if draft > keyword.until => "write `$dynamicRef`".to_owned(),
        _ => format!(
            "the drafts from {} on have it: name one in `$schema`",
            number(keyword.since)
        ),
    };
    Some(Fault::new(Part::Key, message, help))
}

fn number(draft: Draft) -> &'static str {
    match draft {
        Draft::Draft4 => "4",
        Draft::Draft6 => "6",
        Draft::Draft7 => "7",
        Draft::Draft201909 => "2019-09",
        _ => "2020-12",
    }
}
