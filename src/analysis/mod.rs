//! Analyses: pure functions of scenarios, the same answer every time. Know nothing of files or terminals.
