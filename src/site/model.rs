//! What the generators differ in: Jekyll has a model of its own, the others share one.

use super::address::Addressing;
use super::folders::Folders;
use super::generators::jekyll::Jekyll;
use super::generators::{Generator, Profile};
use super::generators::{astro, docusaurus, eleventy, hugo, mkdocs, vitepress, zola};
use super::settings::{Opening, Settings};
use super::timezone::TimeZone;
use crate::syntax::FenceRules;
use crate::text::SourceId;

/// What the generators differ in.
#[derive(Debug)]
pub(super) enum Model {
    Jekyll(Box<Jekyll>),
    Folders(Box<FolderSite>),
    None,
}

/// A site of any generator but Jekyll.
#[derive(Debug)]
pub(super) struct FolderSite {
    pub generator: Generator,
    pub fences: &'static FenceRules,
    pub folders: Folders,
    pub settings: Settings,
    pub addressing: Addressing,
    /// The time zone that the configuration names: `timeZone` of Hugo.
    pub timezone: Option<TimeZone>,
}

impl Model {
    pub(super) fn source_dir(&self) -> &str {
        match self {
            Self::Jekyll(jekyll) => jekyll.source_dir(),
            Self::Folders(site) => &site.folders.source,
            Self::None => "",
        }
    }

    pub(super) fn baseurl(&self) -> &str {
        match self {
            Self::Jekyll(jekyll) => jekyll.baseurl(),
            Self::Folders(site) => &site.folders.base,
            Self::None => "",
        }
    }

    /// Whether the URL of a page has no `.html` unless it is configured so.
    pub(super) fn has_bare_urls(&self) -> bool {
        matches!(self, Self::Folders(_))
    }

    pub(super) fn config_source(&self) -> Option<SourceId> {
        match self {
            Self::Jekyll(jekyll) => jekyll.config_source(),
            Self::Folders(site) => site.folders.config,
            Self::None => None,
        }
    }
}

pub(super) fn open_folders(profile: &Profile, opening: &mut Opening<'_>) -> (Folders, Settings) {
    let generator = profile.generator;
    let of_program = |folders| (folders, Settings::default());
    match generator {
        Generator::Hugo => hugo::open(opening),
        Generator::Zola => zola::open(opening),
        Generator::MkDocs => mkdocs::open(opening),
        Generator::Astro => of_program(astro::open(opening)),
        Generator::Docusaurus => of_program(docusaurus::open(opening)),
        Generator::VitePress => of_program(vitepress::open(opening)),
        Generator::Eleventy => of_program(eleventy::open(opening)),
        Generator::Jekyll | Generator::None => of_program(Folders::default()),
    }
}
