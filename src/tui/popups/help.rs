//! Help, made from the command table and the tables of the model.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text;
use crate::tui::command::{Command, Scope, ViewName};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint::list::{Lines, List};
use crate::tui::paint::{self, Line};

/// The help window.
pub(crate) fn help() -> Box<dyn Popup> {
    Box::new(Help { list: List::default() })
}

struct Help {
    list: List,
}

/// The columns that keys take.
const KEYS: usize = 18;

/// One line: a heading, a key with its meaning, or words.
enum Entry {
    Heading(String),
    Key(String, String),
    Words(String),
}

fn entries(cx: &Context, width: usize) -> Vec<Entry> {
    let signs = cx.signs;
    let key = |scopes, command| cx.keys.key(scopes, command);
    let mut entries = vec![Entry::Heading("What the screen shows".to_owned())];
    let claim = format!(
        "a value that somebody claims; {} adopts the next one",
        key(Scope::SLIDERS, Command::NextClaim)
    );
    let screen = [
        ("verdict", "whether prices cover the cost of serving, and by how much"),
        (signs.present, "the present value; drag it, or click the value to type one"),
        (signs.preset, "the preset's value, when the present one is another"),
        (signs.pinned, "the pinned scenario's value"),
        (signs.claim, claim.as_str()),
        (signs.range, "the 90 % range"),
        (signs.cross, "where the margin equals the target"),
        (signs.changed, "changed by hand, so the preset's source no longer speaks for it"),
        (signs.swing[1], "swing: how far this input alone swings the margin"),
    ];
    entries.extend(screen.map(|(sign, words)| Entry::Key(sign.to_owned(), words.to_owned())));
    entries.push(Entry::Words(String::new()));
    entries.push(Entry::Heading("Views".to_owned()));
    let views = ViewName::ALL.map(ViewName::info);
    entries.extend(views.map(|view| Entry::Key(view.title.to_owned(), view.doc.to_owned())));
    let view_scopes = ViewName::ALL.map(Scope::View);
    let scopes = [Scope::Slider, Scope::Global, Scope::AnyView].into_iter().chain(view_scopes).chain([
        Scope::Presets,
        Scope::List,
        Scope::Field,
    ]);
    for scope in scopes {
        let rows: Vec<_> = cx.keys.of(scope).filter(|(_, keys)| !keys.is_empty()).collect();
        if rows.is_empty() {
            continue;
        }
        entries.push(Entry::Words(String::new()));
        entries.push(Entry::Heading(format!("Keys {scope}")));
        for (info, keys) in rows {
            let named: Vec<String> = keys.iter().take(3).map(ToString::to_string).collect();
            let more = if keys.len() > 3 { " …" } else { "" };
            entries.push(Entry::Key(format!("{}{more}", named.join(" ")), info.doc.to_owned()));
        }
    }
    entries.push(Entry::Words(String::new()));
    entries.push(Entry::Heading("Passing it on".to_owned()));
    let words = format!(
        "{} copies a claim card, which reads well in a forum and replays itself. Paste one here, or a preset, to see \
         what it would open; nothing that is pasted runs as keys.",
        key(Scope::SLIDERS, Command::Copy)
    );
    entries.extend(paint::wrap(&words, width).into_iter().map(Entry::Words));
    entries.push(Entry::Words(String::new()));
    entries.push(Entry::Heading("What the model leaves out".to_owned()));
    for limit in LIMITS {
        entries.extend(paint::wrap(limit, width).into_iter().map(Entry::Words));
    }
    entries.into_iter().flat_map(|entry| whole(entry, width)).collect()
}

/// An entry as lines: a meaning that is too long for one goes on below itself.
fn whole(entry: Entry, width: usize) -> Vec<Entry> {
    let Entry::Key(mut key, words) = entry else { return vec![entry] };
    let lines = paint::wrap(&words, width.saturating_sub(KEYS + 1).max(1));
    lines.into_iter().map(|line| Entry::Key(std::mem::take(&mut key), line)).collect()
}

/// The limits of the model that every reader should know.
const LIMITS: [&str; 4] = [
    "All tiers share one ratio of input to output and one hit ratio.",
    "The decode rate stays as measured when the ratio of input to output moves, though longer contexts slow decode.",
    "Gross margin leaves out training, research and staff unless they are put in overhead or other costs.",
    "Benchmark rates hold no idle time; production averages already do.",
];

impl Popup for Help {
    fn title(&self, _: &Context) -> String {
        "Help".to_owned()
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        (92, screen.height.saturating_sub(4))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let entries = entries(cx, usize::from(area.width));
        let lines = Lines::text(entries.len(), area.height);
        let shown = self.list.shown(&lines);
        for (line, entry) in (0..).zip(entries.iter().take(shown.end).skip(shown.start)) {
            let row = paint::row(area, line);
            match entry {
                Entry::Heading(words) => paint::left(row, buffer, words, cx.theme.strong),
                Entry::Words(words) => paint::left(row, buffer, words, cx.theme.text),
                Entry::Key(key, words) => {
                    Line::new(row, buffer)
                        .put(&text::pad(key, KEYS), cx.theme.key)
                        .skip(1)
                        .put(words, cx.theme.text);
                }
            }
        }
        let scroll =
            [Command::Up, Command::Down, Command::PageUp, Command::PageDown].map(|key| (key, "scroll"));
        let keys = cx.keys.hints(&[Scope::List], &[&scroll[..], &[(Command::Back, "close")]].concat());
        self.list.footer(cx, area, &lines, &[keys], buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action> {
        let count = entries(cx, usize::from(area.width)).len();
        self.list.command(command, &Lines::text(count, area.height));
        Vec::new()
    }
}
