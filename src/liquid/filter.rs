//! Filters: those of the `liquid` crate's standard library, and three of the content model.

use std::panic::{AssertUnwindSafe, catch_unwind};

use liquid_core::model::{DateTime, KString, Value, ValueView};
use liquid_core::parser::{FilterArguments, ParseFilter};
use liquid_core::runtime::{Expression, RuntimeBuilder};
use liquid_lib::stdlib;

use super::value::has_map;

/// Declares the filters that the `liquid` crate computes, by name.
macro_rules! standard_filters {
    ($($name:literal $filter:ident)*) => {
        const STANDARD: &[&str] = &[$($name),*];

        fn standard(name: &str) -> Option<Box<dyn ParseFilter>> {
            match name {
                $($name => Some(Box::new(stdlib::$filter)),)*
                _ => None,
            }
        }
    };
}

standard_filters! {
    "abs" Abs "append" Append "at_least" AtLeast "at_most" AtMost "capitalize" Capitalize "ceil" Ceil
    "compact" Compact "concat" Concat "date" Date "default" Default "divided_by" DividedBy
    "downcase" Downcase "escape" Escape "escape_once" EscapeOnce "first" First "floor" Floor "join" Join
    "last" Last "lstrip" Lstrip "map" Map "minus" Minus "modulo" Modulo "newline_to_br" NewlineToBr
    "plus" Plus "prepend" Prepend "remove" Remove "remove_first" RemoveFirst "replace" Replace
    "replace_first" ReplaceFirst "reverse" Reverse "round" Round "rstrip" Rstrip "size" Size "slice" Slice
    "sort" Sort "sort_natural" SortNatural "split" Split "strip" Strip "strip_html" StripHtml
    "strip_newlines" StripNewlines "times" Times "truncate" Truncate "truncatewords" TruncateWords
    "uniq" Uniq "upcase" Upcase "url_decode" UrlDecode "url_encode" UrlEncode "where" Where
}

/// The filters of the content model.
const OWN: [&str; 3] = ["obj_size", "slugify", "version_num"];

/// The filters that take maps, or lists of maps, without making text of them.
const FOR_MAPS: [&str; 12] = [
    "compact",
    "concat",
    "default",
    "first",
    "last",
    "map",
    "reverse",
    "size",
    "slice",
    "sort",
    "sort_natural",
    "where",
];

/// What a piece of a divided text weighs in a list.
const PIECE: usize = 16;

/// The names of all filters.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    STANDARD.iter().chain(&OWN).copied()
}

/// Whether there is a filter of this name.
pub(super) fn is_known(name: &str) -> bool {
    names().any(|known| known == name)
}

/// A filter with everything it works on.
#[derive(Debug)]
pub(super) struct Application<'a> {
    pub(super) name: &'a str,
    pub(super) input: &'a Value,
    pub(super) positional: Vec<Value>,
    pub(super) named: Vec<(&'a str, Value)>,
}

/// Why a filter has no result.
#[derive(Debug)]
pub(super) enum FilterFault {
    /// It cannot work on these values.
    Values(String),
    /// The result would depend on the day of the build.
    Clock,
    /// The result would be larger than a page may be.
    Size,
}

impl Application<'_> {
    /// The result, if it has no more than about `limit` bytes.
    pub(super) fn result(self, limit: usize) -> Result<Value, FilterFault> {
        match self.name {
            "version_num" => Ok(version_number(self.input)),
            "slugify" => Ok(Value::scalar(slug(&self.input.to_kstr()))),
            "obj_size" => Ok(Value::scalar(entries(self.input))),
            _ => {
                self.check_size(limit)?;
                self.check_date()?;
                self.check_maps()?;
                self.standard()
            }
        }
    }

    /// Most filters grow their input by no more than their arguments; these can multiply the two.
    fn check_size(&self, limit: usize) -> Result<(), FilterFault> {
        let length = |at: usize| self.positional.get(at).map_or(0, |value| value.to_kstr().len());
        let size = match (self.name, self.input) {
            ("replace", input) => pieces(&input.to_kstr(), self.positional.first()) * length(1),
            ("join", Value::Array(items)) => items.len() * length(0),
            // Each piece is a value, which is larger than a short string.
            ("split", input) => pieces(&input.to_kstr(), self.positional.first()) * PIECE,
            _ => 0,
        };
        if size > limit { Err(FilterFault::Size) } else { Ok(()) }
    }

    /// A date must not be read from the clock, and its format must not pad without end.
    fn check_date(&self) -> Result<(), FilterFault> {
        if self.name != "date" {
            return Ok(());
        }
        let input = self.input.to_kstr();
        let word = input.trim();
        if word.eq_ignore_ascii_case("now") || word.eq_ignore_ascii_case("today") {
            return Err(FilterFault::Clock);
        }
        let format = self.positional.first().map(|value| value.to_kstr().into_owned());
        let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
        let pads = format.is_some_and(|format| format.split('%').skip(1).any(|p| digits(p) > 3));
        if pads { Err(FilterFault::Size) } else { Ok(()) }
    }

    /// Maps have no order: no text is made of them.
    fn check_maps(&self) -> Result<(), FilterFault> {
        let printed = !FOR_MAPS.contains(&self.name) && has_map(self.input);
        if printed || self.positional.iter().any(|value| self.name != "concat" && has_map(value)) {
            return Err(fault("a map is no text"));
        }
        Ok(())
    }

    fn standard(self) -> Result<Value, FilterFault> {
        let positional: Vec<_> = self.positional.into_iter().map(Expression::Literal).collect();
        let named = self.named.into_iter().map(|(name, value)| (name, Expression::Literal(value)));
        let arguments = FilterArguments {
            positional: Box::new(positional.into_iter()),
            keyword: Box::new(named),
        };
        let parser = standard(self.name).ok_or_else(|| fault("it is not known"))?;
        let filter = parser.parse(arguments).map_err(|error| fault(&error.to_string()))?;
        let runtime = RuntimeBuilder::new().build();
        let day = if self.name == "date" { midnight(self.input) } else { None };
        let input = day.as_ref().unwrap_or(self.input);
        // The crate's arithmetic is unchecked: an overflow panics where overflow checks are on.
        catch_unwind(AssertUnwindSafe(|| filter.evaluate(input, &runtime)))
            .map_err(|_| fault("the numbers are too large"))?
            .map_err(|error| fault(&error.to_string()))
    }
}

/// How many pieces `separator` divides `text` into.
fn pieces(text: &str, separator: Option<&Value>) -> usize {
    let separator = separator.map(|value| value.to_kstr().into_owned()).unwrap_or_default();
    text.matches(separator.as_str()).count() + 1
}

/// A day, written without a time, as the time that the crate's `date` asks for.
fn midnight(value: &Value) -> Option<Value> {
    let Value::Scalar(day) = value else { return None };
    let day = day.to_date().filter(|_| day.to_date_time().is_none())?;
    Some(Value::scalar(DateTime::from_ymd(day.year(), day.month(), day.day())))
}

/// The cause in the crate's message, else its first line without its label.
fn fault(message: &str) -> FilterFault {
    let cause = message.lines().find_map(|line| line.trim().strip_prefix("cause="));
    let first = message.lines().next().unwrap_or_default().trim_start_matches("liquid: ");
    FilterFault::Values(cause.unwrap_or(first).to_lowercase())
}

/// The release in a version id.
fn version_number(id: &Value) -> Value {
    let id = id.to_kstr();
    Value::scalar(KString::from_ref(id.split_once('@').map_or("", |(_, release)| release)))
}

fn slug(text: &str) -> String {
    let keep = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    text.trim()
        .to_lowercase()
        .chars()
        .filter(keep)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn entries(value: &Value) -> i64 {
    let count = match value {
        Value::Object(object) => object.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    };
    i64::try_from(count).unwrap_or(i64::MAX)
}
