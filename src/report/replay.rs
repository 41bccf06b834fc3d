//! The command line that leads back to a scenario.

use std::path::Path;

use crate::model::TierField;
use crate::preset::{Document, Origin, builtin, check_name};
use crate::quantity::number;
use crate::text;

/// `napkin PRESET --set …`, one `--set` per input that differs; all shares if any differs. With `--against` where
/// what it is compared with has a name and no edits.
///
/// `None` when a command line cannot say it: pasted text has no name, tiers cannot be added by `--set`, and a path
/// with a character that cannot be seen never stands in a line to be copied.
pub fn command_line(document: &Document, against: Option<&Document>) -> Option<String> {
    if !same_tiers(document) {
        return None;
    }
    let mut words = vec!["napkin".to_owned(), preset_word(&document.base().origin)?];
    words.extend(sets(document).into_iter().map(|set| format!("--set {}", quoted(&set))));
    words.extend(against.and_then(own).map(|preset| format!("--against {preset}")));
    Some(words.join(" "))
}

/// A command line that finds the user's presets in this directory; `None` where its name cannot be shown.
pub(crate) fn in_directory(line: &str, directory: &Path) -> Option<String> {
    let directory = directory.to_str().filter(|path| text::is_plain(path))?;
    Some(format!("{line} --config-dir {}", quoted(directory)))
}

/// The document as edits of the built-in preset that it can be cited through: its own, or the one that its file was
/// made from while that is still the same.
pub fn cited(document: &Document) -> Option<Document> {
    if let Origin::Builtin(_) = document.base().origin {
        return Some(document.clone());
    }
    let based_on = document.content().based_on.as_ref()?;
    let (name, fingerprint) = based_on.preset.strip_prefix("builtin:")?.split_once('@')?;
    let builtin =
        builtin::load(name).filter(|builtin| builtin::fingerprint(&builtin.content) == fingerprint)?;
    Some(document.onto(builtin))
}

/// `napkin builtin:NAME@FINGERPRINT --set …`; `None` where the preset underneath is no built-in or its tiers are others.
pub fn citation(document: &Document) -> Option<String> {
    let preset = cited_name(document).filter(|_| same_tiers(document))?;
    Some(sets(document).iter().fold(format!("napkin {preset}"), |line, set| line + " --set " + set))
}

/// `builtin:NAME@FINGERPRINT` of a document that shows a built-in as it is shipped.
pub fn against(document: &Document) -> Option<String> {
    let cited = cited(document)?;
    cited_name(&cited).filter(|_| same_tiers(&cited) && !cited.has_changes())
}

/// The word of a command line that opens what a document shows, without edits, on this machine.
pub fn own(document: &Document) -> Option<String> {
    preset_word(&document.base().origin).filter(|_| !document.is_edited())
}

fn cited_name(document: &Document) -> Option<String> {
    let base = document.base();
    let Origin::Builtin(name) = &base.origin else { return None };
    Some(format!("builtin:{name}@{}", builtin::fingerprint(&base.content)))
}

fn same_tiers(document: &Document) -> bool {
    document.scenario().keys().eq(document.base().content.scenario.keys())
}

/// Whether the file behind a document has a name with characters that a terminal acts on or hides.
pub fn has_hidden_name(document: &Document) -> bool {
    document.base().origin.path().is_some_and(|path| path.to_str().is_none_or(|path| !text::is_plain(path)))
}

/// The word of a command line that opens what was read from there.
fn preset_word(origin: &Origin) -> Option<String> {
    let path = match origin {
        Origin::Builtin(name) => return Some(name.clone()),
        Origin::User { name, .. } if check_name(name).is_ok() => return Some(quoted(name)),
        Origin::User { path, .. } | Origin::File(path) => {
            path.to_str().filter(|path| text::is_plain(path))?
        }
        Origin::Pasted => return None,
    };
    // Without a directory it could be taken for an option, a command or a name.
    let bare = !path.contains(std::path::is_separator);
    Some(quoted(&if bare { format!("./{path}") } else { path.to_owned() }))
}

/// `id=value` for every input that differs, with every digit.
pub fn sets(document: &Document) -> Vec<String> {
    let scenario = document.scenario();
    let any_share = scenario.inputs().any(|id| id.is_share() && document.is_changed(id));
    scenario
        .inputs()
        .filter(|id| {
            let share = matches!(id, crate::model::InputId::Tier(_, TierField::Share));
            document.is_changed(*id) || share && any_share
        })
        .map(|id| format!("{}={}", scenario.id_text(id), number::input_exact(id, scenario.get(id))))
        .collect()
}

/// A word as bash, zsh and fish take it.
fn quoted(word: &str) -> String {
    // zsh expands `=` at the start, and fish `%`.
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) && !word.starts_with(['=', '%']) {
        return word.to_owned();
    }
    // Within quotes a backslash means different things to them; outside, each of them takes it for the next letter.
    let mut text = String::new();
    let mut open = false;
    for letter in word.chars() {
        let escaped = matches!(letter, '\'' | '\\');
        if open == escaped {
            text.push('\'');
            open = !open;
        }
        if escaped {
            text.push('\\');
        }
        text.push(letter);
    }
    if open || text.is_empty() {
        text.push_str(if open { "'" } else { "''" });
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Global, InputId};
    use crate::preset::builtin;

    #[test]
    fn what_differs_is_set_and_all_shares_if_any() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        assert_eq!(command_line(&document, None).as_deref(), Some("napkin deepseek-day6"));
        let free = InputId::Tier(3, TierField::Share);
        document.set(&[(Global::GpuHour.into(), Some(2.35)), (free, Some(0.25))]).expect("valid");
        assert_eq!(
            command_line(&document, None).as_deref(),
            Some(
                "napkin deepseek-day6 --set node.gpu_hour=2.35 --set tier.r1.share=0.75 --set tier.v3.share=0 \
                 --set tier.offpeak.share=0 --set tier.free.share=0.25"
            )
        );
    }

    #[test]
    fn a_file_is_never_taken_for_an_option_or_a_command() {
        let word = |path: &str| preset_word(&Origin::File(path.into()));
        assert_eq!(word("-x.toml").as_deref(), Some("./-x.toml"));
        assert_eq!(word("x.toml").as_deref(), Some("./x.toml"));
        assert_eq!(word("/a/b c.toml").as_deref(), Some("'/a/b c.toml'"));
        assert_eq!(word("a\u{1b}[2J/b.toml"), None);
        let user = |name: &str| {
            preset_word(&Origin::User { name: name.to_owned(), path: format!("/p/{name}.toml").into() })
        };
        assert_eq!(user("mine").as_deref(), Some("mine"));
        assert_eq!(user("eval").as_deref(), Some("/p/eval.toml"));
        assert_eq!(user("-x").as_deref(), Some("/p/-x.toml"));
    }

    #[test]
    #[cfg(unix)]
    fn the_shells_there_are_take_a_quoted_word_as_it_was() {
        let words = [
            "my file's.toml",
            r"a\b",
            r"a\\'",
            "'x'",
            "=ls",
            "%1",
            "~",
            "$HOME",
            "`id`",
            "!!",
            "a;b",
            "{a,b}",
            "*",
            "",
            "#x",
            "-n",
            "a\u{e9}b",
            "^x",
            "a=~",
            "<(x)",
            "\"",
            "a&b|c",
            "[a]",
            "x?",
            "@",
            ":=",
        ];
        let mut asked = 0;
        for shell in ["bash", "zsh", "fish"] {
            for word in words {
                let script = format!("printf %s {}", quoted(word));
                let Ok(said) = std::process::Command::new(shell).args(["-c", &script]).output() else {
                    break;
                };
                assert_eq!(String::from_utf8_lossy(&said.stdout), word, "{shell}: {script}");
                asked += 1;
            }
        }
        assert!(asked == 0 || asked % words.len() == 0);
    }

    #[test]
    fn the_directory_of_the_users_presets_goes_with_the_line() {
        let line = in_directory("napkin mine", Path::new("/home/my presets"));
        assert_eq!(line.as_deref(), Some("napkin mine --config-dir '/home/my presets'"));
        assert_eq!(in_directory("napkin mine", Path::new("/a\u{1b}b")), None);
    }

    #[test]
    fn a_share_that_followed_follows_again_when_the_line_is_replayed() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        let free = InputId::Tier(3, TierField::Share);
        document.set(&[(free, Some(0.7))]).expect("valid");
        let line: Vec<_> = document.scenario().inputs().filter(|id| id.is_share()).collect();
        let edits: Vec<_> = line.iter().map(|id| (*id, document.scenario().get(*id))).collect();
        let mut replayed = Document::new(Arc::clone(document.base()));
        replayed.replay(&edits).expect("valid");
        assert_eq!(replayed.scenario(), document.scenario());
        assert_eq!(replayed.changes(), document.changes());
        assert_eq!(replayed.change_count(), 1);
    }

    #[test]
    fn a_name_with_quotes_and_spaces_is_one_word() {
        assert_eq!(quoted("my file's.toml"), r"'my file'\''s.toml'");
        assert_eq!(quoted(r"a\b"), r"'a'\\'b'");
        assert_eq!(quoted("'x'"), r"\''x'\'");
        assert_eq!(
            (quoted("=ls"), quoted("a=b"), quoted("")),
            ("'=ls'".to_owned(), "a=b".to_owned(), "''".to_owned())
        );
    }
}
