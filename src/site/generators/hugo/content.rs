//! The folders with Hugo's pages: `contentDir`, one for each language, and mounts onto `content`
//! (<https://gohugo.io/configuration/module/#mounts>).

use crate::site::settings::ReadSettings as _;
use std::borrow::Cow;

use super::configuration::Configuration;
use super::languages::Languages;
use crate::site::external_keys::in_folder;
use crate::site::folders::below;
use crate::site::settings::folder;

/// The folders with pages.
#[derive(Debug)]
pub(super) struct Content {
    /// A folder within another comes first.
    folders: Vec<ContentFolder>,
}

/// A folder with pages. Paths are relative to the site's root.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ContentFolder {
    pub(super) source: String,
    /// The section that it stands for; empty for the whole.
    section: String,
    /// In small letters.
    pub(super) language: Option<String>,
}

impl Content {
    /// `common` is the folder of pages for which no other is configured.
    pub(super) fn new(configuration: &Configuration, languages: &Languages, common: &str) -> Self {
        let mut folders = mounts(configuration);
        if folders.is_empty() {
            let of_languages = languages.names().map(|name| {
                let own = configuration.text(&["languages", name, "contentDir"]);
                let own = own.as_deref().and_then(folder);
                ContentFolder::of_language(own.as_deref().unwrap_or(common), own.is_some(), name)
            });
            for folder in of_languages {
                if !folders.contains(&folder) {
                    folders.push(folder);
                }
            }
        }
        let is_listed = languages.names().any(|name| name == languages.default);
        if folders.is_empty()
            || !is_listed && folders.iter().all(|folder| folder.language.is_some())
        {
            folders.push(ContentFolder::of_language(common, false, ""));
        }
        folders.sort_by_key(|folder| std::cmp::Reverse(folder.source.len()));
        Self { folders }
    }

    pub(super) fn sources(&self) -> Vec<String> {
        let mut sources: Vec<_> = self
            .folders
            .iter()
            .map(|folder| folder.source.clone())
            .collect();
        sources.dedup();
        sources
    }

    /// The folder that holds a path.
    pub(super) fn holder(&self, path: &str) -> Option<&ContentFolder> {
        let mut folders = self.folders.iter();
        folders.find(|folder| folder.section_of(path).is_some())
    }

    /// The paths that a section may have.
    pub(super) fn folders_of<'c>(&'c self, section: &'c str) -> impl Iterator<Item = String> + 'c {
        let folders = self.folders.iter();
        folders.filter_map(move |folder| folder.folder_of(section))
    }
}

impl ContentFolder {
    fn of_language(source: &str, is_own: bool, language: &str) -> Self {
        Self {
            source: source.to_owned(),
            section: String::new(),
            language: is_own.then(|| language.to_owned()),
        }
    }

    /// What Hugo calls the path of a file or folder within this folder.
    pub(super) fn section_of<'p>(&self, path: &'p str) -> Option<Cow<'p, str>> {
        let rest = match path == self.source {
            true => "",
            false => below(path, &self.source)?,
        };
        Some(match (self.section.as_str(), rest) {
            ("", rest) => Cow::Borrowed(rest),
            (section, "") => Cow::Owned(section.to_owned()),
            (section, rest) => Cow::Owned(in_folder(section, rest)),
        })
    }

    /// Whether paths within this folder are what Hugo calls them.
    pub(super) fn is_root(&self) -> bool {
        self.section.is_empty()
    }

    /// The path of a section within this folder.
    fn folder_of(&self, section: &str) -> Option<String> {
        let rest = match section == self.section {
            true => "",
            false => below(section, &self.section)?,
        };
        Some(match (self.source.as_str(), rest) {
            (source, "") => source.to_owned(),
            ("", rest) => rest.to_owned(),
            (source, rest) => in_folder(source, rest),
        })
    }
}

/// The mounts onto `content`, in the place of which no other folder is read.
fn mounts(configuration: &Configuration) -> Vec<ContentFolder> {
    let Some((document, mounts)) = configuration.value(&["module", "mounts"]) else {
        return Vec::new();
    };
    let items = document.items(mounts).iter();
    items
        .filter_map(|&item| {
            let text = |key: &str| {
                let mut members = document.members(item).iter();
                let member = members.find(|member| member.key.text.eq_ignore_ascii_case(key))?;
                document.string(member.value)
            };
            let target = text("target").and_then(folder)?;
            let section = match target == "content" {
                true => "",
                false => below(&target, "content")?,
            };
            Some(ContentFolder {
                source: text("source").and_then(folder)?,
                section: section.to_owned(),
                language: text("lang").map(str::to_lowercase),
            })
        })
        .collect()
}
