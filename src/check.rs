//! Checks documents against settings, and drives a whole run in parallel.
