//! Input made to break a checker.
