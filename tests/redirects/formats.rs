//! What is written for a host says the same as the table, whatever the addresses.

use proptest::prelude::*;
use variorum::redirects::hosts::Host;
use variorum::redirects::{Entry, Fault, Table};

use crate::grammar::{self, Redirects, Rules};

const HOST: &str = "docs.example.com";

fn entry(from: &str, to: &str) -> Entry {
    Entry { from: from.to_owned(), to: to.to_owned(), place: None }
}

/// A table of these addresses, for a site whose base URL has this path.
fn table(base: &str, entries: &[(String, String)]) -> Result<Table, Fault> {
    let entries = entries.iter().map(|(from, to)| entry(from, to)).collect();
    Table::new(&format!("https://{HOST}{base}"), base, entries)
}

#[track_caller]
fn text(host: Host, table: &Table) -> String {
    let mut files = host.files(table).expect("the host takes it");
    files.swap_remove(0).text
}

/// The addresses, each with and without a slash at its end.
fn both_forms(table: &Table) -> Redirects {
    let forms = |(from, to): (&str, &str)| {
        let slashed = (from != "/").then(|| (format!("{from}/"), to.to_owned()));
        [(from.to_owned(), to.to_owned())].into_iter().chain(slashed)
    };
    table.iter().flat_map(forms).collect()
}

/// A part of a path: letters of all kinds, and whatever some syntax has.
fn part() -> impl Strategy<Value = String> {
    let awkward = r#"[a-zA-Z0-9 $'"{}()\[\];,&=+!@~^`|*:?#%<>._-]{1,12}"#;
    prop_oneof![awkward, r"[a-z]{1,4}%(20|C3%A9|3A|2a|24)", r"\PC{1,6}"]
        .prop_filter("steps and slashes are none", |part| {
            !part.contains(['/', '\\']) && !part.trim_matches('.').is_empty()
        })
}

fn path() -> impl Strategy<Value = String> {
    prop::collection::vec(part(), 1..4).prop_map(|parts| format!("/{}", parts.join("/")))
}

fn entries() -> impl Strategy<Value = Vec<(String, String)>> {
    let target = path().prop_map(|path| format!("/en/pages{path}"));
    prop::collection::vec((path(), target), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn addresses_come_back_as_they_went(base in prop_oneof!["", "/docs"], entries in entries()) {
        let Ok(table) = table(&base, &entries) else { return Ok(()) };
        let own: Redirects =
            table.iter().map(|(from, to)| (from.to_owned(), to.to_owned())).collect();
        let forms = both_forms(&table);
        prop_assert_eq!(&grammar::lines(&text(Host::Netlify, &table), "301!"), &own);
        prop_assert_eq!(&grammar::lines(&text(Host::Cloudflare, &table), "301"), &forms);
        prop_assert_eq!(&grammar::csv(&text(Host::CloudflareBulk, &table), HOST), &forms);
        prop_assert_eq!(&grammar::vercel(&text(Host::Vercel, &table)), &own);
        prop_assert_eq!(&grammar::vercel_bulk(&text(Host::VercelBulk, &table)), &forms);
        prop_assert_eq!(&grammar::objects(&text(Host::S3Objects, &table)), &forms);
        let rules = Rules::read(&text(Host::S3, &table));
        for (from, to) in forms {
            prop_assert_eq!(rules.answer(&from[1..]), Some(&to[1..]));
        }
    }

    #[test]
    fn no_table_leads_to_another_host_or_to_itself(
        entries in prop::collection::vec((r"/[abc/%.\\]{0,4}", r"/[abc/%.\\25fF]{0,6}"), 0..12)
    ) {
        let Ok(table) = table("", &entries) else { return Ok(()) };
        for (from, to) in table.iter() {
            prop_assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'));
            prop_assert!(from != to && table.iter().all(|(other, _)| other != to));
        }
    }
}

/// A table with so many old addresses.
fn many(count: usize) -> Table {
    let entries: Vec<_> =
        (0..count).map(|number| (format!("/old/{number}"), "/en/new".to_owned())).collect();
    table("", &entries).expect("the addresses are right")
}

#[track_caller]
fn refuses(host: Host, table: &Table, expected: &str) {
    let fault = host.files(table).expect_err("it is too much for the host");
    assert_eq!(fault.to_string(), expected);
}

#[test]
fn more_than_a_host_takes_is_refused_with_a_way_out() {
    let pages = "leave the redirects to the pages of the build (`redirects.pages`)";
    assert!(Host::Cloudflare.files(&many(1_000)).is_ok());
    refuses(
        Host::Cloudflare,
        &many(1_001),
        &format!(
            "cloudflare: lines of `_redirects`, two an address: 2002, and the limit is 2000: write \
             `--format cloudflare-bulk` instead, or {pages}"
        ),
    );
    assert!(Host::Vercel.files(&many(2_048)).is_ok());
    refuses(
        Host::Vercel,
        &many(2_049),
        &format!(
            "vercel: rules of `vercel.json`: 2049, and the limit is 2048: write `--format \
             vercel-bulk` instead, or {pages}"
        ),
    );
    assert!(Host::S3.files(&many(50)).is_ok());
    refuses(
        Host::S3,
        &many(51),
        "s3: routing rules: 51, and the limit is 50: write `--format s3-objects` instead",
    );
}

#[test]
fn addresses_that_are_too_long_for_a_host_are_refused_by_name() {
    let long = |length: usize| {
        let address = format!("/{}", "a".repeat(length));
        (table("", &[(address.clone(), "/en/new".to_owned())]).expect("it is right"), address)
    };
    let (table, address) = long(1_000);
    let expected = format!(
        "cloudflare: characters of the line for `{address}`: 1013, and the limit is 1000: write \
         `--format cloudflare-bulk` instead"
    );
    refuses(Host::Cloudflare, &table, &expected);
    let (table, address) = long(1_100);
    let expected = format!(
        "s3-objects: bytes of the key for `{address}`: 1100, and the limit is 1024: shorten the old \
         address"
    );
    refuses(Host::S3Objects, &table, &expected);
    let (table, address) = long(5_000);
    let expected = format!(
        "nginx: bytes of `{address}` in a configuration: 5001, and the limit is 4095: shorten the \
         address"
    );
    refuses(Host::Nginx, &table, &expected);
    assert!(matches!(Host::Vercel.files(&table), Err(Fault::Limit { limit: 4_096, .. })));
    assert!(matches!(Host::VercelBulk.files(&table), Err(Fault::Limit { limit: 2_048, .. })));
}

#[test]
fn a_list_for_an_account_needs_the_name_of_the_host() {
    let table = Table::new("", "", vec![entry("/old", "/en/new")]).expect("it is right");
    let expected = "`cloudflare-bulk` needs the name of the host: set `base_url` in the \
                    configuration, or give `--base-url`";
    refuses(Host::CloudflareBulk, &table, expected);
}

#[test]
fn a_rule_for_everything_is_left_out_and_said() {
    let entries = [("/".to_owned(), "/en".to_owned()), ("/old".to_owned(), "/en/new".to_owned())];
    for (base, root) in [("", "/"), ("/docs", "/docs")] {
        let table = table(base, &entries).expect("the addresses are right");
        let rules = Rules::read(&text(Host::S3, &table));
        assert_eq!(rules.answer("unknown"), None);
        assert_eq!(rules.answer("docs/unknown"), None);
        let advice = Host::S3.advice(&table).expect("it is said");
        assert!(advice.contains(&format!("`{root}`")), "{advice}");
    }
}
