//! Servers on this machine, each in a folder of its own, that end with the test.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that reads redirects.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Nginx,
    Apache,
}

/// A server that runs.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is one process, and has nothing to lose.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Kind {
    /// The name of the format.
    pub(crate) fn format(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "apache",
        }
    }

    /// Where the server is, if it is installed.
    pub(crate) fn installed(self) -> Option<PathBuf> {
        let (name, package) = match self {
            Self::Nginx => ("nginx", "nginx-light"),
            Self::Apache => ("apache2", "apache2-bin"),
        };
        let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
        let found = folders.map(|folder| Path::new(folder).join(name));
        let found = found.into_iter().find(|path| path.is_file());
        if found.is_none() {
            skip(&format!("there is no `{name}`: install `{package}`"));
        }
        found
    }

    /// Starts the server with the redirects that are in this folder.
    pub(crate) fn start(self, program: &Path, folder: &Path) -> Server {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = free.local_addr().expect("it has an address");
        drop(free);
        let path = folder.to_str().expect("temporary folders have plain names");
        fs::create_dir_all(folder.join("empty")).expect("a new folder");
        open_to_all(folder);
        let configuration = match self {
            Self::Nginx => nginx(path, address),
            Self::Apache => apache(path, address),
        };
        let file = folder.join("server.conf");
        fs::write(&file, configuration).expect("a new file");
        let mut command = Command::new(program);
        match self {
            Self::Nginx => command.arg("-p").arg(folder).arg("-c").arg(&file),
            Self::Apache => command.arg("-X").arg("-d").arg(folder).arg("-f").arg(&file),
        };
        let errors = fs::File::create(folder.join("printed")).expect("a new file");
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors).spawn();
        let mut server = Server { address, process: process.expect("the server can be started") };
        server.wait(folder);
        server
    }
}

impl Server {
    /// Waits until the server listens, or panics with what it said.
    fn wait(&mut self, folder: &Path) {
        for _ in 0..1_000 {
            if TcpStream::connect(self.address).is_ok() {
                return;
            }
            let ended = self.process.try_wait().expect("it is our process");
            assert!(ended.is_none(), "the server has ended: {}", said(folder));
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server does not listen: {}", said(folder));
    }
}

/// What a server has said of its configuration.
pub(crate) fn said(folder: &Path) -> String {
    let read = |name| fs::read_to_string(folder.join(name)).unwrap_or_default();
    read("printed") + &read("error.log")
}

fn nginx(folder: &str, address: SocketAddr) -> String {
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = temporary.map(|name| format!("  {name}_temp_path \"{folder}/{name}\";\n"));
    format!(
        "daemon off;\nmaster_process off;\npid \"{folder}/pid\";\nerror_log \"{folder}/error.log\" warn;\n\
         events {{}}\nhttp {{\n  access_log off;\n  log_not_found off;\n{}  include \"{folder}/redirects-http.conf\";\n  \
         server {{\n    listen {address};\n    root \"{folder}/empty\";\n    \
         include \"{folder}/redirects-server.conf\";\n  }}\n}}\n",
        temporary.concat()
    )
}

fn apache(folder: &str, address: SocketAddr) -> String {
    let modules = ["mpm_prefork", "authz_core", "rewrite"];
    let load = |name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n");
    format!(
        "{}ServerName localhost\nUser www-data\nGroup www-data\nListen {address}\n\
         PidFile \"{folder}/pid\"\nErrorLog \"{folder}/error.log\"\nDocumentRoot \"{folder}/empty\"\n\
         MaxKeepAliveRequests 0\nLogLevel warn\nDefine VARIORUM_REDIRECTS \"{folder}\"\n\
         Include \"{folder}/redirects.conf\"\n",
        modules.map(load).concat()
    )
}

/// A server that was started by the administrator reads its files as somebody else.
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let everybody = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder, everybody).expect("the folder is ours");
}

fn skip(missing: &str) {
    let required = std::env::var_os("VARIORUM_SERVERS").is_some_and(|value| value == "required");
    assert!(!required, "{missing}");
    let _ = writeln!(std::io::stderr(), "redirects are not asked of a server: {missing}");
}
