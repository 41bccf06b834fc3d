use super::MapView;
use crate::model::{Global, InputId};
use crate::tui::testing::Bench;
use crate::tui::views::tests::opened;
use crate::tui::{Start, theme};

fn value(bench: &Bench, global: Global) -> f64 {
    bench.app.cx.value(global.into()).expect("present")
}

#[test]
fn arrows_move_both_sliders_and_the_cross_hair_with_them() {
    let mut bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("map", (120, 40));
    bench.keys("Tab*4 Down*3 Right*2");
    assert!(value(&bench, Global::GpuHour) > 2.0 && value(&bench, Global::Utilization) < 1.0);
    let lines = bench.view_lines();
    let row = lines.iter().find(|line| line.contains('●')).expect("a cross-hair");
    assert!(row.starts_with("97 %"), "{lines:#?}");
    bench.keys("u*2");
    assert_eq!((value(&bench, Global::GpuHour), value(&bench, Global::Utilization)), (2.0, 1.0));
}

#[test]
fn any_input_can_be_chosen_for_either_axis() {
    let mut bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("map", (120, 40));
    let has = |bench: &Bench, words: &str| bench.view_lines().iter().any(|line| line.contains(words));
    assert!(has(&bench, "↑ Utilization   → Rent"));
    bench.app.focus_on(InputId::from(Global::HitRatio));
    bench.app.cx.focus = crate::tui::context::Focus::View;
    bench.keys("f");
    assert!(has(&bench, "↑ Utilization   → Hit ratio"));
    bench.keys("z");
    assert!(has(&bench, "↑ Hit ratio   → Utilization"));
    bench.keys(",");
    assert!(!has(&bench, "→ Utilization") && has(&bench, "↑ Hit ratio"));
}

#[test]
fn a_click_moves_both_sliders_to_round_values_there() {
    let mut bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("map", (120, 40));
    let canvas = MapView::canvas(bench.app.layout().views.first().expect("a view").picture);
    bench.click(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    let (rent, utilization) = (value(&bench, Global::GpuHour), value(&bench, Global::Utilization));
    assert!((3.0..3.5).contains(&rent) && (0.45..0.55).contains(&utilization), "{rent} {utilization}");
}

#[test]
fn without_colour_shades_and_a_line_tell_profit_from_loss() {
    for ascii in [false, true] {
        let start = Start { theme: (&theme::MONO).into(), ascii, ..Start::new(opened("deepseek-day6", &[])) };
        let bench = Bench::start(start).show("map", (120, 40));
        let lines = bench.view_lines().join("\n");
        let signs = if ascii {
            ["+++", "...", "loses money", "75 %"]
        } else {
            ["▒▒▒", "···", "loses money", "75 %"]
        };
        for sign in signs {
            assert!(lines.contains(sign), "{sign} in\n{lines}");
        }
    }
}

#[test]
fn the_line_has_no_holes_and_words_on_it() {
    for (size, preset) in [((120, 40), "deepseek-day6"), ((200, 60), "deepseek-day6"), ((120, 40), "sceptic")]
    {
        let bench = Bench::start(Start { ascii: true, ..Start::new(opened(preset, &[])) })
            .show("map", (size.0, size.1));
        let lines = bench.view_lines();
        let rows: Vec<usize> = (0..lines.len()).filter(|row| lines[*row].contains('@')).collect();
        assert!(rows.windows(2).all(|pair| pair[1] == pair[0] + 1), "{lines:#?}");
        assert!(rows.len() > 5 && lines.iter().any(|line| line.contains(" loses money ")), "{lines:#?}");
    }
}

#[test]
fn colours_flow_from_loss_to_gain() {
    let start = Start { theme: (&theme::DARK).into(), ..Start::new(opened("deepseek-day6", &[])) };
    let bench = Bench::start(start).show("map", (120, 40));
    let canvas = MapView::canvas(bench.app.layout().views.first().expect("a view").picture);
    let buffer = bench.buffer();
    let mut colours: Vec<_> = canvas.positions().map(|at| format!("{}", buffer[at].bg)).collect();
    colours.sort();
    colours.dedup();
    assert!(colours.len() > 40, "{} colours", colours.len());
}
