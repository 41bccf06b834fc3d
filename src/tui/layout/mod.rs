//! Where everything is on the screen: one pure function, used by drawing and by the mouse alike.
//!
//! ```text
//! header: whose figures, pinned, help
//! headline: verdict, caveat, numbers, where each dollar goes
//!                              │
//! Node, Traffic, Cache,        │ tabs
//! Pricing: a row per slider    │ one view, or two side by side
//! ─────────────────────────────┴─────────────────────────────────
//! the focused slider at full width, its marks, its source
//! keys
//! ```

use ratatui::layout::{Position, Rect};

use super::command::{Command, ViewName};
use super::context::Context;
use super::paint;
use crate::model::{InputId, Pane};

mod hints;
mod panes;
mod tabs;

pub(super) use hints::Hint;
pub(super) use panes::{PaneBox, RowBox};
pub(super) use tabs::Tabs;

/// From this width on sliders and view stand side by side.
const SIDE_BY_SIDE: u16 = 80;
/// From this height on sliders and view stand side by side.
const TALL: u16 = 24;
/// From this width on there are two views.
const TWO_VIEWS: u16 = 160;
/// From this height on there are blank lines above and below the headline, and a rule above the ruler.
const ROOMY: u16 = 36;
/// The least height that is of use for the details of the focused input.
const INSPECTOR: u16 = 7;
/// The least the program can work with.
const LEAST: (u16, u16) = (40, 12);

/// The areas of one frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// All of the screen.
    pub screen: Rect,
    /// The size needed, when the screen is too small for anything.
    pub needs: Option<(u16, u16)>,
    /// First line.
    pub header: Rect,
    /// Verdict, caveat, numbers and bar: three or four lines.
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
    pub tabs: Tabs,
    /// The views shown.
    pub views: Vec<ViewBox>,
    /// The focused slider in full width.
    pub ruler: Rect,
    /// The track within the ruler.
    pub ruler_track: Rect,
    /// Keys, or the last message.
    pub footer: Rect,
    /// The keys in the footer.
    pub hints: Vec<Hint>,
    /// The pop-ups, border included, the innermost last.
    pub popups: Vec<Rect>,
}

/// One view.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewBox {
    /// Its index.
    pub view: usize,
    /// All of it.
    pub area: Rect,
    /// What it says, broken into lines.
    pub sentence: Vec<String>,
    /// Where its picture goes, below its sentence.
    pub picture: Rect,
}

impl ViewBox {
    fn new(view: usize, area: Rect, cx: &Context) -> Self {
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let [sentence, short] =
            [&cx.sentences, &cx.short_sentences].map(|all| all.get(view).map_or("", String::as_str));
        let sentence = in_lines(inner, sentence, short);
        let lines = sentence.len() as u16;
        // A blank line below the sentence where there is room for it.
        let used = (lines + u16::from(inner.height > lines + 12)).min(inner.height);
        let picture = Rect { y: inner.y + used, height: inner.height - used, ..inner };
        Self { view, area, sentence, picture }
    }
}

/// A sentence in a seventh of the lines of a view: all of it, or in fewer words. Where lines are few, as much of those as
/// says something by itself, up to a colon, a semicolon or a full stop; where nothing is that short, all of them.
fn in_lines(area: Rect, sentence: &str, short: &str) -> Vec<String> {
    let wrapped = |words: &str| paint::wrap(words, usize::from(area.width));
    let most = usize::from(area.height / 7).max(2);
    let [whole, fewer] = [sentence, short].map(wrapped);
    let fits = |lines: &Vec<String>| lines.len() <= most;
    let ends = short.match_indices([':', ';', '.']).map(|(end, _)| end).rev();
    let clauses = ends.filter(|_| area.height < ROOMY / 2).filter_map(|end| {
        let (clause, rest) = short.split_at_checked(end)?;
        rest.get(1..)?.starts_with(' ').then(|| wrapped(&format!("{clause}.")))
    });
    [whole, fewer.clone()].into_iter().chain(clauses).find(fits).unwrap_or(fewer)
}

/// What is at a position of the screen.
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
    /// A view, with the area of its picture.
    View(usize, Rect),
    /// The track of the ruler.
    RulerTrack(Rect),
    /// The big number and what stands beside it.
    Headline,
    /// The header.
    Header,
    /// A key in the footer.
    Hint(Command),
    /// Nothing in particular.
    Nowhere,
}

/// How sliders and views share the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sharing {
    /// Too small for anything.
    Nothing,
    /// The sliders alone.
    Sliders,
    /// One view alone.
    View,
    /// Sliders beside one view.
    Beside,
    /// Sliders beside two views.
    TwoViews,
}

impl Sharing {
    fn of(screen: Rect, show_view: bool) -> Self {
        if screen.width < LEAST.0 || screen.height < LEAST.1 {
            Self::Nothing
        } else if screen.width < SIDE_BY_SIDE || screen.height < TALL {
            if show_view { Self::View } else { Self::Sliders }
        } else if screen.width < TWO_VIEWS {
            Self::Beside
        } else {
            Self::TwoViews
        }
    }
}

/// The views on a screen of this size, the one in front first.
pub(super) fn shown_views(screen: Rect, cx: &Context) -> impl Iterator<Item = usize> + use<> {
    let count = match Sharing::of(screen, cx.show_view) {
        Sharing::Nothing | Sharing::Sliders => 0,
        Sharing::View | Sharing::Beside => 1,
        Sharing::TwoViews => 2,
    };
    let front = cx.view;
    (0..count).map(move |after| (front + after) % ViewName::ALL.len())
}

impl Layout {
    /// Lays the screen out.
    pub fn new(screen: Rect, cx: &Context) -> Self {
        let mut layout = Self { screen, ..Self::default() };
        let sharing = Sharing::of(screen, cx.show_view);
        if sharing == Sharing::Nothing {
            layout.needs = Some(LEAST);
            return layout;
        }
        let mut rest = screen;
        layout.header = take_top(&mut rest, 1);
        take_top(&mut rest, u16::from(screen.height >= ROOMY));
        layout.headline = take_top(&mut rest, if screen.height >= 18 { 4 } else { 3 });
        take_top(&mut rest, u16::from(screen.height >= ROOMY));
        layout.footer = take_bottom(&mut rest, 1);
        let ruler = match screen.height {
            TALL.. => 4,
            18.. => 3,
            _ => 2,
        };
        layout.ruler = take_bottom(&mut rest, ruler);
        if cx.telling.is_none() {
            layout.ruler_track = ruler_track(layout.ruler);
        }
        if screen.height >= ROOMY {
            layout.rules.push(take_bottom(&mut rest, 1));
        }
        layout.body(rest, sharing, cx);
        if cx.toast.is_none() {
            layout.hints = hints::hints(layout.footer, cx);
        }
        let stage = layout.below_headline();
        layout.popups = cx.popups.iter().map(|popup| popup_area(stage, popup.size)).collect();
        layout
    }

    /// Sliders and views.
    fn body(&mut self, area: Rect, sharing: Sharing, cx: &Context) {
        let (sliders, mut right) = match sharing {
            Sharing::Nothing => return,
            Sharing::Sliders => (Some(area), None),
            Sharing::View => (None, Some(area)),
            Sharing::Beside | Sharing::TwoViews => {
                let width = (area.width * 40 / 100 + 10).clamp(42, 64);
                self.dividers.push(Rect { x: area.x + width, width: 1, ..area });
                let right = Rect { x: area.x + width + 1, width: area.width - width - 1, ..area };
                (Some(Rect { width, ..area }), Some(right))
            }
        };
        if let Some(area) = sliders {
            let (panes, below) = panes::panes(area, cx);
            self.panes = panes;
            if below.height >= INSPECTOR {
                self.inspector = below;
            }
        }
        let Some(right) = &mut right else { return };
        self.tabs = Tabs::new(take_top(right, 1), cx.view);
        let half = if sharing == Sharing::TwoViews { (right.width - 1) / 2 } else { right.width };
        let second = Rect { x: right.x + half + 1, width: (right.width - half).saturating_sub(1), ..*right };
        let areas = [Rect { width: half, ..*right }, second];
        if sharing == Sharing::TwoViews {
            self.dividers.push(Rect { x: right.x + half, width: 1, ..*right });
        }
        let shown = shown_views(self.screen, cx).zip(areas);
        self.views = shown.map(|(view, area)| ViewBox::new(view, area, cx)).collect();
    }

    /// What stands between headline and footer: pop-ups, which never cover the answer.
    pub fn below_headline(&self) -> Rect {
        let y = self.headline.bottom();
        Rect { y, height: self.footer.y.saturating_sub(y), ..self.screen }
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
        if let Some(view) = self.tabs.at(position) {
            return Spot::Tab(view);
        }
        if let Some(shown) = self.views.iter().find(|shown| shown.area.contains(position)) {
            return Spot::View(shown.view, shown.picture);
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
        let hint = self.hints.iter().find(|hint| hint.area.contains(position));
        hint.map_or(Spot::Nowhere, |hint| Spot::Hint(hint.command))
    }

    /// Where a view's picture is, if it is on screen.
    pub fn picture(&self, view: usize) -> Option<Rect> {
        self.views.iter().find(|shown| shown.view == view).map(|shown| shown.picture)
    }

    /// The row of an input, if it is on screen.
    pub fn row(&self, id: InputId) -> Option<&RowBox> {
        self.panes.iter().flat_map(|pane| &pane.rows).find(|row| row.id == id)
    }
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

/// Where a pop-up of the wanted size stands, with a line of air in it: centred, within its stage.
fn popup_area(screen: Rect, (width, height): (u16, u16)) -> Rect {
    let width = width.min(screen.width.saturating_sub(2)).max(1);
    let height = height.saturating_add(AIR).min(screen.height).max(1);
    Rect {
        x: screen.x + (screen.width.saturating_sub(width)) / 2,
        y: screen.y + (screen.height.saturating_sub(height)) / 3,
        width,
        height,
    }
}

/// The blank line below the border of a pop-up.
const AIR: u16 = 1;

/// The inside of a pop-up's border.
pub(super) fn inside(area: Rect) -> Rect {
    let above = 1 + AIR;
    Rect {
        x: area.x + 2.min(area.width),
        y: area.y + above.min(area.height),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(above + 1),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::in_lines;

    #[test]
    fn a_sentence_that_is_too_long_says_what_stands_by_itself_and_cuts_no_number() {
        let sentence =
            "Nothing short of a factor of 6.45 overturns it alone: rent at $12.90 or 84.5 % given away.";
        assert_eq!(
            in_lines(Rect::new(0, 0, 36, 13), sentence, sentence),
            ["Nothing short of a factor of 6.45", "overturns it alone."]
        );
        assert_eq!(in_lines(Rect::new(0, 0, 100, 13), sentence, sentence), [sentence]);
        assert_eq!(
            in_lines(Rect::new(0, 0, 8, 13), "One word after another", "One word after another"),
            ["One word", "after", "another"]
        );
    }
}
