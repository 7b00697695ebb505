//! A build that is killed at any moment: whatever is there is the old site or the new, and the next build works.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;

use super::*;

/// Tells the child where to build.
const FOLDER: &str = "VARIORUM_TEST_FOLDER";
fn site(text: &str) -> Files {
    (0..400).map(|n| (format!("{}/{}/index.html", n % 7, n), text.repeat(n))).collect()
}

/// The child: builds two sites in turn until it is killed. Does nothing in an ordinary run of all tests.
#[test]
#[ignore = "the child of the test below"]
fn builds_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let out = PathBuf::from(folder).join("out");
    let sites = [site("a"), site("b")];
    for site in sites.iter().cycle() {
        let patience = Duration::from_secs(5);
        let target = Target {
            folder: &out,
            site: Path::new("/x"),
            inputs: &[],
            protected: &[],
            patience,
            durability: Durability::Fast,
        };
        let stage = Stage::open(&target).expect("the lock of the dead is free");
        fill(stage, site).expect("the disk is fine");
    }
}

fn child(folder: &Path) -> Child {
    Command::new(std::env::current_exe().expect("this test is a program"))
        .args(["--ignored", "--exact", "write::tests::kill::builds_until_it_is_killed"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .spawn()
        .expect("this test can be started")
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new() {
    kill(6);
}

#[test]
#[ignore = "long: a build is killed 200 times"]
fn a_build_killed_200_times_leaves_the_old_site_or_the_new() {
    let interrupted = kill(200);
    writeln!(std::io::stdout(), "200 builds killed, {interrupted} of them at work")
        .expect("somebody reads");
    assert!(interrupted >= 50, "only {interrupted} builds were at work when they were killed");
}

/// Kills a build so many times; returns how many were at work then.
fn kill(rounds: u64) -> usize {
    let yard = Yard::new();
    let sites = [site("a"), site("b")];
    let markers = sites.each_ref().map(|site| {
        yard.build(site);
        yard.marker()
    });
    // What is published, by its bytes and by its list of hashes: both say the same of the two.
    let which = |round| {
        let found = (yard.published(), yard.marker());
        let both = (0..2).find(|n| (&sites[*n], &markers[*n]) == (&found.0, &found.1));
        both.unwrap_or_else(|| panic!("round {round}: half a site"))
    };
    let mut interrupted = 0;
    for round in 0..rounds {
        let mut child = child(yard.folder.path());
        // Any moment will do; these are spread over a start and some builds.
        thread::sleep(Duration::from_millis(10 + round * 37 % 150));
        child.kill().expect("it runs until it is killed");
        child.wait().expect("it has been killed");
        let survivor = which(round);
        interrupted += usize::from(yard.names().len() > 2);
        yard.build(&sites[1 - survivor]);
        assert_eq!(yard.names(), ["out", "site"], "round {round}");
        assert_eq!(which(round), 1 - survivor);
    }
    interrupted
}
