//! What the whole-program tests share: a throw-away site, and the program run on it.
//!
//! The program runs within the test's own process ([`Call`]), which takes a fraction of the time.
//! Where the process itself is what is tested (signals, broken pipes, terminals, memory), it is
//! started ([`frontlint`]).

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use frontlint::cli::{self, Invocation, Output};
use tempfile::TempDir;

/// A folder with files in it that is deleted when the test ends.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// An empty folder.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A Jekyll site whose `_communiques` are checked against the bundled press-release schema,
    /// with one upload, `/uploads/release.pdf`.
    pub fn press_room() -> Self {
        Self::empty()
            .with(
                "_config.yml",
                "collections:\n  communiques:\n    output: true\n  uploads:\n    output: true\n\
                 defaults:\n- scope:\n    path: ''\n    type: communiques\n  values:\n    \
                 contact-presse:\n      name: Press office\n      email: press@archives.example\n      \
                 tel:\n      - 01 70 20 30 40\n",
            )
            .with(
                "frontlint.toml",
                "[[collections]]\nname = \"communiques\"\n\
                 files = [\"_communiques/**/*.{md,markdown}\"]\n\
                 schema = \"bundled:press-release\"\nfront-matter = \"required\"\n",
            )
            .with("_uploads/release.pdf", "%PDF")
    }

    /// Adds pages to the press room whose pictures begin with a slash.
    pub fn with_pictures(self) -> Self {
        (1..10).fold(self, |site, day| {
            let page = format!(
                "---\ntitle: Picture {day}\ndate: 2024-02-0{day} 10:00:00 +01:00\n\
                 image: /uploads/release.pdf\n---\n"
            );
            site.with(&format!("_communiques/picture-{day}.md"), page)
        })
    }

    /// Writes a file, making its folders.
    pub fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Runs frontlint in the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Call::new(self.root(), arguments).run()
    }

    /// Runs frontlint in the folder with bytes on its standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        Call::new(self.root(), arguments).input(input).run()
    }

    /// Starts frontlint in the folder as a process, whose time and memory are measured.
    pub fn start(&self, arguments: &[&str]) -> Run {
        self.start_with_input(arguments, b"")
    }

    /// The same with bytes on its standard input.
    pub fn start_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = frontlint();
        command.current_dir(self.root()).args(arguments);
        run(command, input)
    }
}

/// A call of the program within this process.
pub struct Call<'c> {
    folder: &'c Path,
    arguments: Vec<OsString>,
    variables: Vec<(&'c str, OsString)>,
    input: Vec<u8>,
}

impl<'c> Call<'c> {
    /// Calls frontlint in a folder.
    pub fn new(folder: &'c Path, arguments: &[&str]) -> Self {
        Self {
            folder,
            arguments: arguments.iter().map(OsString::from).collect(),
            variables: Vec::new(),
            input: Vec::new(),
        }
    }

    /// Adds an argument that may be no UTF-8.
    pub fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets a variable of the environment, which is empty otherwise.
    pub fn env(mut self, name: &'c str, value: impl Into<OsString>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// Gives the program bytes on its standard input.
    pub fn input(mut self, input: &[u8]) -> Self {
        self.input = input.to_owned();
        self
    }

    /// Runs the program to its end.
    pub fn run(self) -> Run {
        let begin = Instant::now();
        let (stdout, stderr) = (Buffer::default(), Buffer::default());
        let name = OsString::from("frontlint");
        let status = cli::run(Invocation {
            arguments: std::iter::once(name).chain(self.arguments).collect(),
            working_directory: self.folder.canonicalize().unwrap(),
            environment: &|name| {
                let mut variables = self.variables.iter();
                let variable = variables.find(|(known, _)| *known == name);
                variable.map(|(_, value)| value.clone())
            },
            stdin: Box::new(Cursor::new(self.input)),
            stdout: Output::new(stdout.clone()),
            stderr: Output::new(stderr.clone()),
        });
        Run {
            status: Some(status.into()),
            stdout: stdout.text(),
            stderr: stderr.text(),
            time: begin.elapsed(),
            peak_kib: None,
        }
    }
}

/// Keeps what is written to it.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    /// Processor time where the system gives it (Linux), which does not depend on what else the
    /// machine does; else the time that passed.
    pub time: Duration,
    /// The largest resident set, where the system tells (Linux).
    pub peak_kib: Option<u64>,
}

impl Run {
    /// The findings of a run with `--output-format json`.
    pub fn findings(&self) -> Vec<serde_json::Value> {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout, self.stderr))
    }

    /// The rules of those findings.
    pub fn rules(&self) -> Vec<String> {
        let findings = self.findings();
        let rules = findings.iter().map(|it| it["rule"].as_str().unwrap());
        rules.map(str::to_owned).collect()
    }
}

/// The program, free of what the test's own environment says about colours and the like.
pub fn frontlint() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontlint"));
    for name in [
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "GITHUB_ACTIONS",
    ] {
        command.env_remove(name);
    }
    command
}

/// Runs a command to its end.
pub fn run(mut command: Command, input: &[u8]) -> Run {
    let begin = Instant::now();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let stdout = drain(child.stdout.take().unwrap());
    let stderr = drain(child.stderr.take().unwrap());
    let (mut peak_kib, mut processor_time) = (None, None);
    let program = Path::new(command.get_program()).file_name().unwrap();
    let status = loop {
        peak_kib = peak_of(child.id(), program).max(peak_kib);
        processor_time = processor_time_of(child.id()).max(processor_time);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > Duration::from_secs(120) {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let time = processor_time.unwrap_or_else(|| begin.elapsed());
    writer.join().unwrap();
    Run {
        status: status.code(),
        stdout: stdout.join().unwrap(),
        stderr: stderr.join().unwrap(),
        time,
        peak_kib,
    }
}

fn drain(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The largest resident set of a process that runs `program`. Until the system has loaded the program,
/// a new process has the name and the memory of the tests.
fn peak_of(process: u32, program: &OsStr) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim())
    };
    if field("Name:")? != program {
        return None;
    }
    field("VmHWM:")?.strip_suffix(" kB")?.parse().ok()
}

fn processor_time_of(process: u32) -> Option<Duration> {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // What follows the program's name, which may hold anything: the state is field 3 of proc(5).
    let (_, fields) = status.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(14 - 3);
    let mut hundredths = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (hundredths()? + hundredths()?)))
}
