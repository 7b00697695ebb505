//! Something that stands over and over again, and the site that it stands in.

/// A beginning, and what is repeated behind it.
#[derive(Clone, Copy)]
pub(crate) struct Pattern {
    /// Where it stands.
    pub(crate) place: Place,
    /// What stands before it once.
    pub(crate) head: &'static str,
    /// What is repeated; `§` is another number each time.
    pub(crate) unit: &'static str,
}

/// Where a pattern stands in a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The body of a page.
    Body,
    /// The front matter of a page.
    FrontMatter,
    /// A data file that the page refers to.
    Data,
    /// The body of a translation alone.
    Translation,
    /// The body of a translation whose source has the same inside `raw`.
    Raw,
    /// The bodies of a page and of its translation, which differ in the first line.
    Both,
    /// The front matter of a translation.
    TranslatedFrontMatter,
    /// A reusable that the page has twice.
    Reusable,
    /// A reusable that the page has indented.
    Indented,
    /// An include.
    Include,
}

use Place::{
    Body, Both, Data, FrontMatter, Include, Indented, Raw, Reusable, TranslatedFrontMatter,
    Translation,
};

const PAGE: &str = "content/a.md";
const TRANSLATED: &str = "translations/zh/content/a.md";
const FRONT: &str = "title: A\nversions: '*'\n";

impl Pattern {
    /// How tables call it.
    pub(crate) fn name(&self) -> String {
        let place = format!("{:?}", self.place).to_lowercase();
        let text = format!("{:?} {:?}", self.head, self.unit).replace('|', "\\|");
        format!("{place} {text}")
    }

    /// The files of a site in which about `size` bytes are the pattern.
    pub(crate) fn files(&self, size: usize) -> Vec<(&'static str, String)> {
        let text = self.text(size);
        let page = |front: &str, body: &str| format!("---\n{FRONT}{front}---\n{body}\n");
        let data = |text| ("data/many.yml", text);
        let mut files = match self.place {
            Body => vec![(PAGE, page("", &text))],
            FrontMatter => vec![(PAGE, page(&format!("{text}\n"), "a"))],
            Data => vec![(PAGE, page("", "{% data many.a0 %}{% data many.x %}")), data(text)],
            Translation => vec![(PAGE, page("", "b")), (TRANSLATED, page("", &text))],
            Raw => {
                let raw = format!("{{% raw %}}{text}{{% endraw %}}");
                vec![(PAGE, page("", &raw)), (TRANSLATED, page("", &text))]
            }
            Both => vec![
                (PAGE, page("", &format!("b\n\n{text}"))),
                (TRANSLATED, page("", &format!("c\n\n{text}"))),
            ],
            TranslatedFrontMatter => {
                vec![(PAGE, page("", "a")), (TRANSLATED, page(&format!("{text}\n"), "b"))]
            }
            Reusable => {
                let twice = "{% data reusables.r %}\n\n{% data reusables.r %}";
                vec![(PAGE, page("", twice)), ("data/reusables/r.md", text)]
            }
            Indented => {
                let indented = "1. a\n{% indented_data_reference reusables.r spaces=3 %}";
                vec![(PAGE, page("", indented)), ("data/reusables/r.md", text)]
            }
            Include => {
                vec![(PAGE, page("", "{% include i %}")), ("templates/includes/i.html", text)]
            }
        };
        files.push(("data/variables.yml", "x: y\n".to_owned()));
        files
    }

    fn text(&self, size: usize) -> String {
        let mut text = String::with_capacity(size + 64);
        text.push_str(self.head);
        for number in 0.. {
            if text.len() >= size {
                break;
            }
            match self.unit.split_once('§') {
                None => text.push_str(self.unit),
                Some(_) => text.push_str(&self.unit.replace('§', &number.to_string())),
            }
        }
        text
    }
}

pub(crate) const fn at(place: Place, head: &'static str, unit: &'static str) -> Pattern {
    Pattern { place, head, unit }
}
