use super::MapView;
use crate::model::{Global, InputId};
use crate::tui::views::tests::{explorer, opened, press, view_lines};
use crate::tui::{App, Message, Start, theme};

fn value(app: &App, global: Global) -> f64 {
    app.cx.value(global.into()).expect("present")
}

#[test]
fn arrows_move_both_sliders_and_the_cross_hair_with_them() {
    let mut app = explorer(opened("deepseek-day6", &[]), "map", (120, 40));
    press(&mut app, "⇥⇥⇥⇥↓↓↓→→");
    assert!(value(&app, Global::GpuHour) > 2.0 && value(&app, Global::Utilization) < 1.0);
    let lines = view_lines(&app);
    let row = lines.iter().find(|line| line.contains('●')).expect("a cross-hair");
    assert!(row.starts_with("97 %"), "{lines:#?}");
    press(&mut app, "uu");
    assert_eq!((value(&app, Global::GpuHour), value(&app, Global::Utilization)), (2.0, 1.0));
}

#[test]
fn any_input_can_be_chosen_for_either_axis() {
    let mut app = explorer(opened("deepseek-day6", &[]), "map", (120, 40));
    let has = |app: &App, words: &str| view_lines(app).iter().any(|line| line.contains(words));
    assert!(has(&app, "↑ Utilization   → Rent"));
    app.focus_on(InputId::from(Global::HitRatio));
    app.cx.focus = crate::tui::context::Focus::View;
    press(&mut app, "f");
    assert!(has(&app, "↑ Utilization   → Hit ratio"));
    press(&mut app, "z");
    assert!(has(&app, "↑ Hit ratio   → Utilization"));
    press(&mut app, ",");
    assert!(!has(&app, "→ Utilization") && has(&app, "↑ Hit ratio"));
}

#[test]
fn a_click_moves_both_sliders_to_round_values_there() {
    let mut app = explorer(opened("deepseek-day6", &[]), "map", (120, 40));
    let canvas = MapView::canvas(app.layout().views.first().expect("a view").picture);
    app.is_seen();
    let at = |column, row| crossterm::event::MouseEvent {
        kind: crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left),
        column,
        row,
        modifiers: crossterm::event::KeyModifiers::NONE,
    };
    app.update(Message::Mouse(at(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2)));
    let (rent, utilization) = (value(&app, Global::GpuHour), value(&app, Global::Utilization));
    assert!((3.0..3.5).contains(&rent) && (0.45..0.55).contains(&utilization), "{rent} {utilization}");
}

#[test]
fn without_colour_shades_and_a_line_tell_profit_from_loss() {
    for ascii in [false, true] {
        let start = Start { theme: (&theme::MONO).into(), ascii, ..Start::new(opened("deepseek-day6", &[])) };
        let mut app = App::new(start);
        app.update(Message::Resize(120, 40));
        app.show_view("map");
        let lines = view_lines(&app).join("\n");
        let signs = if ascii {
            ["###", "...", "loses money", "75 %"]
        } else {
            ["███", "...", "loses money", "75 %"]
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
        let mut app = App::new(Start { ascii: true, ..Start::new(opened(preset, &[])) });
        app.update(Message::Resize(size.0, size.1));
        app.show_view("map");
        let lines = view_lines(&app);
        let rows: Vec<usize> = (0..lines.len()).filter(|row| lines[*row].contains('@')).collect();
        assert!(rows.windows(2).all(|pair| pair[1] == pair[0] + 1), "{lines:#?}");
        assert!(rows.len() > 5 && lines.iter().any(|line| line.contains(" loses money ")), "{lines:#?}");
    }
}

#[test]
fn colours_flow_from_loss_to_gain() {
    let mut app =
        App::new(Start { theme: (&theme::DARK).into(), ..Start::new(opened("deepseek-day6", &[])) });
    app.update(Message::Resize(120, 40));
    app.show_view("map");
    let canvas = MapView::canvas(app.layout().views.first().expect("a view").picture);
    let mut buffer = ratatui::buffer::Buffer::empty(app.layout().screen);
    crate::tui::render(&app, &mut buffer);
    let mut colours: Vec<_> = canvas.positions().map(|at| format!("{}", buffer[at].bg)).collect();
    colours.sort();
    colours.dedup();
    assert!(colours.len() > 40, "{} colours", colours.len());
}
