//! Days as readers of a language write them.

use icu_calendar::Date;
use icu_datetime::fieldsets::YMD;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_locale_core::Locale;

/// Writes days in one language: `November 12, 2020`, `2020年11月12日`.
///
/// The patterns are those of Unicode CLDR, with the Gregorian calendar that `variorum.yml` is written in.
#[derive(Debug)]
pub(super) struct Dates(Option<DateTimeFormatter<YMD>>);

impl Dates {
    /// For the language with this BCP 47 tag; days of a language that nobody knows stand as `2020-11-12`.
    pub(super) fn new(tag: &str) -> Self {
        let formatter = |locale: Locale| {
            let mut wishes = DateTimeFormatterPreferences::from(&locale);
            wishes.calendar_algorithm =
                Some(icu_locale_core::preferences::extensions::unicode::keywords::CalendarAlgorithm::Gregory);
            DateTimeFormatter::try_new(wishes, YMD::long()).ok()
        };
        Self(Locale::try_from_str(tag).ok().and_then(formatter))
    }

    /// A day, long.
    pub(super) fn long(&self, day: jiff::civil::Date) -> String {
        let [month, number] = [day.month(), day.day()].map(i8::unsigned_abs);
        let date = Date::try_new_iso(i32::from(day.year()), month, number).ok();
        match (&self.0, date) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => day.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dates;

    #[track_caller]
    fn check(tag: &str, expected: &str) {
        assert_eq!(Dates::new(tag).long(jiff::civil::date(2020, 11, 2)), expected);
    }

    #[test]
    fn days_are_written_as_readers_do() {
        check("en", "November 2, 2020");
        check("en-GB", "2 November 2020");
        check("zh-Hans", "2020年11月2日");
        check("ja", "2020年11月2日");
        check("de", "2. November 2020");
        check("pt-BR", "2 de novembro de 2020");
        // The calendar of the site, also where another is usual.
        check("fa", "۲ نوامبر ۲۰۲۰");
    }

    #[test]
    fn a_tag_that_is_none_has_plain_days() {
        check("", "2020-11-02");
        check("_", "2020-11-02");
    }
}
