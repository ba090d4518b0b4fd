//! Spans and findings under generated input.
