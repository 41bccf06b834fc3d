//! The `napkin` program.

fn main() {}
