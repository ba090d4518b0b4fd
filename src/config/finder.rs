//! Which config governs a file: the nearest above it, or what the command line says.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Config, FILE_NAMES, load};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::files::{self, Boundary, Place};
use crate::paths;
use crate::text::{SourceFile, SourceMap, Span, Tolerance, nearest, path_line};
use crate::threads::Lock;

/// What is wrong with a config; shared by all the files it governs.
pub type Broken = Arc<Vec<Diagnostic>>;

type Outcome = Result<Arc<Config>, Broken>;

/// Finds the config of each file. Each config is read once, however many threads ask.
#[derive(Debug)]
pub struct Finder {
    sources: Arc<SourceMap>,
    cwd: PathBuf,
    overrides: Vec<String>,
    generators: &'static [&'static str],
    /// The one config of every file, for `--isolated` and `--config FILE`.
    fixed: Option<Arc<Config>>,
    /// By folder as the caller spells it, so that most look-ups need no path arithmetic.
    by_spelling: Lock<HashMap<PathBuf, Outcome>>,
    found: Lock<Found>,
}

#[derive(Debug, Default)]
struct Found {
    /// By absolute folder.
    folders: HashMap<PathBuf, Outcome>,
    /// Every config once, in the order in which they were found.
    outcomes: Vec<(PathBuf, Outcome)>,
    /// Where no folder above a file has a config.
    default: Option<Arc<Config>>,
}

impl Finder {
    /// A finder for one run in the working directory `cwd`. `generators` are the names that
    /// `generator` may have. `arguments` are the values of `--config`, each a file or
    /// `key = value`; `isolated` is `--isolated`.
    ///
    /// # Errors
    /// What is wrong with the arguments or with the file they name.
    pub fn new(
        cwd: PathBuf,
        generators: &'static [&'static str],
        arguments: &[String],
        isolated: bool,
        sources: Arc<SourceMap>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (overrides, files): (Vec<_>, Vec<_>) = arguments
            .iter()
            .partition(|argument| is_override(argument, &cwd));
        let overrides: Vec<String> = overrides.into_iter().cloned().collect();
        let mut base = match files.as_slice() {
            [] => Config::new(&cwd, &cwd, generators),
            [file] if !isolated => {
                let path = Path::new(file);
                load::file(path, &cwd, generators, &sources, Boundary::none())
                    .map_err(|mistakes| with_nearest(mistakes, path, &cwd))?
            }
            [file] => {
                return Err(usage(
                    &sources,
                    file,
                    "`--isolated` reads no config file, but `--config` names one",
                    "leave out one of the two",
                ));
            }
            [_, second, ..] => {
                return Err(usage(
                    &sources,
                    second,
                    "`--config` names a second config file",
                    "name one file; settings of your own are added with `--config 'key = value'`",
                ));
            }
        };
        // Checked once here, so that no config that is found later can fail over them.
        base.with_overrides(&overrides, &sources)?;
        let fixed = (isolated || !files.is_empty()).then(|| Arc::new(base));
        Ok(Self {
            sources,
            cwd,
            generators,
            overrides,
            fixed,
            by_spelling: Lock::default(),
            found: Lock::default(),
        })
    }

    /// The working directory of the run.
    #[must_use]
    pub fn working_directory(&self) -> &Path {
        &self.cwd
    }

    /// The config of a file; `path` is absolute or relative to the working directory.
    ///
    /// # Errors
    /// The findings that make the config useless. They are shared by all the files it governs;
    /// [`Self::problems`] has each once.
    pub fn for_file(&self, path: &Path) -> Result<Arc<Config>, Broken> {
        self.for_folder(path.parent().unwrap_or(Path::new("")))
    }

    /// The config of the files in a folder.
    ///
    /// # Errors
    /// As [`Self::for_file`].
    pub fn for_folder(&self, folder: &Path) -> Result<Arc<Config>, Broken> {
        if let Some(fixed) = &self.fixed {
            return Ok(Arc::clone(fixed));
        }
        let known = self.by_spelling.read();
        if let Some(outcome) = known.get(folder) {
            return outcome.clone();
        }
        drop(known);
        let outcome = self.search(&paths::absolute(folder, &self.cwd));
        let mut known = self.by_spelling.write();
        known.insert(folder.to_owned(), outcome.clone());
        outcome
    }

    /// What the pages of a folder and the links in it may lead to; `folder` is absolute or
    /// relative to the working directory.
    #[must_use]
    pub fn boundary(&self, folder: &Path) -> Boundary {
        let otherwise = self.config_above(folder).unwrap_or_else(|| Place {
            folder: self.cwd.clone(),
            name: "the working directory",
        });
        Boundary::of(self.cwd.join(folder), otherwise)
    }

    /// What the generator's files at a site's root (absolute) may lead to: as [`Self::boundary`],
    /// but a site beside the working directory has its own files.
    #[must_use]
    pub fn site_boundary(&self, root: &Path) -> Boundary {
        if root.starts_with(&self.cwd) || self.config_above(root).is_some() {
            return self.boundary(root);
        }
        let otherwise = Place {
            folder: root.to_owned(),
            name: "the site",
        };
        Boundary::of(root.to_owned(), otherwise)
    }

    /// The folder of the config that governs a folder, where that is in it.
    fn config_above(&self, folder: &Path) -> Option<Place> {
        let config = self.for_folder(folder).ok()?;
        let is_in = || paths::absolute(folder, &self.cwd).starts_with(&config.base);
        (config.file.is_some() && is_in()).then(|| of_config(&config.base))
    }

    /// The nearest folder, this one (absolute) or one above it, with a config file, whether or not
    /// that file is the config of the run.
    #[must_use]
    pub fn config_folder(&self, folder: &Path) -> Option<PathBuf> {
        if self.fixed.is_none() {
            let config = self.for_folder(folder).ok()?;
            return config.file.is_some().then(|| config.base.clone());
        }
        let mut folders = folder.ancestors();
        let holds_one = |folder: &&Path| config_files(folder).next().is_some();
        folders.find(holds_one).map(Path::to_owned)
    }

    /// Whether the command line names the one config file of the run.
    #[must_use]
    pub fn has_named_config(&self) -> bool {
        let fixed = self.fixed.as_ref();
        fixed.is_some_and(|config| config.file.is_some())
    }

    /// Every config that was found so far, sorted by its folder; the default one where a file had
    /// none.
    #[must_use]
    pub fn configs(&self) -> Vec<Arc<Config>> {
        let found = self.found.write();
        let mut configs: Vec<_> = found
            .outcomes
            .iter()
            .filter_map(|(_, outcome)| outcome.as_ref().ok())
            .chain(&found.default)
            .chain(&self.fixed)
            .cloned()
            .collect();
        configs.sort_by(|a, b| (&a.base, &a.file).cmp(&(&b.base, &b.file)));
        configs
    }

    /// The findings of every broken config that was found so far, each once, sorted by file.
    #[must_use]
    pub fn problems(&self) -> Vec<Diagnostic> {
        let found = self.found.write();
        let mut broken: Vec<_> = found
            .outcomes
            .iter()
            .filter_map(|(file, outcome)| Some((file, outcome.as_ref().err()?)))
            .collect();
        broken.sort_by_key(|(file, _)| *file);
        broken
            .into_iter()
            .flat_map(|(_, mistakes)| mistakes.iter().cloned())
            .collect()
    }

    fn search(&self, folder: &Path) -> Outcome {
        // Held while reading, so that two threads do not make two configs of one file.
        let mut found = self.found.write();
        let mut passed = Vec::new();
        let mut outcome = None;
        for ancestor in folder.ancestors() {
            outcome = match found.folders.get(ancestor) {
                Some(known) => Some(known.clone()),
                None => self.load(ancestor, &mut found),
            };
            if outcome.is_some() {
                break;
            }
            passed.push(ancestor);
        }
        let outcome = outcome.unwrap_or_else(|| Ok(self.default(&mut found)));
        for folder in passed {
            found.folders.insert(folder.to_owned(), outcome.clone());
        }
        outcome
    }

    fn load(&self, folder: &Path, found: &mut Found) -> Option<Outcome> {
        let mut files = config_files(folder);
        let file = files.next()?;
        let boundary = Boundary::of(folder.to_owned(), of_config(folder));
        let outcome = load::file(&file, &self.cwd, self.generators, &self.sources, boundary)
            .and_then(|mut config| {
                config.shadowed = files.next().map(|path| paths::shown(&path, &self.cwd));
                config.with_overrides(&self.overrides, &self.sources)?;
                Ok(Arc::new(config))
            })
            .map_err(Arc::new);
        found.folders.insert(folder.to_owned(), outcome.clone());
        found.outcomes.push((file, outcome.clone()));
        Some(outcome)
    }

    fn default(&self, found: &mut Found) -> Arc<Config> {
        let make = || {
            let mut config = Config::new(&self.cwd, &self.cwd, self.generators);
            // They were checked when the finder was made.
            let _ = config.with_overrides(&self.overrides, &self.sources);
            Arc::new(config)
        };
        Arc::clone(found.default.get_or_insert_with(make))
    }
}

fn of_config(folder: &Path) -> Place {
    Place {
        folder: folder.to_owned(),
        name: "the folder of frontlint.toml",
    }
}

/// The config files in a folder, the one that is read first.
fn config_files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let paths = FILE_NAMES.iter().map(|name| folder.join(name));
    paths.filter(|path| files::kind(path).is_some_and(|kind| !kind.is_dir()))
}

/// Whether a `--config` argument is a line of TOML and not the name of a file.
fn is_override(argument: &str, cwd: &Path) -> bool {
    argument.contains('=') && !files::exists(&cwd.join(argument))
}

fn usage(sources: &SourceMap, argument: &str, message: &str, help: &str) -> Vec<Diagnostic> {
    let source = sources.add(Arc::new(SourceFile::new("--config", argument)));
    vec![
        Diagnostic::new(RuleId::InvalidConfig, message)
            .at_source(source, Span::from_usize(0, argument.len()), "")
            .help(help),
    ]
}

/// Names the file that was probably meant, where there is none of this name.
fn with_nearest(mut mistakes: Vec<Diagnostic>, file: &Path, cwd: &Path) -> Vec<Diagnostic> {
    let missing = !files::exists(&cwd.join(file));
    if let [mistake] = mistakes.as_mut_slice()
        && missing
    {
        let folder = file.parent().unwrap_or(Path::new(""));
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let names = files::names(&cwd.join(folder));
        mistake.help = match nearest(&name, names.iter().map(String::as_str), Tolerance::Third) {
            Some(near) => Some(format!("did you mean `{}`?", path_line(&folder.join(near)))),
            None => Some(
                "a single setting is written `--config 'key = value'`, a file is named by its path"
                    .to_owned(),
            ),
        };
    }
    mistakes
}
