//! Paths, globs and standard input into the list of files to check.
