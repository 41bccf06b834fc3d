//! Bridge: from the pinned scenario to the present one, input by input; and what turns the verdict.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::{Content, Frame, ListView};
use crate::analysis::Side;
use crate::model::InputId;
use crate::preset::Document;
use crate::quantity::number;
use crate::report::Report;
use crate::report::bridge::BridgeReport;
use crate::report::view::NOTHING_PINNED;
use crate::tui::command::{BridgeCommand, Command, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::{Context, Pinned};
use crate::tui::paint;

mod line;
mod offer;
mod part;
mod pinned;
mod step;
mod waterfall;

use line::Line;
use offer::Offer;
use step::Fit;

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Steps>::default())
}

#[derive(Default)]
struct Steps {
    report: Option<BridgeReport>,
    /// The results are those of an earlier scenario, since input was pending.
    stale: bool,
    /// What can be pinned, while nothing is.
    offers: Vec<Offer>,
}

/// From this many inputs on a bridge is not built anew while input is pending.
const HEAVY: usize = 12;

impl Steps {
    /// All lines; `stacked` where a share has two, its values below its name.
    fn all(&self, cx: &Context, width: u16, stacked: bool) -> Vec<Line<'_>> {
        match (&self.report, &cx.pinned) {
            (Some(report), Some(pinned)) => {
                line::steps(report, [pinned.name.clone(), cx.document.title()], stacked)
            }
            _ => line::offers(cx, &self.offers, width),
        }
    }
}

impl Content for Steps {
    type Line<'a> = Line<'a>;
    type Fit = Fit;

    fn refresh(&mut self, cx: &Context) {
        let heavy = self.report.as_ref().is_some_and(|report| report.analysis.players > HEAVY);
        self.stale = heavy && cx.busy && cx.pinned.is_some();
        if !self.stale {
            let build = |pinned: &Pinned| BridgeReport::of(&pinned.document, &cx.document, cx.target);
            self.report = cx.pinned.as_ref().map(build);
        }
        if cx.pinned.is_none() {
            self.offers = offer::all(cx);
        }
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.report.as_ref().map(|report| report as _)
    }

    fn conclusion(&self, _: &Context) -> String {
        self.report.as_ref().map_or_else(|| NOTHING_PINNED.to_owned(), Report::conclusion)
    }

    fn short(&self, _: &Context) -> String {
        let nothing = || "Nothing is pinned that a bridge could lead from.".to_owned();
        self.report.as_ref().map_or_else(nothing, Report::short)
    }

    fn unfinished(&self) -> bool {
        self.stale
    }

    fn lines(&self, cx: &Context, area: Rect) -> Vec<Line<'_>> {
        // The line of keys that comes with the focus is not to change the picture.
        let stacked = self.all(cx, area.width, true);
        if stacked.len() < usize::from(area.height) { stacked } else { self.all(cx, area.width, false) }
    }

    fn is_selectable(line: &Line<'_>) -> bool {
        matches!(line, Line::Share(..) | Line::Offer(_))
    }

    fn picture(&self, cx: &Context, frame: &Frame<Line<'_>>, _: &mut Buffer) -> Fit {
        Fit::of(cx, self.report.as_ref(), &frame.lines, frame.rows.width)
    }

    fn draw_line(
        &self,
        cx: &Context,
        fit: &Fit,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let theme = cx.theme;
        match line {
            Line::Titles => fit.titles(cx, row, buffer),
            Line::CruxTitle => {
                paint::left(row, buffer, "the least that turns the verdict", theme.quiet);
                paint::right(row, buffer, "margin then", theme.quiet);
            }
            Line::Crux(set) => {
                let margin = number::or_undefined(set.margin, number::margin);
                let start = paint::right(row, buffer, &margin, theme.strong);
                let room = Rect { width: start.saturating_sub(row.x + 1), ..row };
                let words = self.report.as_ref().map(|report| report.set(&set.inputs)).unwrap_or_default();
                paint::left(room, buffer, &words, theme.text);
            }
            Line::Words(words, style) => paint::left(row, buffer, words, *style),
            Line::Blank => {}
            Line::OfferTitles => offer::titles(cx, row, buffer),
            Line::Offer(preset) => offer::draw(cx, preset, selected, row, buffer),
            Line::Axis => fit.axis(cx, row, buffer),
            Line::End(..) | Line::Share(..) | Line::Sum(..) | Line::Part(..) => {
                if let Some(report) = &self.report {
                    fit.draw(cx, report, line, selected, row, buffer);
                }
            }
        }
    }

    fn input(line: &Line<'_>) -> Option<InputId> {
        match line {
            Line::Share(share, ..) => match &share.to {
                Side::Input(value) => Some(value.id.input),
                Side::Shares(_) | Side::Inputs(_) => None,
            },
            _ => None,
        }
    }

    fn hints(&self, cx: &Context, line: &Line<'_>) -> Vec<String> {
        if let Line::Offer(offer) = line {
            let enter = cx.keys.key(&ViewName::Bridge.scopes(), Command::Act);
            return vec![format!("{enter} pins {}", offer.preset.content.name), format!("{enter} pins it")];
        }
        let (Line::Share(share, ..), Some(report)) = (line, &self.report) else { return Vec::new() };
        let name = report.name(&share.input);
        let key = |command| cx.keys.key(&ViewName::Bridge.scopes(), command);
        let (take, go) = (key(Command::Bridge(BridgeCommand::TakePinned)), key(Command::Act));
        let go = if pinned::target(cx, share).is_some() { format!("{go} goes there") } else { String::new() };
        vec![
            format!("{take} takes the pinned {name}   {go}"),
            format!("{take} takes the pinned {name}"),
            format!("{take} takes the pinned value"),
            format!("{take}: as pinned"),
        ]
    }

    fn command(&self, command: Command, cx: &Context, line: Option<&Line<'_>>) -> Option<Vec<Action>> {
        let share = match line {
            Some(Line::Share(share, ..)) => Some(*share),
            _ => None,
        };
        match command {
            Command::Act if self.report.is_none() => Some(match line {
                Some(Line::Offer(offer)) => vec![Action::Pin(Box::new(Document::new(offer.preset.clone())))],
                _ => vec![Action::Do(Command::Compare)],
            }),
            Command::Act => {
                let target = share.and_then(|share| pinned::target(cx, share));
                Some(target.map_or_else(Vec::new, |id| vec![Action::Focus(id)]))
            }
            Command::Bridge(BridgeCommand::TakePinned) => Some(match pinned::edits(cx, share?) {
                Some(edits) => vec![Action::Set(edits)],
                None => vec![Action::Warn("one of the two scenarios has no such tier".to_owned())],
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
