//! Icons as inline SVG: Octicons, and what the site adds in `templates/icons/NAME.svg`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::context::escape;

/// Octicons 11.0.0, with the licence beside it in `LICENSE-octicons`: name → natural height → shape.
const OCTICONS: &str = include_str!("../../templates/icons/octicons.json");

/// The height of an icon when nothing is said.
const DEFAULT_HEIGHT: f64 = 16.0;

/// The icons of a site, by name.
#[derive(Clone, Debug)]
pub struct Icons(BTreeMap<String, Shapes>);

/// The shapes of an icon by natural height, in pixels.
type Shapes = BTreeMap<u32, Shape>;

/// One drawing of an icon.
#[derive(Clone, Debug, Deserialize)]
struct Shape {
    width: u32,
    /// What stands inside `<svg>`.
    path: String,
}

impl Icons {
    /// The built-in icons.
    pub fn built_in() -> Self {
        Self(serde_json::from_str(OCTICONS).expect("the built-in icons are tested"))
    }

    /// Adds or replaces the icon `name` by an SVG file; says what is wrong with a file that cannot be used.
    pub fn add(&mut self, name: &str, svg: &str) -> Result<(), &'static str> {
        let (height, shape) = read_svg(svg)?;
        self.0.insert(name.to_owned(), Shapes::from([(height, shape)]));
        Ok(())
    }

    /// The names of all icons, for "did you mean".
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The icon `name` as a file of its own, 16 pixels high; nothing where there is no such icon.
    pub fn file(&self, name: &str) -> Option<String> {
        let (height, shape) = self.0.get(name)?.first_key_value()?;
        let Shape { width, path } = shape;
        Some(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\">{path}</svg>\n"
        ))
    }

    /// The icon `name` as SVG; nothing where there is no such icon.
    ///
    /// `class` is added to the icon's own; `width` or `height` scale it, and choose the drawing that suits;
    /// `aria-label` (or `label`) makes it an image with a name, else it is hidden from assistive technology. Other
    /// attributes are written as they are; names that are not those of plain attributes are left out.
    pub fn svg(&self, name: &str, attributes: &[(&str, &str)]) -> Option<String> {
        let shapes = self.0.get(name)?;
        let wanted = given(attributes, "height").or(given(attributes, "width"));
        let wanted = wanted.and_then(pixels).unwrap_or(DEFAULT_HEIGHT);
        let fitting = shapes.iter().rev().find(|(height, _)| f64::from(**height) <= wanted);
        let (height, shape) = fitting.or(shapes.first_key_value())?;
        let attributes = svg_attributes(name, *height, shape, attributes);
        Some(format!("<svg{attributes}>{}</svg>", shape.path))
    }
}

/// The attributes of `<svg>`, each with a space before it.
fn svg_attributes(name: &str, height: u32, shape: &Shape, attributes: &[(&str, &str)]) -> String {
    let (width, scaled_height) = scaled(shape.width, height, attributes);
    let extra = given(attributes, "class").map_or(String::new(), |class| format!(" {class}"));
    let mut written = vec![
        ("version", "1.1".to_owned()),
        ("width", width.to_string()),
        ("height", scaled_height.to_string()),
        ("viewBox", format!("0 0 {} {height}", shape.width)),
        ("class", format!("octicon octicon-{name}{extra}")),
    ];
    match given(attributes, "aria-label").or(given(attributes, "label")) {
        Some(label) => {
            written.extend([("aria-label", label.to_owned()), ("role", "img".to_owned())]);
        }
        None => written.push(("aria-hidden", "true".to_owned())),
    }
    let own = ["width", "height", "class", "aria-label", "label", "role", "aria-hidden"];
    let others = attributes.iter().filter(|(key, _)| !own.contains(key) && is_plain(key));
    written.extend(others.map(|(key, value)| (*key, (*value).to_owned())));
    written.iter().map(|(key, value)| format!(" {key}=\"{}\"", escape(value))).collect()
}

/// Width and height, one following from the other where only one is given.
fn scaled(width: u32, height: u32, attributes: &[(&str, &str)]) -> (f64, f64) {
    let (width, height) = (f64::from(width), f64::from(height));
    let asked = |name| given(attributes, name).and_then(pixels);
    match (asked("width"), asked("height")) {
        (None, None) => (width, height),
        (Some(asked), None) => (asked, asked * height / width),
        (None, Some(asked)) => (asked * width / height, asked),
        (Some(width), Some(height)) => (width, height),
    }
}

fn given<'a>(attributes: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    let found = attributes.iter().find(|(key, _)| *key == name);
    found.map(|(_, value)| *value).filter(|value| !value.is_empty())
}

/// A length such as `24` or `24px`.
fn pixels(value: &str) -> Option<f64> {
    let number: f64 = value.trim_end_matches("px").parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number)
}

/// Whether this is the name of an attribute that cannot run anything or load anything.
fn is_plain(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    letters
        && (name.starts_with("data-")
            || name.starts_with("aria-")
            || matches!(name, "id" | "title" | "fill"))
}

/// Height and shape of an SVG file with a `viewBox`.
fn read_svg(svg: &str) -> Result<(u32, Shape), &'static str> {
    let start = svg.find("<svg").ok_or("the file has no `<svg>` element")?;
    let open = start + svg[start..].find('>').ok_or("`<svg` is not closed")?;
    let end = svg.rfind("</svg>").filter(|end| *end > open).ok_or("`</svg>` is missing")?;
    let (width, height) =
        view_box(&svg[start..open]).ok_or("`viewBox` of the form `0 0 W H` is missing")?;
    Ok((height, Shape { width, path: svg[open + 1..end].trim().to_owned() }))
}

fn view_box(tag: &str) -> Option<(u32, u32)> {
    let start = tag.find("viewBox=\"")? + "viewBox=\"".len();
    let value = &tag[start..start + tag[start..].find('"')?];
    let numbers: Vec<u32> = value.split_whitespace().map_while(|part| part.parse().ok()).collect();
    match numbers[..] {
        [0, 0, width, height] if width > 0 && height > 0 => Some((width, height)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, attributes: &[(&str, &str)], start: &str) {
        let svg = Icons::built_in().svg(name, attributes).expect("the icon exists");
        assert!(svg.starts_with(start) && svg.ends_with("</svg>"), "{svg}");
    }

    #[test]
    fn an_icon_without_a_label_is_hidden() {
        let start = r#"<svg version="1.1" width="16" height="16" viewBox="0 0 16 16" class="octicon octicon-gear" aria-hidden="true"><path"#;
        check("gear", &[], start);
    }

    #[test]
    fn a_label_makes_it_an_image() {
        let start = r#"<svg version="1.1" width="16" height="16" viewBox="0 0 16 16" class="octicon octicon-gear" aria-label="The gear" role="img"><path"#;
        check("gear", &[("aria-label", "The gear")], start);
        check("gear", &[("label", "The gear")], start);
    }

    #[test]
    fn a_class_is_added() {
        let start = r#"<svg version="1.1" width="16" height="16" viewBox="0 0 16 16" class="octicon octicon-gear flex big" aria-hidden"#;
        check("gear", &[("class", "flex big")], start);
    }

    #[test]
    fn a_height_chooses_the_drawing_and_scales_the_width() {
        check(
            "gear",
            &[("height", "24")],
            r#"<svg version="1.1" width="24" height="24" viewBox="0 0 24 24""#,
        );
        check(
            "gear",
            &[("height", "32px")],
            r#"<svg version="1.1" width="32" height="32" viewBox="0 0 24 24""#,
        );
        check(
            "gear",
            &[("width", "8")],
            r#"<svg version="1.1" width="8" height="8" viewBox="0 0 16 16""#,
        );
        check("gear", &[("height", "nonsense")], r#"<svg version="1.1" width="16" height="16""#);
    }

    #[test]
    fn attributes_cannot_break_out_or_run() {
        let attributes = [("class", "\"><script>"), ("onload", "x()"), ("data-a", "b")];
        let start = r#"<svg version="1.1" width="16" height="16" viewBox="0 0 16 16" class="octicon octicon-x &quot;&gt;&lt;script&gt;" aria-hidden="true" data-a="b"><path"#;
        check("x", &attributes, start);
    }

    #[test]
    fn an_unknown_icon_is_nothing() {
        assert_eq!(Icons::built_in().svg("no-such-icon", &[]), None);
    }

    #[test]
    fn a_site_adds_its_own() {
        let mut icons = Icons::built_in();
        let file = "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\" viewBox=\"0 0 20 10\"><path d=\"M0 0\"/></svg>\n";
        icons.add("ours", file).expect("the file can be used");
        let svg = icons.svg("ours", &[("height", "20")]).expect("it was added");
        assert!(svg.contains(r#"width="40" height="20" viewBox="0 0 20 10""#), "{svg}");
        assert!(icons.add("ours", "<svg width=\"3\"></svg>").is_err());
        assert!(icons.add("ours", "text").is_err());
    }
}
