//! Builds the tree of a template from its tokens, with a stack of its own: nothing here calls itself.

mod opening;

use std::mem;
use std::ops::Range;

use super::condition::{Condition, Dialect, parse_condition};
use super::expression::{Expression, ExpressionFault, parse_expression};
use super::node::{Arm, Guard, Kind, Node, Opening, Place, TagPlace, place};
use super::operand::Cursor;
use super::tags::{self, TagKind};
use super::token::{Markup, Scanner, Token, tag_name};
use super::{Syntax, Template};
use crate::diagnostic::codes::{
    LIQUID_LIMIT, LIQUID_SYNTAX, STRAY_TAG, UNCLOSED_BLOCK, UNKNOWN_FILTER, UNKNOWN_TAG,
};
use crate::diagnostic::{Checked, Diagnostic, HINTED};
use crate::source::{Span, TextId};

/// The template of `source`, and what was wrong with it.
pub(super) fn template(text: TextId, source: &str, syntax: &Syntax) -> Checked<Template> {
    let mut parser = Parser::new(text, source, syntax);
    let mut scanner = Scanner::new(source);
    while let Some(token) = scanner.next() {
        parser.token(token, &mut scanner);
    }
    parser.finish()
}

/// More faults of one text than anybody mends one by one.
const MOST_FINDINGS: usize = 1_000;

/// A tag with its parts.
#[derive(Clone, Debug)]
struct Tag<'s> {
    name: &'s str,
    arguments: &'s str,
    span: Range<usize>,
}

/// A block whose end is not read yet.
#[derive(Debug)]
struct Open<'s> {
    opening: Opening,
    /// The tag that begins the part that is being read.
    arm: Range<usize>,
    guard: Guard,
    arms: Vec<Arm>,
    /// Whether the block has an `else` already.
    has_else: bool,
    /// The nodes around the block, before it.
    around: Vec<Node>,
    tag: Tag<'s>,
}

#[derive(Debug)]
struct Parser<'s> {
    text: TextId,
    source: &'s str,
    syntax: &'s Syntax,
    nodes: Vec<Node>,
    open: Vec<Open<'s>>,
    tags: Vec<TagPlace>,
    findings: Vec<Diagnostic>,
    /// The first of the findings that are only counted, and their number.
    unsaid: Option<(Span, usize)>,
    /// Whether white space is dropped until something is printed.
    trims: bool,
    /// Blocks that are open beyond the limit; nothing in them is kept.
    beyond: usize,
    /// Whether anything but text was met.
    marked: bool,
}

impl<'s> Parser<'s> {
    fn new(text: TextId, source: &'s str, syntax: &'s Syntax) -> Self {
        Self {
            text,
            source,
            syntax,
            nodes: Vec::new(),
            open: Vec::new(),
            tags: Vec::new(),
            findings: Vec::new(),
            unsaid: None,
            trims: false,
            beyond: 0,
            marked: false,
        }
    }

    fn finish(mut self) -> Checked<Template> {
        let mut limited = self.beyond > 0;
        while let Some(open) = self.open.pop() {
            if !limited {
                self.unclosed(&open.tag);
            }
            self.shut(open);
        }
        limited |= self.marked;
        self.findings.sort_by_key(|finding| finding.span.start);
        if let Some((span, count)) = self.unsaid {
            let message = format!("{count} more faults of Liquid from here on");
            self.findings.push(Diagnostic::new(LIQUID_SYNTAX, span, message));
        }
        let template = Template { nodes: self.nodes, tags: self.tags, marked: limited };
        Checked { value: template, diagnostics: self.findings }
    }

    fn token(&mut self, token: Token, scanner: &mut Scanner<'s>) {
        self.marked |= !matches!(token, Token::Text(_));
        match token {
            Token::Text(range) => self.text(range),
            Token::Comment => {}
            Token::Output(markup) => self.trimmed(&markup, |parser| parser.output(&markup)),
            Token::Tag(markup) => self.trimmed(&markup, |parser| parser.tag(&markup, scanner)),
            Token::Broken(range) => self.broken(range),
        }
    }

    /// Does what a markup asks for, and the trimming around it.
    fn trimmed(&mut self, markup: &Markup, work: impl FnOnce(&mut Self)) {
        if markup.trims_before {
            self.trim_before();
        }
        self.trims = markup.trims_after;
        work(self);
    }

    fn text(&mut self, mut range: Range<usize>) {
        if self.trims {
            range.start = range.end - self.source[range.clone()].trim_start().len();
        }
        if range.is_empty() || self.beyond > 0 {
            return;
        }
        self.trims = false;
        self.push(range, Kind::Text);
    }

    fn trim_before(&mut self) {
        while let Some(Node { place, kind: Kind::Text }) = self.nodes.last_mut() {
            let text = &self.source[super::node::bytes(place)];
            let kept = text.trim_end().len();
            place.end = place.start + u32::try_from(kept).unwrap_or(u32::MAX);
            if kept > 0 {
                return;
            }
            self.nodes.pop();
        }
    }

    fn broken(&mut self, range: Range<usize>) {
        let opening = &self.source[range.start..range.start + 2];
        let closing = if opening == "{%" { "%}" } else { "}}" };
        let message = format!("`{opening}` is not closed by `{closing}`");
        let hint =
            format!("close it with `{closing}`, or wrap it in `{{% raw %}}` and `{{% endraw %}}`");
        let finding = Diagnostic::new(LIQUID_SYNTAX, self.span(range), message).hint(hint);
        self.report(finding);
    }

    fn output(&mut self, markup: &Markup) {
        if self.beyond > 0 {
            return;
        }
        let inner = &self.source[markup.inner.clone()];
        if let Some(expression) = self.expression(inner, markup.span.clone()) {
            self.push(markup.span.clone(), Kind::Output(expression));
        }
    }

    fn expression(&mut self, text: &'s str, span: Range<usize>) -> Option<Expression> {
        let finding = match parse_expression(text) {
            Ok(expression) => return Some(expression),
            Err(ExpressionFault::Syntax(fault)) => {
                let message = format!("`{}` does not parse: {fault}", text.trim());
                let hint = "wrap literal braces in `{% raw %}` and `{% endraw %}`";
                Diagnostic::new(LIQUID_SYNTAX, self.span(span), message).hint(hint)
            }
            Err(ExpressionFault::Filter(name, near)) => {
                let message = format!("there is no filter `{name}`");
                let finding = Diagnostic::new(UNKNOWN_FILTER, self.span(span), message);
                match near {
                    Some(near) => finding.hint(format!("did you mean `{near}`?")),
                    None => finding,
                }
            }
        };
        self.report(finding);
        None
    }

    fn tag(&mut self, markup: &Markup, scanner: &mut Scanner<'s>) {
        let (name, arguments) = tag_name(&self.source[markup.inner.clone()]);
        let tag = Tag { name, arguments, span: markup.span.clone() };
        let kind = tags::kind(name, self.syntax);
        if matches!(kind, Some(TagKind::Raw | TagKind::Comment)) {
            return self.verbatim(&tag, scanner);
        }
        if self.beyond > 0 {
            return self.beyond_the_limit(kind);
        }
        match kind {
            Some(TagKind::Middle) => self.middle(&tag),
            Some(TagKind::End) => self.end(&tag),
            Some(kind) => {
                self.list(&tag);
                self.known(&tag, kind);
            }
            None => self.unknown(&tag),
        }
    }

    /// What stands inside `raw` is text; what stands inside `comment` is nothing.
    fn verbatim(&mut self, tag: &Tag<'s>, scanner: &mut Scanner<'s>) {
        let (content, end) = scanner.skip_to(&format!("end{}", tag.name));
        if tag.name == "raw" {
            self.text(content);
        }
        match end {
            Some(end) => self.trimmed(&end, |_| {}),
            None => self.unclosed(tag),
        }
    }

    fn beyond_the_limit(&mut self, kind: Option<TagKind>) {
        match kind {
            Some(TagKind::Block) => self.beyond += 1,
            Some(TagKind::End) => self.beyond -= 1,
            _ => {}
        }
    }

    fn list(&mut self, tag: &Tag<'s>) {
        let entry = TagPlace {
            name: self.place_of(tag.name),
            arguments: self.place_of(tag.arguments),
            span: place(tag.span.clone()),
        };
        self.tags.push(entry);
    }

    fn unknown(&mut self, tag: &Tag<'s>) {
        let finding = if tag.name.is_empty() {
            Diagnostic::new(LIQUID_SYNTAX, self.span(tag.span.clone()), "a tag without a name")
        } else {
            let message = format!("there is no tag `{}`", tag.name);
            let finding = Diagnostic::new(UNKNOWN_TAG, self.span(tag.span.clone()), message);
            match self.findings.len() < HINTED {
                true => finding.hint_nearest(tag.name, tags::names(self.syntax)),
                false => finding,
            }
        };
        self.report(finding);
    }

    /// `else`, `elsif`, `when`: the next part of the innermost block, if it can have one.
    fn middle(&mut self, tag: &Tag<'s>) {
        let fits = self.open.last().is_some_and(|open| match tag.name {
            "when" => matches!(open.opening, Opening::Case(_)),
            "else" => matches!(open.opening, Opening::If | Opening::Case(_) | Opening::For(_)),
            _ => matches!(open.opening, Opening::If),
        });
        let Some(mut open) = self.open.pop_if(|_| fits) else { return self.stray(tag) };
        let guard = match open.has_else {
            true => self.unreachable(tag),
            false => self.next_guard(tag, open.tag.name),
        };
        open.has_else |= matches!(guard, Guard::Else);
        let body = mem::take(&mut self.nodes);
        let begun = mem::replace(&mut open.arm, tag.span.clone());
        let guard = mem::replace(&mut open.guard, guard);
        open.arms.push(Arm { place: place(begun), guard, body });
        self.open.push(open);
    }

    fn next_guard(&mut self, tag: &Tag<'s>, block: &str) -> Guard {
        match tag.name {
            "else" => {
                if !tag.arguments.is_empty() {
                    self.damaged(tag, "`else` takes no condition, `elsif` does");
                }
                Guard::Else
            }
            "when" => self.values(tag),
            _ => Guard::When(self.condition(tag, dialect(block))),
        }
    }

    /// What follows a second `else` is shown to nobody.
    fn unreachable(&mut self, tag: &Tag<'s>) -> Guard {
        let message = format!("`{}` stands behind the `else` of its block", tag.name);
        let finding = Diagnostic::new(STRAY_TAG, self.span(tag.span.clone()), message)
            .hint("remove the part behind it, which is never shown");
        self.report(finding);
        Guard::Never
    }

    /// Closes the innermost block of this name, and those inside it that were left open.
    fn end(&mut self, tag: &Tag<'s>) {
        let is_closed = |open: &Open<'_>| tags::end_of(open.tag.name) == &tag.name[3..];
        let Some(depth) = self.open.iter().rposition(is_closed) else { return self.stray(tag) };
        while self.open.len() > depth
            && let Some(open) = self.open.pop()
        {
            if self.open.len() > depth {
                self.unclosed(&open.tag);
            }
            self.shut(open);
        }
    }

    fn shut(&mut self, open: Open<'s>) {
        let Open { opening, arm, guard, mut arms, around, tag, .. } = open;
        let body = mem::replace(&mut self.nodes, around);
        arms.push(Arm { place: place(arm), guard, body });
        self.push(tag.span, Kind::Block(Box::new(opening), arms));
    }

    fn stray(&mut self, tag: &Tag<'s>) {
        let message = format!("`{}` stands without its block", tag.name);
        self.report(Diagnostic::new(STRAY_TAG, self.span(tag.span.clone()), message));
    }

    fn unclosed(&mut self, tag: &Tag<'s>) {
        let end = tags::end_of(tag.name);
        let message = format!("`{}` is not closed by `end{end}`", tag.name);
        let finding = Diagnostic::new(UNCLOSED_BLOCK, self.span(tag.span.clone()), message);
        self.report(finding.hint(format!("add `{{% end{end} %}}` behind its content")));
    }

    fn enter(&mut self, tag: &Tag<'s>, opening: Opening, guard: Guard) {
        let limit = self.syntax.nesting;
        if self.open.len() >= limit {
            self.beyond = 1;
            let message = format!("blocks nest deeper than {limit} (`limits.liquid_nesting`)");
            self.report(Diagnostic::new(LIQUID_LIMIT, self.span(tag.span.clone()), message));
            return;
        }
        let around = mem::take(&mut self.nodes);
        let arm = tag.span.clone();
        let (arms, has_else) = (Vec::new(), false);
        self.open.push(Open { opening, arm, guard, arms, has_else, around, tag: tag.clone() });
    }

    /// The condition of a tag; one that does not parse never holds.
    fn condition(&mut self, tag: &Tag<'s>, dialect: Dialect) -> Condition {
        parse_condition(tag.arguments, dialect).unwrap_or_else(|fault| {
            self.damaged(tag, &fault);
            Condition::default()
        })
    }

    /// The values of `when`, joined by commas or `or`.
    fn values(&mut self, tag: &Tag<'s>) -> Guard {
        let mut cursor = Cursor::new(tag.arguments);
        let mut values = Vec::new();
        let outcome = loop {
            match cursor.operand() {
                Ok(value) => values.push(value),
                Err(fault) => break Err(fault),
            }
            if !cursor.eat(",") && !cursor.eat_word("or") {
                break cursor.expect_end();
            }
        };
        if let Err(fault) = outcome {
            self.damaged(tag, &fault);
        }
        Guard::Values(values)
    }

    fn damaged(&mut self, tag: &Tag<'s>, fault: &str) {
        let message = match tag.arguments {
            "" => format!("`{}` does not parse: {fault}", tag.name),
            arguments => format!("`{} {arguments}` does not parse: {fault}", tag.name),
        };
        self.report(Diagnostic::new(LIQUID_SYNTAX, self.span(tag.span.clone()), message));
    }

    /// Adds a finding. Of a text with a fault in each word the others are counted.
    fn report(&mut self, finding: Diagnostic) {
        if self.findings.len() < MOST_FINDINGS {
            return self.findings.push(finding);
        }
        let (first, count) = self.unsaid.unwrap_or((finding.span, 0));
        self.unsaid = Some((first, count + 1));
    }

    fn push(&mut self, range: Range<usize>, kind: Kind) {
        self.nodes.push(Node { place: place(range), kind });
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.text, range)
    }

    /// Where a part of the source stands in it.
    fn place_of(&self, part: &str) -> Place {
        let start = part.as_ptr().addr() - self.source.as_ptr().addr();
        place(start..start + part.len())
    }
}

fn dialect(name: &str) -> Dialect {
    if name == "ifversion" { Dialect::Versions } else { Dialect::Values }
}
