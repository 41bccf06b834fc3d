use crate::model::{Global, InputId};
use crate::tui::testing::Bench;
use crate::tui::views::tests::opened;
use crate::tui::{Start, theme};

fn row(lines: &[String], name: &str) -> String {
    lines.iter().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {lines:#?}")).clone()
}

#[test]
fn bars_have_the_values_that_cause_them_at_their_ends() {
    let lines =
        Bench::start(Start::new(opened("deepseek-day6", &[]))).show("tornado", (120, 40)).view_lines();
    let rent = row(&lines, "Rent  ");
    assert!(rent.find("$3.00") < rent.find('▄') && rent.find('▄') < rent.find("$1.50"), "{rent}");
    assert!(rent.ends_with("11.6 pt") && !rent.contains('~'), "{rent}");
    assert!(row(&lines, "Discount").contains('~'));
    // What lowers the margin is left of today's, what raises it right of it.
    let titles = lines.iter().find(|line| line.contains("lowers")).expect("titles");
    assert!(titles.find("◂ lowers") < titles.find("raises ▸") && titles.ends_with("swing"), "{titles}");
    let joint = lines.iter().position(|line| line.contains("─●")).expect("an axis");
    assert!(lines[joint + 1].contains("84.5 %") && lines[joint + 1].contains("80 %"), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("~ default range")));
}

#[test]
fn a_narrow_screen_keeps_both_values_whole() {
    let lines = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("tornado", (80, 24)).view_lines();
    assert!(
        row(&lines, "Rent   ").contains("$3.00 ") && row(&lines, "Rent   ").ends_with(" $1.50"),
        "{lines:#?}"
    );
    assert!(
        row(&lines, "Decode").contains("12k ") && row(&lines, "Decode").ends_with(" 18.5k"),
        "{lines:#?}"
    );
}

#[test]
fn without_colour_the_side_of_today_tells_a_gain_from_a_loss() {
    for (ascii, bar, today) in [(false, '▄', '│'), (true, '=', '|')] {
        let start = Start { theme: (&theme::MONO).into(), ascii, ..Start::new(opened("deepseek-day6", &[])) };
        let bench = Bench::start(start).show("tornado", (120, 40));
        let fee = row(&bench.view_lines(), "Fee  ");
        assert!(fee.contains(bar) && fee.find("20 %") < fee.find(bar), "{fee}");
        assert!(fee.rfind(bar) < fee.find(today) && fee.find(today) < fee.find(" 0 %"), "{fee}");
    }
}

#[test]
fn what_loses_everything_does_not_flatten_the_others() {
    let low = (InputId::from(Global::Utilization), Some(0.15));
    let lines =
        Bench::start(Start::new(opened("deepseek-day6", &[low]))).show("tornado", (120, 40)).view_lines();
    let first = row(&lines, "Utilization  ");
    assert!(first.contains("0.0001 % ◂") && first.ends_with("15.5M pt"), "{first}");
    // A bar that is flat has half a cell on either side.
    let half_cells: usize = row(&lines, "Decode  ")
        .chars()
        .map(|sign| match sign {
            '▄' => 2,
            '▖' | '▗' => 1,
            _ => 0,
        })
        .sum();
    assert!(half_cells > 2, "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("−103 % ─")), "a short axis says its ends: {lines:#?}");
}

#[test]
fn enter_goes_to_the_input() {
    let mut bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("tornado", (120, 40));
    bench.keys("Tab*4 Down");
    assert!(bench.view_lines().iter().any(|line| line.contains("82.4 % at 12k, 86.3 % at 18.5k")));
    bench.keys("Enter");
    assert_eq!(bench.app.cx.focused, Global::Decode.into());
}
