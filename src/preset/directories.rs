//! Where the user's files are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::text;

/// The directories napkin reads from, and saves to when the user saves. Nothing is created by looking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directories {
    /// Configuration: `config.toml`, and presets in `presets/`, stories in `stories/`. `None` when the system has no home for it.
    pub config: Option<PathBuf>,
    /// What the program remembers by itself: theme, mouse, last session.
    pub state: Option<PathBuf>,
}

impl Directories {
    /// The directories of this process. `config_dir` is what `--config-dir` says, and wins over everything.
    pub fn find(config_dir: Option<PathBuf>) -> Self {
        let system = directories::ProjectDirs::from("", "", "napkin");
        let system_config = system.as_ref().map(|dirs| dirs.config_dir().to_owned());
        let system_state = system.as_ref().and_then(|dirs| dirs.state_dir().map(Path::to_owned));
        let system_data = system.as_ref().map(|dirs| dirs.data_dir().to_owned());
        Self::choose(config_dir, |name| std::env::var_os(name), system_config, system_state, system_data)
    }

    /// The rule itself: the option, `NAPKIN_CONFIG_DIR`, `XDG_*` on every system, then the system's own directory.
    fn choose(
        config_dir: Option<PathBuf>,
        env: impl Fn(&str) -> Option<OsString>,
        system_config: Option<PathBuf>,
        system_state: Option<PathBuf>,
        system_data: Option<PathBuf>,
    ) -> Self {
        let set = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        // The XDG specification has relative paths ignored.
        let xdg = |name: &str| set(name).filter(|path| path.is_absolute()).map(|path| path.join("napkin"));
        let config = config_dir
            .or_else(|| set("NAPKIN_CONFIG_DIR"))
            .or_else(|| xdg("XDG_CONFIG_HOME"))
            .or(system_config);
        let state = xdg("XDG_STATE_HOME").or(system_state).or_else(|| xdg("XDG_DATA_HOME")).or(system_data);
        Self { config, state }
    }

    /// What keeps the configuration from being read or written, in one line; then it is as if there were none. A
    /// directory that is not there yet is no problem.
    pub fn problem(&self) -> Option<String> {
        let config = self.config.as_ref()?;
        let problem = match std::fs::metadata(config) {
            Ok(metadata) if metadata.is_dir() => return None,
            Ok(_) => "it is no directory".to_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            Err(error) => error.to_string(),
        };
        let path = text::fit(&text::clean(&config.to_string_lossy()), 60);
        Some(format!("configuration {path}: {problem}; there are only the built-in presets"))
    }

    /// Where the user's stories are.
    pub fn stories(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|config| config.join("stories"))
    }

    /// Where the user's presets are.
    pub fn presets(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|config| config.join("presets"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(option: Option<&str>, env: &[(&str, &str)]) -> Directories {
        let env: std::collections::BTreeMap<&str, &str> = env.iter().copied().collect();
        Directories::choose(
            option.map(PathBuf::from),
            |name| env.get(name).map(OsString::from),
            Some("/home/.config/napkin".into()),
            None,
            Some("/home/data/napkin".into()),
        )
    }

    #[test]
    fn the_option_wins_over_the_environment_and_that_over_the_system() {
        let env = [("NAPKIN_CONFIG_DIR", "/n"), ("XDG_CONFIG_HOME", "/x")];
        assert_eq!(choose(Some("/o"), &env).presets(), Some("/o/presets".into()));
        assert_eq!(choose(None, &env).config, Some("/n".into()));
        assert_eq!(choose(None, &env[1..]).config, Some("/x/napkin".into()));
        assert_eq!(choose(None, &[]).config, Some("/home/.config/napkin".into()));
    }

    #[test]
    fn an_empty_or_relative_xdg_directory_is_ignored() {
        let env = [("NAPKIN_CONFIG_DIR", ""), ("XDG_CONFIG_HOME", "relative")];
        assert_eq!(choose(None, &env).config, Some("/home/.config/napkin".into()));
    }

    #[test]
    fn a_configuration_that_is_no_directory_is_said_and_one_that_is_missing_is_not() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        std::fs::write(&file, "").unwrap();
        let problem = |config: PathBuf| Directories { config: Some(config), state: None }.problem();
        assert_eq!(problem(home.path().to_owned()), None);
        assert_eq!(problem(home.path().join("missing")), None);
        assert!(problem(file.clone()).unwrap().contains("it is no directory"));
        assert!(problem(file.join("below")).is_some());
        assert!(problem(home.path().join("x".repeat(5000))).unwrap().contains('…'));
    }

    #[test]
    fn state_falls_back_to_data() {
        assert_eq!(choose(None, &[("XDG_STATE_HOME", "/s")]).state, Some("/s/napkin".into()));
        assert_eq!(choose(None, &[("XDG_DATA_HOME", "/d")]).state, Some("/d/napkin".into()));
        assert_eq!(choose(None, &[]).state, Some("/home/data/napkin".into()));
    }
}
