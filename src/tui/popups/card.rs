//! What a pasted claim card would open, before it does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::list::Cursor;
use crate::model::{InputId, Output, evaluate};
use crate::preset::Document;
use crate::quantity::number;
use crate::report::{provenance, verdict};
use crate::text;
use crate::tui::command::{Command, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};

/// The preview of a pasted scenario.
pub fn card(document: Document) -> Box<dyn Popup> {
    Box::new(Card { document, top: Cursor::default() })
}

struct Card {
    document: Document,
    top: Cursor,
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
        let (here, card) = (&cx.document, &self.document);
        let shown =
            |document: &Document, id: InputId| number::input_with_unit(id, document.scenario().get(id));
        let other = |from: &Document, id: InputId, to: &Document| match id {
            InputId::Global(_) => Some(id),
            InputId::Tier(tier, field) => {
                Some(InputId::Tier(to.scenario().tier_of(from.scenario().key(tier))?, field))
            }
        };
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

    fn lines(&self, cx: &Context) -> Vec<(Vec<String>, Style)> {
        let theme = cx.theme;
        let margin = |document: &Document| {
            let margin = evaluate(document.scenario()).get(Output::GrossMargin);
            number::or_undefined(margin, number::percent)
        };
        let mut lines = vec![
            (vec![text::clean(&self.document.content().name)], theme.strong),
            (vec![verdict::sentence(&evaluate(self.document.scenario()))], theme.text),
            (Vec::new(), theme.text),
            (row("", "now", "then"), theme.quiet),
            (row("gross margin", &margin(&cx.document), &margin(&self.document)), theme.strong),
        ];
        let differences = self.differences(cx);
        if differences.is_empty() {
            lines.push((vec!["every input is as it is now".to_owned()], theme.text));
        }
        lines.extend(differences.into_iter().map(|one| (row(&one.name, &one.now, &one.then), theme.text)));
        lines
    }
}

fn row(name: &str, now: &str, then: &str) -> Vec<String> {
    [name, now, then].map(str::to_owned).to_vec()
}

/// The columns of a difference.
const NAME: usize = 28;
const VALUE: usize = 20;

impl Popup for Card {
    fn title(&self, _: &Context) -> String {
        "Pasted scenario".to_owned()
    }

    fn size(&self, cx: &Context, screen: Rect) -> (u16, u16) {
        (78, text::cells(self.lines(cx).len()).saturating_add(4).min(screen.height.saturating_sub(4)))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let lines = self.lines(cx);
        let page = Rect { height: area.height.saturating_sub(2), ..area };
        let first = self.top.at.min(lines.len().saturating_sub(usize::from(page.height)));
        for (place, (parts, style)) in (0..page.height).zip(lines.iter().skip(first)) {
            let row = paint::row(page, place);
            match parts.as_slice() {
                [name, now, then] => {
                    let mut line = Line::new(row, buffer);
                    line.put(&text::pad(&text::fit(name, NAME), NAME), *style).skip(1);
                    line.put(&text::pad_left(&text::fit(now, VALUE), VALUE), *style);
                    line.put(&format!(" {} ", cx.signs.arrow), cx.theme.quiet);
                    line.put(then, *style);
                }
                parts => paint::left(row, buffer, &parts.concat(), *style),
            }
        }
        paint::more(cx, page, lines.len().saturating_sub(first + usize::from(page.height)), buffer);
        let keys = cx.keys.hints(&[Scope::List], &[(Command::Act, "open it"), (Command::Back, "leave it")]);
        paint::left(paint::row(area, area.height.saturating_sub(1)), buffer, &keys, cx.theme.quiet);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action> {
        let page = usize::from(area.height.saturating_sub(2));
        let last = self.lines(cx).len().saturating_sub(page);
        if !self.top.command(command, last + 1, page) && command == Command::Act {
            return vec![Action::Close, Action::Adopt(Box::new(self.document.clone()))];
        }
        Vec::new()
    }
}
