//! The tab bar.

use ratatui::layout::Rect;

use crate::tui::command::ViewName;

/// The cells of a sign that there are more tabs.
const MORE_TABS: u16 = 2;

/// The tabs on screen, each with the index of its view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tabs {
    /// One area per tab.
    pub tabs: Vec<(Rect, usize)>,
    /// Signs of tabs beyond an end of the tab bar, with the view that comes next there.
    pub more: Vec<(Rect, usize)>,
}

impl Tabs {
    /// Lays the tabs out in one line, so that the tab of `view` is among them.
    pub fn new(area: Rect, view: usize) -> Self {
        let widths = ViewName::ALL.map(|view| view.info().title.chars().count() as u16 + 2);
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let fits = |tabs: &[u16], room: u16| tabs.iter().sum::<u16>() <= room;
        if fits(&widths, inner.width) {
            return Self { tabs: row(inner, 0, &widths), more: Vec::new() };
        }
        // With too many tabs the row starts further right, so that the present one is always to be seen; a sign
        // at an end leads to the next one beyond it.
        let room = inner.width.saturating_sub(2 * MORE_TABS);
        let upto = widths.get(..=view).unwrap_or(&widths);
        let first =
            (0..view).find(|first| fits(upto.get(*first..).unwrap_or_default(), room)).unwrap_or(view);
        let x = inner.x + if first > 0 { MORE_TABS } else { 0 };
        let tabs = row(Rect { x, width: room, ..inner }, first, &widths);
        let end = first + tabs.len();
        let sign = |x: u16| Rect { x, width: MORE_TABS.min(inner.width), ..inner };
        let before = (first > 0).then(|| (sign(inner.x), first.saturating_sub(1)));
        let beyond = (end < widths.len()).then(|| (sign(inner.right().saturating_sub(MORE_TABS)), end));
        Self { tabs, more: before.into_iter().chain(beyond).collect() }
    }

    /// The view whose tab is at a position.
    pub fn at(&self, position: ratatui::layout::Position) -> Option<usize> {
        let mut tabs = self.tabs.iter().chain(&self.more);
        tabs.find(|(area, _)| area.contains(position)).map(|(_, view)| *view)
    }
}

/// As many tabs as fit side by side, from `first` on.
fn row(area: Rect, first: usize, widths: &[u16]) -> Vec<(Rect, usize)> {
    let mut x = area.x;
    let mut tabs = Vec::new();
    for (index, width) in widths.iter().enumerate().skip(first) {
        if x + width > area.right() {
            break;
        }
        tabs.push((Rect { x, width: *width, ..area }, index));
        x += width;
    }
    tabs
}
