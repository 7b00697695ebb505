//! How large the pictures in `assets` are, from the first bytes of their files.

use std::path::Path;

use rayon::prelude::*;

/// Endings of the names of files whose size is looked for.
const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"];

/// The size of a picture in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageSize {
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
}

/// The sizes of the files with these names, which are paths below `folder`. A file that cannot be read as a picture
/// has none: it is copied as it is, and browsers may know more.
pub(super) fn image_sizes(folder: &Path, names: &[&String]) -> Vec<Option<ImageSize>> {
    let is_picture = |name: &String| {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
    };
    let size = |name: &&String| {
        let path = folder.join(name);
        // A pipe would never end.
        let is_file = is_picture(name) && path.is_file();
        let size = is_file.then(|| imagesize::size(path).ok())??;
        Some(ImageSize { width: size.width, height: size.height })
    };
    names.par_iter().map(size).collect()
}

#[cfg(test)]
mod tests {
    use super::{ImageSize, image_sizes};

    #[test]
    fn pictures_have_sizes_and_other_files_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 1, 2, 0, 0, 0, 3, 8, 6, 0, 0, 0]);
        let files = [
            ("a.png", &*png),
            ("b.PNG", &*png),
            ("c.txt", &*png),
            ("d.gif", b"GIF"),
            ("e.png", b""),
        ];
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("it can be written");
        }
        let names = ["a.png", "b.PNG", "c.txt", "d.gif", "e.png", "missing.png"];
        let names = names.map(str::to_owned);
        let sizes = image_sizes(folder.path(), &names.each_ref());
        let size = Some(ImageSize { width: 258, height: 3 });
        assert_eq!(sizes, [size, size, None, None, None, None]);
    }
}
