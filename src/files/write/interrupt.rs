//! Signals that end the process, while a file is written.
//!
//! They are caught from the first file on that is written. Between two files they end the process
//! as they always do; while a file is written they wait until its temporary file is gone.

use std::io;
use std::sync::RwLockWriteGuard;

use crate::threads::Lock;

static LOCK: Lock<()> = Lock::new(());

/// As long as it lives, signals wait. One file is written at a time.
pub(super) struct Writing {
    _lock: RwLockWriteGuard<'static, ()>,
}

impl Writing {
    pub(super) fn begin() -> Self {
        let lock = LOCK.write();
        #[cfg(unix)]
        signals::hold();
        Self { _lock: lock }
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// Where a signal waits.
    #[cfg_attr(
        not(unix),
        expect(clippy::unused_self, reason = "there are no signals")
    )]
    pub(super) fn proceed(&self) -> io::Result<()> {
        #[cfg(unix)]
        if signals::is_one_waiting() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        #[cfg(unix)]
        signals::release();
    }
}

#[cfg(unix)]
mod signals {
    use std::fs;
    use std::io;
    use std::sync::Once;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
    use signal_hook::{flag, low_level};

    /// No file is being written.
    static IDLE: AtomicBool = AtomicBool::new(true);
    /// The signal that waits; 0 is none.
    static WAITING: AtomicUsize = AtomicUsize::new(0);
    static TOO_LARGE: AtomicBool = AtomicBool::new(false);
    static CAUGHT: Once = Once::new();

    pub(super) fn hold() {
        CAUGHT.call_once(|| {
            let ignored = ignored();
            for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
                if ignored & (1 << (signal - 1)) == 0 {
                    // Where this fails, signals go on as they always do.
                    let _ = catch(signal);
                }
            }
            // A file that is too large is then an error as any other, and does not end the process.
            let _ = flag::register(SIGXFSZ, &TOO_LARGE);
        });
        IDLE.store(false, Ordering::SeqCst);
    }

    fn catch(signal: i32) -> io::Result<()> {
        flag::register_conditional_default(signal, &IDLE)?;
        flag::register_usize(signal, &WAITING, usize::try_from(signal).unwrap_or(0))?;
        Ok(())
    }

    pub(super) fn is_one_waiting() -> bool {
        WAITING.load(Ordering::SeqCst) != 0
    }

    /// Ends the process by the signal that waits, if one does.
    pub(super) fn release() {
        IDLE.store(true, Ordering::SeqCst);
        let signal = WAITING.swap(0, Ordering::SeqCst);
        if signal != 0 {
            let _ = low_level::emulate_default_handler(i32::try_from(signal).unwrap_or(SIGTERM));
        }
    }

    /// The signals that the process is to ignore (`nohup`), one bit each; they stay ignored.
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mut lines = status.lines();
        let mask = lines.find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
            .unwrap_or(0)
    }
}
