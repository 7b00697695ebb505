//! XLIFF 2 as it comes back: without document types, foreign elements passed over, every place known.

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::super::place::{Fault, Places};
use super::super::{End, Flow, FlowPart, Point, Progress, Replaces, Returned};
use super::{CORE, NEW, REPLACES};
use crate::messages::Message;

/// Elements inside one another; documents have seven and the pairs of a text.
const DEPTH: usize = 256;

/// Reads a document.
pub(in super::super) fn read(name: &str, text: &str) -> Result<Vec<Returned>, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut reading = Reading { name, places: Places::new(text), reader, depth: 0 };
    reading.root()?;
    reading.files()
}

struct Reading<'a> {
    name: &'a str,
    places: Places,
    reader: NsReader<&'a [u8]>,
    /// How many elements are open.
    depth: usize,
}

enum Token {
    Open(Element),
    Close,
    Text(String),
    End,
}

struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    at: Point,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// What helps a file that is no XML of the kind.
fn malformed() -> Message {
    Message::new("import-malformed-hint")
}

impl Reading<'_> {
    fn fault(&mut self, at: u64, message: Message, hint: Message) -> Fault {
        let at = self.places.point(usize::try_from(at).unwrap_or(usize::MAX));
        Fault::new(self.name, at, message, hint)
    }

    /// The next token of the core.
    fn next(&mut self) -> Result<Token, Fault> {
        let mut foreign = 0_usize;
        loop {
            let at = self.reader.buffer_position();
            let (is_core, event) = match self.reader.read_resolved_event() {
                Ok((namespace, event)) => (is_core(&namespace), event),
                Err(error) => {
                    let at = self.reader.error_position();
                    let message =
                        Message::new("import-xml-malformed").with("why", error.to_string());
                    return Err(self.fault(at, message, malformed()));
                }
            };
            match event {
                Event::Eof if self.depth > 0 || foreign > 0 => {
                    let message = Message::new("import-xml-ends");
                    return Err(self.fault(at, message, malformed()));
                }
                Event::Eof => return Ok(Token::End),
                Event::DocType(_) => {
                    let message = Message::new("import-xml-doctype");
                    return Err(self.fault(at, message, Message::new("import-take-out-hint")));
                }
                Event::Start(_) if foreign > 0 || !is_core => {
                    foreign += 1;
                    self.check_depth(at, foreign)?;
                }
                Event::End(_) if foreign > 0 => foreign -= 1,
                _ if foreign > 0 => {}
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    self.check_depth(at, 0)?;
                    return Ok(Token::Open(self.element(&start, at)?));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Token::Close);
                }
                Event::Text(text) => return Ok(Token::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Token::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(name) => {
                    let found = match name.resolve_char_ref() {
                        Ok(Some(found)) => Some(found),
                        Ok(None) => predefined(&name),
                        Err(_) => None,
                    };
                    let Some(found) = found else {
                        let message = Message::new("import-xml-entity").with("name", &*name);
                        let hint = Message::new("import-xml-entity-hint");
                        return Err(self.fault(at, message, hint));
                    };
                    return Ok(Token::Text(found.to_string()));
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn check_depth(&mut self, at: u64, more: usize) -> Result<(), Fault> {
        if self.depth + more <= DEPTH {
            return Ok(());
        }
        let message = Message::new("import-xml-deep").with("most", DEPTH);
        Err(self.fault(at, message, malformed()))
    }

    fn element(&mut self, start: &BytesStart<'_>, at: u64) -> Result<Element, Fault> {
        let mut attributes = BTreeMap::new();
        for attribute in start.attributes() {
            let read = attribute.map_err(|error| error.to_string()).and_then(|attribute| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|error| error.to_string())?;
                Ok((attribute.key.into_inner().to_owned(), value.into_owned()))
            });
            let (name, value) = read.map_err(|error| {
                let message = Message::new("import-xml-attribute").with("why", error);
                self.fault(at, message, malformed())
            })?;
            attributes.insert(name, value);
        }
        let at = self.places.point(usize::try_from(at).unwrap_or(usize::MAX));
        let name = start.local_name().into_inner().to_owned();
        Ok(Element { name, attributes, at })
    }

    /// Passes over the rest of an element that was opened.
    fn skip(&mut self) -> Result<(), Fault> {
        let around = self.depth - 1;
        while self.depth > around {
            self.next()?;
        }
        Ok(())
    }

    /// Opens the document.
    fn root(&mut self) -> Result<(), Fault> {
        let hint = || Message::new("import-xliff-hint");
        let other = || Message::new("import-xliff-other");
        loop {
            match self.next()? {
                Token::Text(_) => {}
                Token::Open(root) if root.name == "xliff" => {
                    let version = root.get("version").unwrap_or_default().to_owned();
                    if version.starts_with("2.") {
                        return Ok(());
                    }
                    let message = Message::new("import-xliff-version").with("version", version);
                    return Err(Fault::new(self.name, root.at, message, hint()));
                }
                Token::Open(Element { at, .. }) => {
                    return Err(Fault::new(self.name, at, other(), hint()));
                }
                Token::Close | Token::End => {
                    return Err(self.fault(0, other(), hint()));
                }
            }
        }
    }

    fn files(&mut self) -> Result<Vec<Returned>, Fault> {
        let mut path = None;
        let mut returned = Vec::new();
        loop {
            match self.next()? {
                Token::Open(element) => match (&*element.name, &path) {
                    ("file", _) => {
                        let original = element.get("original").map(str::to_owned);
                        path = Some(original.ok_or_else(|| self.missing(&element, "original"))?);
                    }
                    ("group", _) => {}
                    ("unit", Some(path)) => returned.push(self.unit(path, &element)?),
                    _ => self.skip()?,
                },
                Token::Close | Token::Text(_) => {}
                Token::End => return Ok(returned),
            }
        }
    }

    fn missing(&self, element: &Element, attribute: &str) -> Fault {
        let message = Message::new("import-xml-missing");
        let message = message.with("element", &*element.name).with("attribute", attribute);
        Fault::new(self.name, element.at, message, Message::new("import-keep-hint"))
    }

    fn unit(&mut self, path: &str, unit: &Element) -> Result<Returned, Fault> {
        let id = unit.get("id").ok_or_else(|| self.missing(unit, "id"))?;
        let mut returned = Returned {
            path: path.to_owned(),
            id: id.to_owned(),
            at: unit.at,
            source: Flow::default(),
            target: Flow { at: unit.at, parts: Vec::new() },
            replaces: None,
            progress: Progress::Done,
        };
        let mut has_segment = false;
        loop {
            match self.next()? {
                Token::Open(element) => match &*element.name {
                    "segment" | "ignorable" if has_segment => {
                        let hint = Message::new("import-xliff-segments-hint");
                        let message = Message::new("import-xliff-segments").with("id", id);
                        return Err(Fault::new(self.name, element.at, message, hint));
                    }
                    "segment" => {
                        has_segment = true;
                        self.segment(&element, &mut returned)?;
                    }
                    _ => self.skip()?,
                },
                Token::Text(_) => {}
                Token::Close | Token::End => return Ok(returned),
            }
        }
    }

    fn segment(&mut self, segment: &Element, returned: &mut Returned) -> Result<(), Fault> {
        returned.replaces = segment.get("id").and_then(|id| match id.strip_prefix(REPLACES) {
            Some(digest) => Some(Replaces::Text(digest.to_owned())),
            None => (id == NEW).then_some(Replaces::Nothing),
        });
        loop {
            match self.next()? {
                Token::Open(element) => match &*element.name {
                    "source" => returned.source = self.flow(&element)?,
                    "target" => returned.target = self.flow(&element)?,
                    _ => self.skip()?,
                },
                Token::Text(_) => {}
                Token::Close | Token::End => return Ok(()),
            }
        }
    }

    /// What stands in `<source>` or `<target>`.
    fn flow(&mut self, element: &Element) -> Result<Flow, Fault> {
        let mut parts = Vec::new();
        let text = |parts: &mut Vec<FlowPart>, more: &str| match parts.last_mut() {
            Some(FlowPart::Text(text)) => text.push_str(more),
            _ => parts.push(FlowPart::Text(more.to_owned())),
        };
        // The ids of the pairs that are open; none for a mark that says nothing to us.
        let mut open: Vec<Option<String>> = Vec::new();
        loop {
            match self.next()? {
                Token::Text(more) => text(&mut parts, &more),
                Token::Open(inline) => {
                    let id = || inline.get("id").map(str::to_owned);
                    let needed = || id().ok_or_else(|| self.missing(&inline, "id"));
                    match &*inline.name {
                        "cp" => {
                            let found = inline.get("hex").and_then(character);
                            let found = found.ok_or_else(|| self.missing(&inline, "hex"))?;
                            text(&mut parts, found.encode_utf8(&mut [0; 4]));
                        }
                        "ph" => parts.push(FlowPart::Mark(needed()?, End::Whole, inline.at)),
                        "pc" => {
                            let id = needed()?;
                            parts.push(FlowPart::Mark(id.clone(), End::Open, inline.at));
                            open.push(Some(id));
                            continue;
                        }
                        "sc" => parts.push(FlowPart::Mark(needed()?, End::Open, inline.at)),
                        "ec" => {
                            let id = inline.get("startRef").map(str::to_owned).or_else(id);
                            let id = id.ok_or_else(|| self.missing(&inline, "startRef"))?;
                            parts.push(FlowPart::Mark(id, End::Close, inline.at));
                        }
                        "mrk" => {
                            open.push(None);
                            continue;
                        }
                        "sm" | "em" => {}
                        name => {
                            let message = Message::new("import-xliff-inline").with("element", name);
                            return Err(Fault::new(self.name, inline.at, message, malformed()));
                        }
                    }
                    self.skip()?;
                }
                Token::Close => match open.pop() {
                    Some(Some(id)) => parts.push(FlowPart::Mark(id, End::Close, element.at)),
                    Some(None) => {}
                    None => return Ok(Flow { at: element.at, parts }),
                },
                Token::End => return Ok(Flow { at: element.at, parts }),
            }
        }
    }
}

fn is_core(namespace: &ResolveResult<'_>) -> bool {
    matches!(namespace, ResolveResult::Bound(Namespace(name)) if CORE.contains(name))
}

/// The character of an entity that every XML document has.
fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn character(hex: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(hex, 16).ok()?)
}
