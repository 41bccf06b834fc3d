//! What a pasted claim card would open, before it does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::{InputId, evaluate, margin_of};
use crate::preset::Document;
use crate::quantity::number;
use crate::report::card::Replayed;
use crate::report::{provenance, verdict};
use crate::text;
use crate::tui::command::{Command, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::columns::{Column, Columns, Set};
use crate::tui::paint::list::{Lines, List};

/// The preview of a pasted scenario, with what it is compared with and the view it opens in.
pub(crate) fn card(pasted: Replayed) -> Box<dyn Popup> {
    Box::new(Card { pasted, list: List::default() })
}

struct Card {
    pasted: Replayed,
    list: List,
}

/// One input that would change: its name, its value now and then.
struct Difference {
    name: String,
    now: String,
    then: String,
}

impl Card {
    /// Every input that the card has otherwise than what is open; tiers are matched by key.
    fn differences(&self, cx: &Context) -> Vec<Difference> {
        let (here, card) = (&cx.document, &self.pasted.document);
        let shown =
            |document: &Document, id: InputId| number::input_with_unit(id, document.scenario().get(id));
        let other =
            |from: &Document, id: InputId, to: &Document| to.scenario().counterpart(from.scenario(), id);
        let changed = card.scenario().inputs().filter_map(|id| {
            let name = provenance::name(card, id);
            let then = shown(card, id);
            let Some(twin) = other(card, id, here) else {
                return Some(Difference { name, now: "no such tier".to_owned(), then });
            };
            let same =
                here.scenario().get(twin).map(f64::to_bits) == card.scenario().get(id).map(f64::to_bits);
            (!same).then(|| Difference { name, now: shown(here, twin), then })
        });
        let gone =
            here.scenario().inputs().filter(|id| other(here, *id, card).is_none()).map(|id| Difference {
                name: provenance::name(here, id),
                now: shown(here, id),
                then: "no such tier".to_owned(),
            });
        changed.chain(gone).collect()
    }

    fn lines(&self, cx: &Context) -> Vec<(Line, Style)> {
        let theme = cx.theme;
        let margin =
            |document: &Document| number::or_undefined(margin_of(document.scenario()), number::margin);
        let row = |name: &str, now: String, then: String| {
            Line::Row([name.to_owned(), now, cx.signs.arrow.to_owned(), then])
        };
        let title = text::clean(&self.pasted.document.title());
        let mut lines = vec![
            (Line::Words(title), theme.strong),
            (
                Line::Words(verdict::sentence(
                    &evaluate(self.pasted.document.scenario()),
                    self.pasted.document.subject(),
                )),
                theme.text,
            ),
        ];
        lines.extend(
            self.pasted.against.as_ref().map(|against| {
                (Line::Words(text::clean(&format!("pins {}", against.title()))), theme.pinned)
            }),
        );
        let view = self.pasted.view.map(|view| format!("in the view {}", view.info().title));
        let target =
            self.pasted.target.map(|target| format!("against a target of {}", number::percent(target)));
        let seen: Vec<String> = view.into_iter().chain(target).collect();
        if !seen.is_empty() {
            lines.push((Line::Words(seen.join(", ")), theme.quiet));
        }
        lines.extend([
            (Line::Words(String::new()), theme.text),
            (Line::Titles, theme.quiet),
            (row("gross margin", margin(&cx.document), margin(&self.pasted.document)), theme.strong),
        ]);
        let differences = self.differences(cx);
        if differences.is_empty() {
            lines.push((Line::Words("every input is as it is now".to_owned()), theme.text));
        }
        lines.extend(differences.into_iter().map(|one| (row(&one.name, one.now, one.then), theme.text)));
        lines
    }

    fn shape(&self, cx: &Context, area: Rect) -> Lines {
        Lines::text(self.lines(cx).len(), area.height)
    }
}

/// One line of the preview.
enum Line {
    Words(String),
    Titles,
    /// Name, value now, an arrow, value then.
    Row([String; 4]),
}

const COLUMNS: [Column; 4] = [
    Column { title: "", set: Set::Words(12), gap: 0, spare: 0 },
    Column { title: "now", set: Set::Right, gap: 2, spare: 0 },
    Column { title: "", set: Set::Left, gap: 1, spare: 0 },
    Column { title: "then", set: Set::Left, gap: 1, spare: 0 },
];

impl Popup for Card {
    fn title(&self, _: &Context) -> String {
        "Pasted scenario".to_owned()
    }

    fn is_preview(&self) -> bool {
        true
    }

    fn size(&self, cx: &Context, screen: Rect) -> (u16, u16) {
        (78, text::cells(self.lines(cx).len()).saturating_add(4).min(screen.height.saturating_sub(4)))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let lines = self.lines(cx);
        let rows =
            lines.iter().filter_map(|(line, _)| if let Line::Row(cells) = line { Some(cells) } else { None });
        let columns = Columns::fit(COLUMNS, rows, area.width);
        let shape = self.shape(cx, area);
        let shown = self.list.shown(&shape);
        for (y, (line, style)) in (0..).zip(lines.iter().take(shown.end).skip(shown.start)) {
            let row = paint::row(area, y);
            match line {
                Line::Words(words) => paint::left(row, buffer, words, *style),
                Line::Titles => columns.titles(row, buffer, *style),
                Line::Row(cells) => columns.row(row, buffer, cells, [*style, *style, cx.theme.quiet, *style]),
            }
        }
        let keys = cx.keys.hints(&[Scope::List], &[(Command::Act, "open it"), (Command::Back, "leave it")]);
        self.list.footer(cx, area, &shape, &[keys], buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action> {
        if !self.list.command(command, &self.shape(cx, area)) && command == Command::Act {
            let pin = self.pasted.against.clone().map(|against| Action::Pin(Box::new(against)));
            let target = self.pasted.target.map(Action::Target);
            let view = self.pasted.view.map(Action::ShowView);
            let open = Action::Adopt(Box::new(self.pasted.document.clone()));
            return [Some(Action::Close), pin, target, Some(open), view].into_iter().flatten().collect();
        }
        Vec::new()
    }
}
