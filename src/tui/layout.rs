//! Where everything is on the screen: one pure function, used by drawing and by the mouse alike.
//!
//! ```text
//! header                                            │ whose figures, pinned, help
//! verdict, numbers, where each dollar goes          │ the headline
//! ─────────────────────────────┬─────────────────────────────────
//! Node, Traffic, Cache,        │ tabs
//! Pricing: a row per slider    │ one view, or two side by side
//! ─────────────────────────────┴─────────────────────────────────
//! the focused slider at full width, its marks, its source
//! keys
//! ```

use ratatui::layout::{Position, Rect};

use super::app::App;
use super::command::ViewName;
use super::rows::inputs;
use crate::model::{InputId, Pane};

/// From this width on sliders and view stand side by side.
const SIDE_BY_SIDE: u16 = 80;
/// From this height on sliders and view stand side by side.
const TALL: u16 = 24;
/// From this width on there are two views.
const TWO_VIEWS: u16 = 160;
/// From this height on lines separate header and headline.
const ROOMY: u16 = 36;
/// The least height that is of use for the details of the focused input.
const INSPECTOR: u16 = 7;
/// The cells of a sign that there are more tabs.
const MORE_TABS: u16 = 2;
/// The least the program can work with.
const LEAST: (u16, u16) = (40, 12);

/// The places of one frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// All of the screen.
    pub screen: Rect,
    /// The size needed, when the screen is too small for anything.
    pub needs: Option<(u16, u16)>,
    /// First line.
    pub header: Rect,
    /// Verdict, numbers and bar: one to three lines.
    pub headline: Rect,
    /// Horizontal lines.
    pub rules: Vec<Rect>,
    /// Line between sliders and views, and between two views.
    pub dividers: Vec<Rect>,
    /// The groups of sliders.
    pub panes: Vec<PaneBox>,
    /// Everything known about the focused input, where the panes leave room for it.
    pub inspector: Rect,
    /// The tab bar.
    pub tabs: Rect,
    /// One place per tab, with the index of its view.
    pub tab_boxes: Vec<(Rect, usize)>,
    /// Signs of tabs beyond an end of the tab bar, with the view that comes next there.
    pub more_tabs: Vec<(Rect, usize)>,
    /// The views shown, with their index.
    pub views: Vec<(Rect, usize)>,
    /// The focused slider in full width.
    pub ruler: Rect,
    /// The track within the ruler.
    pub ruler_track: Rect,
    /// Keys, or the last message.
    pub footer: Rect,
}

/// One group of sliders.
#[derive(Clone, Debug, PartialEq)]
pub struct PaneBox {
    /// Which one.
    pub pane: Pane,
    /// Its title line.
    pub title: Rect,
    /// Its rows.
    pub rows: Vec<RowBox>,
    /// How many rows there is no room for.
    pub hidden: usize,
}

/// One slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowBox {
    /// The input.
    pub id: InputId,
    /// The whole line.
    pub area: Rect,
    /// Focus and change marks and the label.
    pub label: Rect,
    /// The track.
    pub track: Rect,
    /// The value.
    pub value: Rect,
    /// The lever bar.
    pub lever: Rect,
}

/// What is at a place of the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// A slider's track.
    Track(RowBox),
    /// A slider's value.
    Value(RowBox),
    /// The rest of a slider's row.
    Label(RowBox),
    /// A pane's title.
    Title(Pane, Rect),
    /// A tab.
    Tab(usize),
    /// A view.
    View(Rect, usize),
    /// The track of the ruler.
    RulerTrack(Rect),
    /// The big number and what stands beside it.
    Headline,
    /// The header.
    Header,
    /// The footer.
    Footer,
    /// Nothing in particular.
    Nowhere,
}

impl Layout {
    /// Lays the screen out.
    pub fn new(screen: Rect, app: &App) -> Self {
        let mut layout = Self { screen, ..Self::default() };
        if screen.width < LEAST.0 || screen.height < LEAST.1 {
            layout.needs = Some(LEAST);
            return layout;
        }
        let beside = screen.width >= SIDE_BY_SIDE && screen.height >= TALL;
        let roomy = screen.height >= ROOMY;
        let mut rest = screen;
        layout.header = take_top(&mut rest, 1);
        if roomy {
            layout.rules.push(take_top(&mut rest, 1));
        }
        layout.headline = take_top(&mut rest, if screen.height >= 18 { 3 } else { 2 });
        layout.footer = take_bottom(&mut rest, 1);
        let ruler = match screen.height {
            ROOMY.. => 4,
            18.. => 3,
            _ => 2,
        };
        layout.ruler = take_bottom(&mut rest, ruler);
        layout.ruler_track = ruler_track(layout.ruler);
        layout.rules.push(take_top(&mut rest, 1));
        if screen.height >= 18 {
            layout.rules.push(take_bottom(&mut rest, 1));
        }

        if beside {
            let left = (screen.width * 46 / 100).clamp(42, 64);
            let panes = Rect { width: left, ..rest };
            let divider = Rect { x: rest.x + left, width: 1, ..rest };
            let mut right = Rect { x: rest.x + left + 1, width: rest.width - left - 1, ..rest };
            layout.dividers.push(divider);
            layout.place_panes(panes, app);
            layout.place_tabs(take_top(&mut right, 1), app);
            let count = app.views.len();
            if screen.width >= TWO_VIEWS && count > 1 {
                let half = (right.width - 1) / 2;
                layout.views.push((Rect { width: half, ..right }, app.view));
                layout.dividers.push(Rect { x: right.x + half, width: 1, ..right });
                let second = Rect { x: right.x + half + 1, width: right.width - half - 1, ..right };
                layout.views.push((second, app.companion()));
            } else {
                layout.views.push((right, app.view));
            }
        } else if app.show_view {
            let mut body = rest;
            layout.place_tabs(take_top(&mut body, 1), app);
            layout.views.push((body, app.view));
        } else {
            layout.place_panes(rest, app);
        }
        layout
    }

    /// What is at a position.
    pub fn at(&self, position: Position) -> Spot {
        for pane in &self.panes {
            if pane.title.contains(position) {
                return Spot::Title(pane.pane, pane.title);
            }
            if let Some(row) = pane.rows.iter().find(|row| row.area.contains(position)) {
                // The cells beside a track belong to it: its ends are hard to hit otherwise.
                let near = Rect { x: row.track.x.saturating_sub(1), width: row.track.width + 2, ..row.track };
                return if near.contains(position) {
                    Spot::Track(*row)
                } else if row.value.contains(position) {
                    Spot::Value(*row)
                } else {
                    Spot::Label(*row)
                };
            }
        }
        let mut tabs = self.tab_boxes.iter().chain(&self.more_tabs);
        if let Some((_, view)) = tabs.find(|(area, _)| area.contains(position)) {
            return Spot::Tab(*view);
        }
        if let Some((area, view)) = self.views.iter().find(|(area, _)| area.contains(position)) {
            return Spot::View(*area, *view);
        }
        if self.ruler_track.contains(position) {
            return Spot::RulerTrack(self.ruler_track);
        }
        if self.headline.contains(position) {
            return Spot::Headline;
        }
        if self.header.contains(position) {
            return Spot::Header;
        }
        if self.footer.contains(position) { Spot::Footer } else { Spot::Nowhere }
    }

    /// The row of an input, if it is on screen.
    pub fn row(&self, id: InputId) -> Option<&RowBox> {
        self.panes.iter().flat_map(|pane| &pane.rows).find(|row| row.id == id)
    }

    fn place_tabs(&mut self, area: Rect, app: &App) {
        self.tabs = area;
        let widths: Vec<u16> = ViewName::ALL
            .into_iter()
            .take(app.views.len())
            .map(|view| view.info().title.chars().count() as u16 + 2)
            .collect();
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let fits = |tabs: &[u16], room: u16| tabs.iter().sum::<u16>() <= room;
        if fits(&widths, inner.width) {
            self.row_of_tabs(inner, 0, &widths);
            return;
        }
        // With too many tabs the row starts further right, so that the present one is always to be seen; a sign
        // at an end leads to the next one beyond it.
        let room = inner.width.saturating_sub(2 * MORE_TABS);
        let upto = widths.get(..=app.view).unwrap_or(&widths);
        let first = (0..app.view)
            .find(|first| fits(upto.get(*first..).unwrap_or_default(), room))
            .unwrap_or(app.view);
        let x = inner.x + if first > 0 { MORE_TABS } else { 0 };
        let row = Rect { x, width: room, ..inner };
        self.row_of_tabs(row, first, &widths);
        let end = first + self.tab_boxes.len();
        let sign = |x: u16| Rect { x, width: MORE_TABS.min(inner.width), ..inner };
        if first > 0 {
            self.more_tabs.push((sign(inner.x), first - 1));
        }
        if end < widths.len() {
            self.more_tabs.push((sign(inner.right().saturating_sub(MORE_TABS)), end));
        }
    }

    fn row_of_tabs(&mut self, row: Rect, first: usize, widths: &[u16]) {
        let mut x = row.x;
        for (index, width) in widths.iter().enumerate().skip(first) {
            if x + width > row.right() {
                break;
            }
            self.tab_boxes.push((Rect { x, width: *width, ..row }, index));
            x += width;
        }
    }

    fn place_panes(&mut self, area: Rect, app: &App) {
        let wanted = Pane::ALL.map(|pane| (pane, inputs(pane, app.document.scenario(), app.tier())));
        let titles = wanted.len() as u16;
        let counts = share_out(area.height.saturating_sub(titles), &wanted, app.pane());
        let used = titles + counts.iter().sum::<u16>();
        // Blank lines between panes where there is room for all of them.
        let gap = u16::from(area.height >= used + titles - 1);
        let mut y = area.y;
        for ((pane, rows), count) in wanted.into_iter().zip(counts) {
            if y >= area.bottom() {
                break;
            }
            let title = Rect { y, height: 1, ..area };
            y += 1;
            let count = usize::from(count.min(area.bottom() - y));
            let focused = rows.iter().position(|id| *id == app.focused()).unwrap_or(0);
            let first = (focused + 1).saturating_sub(count);
            let hidden = rows.len() - count;
            let boxes = rows
                .into_iter()
                .skip(first)
                .take(count)
                .map(|id| {
                    let line = row_box(id, Rect { y, height: 1, ..area });
                    y += 1;
                    line
                })
                .collect();
            self.panes.push(PaneBox { pane, title, rows: boxes, hidden });
            y += gap;
        }
        let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
        if rest.height >= INSPECTOR {
            self.inspector = rest;
        }
    }
}

/// How many rows each pane gets: first-ranked rows first, panes in turn.
/// The focused pane is never without a row.
fn share_out(mut room: u16, wanted: &[(Pane, Vec<InputId>)], focused: Pane) -> Vec<u16> {
    let mut counts = vec![0u16; wanted.len()];
    while room > 0 {
        let next = wanted
            .iter()
            .zip(&counts)
            .enumerate()
            .filter_map(|(place, ((pane, rows), count))| {
                // The first row of a pane always comes before the second of another.
                let waits = *count > 0 || *pane != focused;
                rows.get(usize::from(*count)).map(|_| (*count, waits, place))
            })
            .min();
        let Some((.., place)) = next else { break };
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
        room -= 1;
    }
    counts
}

/// Divides one line into label, track, value and lever.
fn row_box(id: InputId, area: Rect) -> RowBox {
    let wide = area.width >= 50;
    let label_width = if wide { 19 } else { 16 }.min(area.width);
    let value_width = if wide { 13 } else { 11 };
    let label = Rect { width: label_width, ..area };
    let lever = Rect { x: area.right().saturating_sub(2), width: 1, ..area };
    let value = Rect { x: lever.x.saturating_sub(value_width + 1), width: value_width, ..area };
    let start = label.right() + 1;
    let track = Rect { x: start, width: value.x.saturating_sub(start + 1), ..area };
    RowBox { id, area, label, track, value, lever }
}

/// The width of the label left of the ruler's track.
const RULER_LABEL: u16 = 16;
/// The width of the unit right of it.
const RULER_UNIT: u16 = 12;

fn ruler_track(ruler: Rect) -> Rect {
    let x = ruler.x + RULER_LABEL;
    Rect { x, y: ruler.y, width: ruler.width.saturating_sub(RULER_LABEL + RULER_UNIT), height: 1 }
}

fn take_top(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    let top = Rect { height, ..*rest };
    rest.y += height;
    rest.height -= height;
    top
}

fn take_bottom(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    rest.height -= height;
    Rect { y: rest.y + rest.height, height, ..*rest }
}
