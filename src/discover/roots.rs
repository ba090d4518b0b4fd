//! Whether a walk took in a whole site.

use std::path::Path;

use super::Search;
use crate::site::generator_of;

impl Search<'_> {
    /// Whether a walk of `folder` (absolute) takes in the whole site it belongs to: the root of
    /// the site lies in it. A folder with no root above it is whole where it is the working
    /// directory.
    pub(super) fn is_whole(&self, folder: &Path) -> bool {
        let is_root = |folder: &Path| generator_of(folder).is_some();
        let config = self.finder.for_folder(folder).ok();
        let config = config.filter(|config| config.file.is_some());
        // Another than that of the config where `--config` names one.
        let config_folder = self.finder.config_folder(folder);
        if is_root(folder)
            || config.is_some_and(|config| config.base.starts_with(folder))
            || config_folder
                .as_ref()
                .is_some_and(|it| it.starts_with(folder))
        {
            return true;
        }
        config_folder.is_none() && folder == self.cwd && !folder.ancestors().skip(1).any(is_root)
    }
}
