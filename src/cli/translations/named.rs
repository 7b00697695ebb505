//! The file that somebody means: by its path, by that of its translation, or by the address of its page.

use std::path::Path;

use super::Desk;
use crate::cli::failure::Failure;
use crate::diagnostic::nearest;
use crate::messages::Message;
use crate::model::Site;
use crate::translation::Examined;

impl Desk {
    /// The position of the file that is called so.
    pub(super) fn named(&self, examined: &[Examined], name: &str) -> Result<usize, Failure> {
        let found =
            examined.iter().position(|file| is_called(&self.site, &self.opened.root, file, name));
        found.ok_or_else(|| {
            let names = examined.iter().map(|file| source_path(&self.site, file));
            let message = Message::new("translations-unknown-page").with("name", name);
            let mut said = self.say(&message);
            if let Some(near) = nearest(name, names) {
                let near = Message::new("translations-did-you-mean").with("name", near);
                said = format!("{said}: {}", self.say(&near));
            }
            Failure::Usage(said)
        })
    }
}

/// The path of a file's source.
pub(super) fn source_path<'a>(site: &'a Site, file: &Examined) -> &'a str {
    &site.sources.file(file.document.source).path
}

fn is_called(site: &Site, root: &Path, file: &Examined, name: &str) -> bool {
    let source = source_path(site, file);
    let own = &*file.document.own_path;
    let route = file.document.page.map(|page| &*site.page(page).route);
    let name = name.trim_start_matches("./");
    let below = || {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let path = absolute(Path::new(name));
        let below = path.strip_prefix(absolute(root)).ok()?;
        Some(below.to_string_lossy().replace('\\', "/"))
    };
    name == source
        || name == own
        || source.strip_prefix("content/") == Some(name)
        || route == Some(name.trim_matches('/'))
        || below().is_some_and(|below| below == source || below == own)
}
