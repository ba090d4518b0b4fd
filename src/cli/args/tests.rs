//! Tests of the command line's arguments.

use clap::CommandFactory;

use super::values::OutputFile;
use super::*;
use crate::report::Format;

fn check(arguments: &[&str]) -> Result<CheckArgs, clap::Error> {
    let all = ["frontlint", "check"].iter().chain(arguments);
    match Cli::try_parse_from(all)?.command {
        Command::Check(arguments) => Ok(*arguments),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_arguments_are_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn help_texts() {
    let mut command = Cli::command().term_width(80);
    command.build();
    insta::assert_snapshot!("help", command.render_help());
    let check = command.find_subcommand_mut("check").unwrap();
    insta::assert_snapshot!("help-check", check.render_help());
}

#[test]
fn without_paths_the_current_folder_or_the_named_input() {
    assert_eq!(check(&[]).unwrap().files.inputs(), [PathBuf::from(".")]);
    let stdin = check(&["--stdin-filename", "a.md"]).unwrap();
    assert_eq!(stdin.files.inputs(), [PathBuf::from("-")]);
    let both = check(&["-", "--stdin-filename", "a.md"]).unwrap();
    assert_eq!(both.files.inputs(), [PathBuf::from("-")]);
}

fn outputs(arguments: &[&str], in_actions: bool) -> Vec<(Format, Option<String>)> {
    let arguments = check(arguments).unwrap();
    let outputs = arguments.output.outputs(in_actions).into_iter();
    outputs
        .map(|(format, path)| (format, path.map(|path| path.display().to_string())))
        .collect()
}

#[test]
fn github_actions_gets_annotations_where_no_format_is_asked_for() {
    let of = |arguments: &[&str]| outputs(arguments, true);
    let both = [(Format::Pretty, None), (Format::Github, None)];
    assert_eq!(of(&[]), both);
    assert_eq!(of(&["--output-format", "pretty"]), both[..1]);
    let file = |format, path: &str| (format, Some(path.to_owned()));
    assert_eq!(
        of(&["--output-file", "sarif=a", "--output-file", "junit=b"])[..],
        [
            &both[..],
            &[file(Format::Sarif, "a"), file(Format::Junit, "b")]
        ]
        .concat()
    );
    assert_eq!(of(&["--output-file", "a"]), [file(Format::Pretty, "a")]);
}

#[test]
fn output_files_add_to_or_replace_standard_output() {
    let of = |arguments: &[&str]| outputs(arguments, false);
    assert_eq!(of(&[]), [(Format::Pretty, None)]);
    assert_eq!(
        of(&["--output-file", "json=a=b.json"]),
        [
            (Format::Pretty, None),
            (Format::Json, Some("a=b.json".to_owned()))
        ]
    );
    assert_eq!(
        of(&["--output-file", "./x=y", "--output-format", "jsonl"]),
        [(Format::Jsonl, Some("./x=y".to_owned()))]
    );
}

#[test]
fn a_misspelt_format_is_no_file_name() {
    let error = "sarfi=report".parse::<OutputFile>().unwrap_err();
    let formats: Vec<_> = Format::ALL.iter().map(|format| format.as_str()).collect();
    assert_eq!(
        error,
        format!(
            "there is no output format `sarfi`; write one of {}, or `./sarfi=report` for a file of \
             that name",
            formats.join(", ")
        )
    );
    assert!("json=".parse::<OutputFile>().is_err());
}

#[test]
fn wrong_usage_is_status_2_and_names_the_nearest() {
    for arguments in [
        &["--output-format", "sarfi"][..],
        &["--jobs", "0"],
        &["--schema", "a", "--no-schema"],
        &["--fail-on", "info"],
        &["--column-unit", "utf8"],
        &["--config", " "],
    ] {
        assert_eq!(check(arguments).unwrap_err().exit_code(), 2);
    }
    let error = Cli::try_parse_from(["frontlint", "explain", "mising-file"]).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().contains("'missing-file'"), "{error}");
}
