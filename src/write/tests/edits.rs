//! Any sequence of edits and builds ends where one build from nothing does.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Edit {
    Put(u8, u8),
    Remove(u8),
    Foreign(u8),
    Build,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<u8>(), any::<u8>()).prop_map(|(path, text)| Edit::Put(path, text)),
        2 => any::<u8>().prop_map(Edit::Remove),
        1 => any::<u8>().prop_map(Edit::Foreign),
        2 => Just(Edit::Build),
    ]
}

fn page(number: u8) -> String {
    format!("{}/{}/index.html", number % 2, number % 3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_folder_is_that_of_a_clean_build(edits in prop::collection::vec(edit(), 1..16)) {
        check(edits)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    #[ignore = "long: 500 sequences of edits"]
    fn the_folder_is_that_of_a_clean_build_500_times(
        edits in prop::collection::vec(edit(), 1..32),
    ) {
        check(edits)?;
    }
}

/// After any edits the folder is what a first build writes, and what others have put there.
fn check(edits: Vec<Edit>) -> Result<(), TestCaseError> {
    let (yard, mut site, mut foreign) = (Yard::in_memory(), Files::new(), Files::new());
    yard.build(&site);
    for edit in edits {
        match edit {
            Edit::Put(path, text) => drop(site.insert(page(path), (text % 3).to_string())),
            Edit::Remove(path) => drop(site.remove(&page(path))),
            Edit::Foreign(number) => {
                let path = format!("{}/{}/theirs", number % 2, number % 5);
                yard.write(&format!("out/{path}"), "t");
                foreign.insert(path, "t".into());
            }
            Edit::Build => drop(yard.build(&site)),
        }
    }
    yard.build(&site);
    let clean = Yard::in_memory();
    clean.build(&site);
    prop_assert_eq!(yard.marker(), clean.marker());
    let wanted: Files = clean.published().into_iter().chain(foreign).collect();
    prop_assert_eq!(yard.published(), wanted);
    prop_assert_eq!(yard.names(), vec!["out".to_owned(), "site".to_owned()]);
    Ok(())
}
