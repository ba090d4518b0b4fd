//! What belongs to a file beside its bytes: permissions, owner, extended attributes.

use std::fs::File;
use std::io;

/// Gives a new file what belongs to the old one. Owner and extended attributes are kept where the
/// system lets them.
///
/// # Errors
/// Where the permissions cannot be kept.
#[cfg(unix)]
pub(super) fn copy(old: &File, new: &File) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let found = old.metadata()?;
    // Only the superuser may give files away; a group may be one's own.
    let (owner, group) = (Some(found.uid()), Some(found.gid()));
    let is_kept = fchown(new, owner, group).is_ok() || fchown(new, None, group).is_ok();
    let mode = found.permissions().mode() & 0o7777;
    // What ran as the old owner must not run as another.
    let mode = if is_kept { mode } else { mode & 0o777 };
    new.set_permissions(Permissions::from_mode(mode))?;
    extended::copy(old, new);
    Ok(())
}

/// As above.
#[cfg(not(unix))]
pub(super) fn copy(old: &File, new: &File) -> io::Result<()> {
    new.set_permissions(old.metadata()?.permissions())
}

/// Attributes with names: what users and desktops keep of a file, access control lists, labels.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod extended {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::os::unix::ffi::OsStrExt;

    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr};
    use rustix::io::{Errno, Result};

    /// An access control list; a new file may get one from its folder.
    const ACCESS_LIST: &[u8] = b"system.posix_acl_access";

    pub(super) fn copy(old: &File, new: &File) {
        let names = whole(|buffer| flistxattr(old, buffer)).unwrap_or_default();
        let names = || names.split(|byte| *byte == 0).filter(|it| !it.is_empty());
        for name in names().map(OsStr::from_bytes) {
            if let Ok(value) = whole(|buffer| fgetxattr(old, name, buffer)) {
                let _ = fsetxattr(new, name, &value, XattrFlags::empty());
            }
        }
        if !names().any(|name| name == ACCESS_LIST) {
            let _ = fremovexattr(new, ACCESS_LIST);
        }
    }

    /// All of a list or a value, whatever its length.
    fn whole(read: impl Fn(&mut [u8]) -> Result<usize>) -> Result<Vec<u8>> {
        let mut buffer = vec![0; 1 << 10];
        loop {
            match read(&mut buffer) {
                Ok(length) => {
                    buffer.truncate(length);
                    return Ok(buffer);
                }
                Err(Errno::RANGE) if buffer.len() < 1 << 24 => buffer.resize(buffer.len() * 4, 0),
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(all(
    unix,
    not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))
))]
mod extended {
    pub(super) fn copy(_: &std::fs::File, _: &std::fs::File) {}
}
