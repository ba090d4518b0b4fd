//! Reads as much of a file as its front matter needs.
