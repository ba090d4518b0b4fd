//! Runs a program to its end, or ends it after a while.

use std::io::{self, ErrorKind, Read};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// What a program writes, read to the end.
type Stream = Receiver<io::Result<Vec<u8>>>;

/// What a program writes, and its status.
///
/// # Errors
/// Where it cannot be started or read, and [`ErrorKind::TimedOut`] where it was ended.
pub(super) fn output(command: &mut Command, limit: Duration) -> io::Result<Output> {
    let end = Instant::now() + limit;
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let read = read(&mut child, end);
    if read.is_err() {
        // One that has ended already cannot be ended.
        let _ = child.kill();
    }
    let status = child.wait()?;
    let (stdout, stderr) = read?;
    Ok(Output {
        status,
        stdout,
        stderr,
    })
}

fn read(child: &mut Child, end: Instant) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let stdout = stream(child.stdout.take())?;
    let stderr = stream(child.stderr.take())?;
    Ok((wait(&stdout, end)?, wait(&stderr, end)?))
}

fn stream(from: Option<impl Read + Send + 'static>) -> io::Result<Stream> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        let mut bytes = Vec::new();
        let read = from.map_or(Ok(0), |mut from| from.read_to_end(&mut bytes));
        // The receiver is gone once the time is over.
        let _ = sender.send(read.map(|_| bytes));
    })?;
    Ok(receiver)
}

fn wait(stream: &Stream, end: Instant) -> io::Result<Vec<u8>> {
    let left = end.saturating_duration_since(Instant::now());
    stream.recv_timeout(left).map_err(|_| ErrorKind::TimedOut)?
}
