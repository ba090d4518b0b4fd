//! Replacing a file, on systems with links and permissions.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::PathBuf;

use super::*;

const CONFIGS: [&str; 1] = ["frontlint.toml"];

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

fn mode(mode: u32) -> fs::Permissions {
    fs::Permissions::from_mode(mode)
}

#[test]
fn a_file_is_replaced_and_keeps_its_permissions() {
    let (_guard, folder) = folder();
    let path = folder.join("a.md");
    fs::write(&path, "old").unwrap();
    for permissions in [0o600, 0o640, 0o755, 0o200] {
        fs::set_permissions(&path, mode(permissions)).unwrap();
        replace(&path, b"new", Basis::Nothing).unwrap();
        let found = fs::metadata(&path).unwrap();
        assert_eq!(found.mode() & 0o7777, permissions);
    }
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names(&folder), ["a.md"]);
}

#[test]
fn a_new_file_is_like_other_new_files_and_its_name_may_be_as_long_as_names_can_be() {
    let (_guard, folder) = folder();
    let path = folder.join("n".repeat(255));
    replace(&path, b"new", Basis::Nothing).unwrap();
    fs::write(folder.join("plain"), "").unwrap();
    let modes = [&path, &folder.join("plain")].map(|path| fs::metadata(path).unwrap().mode());
    assert_eq!(modes[0], modes[1]);
}

#[test]
fn what_changed_since_it_was_read_is_left_alone() {
    let (_guard, folder) = folder();
    let path = folder.join("a.md");
    let changes: [(&str, &dyn Fn()); 5] = [
        ("written", &|| fs::write(&path, "else").unwrap()),
        ("written to the same", &|| fs::write(&path, "old!").unwrap()),
        ("replaced", &|| {
            fs::write(folder.join("b"), "old!").unwrap();
            fs::rename(folder.join("b"), &path).unwrap();
        }),
        ("longer", &|| fs::write(&path, "old! and more").unwrap()),
        ("deleted", &|| fs::remove_file(&path).unwrap()),
    ];
    for (name, change) in changes {
        fs::write(&path, "old!").unwrap();
        let original = Original::read(&path).unwrap();
        // The clock of a file system ticks a few milliseconds apart.
        std::thread::sleep(std::time::Duration::from_millis(20));
        change();
        let before = fs::read(&path).ok();
        let result = replace(&path, b"new", Basis::Original(&original));
        assert!(matches!(result, Err(WriteError::Changed)), "{name}");
        assert_eq!(fs::read(&path).ok(), before, "{name}");
        let expected: &[&str] = if before.is_some() { &["a.md"] } else { &[] };
        assert_eq!(names(&folder), expected, "{name}");
    }
    fs::write(&path, "old").unwrap();
    let result = replace(&path, b"new", Basis::Absent);
    assert!(matches!(result, Err(WriteError::Changed)));
    let original = Original::read(&path).unwrap();
    fs::set_permissions(&path, mode(0o604)).unwrap();
    replace(&path, b"new", Basis::Original(&original)).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o604);
    assert_eq!(names(&folder), ["a.md"]);
}

#[test]
fn what_cannot_be_replaced_is_an_error_and_leaves_nothing_behind() {
    let (_guard, folder) = folder();
    let error_of = |path: &Path| {
        replace(path, b"new", Basis::Nothing)
            .unwrap_err()
            .to_string()
    };
    assert!(error_of(&folder).contains("a folder"));
    assert!(error_of(&folder.join("no/a.md")).contains("does not exist"));
    assert!(error_of(Path::new("/dev/null")).contains("no regular file"));
    let path = folder.join("a.md");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, mode(0o444)).unwrap();
    assert!(error_of(&path).contains("read-only"));
    assert_eq!(names(&folder), ["a.md"]);
    assert!(Original::read(Path::new("/dev/zero")).is_err());
    assert!(Original::read(&folder).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn extended_attributes_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let (_guard, folder) = folder();
    let path = folder.join("a.md");
    fs::write(&path, "old").unwrap();
    let long = vec![b'x'; 2000];
    let set = |name: &str, value: &[u8]| setxattr(&path, name, value, XattrFlags::empty());
    if set("user.author", b"press office").is_err() || set("user.long", &long).is_err() {
        println!("ignored: this file system keeps no extended attributes");
        return;
    }
    replace(&path, b"new", Basis::Nothing).unwrap();
    let get = |name: &str| {
        let mut value = vec![0; 4000];
        let length = getxattr(&path, name, &mut value[..]).unwrap();
        value.truncate(length);
        value
    };
    assert_eq!(get("user.author"), b"press office");
    assert_eq!(get("user.long"), long);
}

#[cfg(target_os = "linux")]
#[test]
fn access_control_lists_are_those_of_the_old_file() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    const LIST: &str = "system.posix_acl_access";
    let entry = |tag: u16, permissions: u16, id: u32| {
        let mut bytes = [tag.to_le_bytes(), permissions.to_le_bytes()].concat();
        bytes.extend(id.to_le_bytes());
        bytes
    };
    let list: Vec<u8> = [
        2_u32.to_le_bytes().to_vec(),
        entry(1, 6, u32::MAX),
        entry(2, 4, 4321),
        entry(4, 4, u32::MAX),
        entry(16, 4, u32::MAX),
        entry(32, 0, u32::MAX),
    ]
    .concat();
    let (_guard, folder) = folder();
    let (with, without) = (folder.join("with.md"), folder.join("without.md"));
    fs::write(&with, "old").unwrap();
    fs::write(&without, "old").unwrap();
    fs::set_permissions(&without, mode(0o640)).unwrap();
    let set = |path: &Path, name: &str| setxattr(path, name, &list, XattrFlags::empty());
    // Whatever is new in the folder gets a list as well.
    if set(&with, LIST).is_err() || set(&folder, "system.posix_acl_default").is_err() {
        println!("ignored: this file system keeps no access control lists");
        return;
    }
    replace(&with, b"new", Basis::Nothing).unwrap();
    replace(&without, b"new", Basis::Nothing).unwrap();
    let mut value = vec![0; 1000];
    let length = getxattr(&with, LIST, &mut value[..]).unwrap();
    assert_eq!(value[..length], list);
    assert!(getxattr(&without, LIST, &mut value[..]).is_err());
    assert_eq!(fs::metadata(&without).unwrap().mode() & 0o777, 0o640);
}

/// A repository in a folder, with a page in a folder of it, and a file beside it.
fn repository(marker: &str) -> (tempfile::TempDir, PathBuf) {
    let (guard, folder) = folder();
    fs::create_dir_all(folder.join("site/pages")).unwrap();
    fs::create_dir_all(folder.join("out")).unwrap();
    fs::write(folder.join("site").join(marker), "").unwrap();
    fs::write(folder.join("site/real.md"), "").unwrap();
    fs::write(folder.join("out/x.md"), "").unwrap();
    (guard, folder)
}

#[test]
fn links_of_a_repository_are_followed_within_it_only() {
    for marker in [".git", "frontlint.toml", "neither"] {
        let (_guard, folder) = repository(marker);
        let site = folder.join("site");
        symlink("../real.md", site.join("pages/in.md")).unwrap();
        symlink("../../out/x.md", site.join("pages/out.md")).unwrap();
        symlink(folder.join("out/x.md"), site.join("pages/absolute.md")).unwrap();
        symlink("out.md", site.join("pages/twice.md")).unwrap();
        symlink("../new.json", site.join("pages/new.json")).unwrap();
        symlink("../../out/new.json", site.join("pages/lost.json")).unwrap();
        symlink("../out", site.join("folder")).unwrap();
        symlink("round.md", site.join("round.md")).unwrap();
        symlink("site/pages", folder.join("mine")).unwrap();
        let links = Links::new(site.clone(), &CONFIGS, &[]);
        let follow = |path: &str| links.follow(Path::new(path));
        assert_eq!(follow("pages/in.md").unwrap(), site.join("real.md"));
        assert_eq!(follow("pages/new.json").unwrap(), site.join("new.json"));
        assert_eq!(follow("./pages/../a.md").unwrap(), site.join("a.md"));
        assert_eq!(follow("../out/x.md").unwrap(), folder.join("out/x.md"));
        assert_eq!(follow("../mine/in.md").unwrap(), site.join("real.md"));
        for out in [
            "pages/out.md",
            "pages/absolute.md",
            "pages/twice.md",
            "pages/lost.json",
            "folder/x.md",
            "folder/new.md",
            "../mine/out.md",
        ] {
            let result = follow(out);
            let is_refused = matches!(result, Err(WriteError::LeavesRepository(_)));
            assert!(is_refused, "{marker} {out}: {result:?}");
        }
        assert!(follow("round.md").is_err());
        assert!(follow("no/a.md").is_err());
    }
}

#[test]
fn a_link_into_the_folder_of_git_leaves_the_repository() {
    let (_guard, folder) = folder();
    fs::create_dir_all(folder.join(".git/hooks")).unwrap();
    symlink(".git/hooks/pre-commit", folder.join("report.json")).unwrap();
    let links = Links::new(folder, &CONFIGS, &[]);
    let result = links.follow(Path::new("report.json"));
    assert!(matches!(result, Err(WriteError::LeavesRepository(_))));
}

#[test]
fn what_the_command_line_names_is_free_only_as_it_is_written() {
    let (_guard, folder) = repository(".git");
    let site = folder.join("site");
    symlink("../../out/x.md", site.join("pages/a.md")).unwrap();
    symlink("../out", site.join("linked")).unwrap();
    let follow = |named: &[&str], path: &str| {
        let named: Vec<_> = named.iter().map(PathBuf::from).collect();
        let links = Links::new(site.clone(), &CONFIGS, &named);
        links.follow(Path::new(path)).is_ok()
    };
    let outside = folder.join("out/x.md").to_string_lossy().into_owned();
    assert!(follow(&["../out/x.md"], "../out/x.md"));
    assert!(follow(&[&outside], &outside));
    assert!(!follow(&["pages/a.md"], "pages/a.md"));
    assert!(!follow(&["pages/a.md", &outside], "pages/a.md"));
    assert!(!follow(&["linked"], "linked/x.md"));
    assert!(!follow(&["linked/x.md"], "linked/x.md"));
    assert!(!follow(&["pages"], "pages/a.md"));
    assert!(!follow(&["pages/*.md"], "pages/a.md"));
    assert!(!follow(&["."], "pages/a.md"));
}

#[test]
fn a_folder_elsewhere_that_the_command_line_names_is_a_boundary() {
    let (_guard, folder) = repository("neither");
    symlink("../../out/x.md", folder.join("site/pages/a.md")).unwrap();
    let named = [folder.join("site")];
    let links = Links::new(folder.join("out"), &CONFIGS, &named);
    let page = folder.join("site/pages/a.md");
    // It leads into the working directory, which is not what was named.
    assert!(links.follow(&page).is_err());
}
