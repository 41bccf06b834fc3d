//! The command table: id, scope, keys and one line of documentation for everything the explorer does.
//!
//! The keymap, the help, the footer, the palette and the documentation are made from it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::views;

/// Everything the explorer can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table below documents each of them")]
pub enum Command {
    Up,
    Down,
    PageUp,
    PageDown,
    Left,
    Right,
    CoarseLeft,
    CoarseRight,
    FineLeft,
    FineRight,
    First,
    Last,
    Type,
    Reset,
    Toggle,
    NextClaim,
    PreviousClaim,
    Details,
    Range,
    Source,
    Note,
    NextTier,
    PreviousTier,
    AddTier,
    RenameTier,
    RemoveTier,
    NextPane,
    PreviousPane,
    NextView,
    PreviousView,
    View(u8),
    ToggleView,
    Measure,
    Target,
    Pin,
    SwapPinned,
    Unpin,
    Compare,
    Undo,
    Redo,
    ResetAll,
    Open,
    Save,
    SaveAs,
    Describe,
    Delete,
    Restore,
    Copy,
    WriteCard,
    ExportView,
    Find,
    Palette,
    Help,
    Theme,
    Mouse,
    Redraw,
    Suspend,
    Back,
    Quit,
    Act,
    /// A command of one view, by its id.
    InView(&'static str),
}

/// Where a command works. Keys are looked up from the innermost scope out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere but in a field.
    Global,
    /// While a slider has the focus.
    Slider,
    /// While the view has the focus.
    AnyView,
    /// While this view has the focus.
    View(&'static str),
    /// In the list of presets.
    Presets,
    /// In a list or another pop-up.
    List,
    /// While text is typed; all printable keys are text.
    Field,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Global => "everywhere",
            Self::Slider => "on a slider",
            Self::AnyView => "in a view",
            Self::View(name) => return write!(f, "in {name}"),
            Self::Presets => "in the list of presets",
            Self::List => "in a list",
            Self::Field => "while typing",
        })
    }
}

/// A key with modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// The key of an event, with what differs between terminals evened out.
    pub fn of(event: &KeyEvent) -> Self {
        let mut modifiers =
            event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match event.code {
            // A capital letter already says that Shift is down.
            KeyCode::Char(letter) => {
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::Char(letter)
            }
            KeyCode::BackTab => {
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::BackTab
            }
            other => other,
        };
        Self { code, modifiers }
    }
}

/// The key as people write it: `Ctrl-r`, `⇧←`, `F2`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            f.write_str("Ctrl-")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            f.write_str("Alt-")?;
        }
        if self.modifiers.contains(KeyModifiers::SHIFT) {
            f.write_str("⇧")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(letter) => write!(f, "{letter}"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::BackTab => f.write_str("⇧Tab"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// A key without modifiers.
pub const fn plain(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

/// A printable key.
pub const fn char(letter: char) -> Key {
    plain(KeyCode::Char(letter))
}

const fn ctrl(letter: char) -> Key {
    Key { code: KeyCode::Char(letter), modifiers: KeyModifiers::CONTROL }
}

const fn with(modifiers: KeyModifiers, code: KeyCode) -> Key {
    Key { code, modifiers }
}

/// One row of the command table.
#[derive(Clone, Copy, Debug)]
pub struct CommandInfo {
    /// What to do.
    pub command: Command,
    /// The name in the palette.
    pub id: &'static str,
    /// Where it works.
    pub scope: Scope,
    /// The keys; the first is the one shown.
    pub keys: &'static [Key],
    /// What it does, in one line.
    pub doc: &'static str,
    /// A word for the footer, if it is shown there, and its order: the smallest survives longest.
    pub hint: Option<(&'static str, u8)>,
}

const fn row(
    scope: Scope,
    command: Command,
    id: &'static str,
    keys: &'static [Key],
    doc: &'static str,
) -> CommandInfo {
    CommandInfo { command, id, scope, keys, doc, hint: None }
}

impl CommandInfo {
    /// Shows the command in the footer.
    pub const fn hint(mut self, word: &'static str, order: u8) -> Self {
        self.hint = Some((word, order));
        self
    }

    /// A command of a view, for the view's own table.
    pub const fn of_view(
        view: &'static str,
        id: &'static str,
        keys: &'static [Key],
        doc: &'static str,
    ) -> Self {
        row(Scope::View(view), Command::InView(id), id, keys, doc)
    }

    /// The first key, if it has one.
    pub fn key(&self) -> String {
        self.keys.first().map(ToString::to_string).unwrap_or_default()
    }
}

use KeyCode::{BackTab, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};

const ALT: KeyModifiers = KeyModifiers::ALT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const DIGITS: &[Key] = &[
    char('='),
    plain(Enter),
    char('0'),
    char('1'),
    char('2'),
    char('3'),
    char('4'),
    char('5'),
    char('6'),
    char('7'),
    char('8'),
    char('9'),
    char('.'),
];

/// The commands that do not belong to one view.
#[rustfmt::skip]
const COMMANDS: &[CommandInfo] = &[
    row(Scope::Slider, Command::Left, "step-left", &[plain(Left), char('h')], "Step left").hint("step", 1),
    row(Scope::Slider, Command::Right, "step-right", &[plain(Right), char('l')], "Step right").hint("step", 1),
    row(Scope::Slider, Command::CoarseLeft, "coarse-left", &[char('H'), with(SHIFT, Left)], "Coarse step left").hint("coarse", 4),
    row(Scope::Slider, Command::CoarseRight, "coarse-right", &[char('L'), with(SHIFT, Right)], "Coarse step right").hint("coarse", 4),
    row(Scope::Slider, Command::FineLeft, "fine-left", &[char('<'), with(ALT, Left), with(CTRL, Left)], "Fine step left").hint("fine", 5),
    row(Scope::Slider, Command::FineRight, "fine-right", &[char('>'), with(ALT, Right), with(CTRL, Right)], "Fine step right").hint("fine", 5),
    row(Scope::Slider, Command::Up, "previous-slider", &[plain(Up), char('k')], "Previous slider"),
    row(Scope::Slider, Command::Down, "next-slider", &[plain(Down), char('j')], "Next slider"),
    row(Scope::Slider, Command::First, "window-start", &[plain(Home)], "To the left end of the track"),
    row(Scope::Slider, Command::Last, "window-end", &[plain(End)], "To the right end of the track"),
    row(Scope::Slider, Command::Type, "type-value", DIGITS, "Type a value: 2, 75k, 56.3%, 16/8, x1.2, +10%, none").hint("type", 2),
    row(Scope::Slider, Command::Toggle, "toggle", &[char(' ')], "Flip a toggle; switch an optional input on or off"),
    row(Scope::Slider, Command::Reset, "reset", &[char('r')], "Put this input back to the preset's value").hint("reset", 6),
    row(Scope::Slider, Command::NextClaim, "next-claim", &[char('c')], "Adopt the next claim on this input").hint("claim", 7),
    row(Scope::Slider, Command::PreviousClaim, "previous-claim", &[char('C')], "Adopt the previous claim on this input"),
    row(Scope::Slider, Command::Details, "details", &[char('i')], "Meaning, formula, source, range and claims of this input").hint("details", 8),
    row(Scope::Slider, Command::Range, "range", &[char('g')], "Set the 90 % range of this input"),
    row(Scope::Slider, Command::Source, "source", &[char('w')], "Say who gives this value"),
    row(Scope::Slider, Command::Note, "note", &[char('N')], "Remark on this value"),
    row(Scope::Slider, Command::AddTier, "add-tier", &[char('a')], "Add a tier: a copy of the selected one with share 0"),
    row(Scope::Slider, Command::RenameTier, "rename-tier", &[char('n')], "Rename the selected tier"),
    row(Scope::Slider, Command::RemoveTier, "remove-tier", &[char('x')], "Remove the selected tier"),
    row(Scope::AnyView, Command::Up, "cursor-up", &[plain(Up), char('k')], "Up"),
    row(Scope::AnyView, Command::Down, "cursor-down", &[plain(Down), char('j')], "Down"),
    row(Scope::AnyView, Command::PageUp, "page-up", &[plain(PageUp)], "A page up"),
    row(Scope::AnyView, Command::PageDown, "page-down", &[plain(PageDown)], "A page down"),
    row(Scope::AnyView, Command::First, "to-top", &[plain(Home)], "To the top"),
    row(Scope::AnyView, Command::Last, "to-end", &[plain(End)], "To the end"),
    row(Scope::AnyView, Command::Left, "cursor-left", &[plain(Left), char('h')], "Left"),
    row(Scope::AnyView, Command::Right, "cursor-right", &[plain(Right), char('l')], "Right"),
    row(Scope::AnyView, Command::Act, "act", &[plain(Enter)], "The view's own act: go to that input, move there").hint("act", 2),
    row(Scope::Global, Command::NextPane, "next-pane", &[plain(Tab)], "Next pane: Node, Traffic, Cache, Pricing, view").hint("pane", 9),
    row(Scope::Global, Command::PreviousPane, "previous-pane", &[plain(BackTab)], "Previous pane"),
    row(Scope::Global, Command::PreviousTier, "previous-tier", &[char('{')], "Prices of the previous tier"),
    row(Scope::Global, Command::NextTier, "next-tier", &[char('}')], "Prices of the next tier"),
    row(Scope::Global, Command::PreviousView, "previous-view", &[char('[')], "Previous view").hint("view", 10),
    row(Scope::Global, Command::NextView, "next-view", &[char(']')], "Next view").hint("view", 10),
    row(Scope::Global, Command::ToggleView, "toggle-view", &[char('v')], "Switch between sliders and view in a small terminal"),
    row(Scope::Global, Command::Measure, "measure", &[char('d')], "Next measure in large: margin, markup, multiple, unit cost, profit").hint("measure", 11),
    row(Scope::Global, Command::Target, "target", &[char('T')], "Set the target margin"),
    row(Scope::Global, Command::Pin, "pin", &[char('p')], "Pin the present scenario to compare with; unpin it when nothing has changed").hint("pin", 12),
    row(Scope::Global, Command::SwapPinned, "swap-pinned", &[char('P')], "Swap with the pinned scenario"),
    row(Scope::Global, Command::Compare, "compare", &[char('b')], "Choose a preset to pin and compare with"),
    row(Scope::Global, Command::Unpin, "unpin", &[], "Unpin"),
    row(Scope::Global, Command::Undo, "undo", &[char('u')], "Undo").hint("undo", 3),
    row(Scope::Global, Command::Redo, "redo", &[ctrl('r')], "Redo"),
    row(Scope::Global, Command::ResetAll, "reset-all", &[char('R')], "Put everything back to the preset"),
    row(Scope::Global, Command::Open, "open", &[char('o')], "Open a preset").hint("open", 13),
    row(Scope::Global, Command::Save, "save", &[char('s')], "Save; a built-in preset is saved under a name").hint("save", 15),
    row(Scope::Global, Command::SaveAs, "save-as", &[char('S')], "Save under a name, with title and summary"),
    row(Scope::Global, Command::Describe, "describe", &[char('D')], "Change title and summary"),
    row(Scope::Global, Command::Restore, "restore", &[], "Bring the last deleted preset back"),
    row(Scope::Global, Command::Find, "find", &[char('/')], "Find a slider by name"),
    row(Scope::Global, Command::Palette, "palette", &[char(':')], "Every command and every input, by name"),
    row(Scope::Global, Command::Help, "help", &[char('?'), plain(KeyCode::F(1))], "Keys and what the screen means").hint("help", 0),
    row(Scope::Global, Command::View(0), "view-1", &[plain(KeyCode::F(2))], "First view; F3 to F9 are those after it"),
    row(Scope::Global, Command::View(1), "view-2", &[plain(KeyCode::F(3))], "Second view"),
    row(Scope::Global, Command::View(2), "view-3", &[plain(KeyCode::F(4))], "Third view"),
    row(Scope::Global, Command::View(3), "view-4", &[plain(KeyCode::F(5))], "Fourth view"),
    row(Scope::Global, Command::View(4), "view-5", &[plain(KeyCode::F(6))], "Fifth view"),
    row(Scope::Global, Command::View(5), "view-6", &[plain(KeyCode::F(7))], "Sixth view"),
    row(Scope::Global, Command::View(6), "view-7", &[plain(KeyCode::F(8))], "Seventh view"),
    row(Scope::Global, Command::View(7), "view-8", &[plain(KeyCode::F(9))], "Eighth view"),
    row(Scope::Global, Command::Copy, "copy", &[char('y')], "Copy: claim card, command line, this number, this table").hint("copy", 9),
    row(Scope::Global, Command::WriteCard, "write-card", &[char('Y')], "Write the claim card to a file in the current directory"),
    row(Scope::Global, Command::ExportView, "export", &[char('e')], "Write this view's table to a CSV file in the current directory"),
    row(Scope::Global, Command::Theme, "theme", &[char('t')], "Next theme"),
    row(Scope::Global, Command::Mouse, "mouse", &[char('m')], "Mouse on or off; off, the terminal's own selection works"),
    row(Scope::Global, Command::Redraw, "redraw", &[ctrl('l')], "Draw the screen anew"),
    row(Scope::Global, Command::Suspend, "suspend", &[ctrl('z')], "Suspend; `fg` returns"),
    row(Scope::Global, Command::Back, "back", &[plain(Esc)], "Leave the innermost thing"),
    row(Scope::Global, Command::Quit, "quit", &[char('q'), ctrl('c')], "Quit").hint("quit", 14),
    row(Scope::List, Command::Up, "list-up", &[plain(Up), char('k')], "Up"),
    row(Scope::List, Command::Down, "list-down", &[plain(Down), char('j')], "Down"),
    row(Scope::List, Command::PageUp, "list-page-up", &[plain(PageUp)], "A page up"),
    row(Scope::List, Command::PageDown, "list-page-down", &[plain(PageDown)], "A page down"),
    row(Scope::List, Command::First, "list-first", &[plain(Home)], "First"),
    row(Scope::List, Command::Last, "list-last", &[plain(End)], "Last"),
    row(Scope::List, Command::Act, "choose", &[plain(Enter)], "Choose").hint("choose", 1),
    row(Scope::List, Command::Find, "filter", &[char('/')], "Filter"),
    row(Scope::Presets, Command::Delete, "delete", &[char('d'), plain(KeyCode::Delete)], "Delete the preset under the cursor: it goes to the trash"),
    row(Scope::Presets, Command::Restore, "bring-back", &[char('u')], "Bring the last deleted preset back"),
    row(Scope::List, Command::Back, "close", &[plain(Esc), char('q'), ctrl('c')], "Close").hint("close", 0),
    row(Scope::Field, Command::Act, "accept", &[plain(Enter)], "Accept").hint("accept", 1),
    row(Scope::Field, Command::Back, "cancel", &[plain(Esc), ctrl('c')], "Cancel").hint("cancel", 0),
    row(Scope::Field, Command::Up, "field-up", &[plain(Up)], "Previous"),
    row(Scope::Field, Command::Down, "field-down", &[plain(Down)], "Next"),
    row(Scope::Field, Command::PageUp, "field-page-up", &[plain(PageUp)], "A page up"),
    row(Scope::Field, Command::PageDown, "field-page-down", &[plain(PageDown)], "A page down"),
    row(Scope::Field, Command::NextPane, "next-field", &[plain(Tab)], "Next field"),
    row(Scope::Field, Command::PreviousPane, "previous-field", &[plain(BackTab)], "Previous field"),
];

/// The whole table: the commands above and those of each view.
pub fn commands() -> impl Iterator<Item = &'static CommandInfo> {
    COMMANDS.iter().chain(views::REGISTRY.iter().flat_map(|view| view.commands))
}

/// The command a key stands for, looked up from the innermost scope out.
pub fn lookup(scopes: &[Scope], key: Key) -> Option<Command> {
    scopes.iter().find_map(|scope| {
        commands().find(|info| info.scope == *scope && info.keys.contains(&key)).map(|info| info.command)
    })
}

/// The table row of a command in a scope or those around it.
pub fn info(scopes: &[Scope], command: Command) -> Option<&'static CommandInfo> {
    scopes.iter().find_map(|scope| commands().find(|info| info.scope == *scope && info.command == command))
}

/// Keys and what they do here, for the last line of a pop-up: `Enter open · / filter`.
pub fn hints(scopes: &[Scope], wanted: &[(Command, &str)]) -> String {
    let hint = |(command, words): &(Command, &str)| {
        let key = info(scopes, *command).map(CommandInfo::key).filter(|key| !key.is_empty())?;
        Some(format!("{key} {words}"))
    };
    wanted.iter().filter_map(hint).collect::<Vec<_>>().join(" · ")
}

/// The chains of scopes in which keys are looked up.
pub fn chains() -> Vec<Vec<Scope>> {
    let mut chains =
        vec![vec![Scope::Slider, Scope::Global], vec![Scope::Presets, Scope::List], vec![Scope::Field]];
    for view in views::REGISTRY {
        chains.push(vec![Scope::View(view.name), Scope::AnyView, Scope::Global]);
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_within_one_scope() {
        let all: Vec<_> = commands().collect();
        for (place, one) in all.iter().enumerate() {
            for other in all.iter().skip(place + 1).filter(|other| other.scope == one.scope) {
                for key in one.keys {
                    assert!(!other.keys.contains(key), "{key} is {} and {} {}", one.id, other.id, one.scope);
                }
            }
        }
    }

    #[test]
    fn an_inner_scope_hides_no_global_command_by_accident() {
        // Only these are meant to be different inside: keys that a view gives its own meaning.
        for chain in chains() {
            let Some((Scope::Global, inner)) = chain.split_last().map(|(last, inner)| (*last, inner)) else {
                continue;
            };
            for info in commands().filter(|info| inner.contains(&info.scope)) {
                for global in commands().filter(|other| other.scope == Scope::Global) {
                    for key in info.keys {
                        assert!(!global.keys.contains(key), "{key}: {} hides {}", info.id, global.id);
                    }
                }
            }
        }
    }

    #[test]
    fn every_id_is_used_once() {
        let mut ids: Vec<_> = commands().map(|info| info.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
