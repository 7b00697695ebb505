//! npm-style version ranges: `>=2.20`, `<2.22`, `>=2.20 <3.0`, `2.19 || >=2.21`, `*`, `next`.

use std::cmp::Ordering;

use super::{Plan, Release, VersionSet, Versions};

/// Why a range does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeError {
    /// The part that is wrong.
    pub part: String,
    /// What the part was likely meant to be.
    pub suggestion: Option<String>,
}

/// The built versions of `plan` that `range` takes in.
///
/// A plan without numbers counts as release 1.0, so that `*` takes it in and `next` does not
/// (github-docs-behaviour.md, B4).
pub fn parse_range(
    range: &str,
    plan: &Plan,
    versions: &Versions,
) -> Result<VersionSet, RangeError> {
    let alternatives = alternatives(range, plan)?;
    let unnumbered = Release::new("1.0");
    let holds = |version: &super::VersionId| {
        let release = &versions.get(*version).release;
        takes_in(&alternatives, if plan.numbered { release } else { &unnumbered })
    };
    Ok(plan.versions.iter().copied().filter(holds).collect())
}

/// Whether `range` takes in the release of `plan` that comes next. One that does not parse takes in nothing.
pub fn takes_in_next(range: &str, plan: &Plan) -> bool {
    let alternatives = alternatives(range, plan).unwrap_or_default();
    plan.next.as_ref().is_some_and(|next| takes_in(&alternatives, next))
}

fn takes_in(alternatives: &[Vec<Comparator>], release: &Release) -> bool {
    let holds = |comparators: &Vec<Comparator>| {
        comparators.iter().all(|comparator| comparator.holds(release))
    };
    alternatives.iter().any(holds)
}

fn alternatives(range: &str, plan: &Plan) -> Result<Vec<Vec<Comparator>>, RangeError> {
    range.split("||").map(|alternative| comparators(alternative, plan)).collect()
}

/// One condition on a release.
enum Comparator {
    Any,
    Compare(Operator, Release),
    /// `~2.20`, `^2.20` and `2.x`: releases that begin with these numbers.
    Prefix(String),
}

#[derive(Clone, Copy)]
enum Operator {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Comparator {
    fn holds(&self, release: &Release) -> bool {
        match self {
            Self::Any => true,
            Self::Prefix(prefix) => {
                release.as_str() == prefix || release.as_str().starts_with(&format!("{prefix}."))
            }
            Self::Compare(operator, bound) => {
                let order = coerced(release).cmp(&coerced(bound));
                match operator {
                    Operator::Equal => order == Ordering::Equal,
                    Operator::Greater => order == Ordering::Greater,
                    Operator::GreaterOrEqual => order != Ordering::Less,
                    Operator::Less => order == Ordering::Less,
                    Operator::LessOrEqual => order != Ordering::Greater,
                }
            }
        }
    }
}

/// The release with three numbers: `2.20` compares as `2.20.0`.
fn coerced(release: &Release) -> [u64; 3] {
    let mut parts = release.as_str().split('.').map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

/// The conditions of one alternative, which must all hold.
fn comparators(text: &str, plan: &Plan) -> Result<Vec<Comparator>, RangeError> {
    let mut comparators = Vec::new();
    let mut words = text.split_whitespace().peekable();
    if words.peek().is_none() {
        return Err(RangeError { part: text.trim().to_owned(), suggestion: Some("*".to_owned()) });
    }
    while let Some(word) = words.next() {
        let split = word.find(|c: char| !"<>=~^!".contains(c)).unwrap_or(word.len());
        let (operator, mut release) = word.split_at(split);
        // `>= 2.20` may be written with a space.
        if release.is_empty() {
            release = words.next().unwrap_or("");
        }
        comparators.push(comparator(operator, release, plan)?);
    }
    Ok(comparators)
}

fn comparator(operator: &str, release: &str, plan: &Plan) -> Result<Comparator, RangeError> {
    let error = |suggestion| RangeError { part: format!("{operator}{release}"), suggestion };
    if matches!(release, "*" | "x") && operator.is_empty() {
        return Ok(Comparator::Any);
    }
    let release = match release {
        "next" => plan.next.as_ref().map_or("99999", Release::as_str),
        other => other,
    };
    if let Some(prefix) = release.strip_suffix(".x").or_else(|| release.strip_suffix(".*")) {
        return match operator {
            "" | "=" => Ok(Comparator::Prefix(prefix.to_owned())),
            _ => Err(error(Some(format!("{operator}{prefix}")))),
        };
    }
    let parsed = Release::new(release);
    if !parsed.is_number() {
        return Err(error(None));
    }
    let operator = match operator {
        "" | "=" | "==" => Operator::Equal,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        "~" => return Ok(Comparator::Prefix(release.to_owned())),
        "^" => {
            let major = release.split('.').next().unwrap_or(release);
            return Ok(Comparator::Prefix(major.to_owned()));
        }
        "=>" => return Err(error(Some(format!(">={release}")))),
        "=<" => return Err(error(Some(format!("<={release}")))),
        _ => return Err(error(None)),
    };
    Ok(Comparator::Compare(operator, parsed))
}

#[cfg(test)]
mod tests {
    use super::super::{Version, VersionId};
    use super::*;

    fn versions() -> Versions {
        let releases = ["3.10", "3.1", "3.0", "2.22", "2.9"];
        let version = |release: &str, plan: usize| Version {
            id: format!("p{plan}@{release}"),
            plan,
            release: Release::new(release),
            title: String::new(),
            released: None,
            deprecated: None,
        };
        let mut all: Vec<Version> = releases.iter().map(|release| version(release, 0)).collect();
        all.push(version("latest", 1));
        let plan = |name: &str, numbered, versions: std::ops::Range<usize>| Plan {
            name: name.to_owned(),
            short_name: name.to_owned(),
            title: name.to_owned(),
            numbered,
            versions: versions.map(VersionId::from_index).collect(),
            next: numbered.then(|| Release::new("3.11")),
            retired: Vec::new(),
            notice: None,
        };
        Versions::new(vec![plan("p0", true, 0..5), plan("p1", false, 5..6)], all)
    }

    #[track_caller]
    fn check(range: &str, plan: usize, expected: &str) {
        let versions = versions();
        let found = match parse_range(range, &versions.plans()[plan], &versions) {
            Ok(set) => {
                let names: Vec<_> =
                    set.iter().map(|id| versions.get(id).release.as_str()).collect();
                names.join(" ")
            }
            Err(error) => format!("error {} -> {:?}", error.part, error.suggestion),
        };
        assert_eq!(found, expected, "{range}");
    }

    #[test]
    fn ranges_select_releases_of_a_plan() {
        check("*", 0, "3.10 3.1 3.0 2.22 2.9");
        check(">=3.1", 0, "3.10 3.1");
        check(">= 3.1", 0, "3.10 3.1");
        check("<2.22", 0, "2.9");
        check(">=2.22 <3.1", 0, "3.0 2.22");
        check("* <=2.22", 0, "2.22 2.9");
        check("2.9 || 3.10", 0, "3.10 2.9");
        check("2.22", 0, "2.22");
        check("3.x", 0, "3.10 3.1 3.0");
        check("next", 0, "");
        check(">3.10", 0, "");
    }

    #[test]
    fn a_plan_without_numbers_counts_as_one() {
        check("*", 1, "latest");
        check("next", 1, "");
        check(">=2.20", 1, "");
    }

    #[test]
    fn what_is_no_range_says_what_was_meant() {
        check("=>2.22", 0, "error =>2.22 -> Some(\">=2.22\")");
        check("new", 0, "error new -> None");
        check("", 0, "error  -> Some(\"*\")");
        check(">=2.22 >", 0, "error > -> None");
    }
}
