//! A build that is killed at any moment. Slow, so run on demand: `cargo test --lib write::tests::kill -- --ignored`.

use std::process::{Child, Command, Stdio};
use std::thread;

use super::*;

/// Tells the child where to build.
const FOLDER: &str = "VARIORUM_TEST_FOLDER";
/// How often a build is killed.
const ROUNDS: u64 = 20;

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
        let target =
            Target { folder: &out, site: Path::new("/x"), inputs: &[], protected: &[], patience };
        let stage = Stage::open(&target).expect("the lock of the dead is free");
        fill(stage, site, Durability::Fast).expect("the disk is fine");
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
#[ignore = "takes seconds, and depends on when a process is killed"]
fn a_killed_build_leaves_the_old_site_or_the_new() {
    let yard = Yard::new();
    let sites = [site("a"), site("b")];
    yard.build(&sites[0]);
    let mut interrupted = 0;
    for round in 0..ROUNDS {
        let mut child = child(yard.folder.path());
        // Any moment will do; these are spread over a start and some builds.
        thread::sleep(Duration::from_millis(10 + round * 37 % 150));
        child.kill().expect("it runs until it is killed");
        child.wait().expect("it has been killed");
        assert!(sites.contains(&yard.published()), "round {round}");
        interrupted += usize::from(yard.names().len() > 2);
        drop(yard.open().expect("the lock of the dead is free"));
        assert_eq!(yard.names(), ["out", "site"], "round {round}");
        assert!(sites.contains(&yard.published()), "round {round}");
    }
    assert!(interrupted > 0, "no build was under way when it was killed");
}
