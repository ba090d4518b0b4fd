//! A folder that is the site of no generator: every file is a page.

use crate::site::folders::{Folders, ServedFolder};
use crate::site::generator::Profile;
use crate::site::model::{SiteModel, has_bool};
use crate::site::place::{PageKind, PagePlace};
use crate::syntax::{Document, FenceRules, OpenRule};

pub(in crate::site) static PROFILE: Profile = Profile {
    name: "none",
    fences: &FENCES,
    ..Profile::COMMON
};

/// What most generators take.
static FENCES: FenceRules = FenceRules {
    generator: "most generators",
    opens: &[OpenRule::AfterByteOrderMark, OpenRule::Toml, OpenRule::Json],
    when_missed: "print these lines as text and drop all metadata",
    when_unclosed: "print these lines as text and drop all metadata",
    ..FenceRules::STRICT
};

#[derive(Debug)]
pub(in crate::site) struct PlainFolder {
    folders: Folders,
}

impl PlainFolder {
    pub(in crate::site) fn new() -> Self {
        let folders = Folders {
            served: vec![ServedFolder::at_root("")],
            has_bare_urls: false,
            ..Folders::default()
        };
        Self { folders }
    }
}

impl SiteModel for PlainFolder {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        PagePlace::new(PageKind::Page, path)
    }

    fn is_draft(&self, page: &Document<'_>, _: &PagePlace<'_>) -> bool {
        has_bool(page, self.field(page, "published"), false)
            || has_bool(page, self.field(page, "draft"), true)
    }
}
