//! `--view`.

use super::failure::Failure;
use crate::report::view::ViewName;

/// A view by its name.
#[derive(Debug, Default, clap::Args)]
pub(super) struct ViewArgument {
    /// The view: break-even, tornado, cache, map, bridge, odds, tiers, hosts, hardware or proof
    #[arg(long, value_name = "NAME")]
    pub(super) view: Option<String>,
}

impl ViewArgument {
    /// The view, if one is named.
    pub(super) fn view(&self) -> Result<Option<ViewName>, Failure> {
        let Some(name) = self.view.as_deref() else { return Ok(None) };
        let known = || ViewName::ALL.map(|view| view.info().name).join(", ");
        let unknown = |nearest: Option<&str>| match nearest {
            Some(nearest) => format!("no such view; did you mean `{nearest}`?"),
            None => format!("no such view; there are {}", known()),
        };
        ViewName::find(name).map(Some).map_err(unknown).map_err(Failure::argument("view", name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_view() {
        let help = <ViewArgument as clap::Args>::augment_args(clap::Command::new("x"))
            .render_long_help()
            .to_string();
        let words: Vec<&str> = help.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
        for view in ViewName::ALL {
            assert!(words.contains(&view.info().name), "{}", view.info().name);
        }
    }
}
