//! Saving under a name, and what has to be asked before a save goes ahead.

use super::form::{Check, Form};
use super::question::{Answer, Question};
use crate::model::InputId;
use crate::preset::{Document, Origin, Permit, SaveError, builtin, check_name, clean};
use crate::quantity::number;
use crate::report::provenance;
use crate::text;
use crate::tui::component::{Action, Popup};
use crate::tui::message::{Effect, SaveRequest};

/// Asks for file name, title and summary of a new preset.
pub(crate) fn save_as(document: &Document) -> Box<dyn Popup> {
    let (content, title) = (document.content(), document.own_title());
    // A summary of the preset underneath does not speak of what was made from it.
    let summary = if title == content.name { content.summary.clone() } else { String::new() };
    ask([proposal(document), title, summary])
}

fn ask(texts: [String; 3]) -> Box<dyn Popup> {
    let fields = ["file name", "title", "summary"].into_iter().zip(texts).collect();
    Form::ask(
        "Save as",
        "",
        fields,
        Box::new(|texts, _| {
            let [name, title, summary] =
                [0, 1, 2].map(|index| texts.get(index).copied().unwrap_or_default().trim());
            let name = name.strip_suffix(".toml").unwrap_or(name).to_owned();
            if let Err(problem) = check_name(&name) {
                return Check::refuse(0, problem.to_string());
            }
            let title = clean(title);
            if title.is_empty() {
                return Check::refuse(1, "a preset needs a title");
            }
            let request = SaveRequest {
                name: Some(name.clone()),
                about: Some((title, clean(summary))),
                ..SaveRequest::default()
            };
            hides(&name, Check::ready(vec![Action::Save(request)]))
        }),
    )
}

/// Says so where a preset of this name would hide a built-in.
fn hides(name: &str, check: Check) -> Check {
    if builtin::text(name).is_some() {
        check.notice(0, "hides the built-in of this name, which builtin: still opens")
    } else {
        check
    }
}

/// Asks for the name of a new preset; `name` is one to go on from.
pub(crate) fn new_preset(name: &str) -> Box<dyn Popup> {
    Form::ask(
        "A preset of your own",
        "A commented file that opens at once, every value marked as an assumption.",
        vec![("file name", name.to_owned())],
        Box::new(|texts, _| {
            let name = texts.first().copied().unwrap_or_default().trim();
            let name = name.strip_suffix(".toml").unwrap_or(name);
            match check_name(name) {
                Ok(()) => hides(name, Check::ready(vec![Action::Effect(Effect::NewPreset(name.to_owned()))])),
                Err(problem) => Check::refuse(0, problem.to_string()),
            }
        }),
    )
}

/// A file name that is free among the built-in ones.
fn proposal(document: &Document) -> String {
    let stem = match &document.base().origin {
        Origin::Builtin(name) | Origin::User { name, .. } => name.clone(),
        Origin::File(path) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        Origin::Pasted => slug(&document.content().name),
    };
    let proposal = format!("{}-2", clean(&stem));
    if check_name(&proposal).is_ok() { proposal } else { "scenario".to_owned() }
}

/// A title as a file name: small letters and digits, the rest as single hyphens.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.chars().take(60).flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The question after which a refused save may go ahead; `None` when it cannot.
pub(crate) fn refused(
    document: &Document,
    request: &SaveRequest,
    problem: &SaveError,
) -> Option<Box<dyn Popup>> {
    let again = |permit: Permit| {
        let request = SaveRequest { permit, ..request.clone() };
        move || vec![Action::Save(request.clone())]
    };
    let overwrite = Permit { overwrite: true, ..request.permit };
    let (title, summary) = request.about.clone().unwrap_or_default();
    let texts = [request.name.clone().unwrap_or_default(), title, summary];
    let cancel = || Answer::new('n', "cancel", Vec::new);
    Some(match problem {
        SaveError::Conflict(path) => {
            let reload = Effect::Reload(Box::new(document.clone()));
            Question::ask(
                "Changed on disk",
                format!("{} changed on disk since it was read.", text::path(path)),
                vec![
                    Answer::new('r', "reload it and keep my edits on top", move || {
                        vec![Action::Effect(reload.clone())]
                    }),
                    Answer::new('o', "overwrite it; what changed on disk is lost", again(overwrite)),
                    cancel(),
                ],
            )
        }
        SaveError::Exists(path) => Question::ask(
            "There is such a preset",
            format!("{} is there already.", text::path(path)),
            vec![
                Answer::new('n', "choose another name", move || vec![Action::Popup(ask(texts.clone()))]),
                Answer::new('o', "overwrite it", again(overwrite)),
            ],
        ),
        SaveError::NeedsConfirmation { link, target } => Question::ask(
            "A link",
            format!(
                "{} is a link to {}, outside the directory of presets.",
                text::path(link),
                text::path(target)
            ),
            vec![
                cancel(),
                Answer::new('w', "write to that file", again(Permit { outside: true, ..request.permit })),
            ],
        ),
        _ => return None,
    })
}

/// Asks which of two values to keep, of inputs that were changed here and on disk.
pub(crate) fn changed_twice(document: &Document, ids: Vec<InputId>) -> Box<dyn Popup> {
    let value = |id, value: Option<f64>| number::input_with_unit(id, value);
    let both = ids.iter().map(|id| {
        let there = value(*id, document.base_value(*id).flatten());
        let here = value(*id, document.scenario().get(*id));
        format!("{}: {here} here, {there} on disk", provenance::name(document, *id))
    });
    let words = format!("Changed here and on disk. {}.", both.collect::<Vec<_>>().join("; "));
    let theirs = move |document: &mut Document| {
        for id in &ids {
            document.reset(*id);
        }
        Ok("taken from the disk".to_owned())
    };
    let theirs = std::rc::Rc::new(theirs);
    Question::ask(
        "Changed twice",
        words,
        vec![
            Answer::new('n', "cancel", Vec::new),
            Answer::new('d', "take what is on disk", move || {
                let theirs = std::rc::Rc::clone(&theirs);
                vec![Action::Change(Box::new(move |document| theirs(document)))]
            }),
            Answer::new('o', "overwrite it with what is here", || vec![Action::Save(SaveRequest::default())]),
        ],
    )
}

/// Asks whether to delete a user's preset.
pub(crate) fn delete(name: &str, title: &str) -> Box<dyn Popup> {
    let words = format!(
        "{}: {}. It goes to the trash and can be brought back.",
        text::clean(name),
        text::clean(title)
    );
    let name = name.to_owned();
    Question::ask(
        "Delete a preset",
        words,
        vec![
            Answer::new('d', "delete it", move || vec![Action::Effect(Effect::Delete(name.clone()))]),
            Answer::new('n', "keep it", Vec::new),
        ],
    )
}

/// Asks what to do with unsaved edits before leaving.
pub(crate) fn unsaved(document: &Document, missing: bool) -> Box<dyn Popup> {
    let request = SaveRequest { quit: true, ..SaveRequest::default() };
    let what = if missing { "is gone from the disk" } else { "has edits that are not saved" };
    Question::ask(
        if missing { "Not on disk" } else { "Unsaved edits" },
        format!("{} {what}.", text::clean(&document.content().name)),
        vec![
            Answer::new('s', "save and quit", move || vec![Action::Save(request.clone())]),
            Answer::new('d', "quit without saving; --resume brings it back", || vec![Action::Leave]),
            Answer::new('n', "stay", Vec::new),
        ],
    )
}
