//! The world of the tests: five versions, some data, some values.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use liquid_core::model::Value;
use liquid_core::value;

use crate::diagnostic::{codes, nearest};
use crate::liquid::{
    DataValue, Global, Host, Live, Source, Syntax, TagCall, TagFault, TagOutput, Template, parse,
};
use crate::source::{FileId, TextId};
use crate::variant::{VersionId, VersionSet};

/// The versions: plan, release.
const VERSIONS: [(&str, &str); 5] = [
    ("free-pro-team", "latest"),
    ("enterprise-server", "2.22"),
    ("enterprise-server", "2.21"),
    ("enterprise-server", "2.20"),
    ("github-ae", "latest"),
];

const SHORT: [(&str, &str); 3] =
    [("fpt", "free-pro-team"), ("ghes", "enterprise-server"), ("ghae", "github-ae")];

struct Piece {
    id: TextId,
    text: String,
    template: Template,
}

/// A host with fixed answers.
pub(super) struct World {
    pieces: BTreeMap<String, Piece>,
    values: BTreeMap<String, Value>,
    globals: BTreeMap<String, Value>,
    current: Vec<Value>,
}

impl World {
    pub(super) fn new() -> Self {
        let current = VERSIONS.map(|(plan, release)| Value::scalar(format!("{plan}@{release}")));
        let mut world = Self {
            pieces: BTreeMap::new(),
            values: BTreeMap::new(),
            globals: BTreeMap::new(),
            current: current.into(),
        };
        world.values.insert("list".into(), value!(["a", "b", "c"]));
        world.values.insert("number".into(), value!(7));
        world.values.insert("map".into(), value!({"x": 1, "y": {"z": "deep"}}));
        world.globals.insert("page".into(), value!({"title": "Title", "empty": "", "no": false}));
        world.globals.insert("list".into(), value!(["a", "b", "c"]));
        world.globals.insert(
            "allVersions".into(),
            value!({
                "free-pro-team@latest": {"title": "FPT"},
                "enterprise-server@2.22": {"title": "GHES 2.22"},
            }),
        );
        for (key, text) in [
            ("hello", "Hello"),
            ("nested", "<{% data hello %}>"),
            ("versioned", "{% if currentVersion contains \"server\" %}S{% else %}C{% endif %}"),
            ("lines", "one\ntwo"),
            ("self", "{% data self %}"),
            ("a.one", "1{% data a.two %}"),
            ("a.two", "2{% data a.one %}"),
            ("broken", "x{% data nothing.here %}"),
            ("2fa", "two"),
            ("include:card", "[{{ page.title }}]"),
        ] {
            world.add(key, text);
        }
        world
    }

    pub(super) fn add(&mut self, key: &str, text: &str) {
        let number = u32::try_from(self.pieces.len() + 1).expect("few pieces");
        let id = TextId::whole(FileId(number));
        let template = parse(id, text, &Syntax::default()).value;
        self.pieces.insert(key.to_owned(), Piece { id, text: text.to_owned(), template });
    }

    pub(super) fn versions(&self) -> VersionSet {
        VersionSet::first(VERSIONS.len())
    }

    pub(super) fn name_of(&self, set: VersionSet) -> String {
        set.iter().map(|v| v.index().to_string()).collect::<Vec<_>>().join(",")
    }

    /// The text with this number, which is `root` where no piece of data has it.
    pub(super) fn text<'t>(&'t self, id: TextId, root: &'t str) -> &'t str {
        self.pieces.values().find(|piece| piece.id == id).map_or(root, |piece| &piece.text)
    }

    fn source(&self, key: &str) -> Option<Source<'_>> {
        let piece = self.pieces.get(key)?;
        Some(Source { id: piece.id, text: &piece.text, template: &piece.template })
    }
}

fn plan(name: &str) -> Option<&str> {
    let short = SHORT.iter().find(|(short, long)| *short == name || *long == name);
    short.map(|(_, long)| *long)
}

impl Host for World {
    fn data(&self, key: &str, live: &mut Live) -> DataValue<'_> {
        if key == "release" {
            // A fact that differs between versions, as `data/versions` can hold it.
            let release = live.agree(|version| VERSIONS[version.index()].1);
            return DataValue::Fixed(Cow::Owned(Value::scalar(release)), None);
        }
        match (self.source(key), self.values.get(key)) {
            (Some(source), _) => DataValue::Text(source),
            (_, Some(value)) => DataValue::Fixed(Cow::Borrowed(value), None),
            _ => DataValue::Missing,
        }
    }

    fn data_hint(&self, key: &str) -> Option<String> {
        let near = nearest(key, self.pieces.keys().map(String::as_str))?;
        Some(format!("did you mean `{near}`?"))
    }

    fn global(&self, name: &str, version: VersionId) -> Global<'_> {
        match (name, self.globals.get(name)) {
            ("currentVersion", _) => {
                Global::Versioned(Cow::Borrowed(&self.current[version.index()]))
            }
            // As the content model has it: a name that only one version knows.
            ("onlyFirst", _) if version.index() == 0 => {
                Global::Versioned(Cow::Owned(Value::scalar(true)))
            }
            (_, Some(value)) => Global::Fixed(value),
            _ => Global::Undefined,
        }
    }

    fn named_versions(&self, name: &str) -> Option<VersionSet> {
        if name == "feature" {
            return Some([0, 1].map(VersionId::from_index).into_iter().collect());
        }
        let plan = plan(name)?;
        let is_of = |version: &VersionId| VERSIONS[version.index()].0 == plan;
        Some(self.versions().iter().filter(is_of).collect())
    }

    fn compared_versions(&self, name: &str, operator: &str, release: &str) -> Option<VersionSet> {
        let number = |text: &str| text.split('.').next_back().and_then(|n| n.parse::<u32>().ok());
        let wanted = number(release)?;
        let holds = |version: &VersionId| {
            let Some(own) = number(VERSIONS[version.index()].1) else { return false };
            match operator {
                "=" => own == wanted,
                "!=" => own != wanted,
                "<" => own < wanted,
                ">" => own > wanted,
                "<=" => own <= wanted,
                _ => own >= wanted,
            }
        };
        Some(self.named_versions(plan(name)?)?.iter().filter(holds).collect())
    }

    fn default_plan(&self) -> &str {
        "enterprise-server"
    }

    fn include(&self, name: &str) -> Option<Source<'_>> {
        self.source(&format!("include:{name}"))
    }

    fn block(&self, name: &str, arguments: &str) -> (Cow<'_, str>, Cow<'_, str>) {
        let class =
            if arguments.is_empty() { name.to_owned() } else { format!("{name} {arguments}") };
        (format!("<div class=\"{class}\">").into(), "</div>".into())
    }

    fn tag(&self, call: TagCall<'_>, live: &mut Live) -> Result<TagOutput, TagFault> {
        match (call.name, call.arguments) {
            ("octicon", name) if name.contains("gear") => {
                Ok(TagOutput { text: "<svg>".into(), ..TagOutput::default() })
            }
            ("octicon", name) => Err(TagFault {
                code: codes::UNKNOWN_ICON,
                message: format!("there is no icon `{name}`"),
                hints: Vec::new(),
            }),
            ("link", path) => {
                let release = live.agree(|version| VERSIONS[version.index()].1);
                Ok(TagOutput { text: format!("({path} {release})"), ..TagOutput::default() })
            }
            (name, arguments) => {
                Ok(TagOutput { text: format!("({name} {arguments})"), ..TagOutput::default() })
            }
        }
    }
}

/// A world that counts evaluations: how often a text asks for its icon.
pub(super) struct Counted {
    pub(super) world: World,
    pub(super) calls: Cell<usize>,
}

impl Host for Counted {
    fn data(&self, key: &str, live: &mut Live) -> DataValue<'_> {
        self.world.data(key, live)
    }

    fn data_hint(&self, key: &str) -> Option<String> {
        self.world.data_hint(key)
    }

    fn global(&self, name: &str, version: VersionId) -> Global<'_> {
        self.world.global(name, version)
    }

    fn named_versions(&self, name: &str) -> Option<VersionSet> {
        self.world.named_versions(name)
    }

    fn compared_versions(&self, name: &str, operator: &str, release: &str) -> Option<VersionSet> {
        self.world.compared_versions(name, operator, release)
    }

    fn default_plan(&self) -> &str {
        self.world.default_plan()
    }

    fn include(&self, name: &str) -> Option<Source<'_>> {
        self.world.include(name)
    }

    fn block(&self, name: &str, arguments: &str) -> (Cow<'_, str>, Cow<'_, str>) {
        self.world.block(name, arguments)
    }

    fn tag(&self, call: TagCall<'_>, live: &mut Live) -> Result<TagOutput, TagFault> {
        self.calls.set(self.calls.get() + 1);
        self.world.tag(call, live)
    }
}
