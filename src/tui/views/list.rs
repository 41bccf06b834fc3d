//! A view that is a list: lines below a sentence, one of which has the cursor. What the lines are is up to the view.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::curve;
use crate::model::InputId;
use crate::text;
use crate::tui::command::{Command, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::list::{Lines, List};

/// What is listed.
pub(super) trait Content {
    /// One line.
    type Line<'a>
    where
        Self: 'a;
    /// What has to be known of all lines to draw one: columns, a scale.
    type Fit;

    /// The view that shows the margin over an input below its lines, where they leave room for it and it is in
    /// front: beside that one it would be said twice.
    const CURVE_IN: Option<ViewName> = None;

    /// Makes the result anew.
    fn refresh(&mut self, cx: &Context);

    /// The result; `None` while there is none.
    fn result(&self) -> Option<&dyn Shown>;

    /// What the result says, as one sentence.
    fn conclusion(&self, _cx: &Context) -> String {
        self.result().map(Shown::sentence).unwrap_or_default()
    }

    /// The same in fewer words.
    fn short(&self, cx: &Context) -> String {
        self.result().map_or_else(|| self.conclusion(cx), Shown::short_sentence)
    }

    /// Whether the result was made from less than it wants to be, because input was pending.
    fn unfinished(&self) -> bool {
        false
    }

    /// All lines, as they are in an area below the sentence.
    fn lines(&self, cx: &Context, area: Rect) -> Vec<Self::Line<'_>>;

    /// The part of the area that the lines have.
    fn room(&self, area: Rect, _lines: &[Self::Line<'_>]) -> Rect {
        area
    }

    /// Whether the cursor can stand on a line.
    fn is_selectable(line: &Self::Line<'_>) -> bool;

    /// Draws what stands beside the lines, and works out how lines fit.
    fn picture(&self, cx: &Context, frame: &Frame<Self::Line<'_>>, buffer: &mut Buffer) -> Self::Fit;

    /// Draws a line into a row of the screen.
    fn draw_line(
        &self,
        cx: &Context,
        fit: &Self::Fit,
        line: &Self::Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    );

    /// The input that a line is about.
    fn input(line: &Self::Line<'_>) -> Option<InputId>;

    /// What can be done with the line under the cursor, in longer and shorter words.
    fn hints(&self, cx: &Context, line: &Self::Line<'_>) -> Vec<String>;

    /// Runs a command on the line under the cursor; `None` if it means nothing here.
    fn command(&self, command: Command, cx: &Context, line: Option<&Self::Line<'_>>) -> Option<Vec<Action>>;
}

/// The lines and where they go.
pub(super) struct Frame<L> {
    /// Everything below the sentence.
    pub area: Rect,
    /// The part that the lines have.
    pub rows: Rect,
    /// All lines.
    pub lines: Vec<L>,
    /// Those on screen.
    pub shown: std::ops::Range<usize>,
}

/// A list view.
#[derive(Default)]
pub(super) struct ListView<C> {
    content: C,
    list: List,
}

/// The lines in an area, and what a list has to know of them.
fn frame<'a, C: Content>(
    content: &'a C,
    list: List,
    cx: &Context,
    area: Rect,
) -> (Frame<C::Line<'a>>, Lines) {
    let lines = content.lines(cx, area);
    let rows = content.room(area, &lines);
    let shape = Lines::new(lines.iter().map(C::is_selectable), rows.height, false);
    // Without the focus there is nothing to be done with a line.
    let hint = cx.in_view() && shape.is_selectable();
    let shape = shape.with_hint(hint);
    let shown = list.shown(&shape);
    (Frame { area, rows, lines, shown }, shape)
}

impl<C: Content> View for ListView<C> {
    fn refresh(&mut self, cx: &Context) {
        self.content.refresh(cx);
    }

    fn unfinished(&self) -> bool {
        self.content.unfinished()
    }

    fn conclusion(&self, cx: &Context) -> String {
        self.content.conclusion(cx)
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.content.result()
    }

    fn short(&self, cx: &Context) -> String {
        self.content.short(cx)
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let (frame, shape) = frame(&self.content, self.list, cx, area);
        let fit = self.content.picture(cx, &frame, buffer);
        let selected = self.list.selected(&shape).filter(|_| cx.in_view());
        for (y, index) in (0..).zip(frame.shown.clone()) {
            let Some(line) = frame.lines.get(index) else { break };
            let row = paint::row(frame.rows, y);
            self.content.draw_line(cx, &fit, line, selected == Some(index), row, buffer);
        }
        let line = selected.and_then(|index| frame.lines.get(index));
        let is_in_front = C::CURVE_IN.is_some() && C::CURVE_IN == cx.view_name();
        // A line is free above it, and the last one for the hint.
        let used = text::cells(frame.shown.len()).saturating_add(1);
        if is_in_front && frame.shown.len() == frame.lines.len() && frame.rows.height > used + curve::LEAST {
            let height = frame.rows.height - used - 1;
            let below = Rect { y: frame.rows.y + used, height, ..frame.rows };
            curve::draw(cx, line.and_then(C::input).unwrap_or(cx.focused), below, buffer);
        }
        let hints = line.map(|line| self.content.hints(cx, line)).unwrap_or_default();
        self.list.footer(cx, frame.rows, &shape, &hints, buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Option<Vec<Action>> {
        let (frame, shape) = frame(&self.content, self.list, cx, area);
        let line = self.list.selected(&shape).and_then(|index| frame.lines.get(index));
        let actions = self.content.command(command, cx, line);
        if actions.is_some() {
            return actions;
        }
        self.list.command(command, &shape).then(Vec::new)
    }

    fn input(&self, cx: &Context, area: Rect) -> Option<InputId> {
        let (frame, shape) = frame(&self.content, self.list, cx, area);
        frame.lines.get(self.list.selected(&shape)?).and_then(C::input)
    }

    fn click(&mut self, at: Position, cx: &Context, area: Rect) -> Vec<Action> {
        let (frame, shape) = frame(&self.content, self.list, cx, area);
        let rows = frame.rows;
        if self.list.click(at, rows, &shape) {
            // The hint that comes with the focus may take the last line.
            self.list.keep_in_sight(&shape.with_hint(true));
        }
        Vec::new()
    }
}
