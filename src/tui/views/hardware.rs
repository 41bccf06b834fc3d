//! Hardware: what a million tokens cost at measured rates.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::book::{self, Choice, Entry, Shape};
use crate::analysis::{Lengths, RentFrom};
use crate::quantity::number;
use crate::report::hardware::{
    FIRST_LENGTHS, HardwareLine, HardwareQuery, HardwareReport, RentChoice, lengths_in_brief,
    lengths_in_words,
};
use crate::tui::command::{BookCommand, Command, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint::Line;
use crate::tui::paint::columns::{Column, Set};
use crate::tui::paint::list::List;
use picture::Picture;

mod picture;

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(HardwareView {
        report: None,
        choice: Choice::default(),
        least_speed: Some(30.0),
        lengths: FIRST_LENGTHS,
        rent: RentChoice::Book,
    })
}

struct HardwareView {
    report: Option<HardwareReport>,
    choice: Choice,
    /// Rows slower than this are left out.
    least_speed: Option<f64>,
    lengths: Lengths,
    rent: RentChoice,
}

/// The speeds one can ask for, tok/s a user.
const SPEEDS: [f64; 10] = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0, 150.0, 200.0];

/// GPU, how many, model, number format, engine, speed, cost, margin, rent, who measured it.
const COLUMNS: [Column; 10] = [
    Column { title: "GPU", set: Set::Left, gap: 0, spare: 0 },
    Column { title: "", set: Set::Right, gap: 1, spare: 5 },
    Column { title: "model", set: Set::Words(14), gap: 1, spare: 3 },
    Column { title: "", set: Set::Left, gap: 1, spare: 7 },
    Column { title: "engine", set: Set::Words(6), gap: 1, spare: 6 },
    Column { title: "tok/s", set: Set::Right, gap: 1, spare: 1 },
    Column { title: "per M", set: Set::Right, gap: 2, spare: 0 },
    Column { title: "margin", set: Set::Right, gap: 2, spare: 2 },
    Column { title: "rent", set: Set::Right, gap: 2, spare: 4 },
    Column { title: "by", set: Set::Words(8), gap: 2, spare: 8 },
];

/// The most lines of the picture.
const TALLEST: u16 = 22;
/// Below this height there is a list alone, with a bar for each margin: a picture of so few lines says less.
const SHORT: u16 = 14;
/// The cells of such a bar.
const BAR: f64 = 12.0;
/// The margin's column.
const MARGIN: usize = 7;

/// The picture's part of an area, or the line that says what is listed; the list's titles and the list's rows.
fn parts(area: Rect) -> (Rect, Rect, Rect) {
    let (picture, titles) = match area.height {
        ..4 => (0, 1),
        4..SHORT => (1, 1),
        height => ((height * 3 / 5).min(TALLEST), 1),
    };
    let titles = titles.min(area.height - picture);
    let below = |y: u16, height: u16| Rect { y: area.y + y, height, ..area };
    let rows = below(picture + titles, area.height - picture - titles);
    (below(0, picture), below(picture, titles), rows)
}

impl HardwareView {
    /// The rows, and before those whose lengths nobody published what they are.
    fn entries(&self, cx: &Context) -> Vec<Entry<'_, HardwareLine>> {
        let Some(report) = &self.report else { return Vec::new() };
        let known = report.rows.iter().take_while(|row| row.rate.lengths().is_some()).count();
        let words = " MLPerf: per M output tokens; derived, not verified by MLCommons ".to_owned();
        Entry::all(&report.rows, Some((known, words, cx.theme.quiet)))
    }

    /// As [`Self::cells`], the margin drawn where there is one.
    fn cells_with_bar(&self, cx: &Context, row: &HardwareLine) -> [String; 10] {
        let mut cells = self.cells(row);
        if row.result.gpu_hour_from == RentFrom::Present {
            cells[0].push('*');
        }
        if let Some(margin) = row.result.gross_margin.filter(|margin| *margin >= 0.0) {
            cells[MARGIN] = cx.signs.thin_bar(libm::ceil(margin * BAR * 2.0) as usize);
        }
        cells
    }

    fn cells(&self, row: &HardwareLine) -> [String; 10] {
        let one_model = self.report.as_ref().is_some_and(HardwareReport::is_about_one_model);
        let rent = number::money(row.result.gpu_hour);
        [
            row.rate.gpu.clone(),
            format!("×{}", number::plain(row.rate.gpus)),
            if one_model { String::new() } else { row.rate.model.clone() },
            row.rate.precision.clone(),
            row.rate.engine.clone(),
            row.rate.speed.map(|speed| number::places(speed, 1)).unwrap_or_default(),
            number::or_undefined(row.result.cost_per_m_tokens, number::money),
            number::or_undefined(row.result.gross_margin, number::margin),
            if row.result.gpu_hour_from == RentFrom::Book { rent } else { rent + "*" },
            row.rate.by.clone(),
        ]
    }

    fn hints(&self, cx: &Context, row: Option<&HardwareLine>) -> Vec<String> {
        let key = |command| cx.keys.key(&ViewName::Hardware.scopes(), command);
        let open = row.map(|_| format!("{} opens it", key(Command::Act))).unwrap_or_default();
        if row.is_some_and(|row| row.rate.lengths().is_none()) {
            let derived = "derived, not verified by MLCommons";
            return vec![format!("{open}  per M output tokens; {derived}"), derived.to_owned(), open];
        }
        let speed = format!("{}{} speed", key(Command::Left), key(Command::Right));
        let lengths = format!("{} lengths", key(Command::Book(BookCommand::Lengths)));
        let rent = match self.rent {
            RentChoice::Book => format!("{} * at the present rent", key(Command::Book(BookCommand::Rent))),
            RentChoice::Present => format!("{} listed rents", key(Command::Book(BookCommand::Rent))),
        };
        let find = format!("{} filters", key(Command::Find));
        vec![
            format!("{open}  {speed}  {lengths}  {rent}  {find}"),
            format!("{open}  {speed}  {lengths}  {rent}"),
            format!("{open}  {speed}  {lengths}"),
            format!("{open}  {speed}"),
            open,
        ]
    }

    /// The next speed to ask for; none at all below the least.
    fn step_speed(&mut self, up: bool) {
        let present = self.least_speed.unwrap_or(0.0);
        let next = if up {
            SPEEDS.into_iter().find(|speed| *speed > present).or(self.least_speed)
        } else {
            SPEEDS.into_iter().rev().find(|speed| *speed < present)
        };
        self.least_speed = next;
    }

    /// Runs what only this view can do.
    fn ask(&mut self, command: Command, cx: &Context) -> bool {
        match command {
            Command::Left | Command::Right => self.step_speed(command == Command::Right),
            Command::Book(BookCommand::Lengths) => {
                let mut known = vec![FIRST_LENGTHS];
                for lengths in cx.books.rates().rows.iter().filter_map(|rate| rate.lengths()) {
                    if !known.contains(&lengths) {
                        known.push(lengths);
                    }
                }
                let next = known.iter().skip_while(|lengths| **lengths != self.lengths).nth(1);
                self.lengths = next.copied().unwrap_or(FIRST_LENGTHS);
            }
            Command::Book(BookCommand::Rent) => {
                self.rent =
                    if self.rent == RentChoice::Book { RentChoice::Present } else { RentChoice::Book };
            }
            _ => return false,
        }
        true
    }

    fn draw_list(&self, cx: &Context, entries: &[Entry<'_, HardwareLine>], area: Rect, buffer: &mut Buffer) {
        let (_, titles, rows) = parts(area);
        let is_short = area.height < SHORT;
        let mut columns = COLUMNS;
        if is_short {
            columns[MARGIN] = Column { set: Set::Left, spare: 0, ..columns[MARGIN] };
        }
        let cells = |row: &HardwareLine| {
            let (text, quiet, strong) = (cx.theme.text, cx.theme.quiet, cx.theme.strong);
            let margin = cx.theme.verdict(row.result.gross_margin.is_some_and(|margin| margin > cx.target));
            let cells = if is_short { self.cells_with_bar(cx, row) } else { self.cells(row) };
            (cells, [text, quiet, quiet, quiet, quiet, text, strong, margin, quiet, quiet])
        };
        let hints = self.hints(cx, self.choice.selected(entries, cx, rows));
        self.choice.draw(cx, entries, Shape { columns, titles, rows }, cells, &hints, buffer);
    }
}

impl View for HardwareView {
    fn refresh(&mut self, cx: &Context) {
        let query = HardwareQuery {
            model: self.choice.model(),
            gpu: None,
            words: &self.choice.words,
            speed: self.least_speed,
            lengths: Some(self.lengths),
            tier: Some(cx.tier),
            rent: self.rent,
        };
        self.report = Some(HardwareReport::of(&cx.document, &cx.books, query));
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.report.as_ref().map(|report| report as _)
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let Some(report) = &self.report else { return };
        let entries = self.entries(cx);
        let cursor = self.choice.selected(&entries, cx, parts(area).2);
        let cursor = cursor.filter(|row| cx.in_view() && row.rate.lengths().is_some());
        // Who measured stands with the lines, since the column that says it goes first where room is short.
        let mut by: Vec<&str> =
            report.rows.iter().filter(|row| row.rate.lengths().is_some()).map(|row| &*row.rate.by).collect();
        by.dedup();
        let by = if by.is_empty() { String::new() } else { format!("{}: ", by.join(", ")) };
        let what = by.clone() + &lengths_in_words(self.lengths);
        let picture = Picture {
            curves: &report.curves,
            what: &what,
            star: report.curves.iter().any(|curve| !curve.listed),
            least_speed: self.least_speed,
            present: report.present_cost,
            cursor: cursor
                .and_then(|row| Some((&*row.rate.gpu, row.rate.speed?, row.result.cost_per_m_tokens?))),
            best: report.cheapest().map(|row| &*row.rate.gpu),
        };
        if area.height < SHORT {
            let brief = by + &lengths_in_brief(self.lengths);
            let has_star = report.rows.iter().any(|row| row.result.gpu_hour_from == RentFrom::Present);
            let star = if has_star { "  * present rent" } else { "" };
            let mut line = Line::new(parts(area).0, buffer);
            let _ = line.put_whole(&format!("{what}{star}"), cx.theme.quiet)
                || line.put_whole(&format!("{brief}{star}"), cx.theme.quiet)
                || line.put_whole(&what, cx.theme.quiet);
        } else {
            picture.draw(cx, parts(area).0, buffer);
        }
        self.draw_list(cx, &entries, area, buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Option<Vec<Action>> {
        if let Some(actions) = self.choice.command(command) {
            return Some(actions);
        }
        if self.ask(command, cx) {
            self.choice.list = List::default();
            return Some(vec![Action::FilterView(self.choice.words.clone())]);
        }
        let (entries, rows) = (self.entries(cx), parts(area).2);
        if command == Command::Act {
            let row = self.choice.selected(&entries, cx, rows).zip(self.report.as_ref());
            let open = row.map(|(row, report)| {
                book::open(format!("{} ×{}", row.rate.gpu, number::plain(row.rate.gpus)), report.opening(row))
            });
            return Some(open.into_iter().collect());
        }
        let lines = Choice::lines(&entries, cx, rows);
        self.choice.list.command(command, &lines).then(Vec::new)
    }

    fn click(&mut self, at: Position, cx: &Context, area: Rect) -> Vec<Action> {
        let rows = parts(area).2;
        self.choice.click(at, Choice::lines(&self.entries(cx), cx, rows), rows);
        Vec::new()
    }

    fn filter(&mut self, words: &str) {
        self.choice.filter(words);
    }
}
