//! Help, made from the command table and the tables of the model.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::field::Field;
use crate::text;
use crate::tui::command::{Command, Scope, ViewName};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint::list::{Lines, List};
use crate::tui::paint::{self, Line};

/// The help window.
pub(crate) fn help() -> Box<dyn Popup> {
    Box::new(Help { list: List::default(), field: Field::default(), typing: false })
}

struct Help {
    list: List,
    /// The words that are looked for.
    field: Field,
    /// Whether keys go into the field.
    typing: bool,
}

impl Help {
    /// The entries that hold the words looked for.
    fn entries(&self, cx: &Context, area: Rect) -> Vec<Entry> {
        let width = column(area);
        let wanted = self.field.text().to_lowercase();
        let found = entries(cx, width).into_iter().filter(|entry| match entry {
            Entry::Key(name, words) | Entry::Sign(name, words, _) => {
                [name, words].iter().any(|text| text.to_lowercase().contains(&wanted))
            }
            Entry::Heading(_) | Entry::Words(_) => wanted.is_empty(),
        });
        found.flat_map(|entry| whole(entry, width)).collect()
    }

    /// The lines below the field, which is there while something is looked for.
    fn rows(&self, area: Rect) -> Rect {
        let field = u16::from(self.typing || !self.field.text().is_empty());
        Rect { y: area.y + field, height: area.height.saturating_sub(field), ..area }
    }
}

/// The columns that keys take.
const KEYS: usize = 15;

/// One line: a heading, a key with its meaning, or words.
enum Entry {
    Heading(String),
    Key(String, String),
    Sign(String, String, Style),
    Words(String),
}

fn entries(cx: &Context, width: usize) -> Vec<Entry> {
    let (signs, theme) = (cx.signs, cx.theme);
    let key = |scopes, command| cx.keys.key(scopes, command);
    let mut entries = vec![Entry::Heading("What the screen shows".to_owned())];
    let claim = format!("somebody's claim; {} adopts the next", key(Scope::SLIDERS, Command::NextClaim));
    let screen = [
        ("verdict", "whether prices cover the cost of serving, and by how much", theme.verdict(cx.holds())),
        (signs.present, "the present value; drag it, or click the value to type one", theme.focus),
        (signs.preset, "the preset's value, when the present one is another", theme.text),
        (signs.pinned, "the pinned scenario's value", theme.pinned),
        (signs.claim, claim.as_str(), theme.claim),
        (signs.range, "the 90 % range", theme.range),
        (signs.cross, "where the margin equals the target", theme.mark),
        (signs.changed, "changed by hand, so the preset's source no longer speaks for it", theme.changed),
        (signs.assumed, "an assumption, which nobody published", theme.quiet),
        (signs.swing[1], "swing: how far this input alone swings the margin", theme.quiet),
    ];
    entries.extend(screen.map(|(sign, words, style)| Entry::Sign(sign.to_owned(), words.to_owned(), style)));
    entries.push(Entry::Words(String::new()));
    entries.push(Entry::Heading("Views".to_owned()));
    let views = ViewName::ALL.map(ViewName::info);
    entries.extend(views.map(|view| Entry::Key(view.title.to_owned(), view.doc.to_owned())));
    let view_scopes = ViewName::ALL.map(Scope::View);
    let scopes = [Scope::Slider, Scope::Global, Scope::Story, Scope::AnyView]
        .into_iter()
        .chain(view_scopes)
        .chain([Scope::Presets, Scope::List, Scope::Field]);
    for scope in scopes {
        let rows: Vec<_> = cx.keys.of(scope).filter(|(_, keys)| !keys.is_empty()).collect();
        if rows.is_empty() {
            continue;
        }
        entries.push(Entry::Words(String::new()));
        entries.push(Entry::Heading(format!("Keys {scope}")));
        for (info, keys) in rows {
            let named: Vec<String> = keys.iter().take(3).map(|key| cx.keys.name(*key)).collect();
            let more = if keys.len() > 3 { " …" } else { "" };
            entries.push(Entry::Key(format!("{}{more}", named.join(" ")), info.doc.to_owned()));
        }
    }
    entries.push(Entry::Words(String::new()));
    entries.push(Entry::Heading("Passing it on".to_owned()));
    let words = format!(
        "{} copies the answer, a few lines for a thread; {} offers the claim card, which holds everything, and more. \
         Both replay: paste one here, or a preset, to see what it would open; nothing that is pasted runs as keys.",
        key(Scope::SLIDERS, Command::Copy),
        key(Scope::SLIDERS, Command::CopyMenu)
    );
    entries.extend(paint::wrap(&words, width).into_iter().map(Entry::Words));
    entries.push(Entry::Words(String::new()));
    entries.push(Entry::Heading("What the model leaves out".to_owned()));
    for limit in LIMITS {
        entries.extend(paint::wrap(limit, width).into_iter().map(Entry::Words));
    }
    entries
}

/// An entry as lines: a meaning that is too long for one goes on below itself.
fn whole(entry: Entry, width: usize) -> Vec<Entry> {
    let (mut key, words, sign) = match entry {
        Entry::Key(key, words) => (key, words, None),
        Entry::Sign(key, words, style) => (key, words, Some(style)),
        Entry::Heading(_) | Entry::Words(_) => return vec![entry],
    };
    let lines = paint::wrap(&words, width.saturating_sub(KEYS + 1).max(1));
    let line = |line| match sign {
        Some(style) => Entry::Sign(std::mem::take(&mut key), line, style),
        None => Entry::Key(std::mem::take(&mut key), line),
    };
    lines.into_iter().map(line).collect()
}

/// From this width of the screen on there are two columns.
const WIDE: u16 = 120;

/// The cells between two columns.
const BETWEEN: u16 = 3;

fn columns(area: Rect) -> usize {
    if area.width + 8 >= WIDE { 2 } else { 1 }
}

/// The cells of a column.
fn column(area: Rect) -> usize {
    if columns(area) == 2 {
        usize::from(area.width.saturating_sub(BETWEEN) / 2)
    } else {
        usize::from(area.width)
    }
}

fn lines_in_column(count: usize, area: Rect) -> usize {
    count.div_ceil(columns(area)).max(1)
}

fn pair(name: &str, name_style: Style, words: &str, style: Style, row: Rect, buffer: &mut Buffer) {
    Line::new(row, buffer).put(&text::pad(name, KEYS), name_style).skip(1).put(words, style);
}

/// The limits of the model that every reader should know.
const LIMITS: [&str; 4] = [
    "Tiers share one ratio of input to output and one hit ratio, but for those given their own.",
    "The decode rate stays as measured when the ratio of input to output moves, though longer contexts slow decode.",
    "Gross margin leaves out training, research and staff unless they are put in overhead; other costs count in \
     operating profit alone.",
    "Benchmark rates hold no idle time; production averages already do.",
];

impl Popup for Help {
    fn title(&self, _: &Context) -> String {
        "Help".to_owned()
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        (if screen.width >= WIDE { screen.width.saturating_sub(4).min(150) } else { 92 }, screen.height)
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.typing { &[Scope::Field] } else { &[Scope::List] }
    }

    fn keeps_escape(&self) -> bool {
        self.typing
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        if self.field.key(key) {
            self.list = List::default();
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Context) -> Vec<Action> {
        self.field.paste(text);
        self.list = List::default();
        Vec::new()
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        if self.rows(area) != area {
            self.field.draw(cx, paint::row(area, 0), self.typing, buffer);
        }
        let area = self.rows(area);
        let entries = self.entries(cx, area);
        if entries.is_empty() {
            paint::left(area, buffer, "nothing with these words", cx.theme.warn);
        }
        let lines = Lines::text(lines_in_column(entries.len(), area), area.height);
        let shown = self.list.shown(&lines);
        let (count, width) = (lines_in_column(entries.len(), area), column(area) as u16);
        for (index, entry) in entries.iter().enumerate() {
            let (side, line) = (index / count, index % count);
            if !shown.contains(&line) {
                continue;
            }
            let row = paint::row(area, (line - shown.start) as u16);
            let row = Rect { x: row.x + side as u16 * (width + BETWEEN), width, ..row };
            match entry {
                Entry::Heading(words) => paint::left(row, buffer, words, cx.theme.strong),
                Entry::Words(words) => paint::left(row, buffer, words, cx.theme.text),
                Entry::Key(key, words) => pair(key, cx.theme.key, words, cx.theme.text, row, buffer),
                Entry::Sign(sign, words, style) => pair(sign, *style, words, cx.theme.text, row, buffer),
            }
        }
        let scroll =
            [Command::Up, Command::Down, Command::PageUp, Command::PageDown].map(|key| (key, "scroll"));
        let more = [(Command::Find, "search"), (Command::Back, "close")];
        let keys = cx.keys.hints(&[Scope::List], &[&scroll[..], &more].concat());
        self.list.footer(cx, area, &lines, &[keys], buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action> {
        match command {
            Command::Find => self.typing = true,
            Command::Act => self.typing = false,
            Command::Back => (self.typing, self.field) = (false, Field::default()),
            _ => {}
        }
        let area = self.rows(area);
        let count = self.entries(cx, area).len();
        self.list.command(command, &Lines::text(lines_in_column(count, area), area.height));
        Vec::new()
    }
}
