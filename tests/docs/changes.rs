//! The commands of the pages about fixes, suppression, the baseline and `--since`, on a site with
//! one fault.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::Site;

const PAGES: &[&str] = &["fixes", "suppression", "baseline", "since"];

fn site() -> Site {
    let site = Site::press_room().with(
        "_communiques/a.md",
        "---\ntitle: 2024\ndate: 2024-05-23 10:00:00 +02:00\nposition: x\n---\n",
    );
    let git = |arguments: &[&str]| {
        let author = ["-c", "user.name=A", "-c", "user.email=a@archives.example"];
        let mut command = Command::new("git");
        command
            .args(author)
            .args(arguments)
            .current_dir(site.root());
        assert!(command.output().unwrap().status.success());
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "-m", "x"]);
    site
}

#[test]
fn the_commands_of_the_pages_do_what_they_say() {
    for page in PAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/{page}.md"));
        let text = fs::read_to_string(path).unwrap();
        let site = site();
        let mut commands = 0;
        let blocks = text.split("```sh\n").skip(1);
        for line in blocks.flat_map(|block| block.split("```").next().unwrap().lines()) {
            let (command, promised) = line.split_once(" # exits with ").unwrap_or((line, "0"));
            let words: Vec<_> = command
                .split_whitespace()
                .skip(1)
                .map(|word| word.trim_matches('\''))
                .collect();
            let run = site.run(&words);
            assert_eq!(
                run.status.unwrap().to_string(),
                promised,
                "{line}\n{}",
                run.stderr
            );
            commands += 1;
        }
        assert!(commands > 0, "{page}");
    }
}
