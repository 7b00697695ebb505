//! Which versions come to each branch of a text, where nothing but the version decides: for those who look for
//! text that no version shows, without evaluating.

use liquid_core::model::Value;

use super::condition::{Condition, Joint, Term, Test};
use super::host::Source;
use super::node::{Arm, Guard, Kind, Node, Opening, bytes};
use super::operand::Operand;
use super::value::relates;
use crate::source::Span;
use crate::variant::{VersionId, VersionSet};

/// What is known of versions without a page.
pub trait VersionFacts {
    /// All versions that there can be.
    fn all(&self) -> VersionSet;

    /// The versions in which a word of a condition holds.
    fn named(&self, name: &str) -> Option<VersionSet>;

    /// The versions of a plan whose release compares so.
    fn compared(&self, plan: &str, operator: &str, release: &str) -> Option<VersionSet>;

    /// The value of a name that stands for the version or a part of it; nothing for other names.
    fn value(&self, name: &str, version: VersionId) -> Option<Value>;

    /// The plan that a version id without `@` belongs to in `ver_gt` and `ver_lt`.
    fn default_plan(&self) -> &str;
}

/// A branch of an `if`, `unless` or `ifversion` that the version alone decides on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The tag that begins it.
    pub span: Span,
    /// Where it stands in its block.
    pub role: BranchRole,
    /// The versions that come to the tag.
    pub come: VersionSet,
    /// Those of them in which its condition holds.
    pub hold: VersionSet,
    /// All versions in which its condition holds.
    pub ever: VersionSet,
    /// Of the last branch of a block that has more than one and no `else`: the versions that none of them is for.
    pub left: VersionSet,
}

/// Where a branch stands in its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BranchRole {
    /// It begins the block.
    First,
    /// It has a condition of its own.
    Next,
    /// It is what is left.
    Else,
}

impl Source<'_> {
    /// The branches that versions alone decide on, in the order of the text, which the versions of `come` show.
    pub fn branches(self, facts: &dyn VersionFacts, come: VersionSet) -> Vec<Branch> {
        let mut walk = Walk { source: self, facts, branches: Vec::new() };
        walk.nodes(&self.template.nodes, come);
        walk.branches
    }
}

struct Walk<'a> {
    source: Source<'a>,
    facts: &'a dyn VersionFacts,
    branches: Vec<Branch>,
}

impl Walk<'_> {
    /// Blocks nest no deeper than the parser's limit.
    fn nodes(&mut self, nodes: &[Node], come: VersionSet) {
        // Of text that nobody sees nothing more is to be said.
        if come.is_empty() {
            return;
        }
        for node in nodes {
            match &node.kind {
                Kind::Block(opening, arms) if matches!(**opening, Opening::If) => {
                    self.arms(arms, come);
                }
                Kind::Block(_, arms) => {
                    for arm in arms {
                        self.nodes(&arm.body, come);
                    }
                }
                _ => {}
            }
        }
    }

    /// The parts of an `if`: behind a condition that cannot be judged, all that came may still come.
    fn arms(&mut self, arms: &[Arm], mut come: VersionSet) {
        let mut is_judged = true;
        let is_chain = arms.len() > 1 && arms.iter().all(|arm| !matches!(arm.guard, Guard::Else));
        for (number, arm) in arms.iter().enumerate() {
            let ever = match &arm.guard {
                Guard::When(condition) => self.versions_of(condition),
                Guard::Unless(condition) => {
                    self.versions_of(condition).map(|holds| self.facts.all().minus(holds))
                }
                Guard::Else if is_judged => Some(self.facts.all()),
                _ => None,
            };
            is_judged &= ever.is_some();
            let hold = ever.map_or(come, |ever| come.and(ever));
            if let Some(ever) = ever {
                let role = match (number, &arm.guard) {
                    (_, Guard::Else) => BranchRole::Else,
                    (0, _) => BranchRole::First,
                    _ => BranchRole::Next,
                };
                let span = Span::new(self.source.id, bytes(&arm.place));
                let behind = come.minus(ever);
                let is_last = is_chain && is_judged && number + 1 == arms.len();
                let left = if is_last { behind } else { VersionSet::EMPTY };
                self.branches.push(Branch { span, role, come, hold, ever, left });
                self.nodes(&arm.body, hold);
                come = behind;
            } else {
                self.nodes(&arm.body, come);
            }
        }
    }

    /// The versions in which a condition holds; nothing where something else decides too.
    fn versions_of(&self, condition: &Condition) -> Option<VersionSet> {
        let (last, others) = condition.terms.split_last()?;
        let mut holds = self.versions_of_term(last)?;
        for (term, joint) in others.iter().zip(&condition.joints).rev() {
            let own = self.versions_of_term(term)?;
            holds = match joint {
                Joint::And => own.and(holds),
                Joint::Or => own.or(holds),
            };
        }
        Some(holds)
    }

    fn versions_of_term(&self, term: &Term) -> Option<VersionSet> {
        let all = self.facts.all();
        let holds = match &term.test {
            Test::Named(name) => self.facts.named(name)?,
            Test::Truth(operand) => self.facts.named(operand.word()?)?,
            Test::Release { plan, operator, release } => {
                self.facts.compared(plan, operator, release)?
            }
            Test::Compare(left, relation, right) => {
                let mut holds = VersionSet::EMPTY;
                for version in all.iter() {
                    let (left, right) = (self.value(left, version)?, self.value(right, version)?);
                    if relates(&left, *relation, &right, self.facts.default_plan()) {
                        holds = holds.with(version);
                    }
                }
                holds
            }
        };
        Some(if term.negated { all.minus(holds) } else { holds })
    }

    fn value(&self, operand: &Operand, version: VersionId) -> Option<Value> {
        match operand {
            Operand::Literal(value) => Some(value.clone()),
            operand => self.facts.value(operand.word()?, version),
        }
    }
}
