//! What is clicked is what is chosen, at every size, in every list, whoever has the focus.

use ratatui::layout::Rect;

use crate::tui::testing::Bench;
use crate::tui::theme;

/// The views that are lists of rows.
const LISTS: [&str; 3] = ["break-even", "tornado", "bridge"];
const PRESETS: [&str; 4] = ["sceptic", "forum-comment", "deepseek-day6", "mlperf-r1-b200"];
const WIDTHS: [u16; 4] = [200, 120, 80, 100];
const HEIGHTS: std::ops::RangeInclusive<usize> = 24..=60;

/// What an area shows, line by line, and the line under the cursor: the one with the cursor's ground.
struct Lines {
    names: Vec<String>,
    cursor: Option<usize>,
}

impl Lines {
    fn of(bench: &Bench, area: Rect) -> Self {
        let buffer = bench.buffer();
        let name = |y| {
            let line: String = (area.left()..area.right()).map(|x| buffer[(x, y)].symbol()).collect();
            // What stands before a gap is the name of a row.
            line.trim().split("  ").next().unwrap_or_default().to_owned()
        };
        let ground = theme::DARK.selected.bg.expect("a ground");
        let under = |y: u16| (area.left()..area.left() + 3).any(|x| buffer[(x, y)].bg == ground);
        let rows = area.top()..area.bottom();
        Self { names: rows.clone().map(name).collect(), cursor: rows.clone().position(under) }
    }

    fn under_cursor(&self) -> Option<String> {
        self.names.get(self.cursor?).cloned()
    }
}

#[test]
fn the_row_of_a_view_that_is_clicked_is_the_row_that_is_chosen() {
    let mut selected = 0;
    for at in HEIGHTS.step_by(2) {
        let (height, width) = (at as u16, WIDTHS[at / 2 % WIDTHS.len()]);
        let (view, preset) = (LISTS[at % LISTS.len()], PRESETS[at / WIDTHS.len() % PRESETS.len()]);
        let mut bench = Bench::on_disk(preset);
        bench.keys("t b /").text_keys("lmsys").keys("Enter Esc").resize(width, height).app.show_view(view);
        let area = bench.view();
        let mut last = None;
        for line in (at % 2..usize::from(area.height)).step_by(2) {
            let before = Lines::of(&bench, area);
            bench.click(area.left() + 2, area.top() + line as u16);
            let now = Lines::of(&bench, area).under_cursor();
            // A click beside the rows leaves the cursor where it is.
            if now != last && last.is_some() {
                let told = format!("{view} of {preset} at {width}×{height}, line {line}");
                assert_eq!(now.as_ref(), before.names.get(line), "{told}");
                selected += 1;
            }
            last = now;
            // Every other click comes while a slider has the focus.
            if line % 4 < 2 {
                bench.keys("Tab");
            }
        }
    }
    assert!(selected > HEIGHTS.count() / 2, "rows are selected by clicks");
}

#[test]
fn the_slider_that_is_clicked_is_the_slider_in_focus() {
    for at in HEIGHTS.step_by(4) {
        let (height, width) = (at as u16, WIDTHS[at / 4 % WIDTHS.len()]);
        let mut bench = Bench::open(PRESETS[at % PRESETS.len()]);
        bench.resize(width, height);
        let labels = Rect::new(0, 0, 16, height);
        let name = |line: &String| line.trim_start_matches(['▸', '*', '?', ' ']).to_owned();
        let lines = Lines::of(&bench, labels).names;
        let first = lines.iter().position(|line| line.starts_with('▸')).expect("a focused slider");
        for y in first..lines.len() {
            let lines = Lines::of(&bench, labels).names;
            // Titles of panes are numbered; between panes there may be room, below them are rules.
            if lines[y].is_empty() || lines[y].starts_with(|letter: char| letter.is_ascii_digit()) {
                continue;
            }
            if lines[y].contains('─') || y >= usize::from(bench.app.layout().ruler.y) {
                break;
            }
            bench.click(3, y as u16);
            let focused = Lines::of(&bench, labels).names.into_iter().find(|line| line.starts_with('▸'));
            assert_eq!(focused.as_ref().map(name), Some(name(&lines[y])), "{width}×{height}, line {y}");
        }
    }
}
