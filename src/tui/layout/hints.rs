//! The hints of the footer.

use ratatui::layout::Rect;

use crate::text;
use crate::tui::command::{Command, Scope};
use crate::tui::context::Context;
use crate::tui::telling::{Phase, Telling};

/// A hint: keys, and what they do in one word.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// Where it stands.
    pub area: Rect,
    /// The keys.
    pub key: String,
    /// What they do.
    pub word: &'static str,
    /// The command; of two with one word, such as a step left and right, the first.
    pub command: Command,
    /// Its order: the smallest survives longest.
    order: u8,
}

impl Hint {
    fn width(&self) -> u16 {
        text::cells(text::width(&self.key) + 1 + text::width(self.word))
    }
}

/// Whether a command has something to do in a step that is told; those that are not the story's always have.
fn offers(telling: &Telling, command: Command) -> bool {
    let asking = telling.phase == Phase::Asking;
    match command {
        Command::StoryOn => telling.story.len() > 1 || asking,
        Command::StoryBack => telling.story.len() > 1,
        Command::StoryAgain => telling.story.changes(telling.step) && !asking,
        _ => true,
    }
}

/// The hints that fit into a line, in the order of the table.
pub(super) fn hints(area: Rect, cx: &Context) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    // In a view its own keys come first; those of its inputs go without saying.
    let scopes = cx.scopes().into_iter().filter(|scope| !(cx.in_view() && *scope == Scope::Slider));
    for scope in scopes {
        for (info, keys) in cx.keys.of(scope) {
            let (Some((word, order)), Some(key)) = (info.hint, keys.first()) else { continue };
            let (key, command) = (cx.keys.name(*key), info.command);
            if cx.telling.as_ref().is_some_and(|telling| !offers(telling, command)) {
                continue;
            }
            // An answer is there to be passed on.
            let order = if cx.telling.is_some() && command == Command::Copy { 1 } else { order };
            match hints.iter_mut().find(|hint| hint.word == word && hint.order == order) {
                Some(hint) => {
                    // Signs stand together, words do not.
                    hint.key += if key.chars().count() > 1 { "/" } else { "" };
                    hint.key += &key;
                }
                None => hints.push(Hint { area, key, word, command, order }),
            }
        }
    }
    while hints.iter().map(|hint| hint.width() + 2).sum::<u16>() + 1 > area.width {
        let last = hints.iter().enumerate().max_by_key(|(_, hint)| hint.order).map(|(index, _)| index);
        let Some(last) = last else { break };
        hints.remove(last);
    }
    let mut x = area.x + 1;
    for hint in &mut hints {
        hint.area = Rect { x, width: hint.width(), ..area };
        x += hint.width() + 2;
    }
    hints
}
