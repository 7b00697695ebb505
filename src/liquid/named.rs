//! What a text names, with the places of the names: for those who look for references without evaluating.

use std::ops::Range;

use super::condition::{Condition, Test};
use super::expression::Expression;
use super::host::Source;
use super::node::{Arm, Guard, Kind, Node, Opening, Place, bytes};
use super::operand::{Operand, Segment};
use crate::source::Span;

/// Something that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What is named.
    pub name: Name,
    /// The name alone; of one that is partly computed, the part that is written out.
    pub span: Span,
}

/// What is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A key of the data, or the beginning of keys whose rest is computed; empty where all of it is.
    Data(String),
    /// An include.
    Include(String),
    /// A word by itself: a set of versions, a global, or a name that was assigned.
    Word(String),
    /// What a tag of the host is asked for, without outputs in it.
    Argument {
        /// The tag.
        tag: String,
        /// What stands behind its name.
        argument: String,
    },
}

impl Source<'_> {
    /// Everything that the text names, in the order of the text, also where no version comes.
    pub fn named(self) -> Vec<Named> {
        let mut walk = Walk { source: self, found: Vec::new() };
        walk.nodes(&self.template.nodes);
        walk.found
    }
}

struct Walk<'a> {
    source: Source<'a>,
    found: Vec<Named>,
}

impl Walk<'_> {
    /// Blocks nest no deeper than the parser's limit.
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match &node.kind {
            Kind::Text | Kind::Count { .. } | Kind::Break | Kind::Continue => {}
            Kind::Output(expression) => self.expression(expression, &node.place),
            Kind::Data { key } | Kind::Indented { key, .. } => self.data(key),
            Kind::Include { name } => {
                let written = self.source.text[bytes(name)].to_owned();
                self.put(Name::Include(written), bytes(name));
            }
            Kind::Assign { value, .. } => self.expression(value, &node.place),
            Kind::Host { name, arguments } => self.argument(name, arguments),
            Kind::Block(opening, arms) => self.block(opening, arms, &node.place),
        }
    }

    /// `{% data a.b %}`, and `{% data a.{{ x }} %}`, which leaves `a.` of its key.
    fn data(&mut self, key: &Place) {
        let written = self.source.text[bytes(key)].trim_end_matches('.');
        let start = bytes(key).start;
        self.put(Name::Data(written.to_owned()), start..start + written.len());
    }

    fn argument(&mut self, name: &Place, arguments: &[Node]) {
        if let [Node { place, kind: Kind::Text }] = arguments {
            let (tag, range) = (&self.source.text[bytes(name)], bytes(place));
            let argument = self.source.text[range.clone()].trim();
            let name = Name::Argument { tag: tag.to_owned(), argument: argument.to_owned() };
            let start = range.start + self.source.text[range].find(argument).unwrap_or(0);
            return self.put(name, start..start + argument.len());
        }
        self.nodes(arguments);
    }

    fn block(&mut self, opening: &Opening, arms: &[Arm], place: &Place) {
        match opening {
            Opening::Case(subject) => self.operands(&[subject], place),
            Opening::For(opening) => {
                let more = [&opening.offset, &opening.limit].into_iter().flatten();
                let operands: Vec<_> = std::iter::once(&opening.items).chain(more).collect();
                self.operands(&operands, place);
            }
            Opening::If | Opening::Capture(_) | Opening::Wrapped { .. } => {}
        }
        for arm in arms {
            self.guard(&arm.guard, &arm.place);
            self.nodes(&arm.body);
        }
    }

    fn guard(&mut self, guard: &Guard, place: &Place) {
        match guard {
            Guard::When(condition) | Guard::Unless(condition) => self.condition(condition, place),
            Guard::Values(values) => self.operands(&values.iter().collect::<Vec<_>>(), place),
            Guard::Content | Guard::Else | Guard::Never => {}
        }
    }

    fn condition(&mut self, condition: &Condition, place: &Place) {
        let mut cursor = bytes(place);
        for term in &condition.terms {
            match &term.test {
                Test::Named(name) => self.word(name, &mut cursor),
                Test::Release { plan, .. } => self.word(plan, &mut cursor),
                Test::Truth(operand) => self.operand(operand, &mut cursor),
                Test::Compare(left, _, right) => {
                    self.operand(left, &mut cursor);
                    self.operand(right, &mut cursor);
                }
            }
        }
    }

    fn expression(&mut self, expression: &Expression, place: &Place) {
        let mut cursor = bytes(place);
        self.operand(&expression.operand, &mut cursor);
        for filter in &expression.filters {
            let named = filter.named.iter().map(|(_, operand)| operand);
            for operand in filter.positional.iter().chain(named) {
                self.operand(operand, &mut cursor);
            }
        }
    }

    fn operands(&mut self, operands: &[&Operand], place: &Place) {
        let mut cursor = bytes(place);
        for operand in operands {
            self.operand(operand, &mut cursor);
        }
    }

    /// An operand, which stands in what is left of its tag.
    fn operand(&mut self, operand: &Operand, rest: &mut Range<usize>) {
        match operand {
            Operand::Literal(_) => {}
            Operand::Range(ends) => {
                self.operand(&ends.0, rest);
                self.operand(&ends.1, rest);
            }
            Operand::Path { root, segments } => {
                match operand.data_segments() {
                    Some(steps) => self.data_path(steps, rest),
                    None => self.word(root, rest),
                }
                for segment in segments {
                    if let Segment::Dynamic(inner) = segment {
                        self.operand(inner, rest);
                    }
                }
            }
        }
    }

    /// `site.data.a.b[x]`: the key as far as it is written out.
    fn data_path(&mut self, steps: &[Segment], rest: &mut Range<usize>) {
        self.skip("data", rest);
        let mut parts = Vec::new();
        let mut place: Option<Range<usize>> = None;
        for step in steps {
            let part = match step {
                Segment::Key(key) => (**key).to_owned(),
                Segment::Index(index) => index.to_string(),
                Segment::Dynamic(_) => break,
            };
            if let Some(found) = self.skip(&part, rest) {
                place = Some(place.map_or(found.start, |place| place.start)..found.end);
            }
            parts.push(part);
        }
        self.put(Name::Data(parts.join(".")), place.unwrap_or(rest.start..rest.start));
    }

    fn word(&mut self, word: &str, rest: &mut Range<usize>) {
        if let Some(place) = self.skip(word, rest) {
            self.put(Name::Word(word.to_owned()), place);
        }
    }

    /// The next place of a word by itself; `rest` is what stands behind it.
    fn skip(&self, word: &str, rest: &mut Range<usize>) -> Option<Range<usize>> {
        let text = &self.source.text[rest.clone()];
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let (at, _) = text.match_indices(word).find(|(at, _)| {
            !text[..*at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part)
        })?;
        let place = rest.start + at..rest.start + at + word.len();
        rest.start = place.end;
        Some(place)
    }

    fn put(&mut self, name: Name, range: Range<usize>) {
        self.found.push(Named { name, span: Span::new(self.source.id, range) });
    }
}

#[cfg(test)]
mod tests {
    use super::Name;
    use crate::liquid::{Source, Syntax, parse};
    use crate::source::{FileId, TextId};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let id = TextId::whole(FileId(0));
        let template = parse(id, text, &Syntax::default()).value;
        let named = Source { id, text, template: &template }.named();
        let shown = named.iter().map(|named| {
            let written = &text[named.span.range()];
            match &named.name {
                Name::Data(key) => format!("data {key} at {written}"),
                Name::Include(name) => format!("include {name} at {written}"),
                Name::Word(word) => format!("word {word} at {written}"),
                Name::Argument { tag, argument } => format!("{tag} {argument} at {written}"),
            }
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn data_tags_name_their_keys() {
        check(
            "{% data variables.a.b %} {% indented_data_reference site.data.reusables.x spaces=3 %}",
            &["data variables.a.b at variables.a.b", "data reusables.x at reusables.x"],
        );
    }

    #[test]
    fn outputs_and_loops_name_data() {
        check(
            "{{ site.data.a.b | append: site.data.c }}{% for x in site.data.list %}{{ x.y }}{% endfor %}",
            &["data a.b at a.b", "data c at c", "data list at list", "word x at x"],
        );
    }

    #[test]
    fn what_is_computed_leaves_the_beginning_of_its_key() {
        check("{% data variables.{{ x }} %}", &["data variables at variables"]);
        check("{{ site.data.a['b'][x].c }}", &["data a.b at a['b", "word x at x"]);
        check("{{ site.data[x] }}", &["data  at ", "word x at x"]);
    }

    #[test]
    fn conditions_name_words() {
        check(
            "{% ifversion not fpt and dark-mode or ghes > 2.20 %}{% endif %}{% if a == site.data.b %}{% endif %}",
            &[
                "word fpt at fpt",
                "word dark-mode at dark-mode",
                "word ghes at ghes",
                "word a at a",
                "data b at b",
            ],
        );
    }

    #[test]
    fn tags_of_the_host_name_what_they_are_asked_for() {
        check(
            "{% link_in_list /a/b %}{% link_in_list /{{ x }} %}{% include c %}",
            &["link_in_list /a/b at /a/b", "word x at x", "include c at c"],
        );
    }
}
