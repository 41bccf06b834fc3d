//! Whole screens with their styles: every view, every pop-up, sizes, themes, and scenarios that are out of the way.
//!
//! Each test is keys in and a screen out, kept in `snapshots/`. After a change that is meant to be seen:
//! `INSTA_UPDATE=always cargo test screens`, and read the difference.

use std::borrow::Borrow as _;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::preset::{Document, builtin};
use crate::text;
use crate::tui::Start;
use crate::tui::testing::Bench;
use crate::tui::theme::Theme;

/// The explorer on a shipped preset, in a theme, at a size.
fn open(preset: &str, theme: &str, ascii: bool, (width, height): (u16, u16)) -> Bench {
    let document = Document::new(builtin::load(preset).expect("shipped"));
    let theme = Theme::by_name(theme).expect("a theme");
    let mut bench = Bench::start(Start { theme: theme.into(), ascii, ..Start::new(document) }).with_disk();
    bench.resize(width, height);
    bench
}

fn dark() -> Bench {
    open("deepseek-day6", "dark", false, (120, 40))
}

/// The start screen on a scenario that no shipped preset has, after these keys.
fn case(tiers: &[&str], tier: &str, keys: &str) -> Bench {
    let mut bench = dark();
    bench.paste(&preset(tiers, tier)).keys("Enter Esc").keys(keys);
    bench
}

fn assert_screen(name: &str, bench: &Bench) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(name, written(&bench.buffer())));
}

/// A screen as text, then the styles of each line: the column where a style begins, and the style.
fn written(buffer: &Buffer) -> String {
    let (mut screen, mut styles) = (String::new(), String::new());
    for y in buffer.area.top()..buffer.area.bottom() {
        let (mut line, mut runs, mut last) = (String::new(), String::new(), PLAIN.to_owned());
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let cell = &buffer[(x, y)];
            line.push_str(cell.symbol());
            // A blank has no colour of its own, so it goes on with what is before it.
            let blank = cell.symbol() == " " && !has_ground(cell);
            let style = if blank && !last.contains('/') { last.clone() } else { style(cell) };
            if style != last {
                let _ = write!(runs, " {x} {style}");
                last = style;
            }
            x += text::width(cell.symbol()).max(1) as u16;
        }
        let _ = writeln!(screen, "{}", line.trim_end());
        if !runs.is_empty() {
            let _ = writeln!(styles, "{y:>2}:{runs}");
        }
    }
    screen + "\n" + &styles
}

const PLAIN: &str = "-";

/// Whether a cell shows without a letter in it.
fn has_ground(cell: &Cell) -> bool {
    cell.bg != Color::Reset || cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
}

/// A style in short: `86d9e8+b` is a bold colour, `-/2b3a4a` a ground, `-` nothing.
fn style(cell: &Cell) -> String {
    let colour = |colour: Color| match colour {
        Color::Reset => PLAIN.to_owned(),
        Color::Rgb(red, green, blue) => format!("{red:02x}{green:02x}{blue:02x}"),
        named => format!("{named:?}").to_lowercase(),
    };
    let mut style = if cell.symbol() == " " { PLAIN.to_owned() } else { colour(cell.fg) };
    if has_ground(cell) {
        style = format!("{style}/{}", colour(cell.bg));
    }
    let mut modifiers: String = [
        (Modifier::BOLD, 'b'),
        (Modifier::DIM, 'd'),
        (Modifier::ITALIC, 'i'),
        (Modifier::UNDERLINED, 'u'),
        (Modifier::REVERSED, 'r'),
    ]
    .into_iter()
    .filter(|(modifier, _)| cell.modifier.contains(*modifier))
    .map(|(_, letter)| letter)
    .collect();
    if cell.symbol() == " " {
        modifiers.retain(|letter| "ur".contains(letter));
    }
    if modifiers.is_empty() { style } else { format!("{style}+{modifiers}") }
}

/// A test per screen: its name, and how it comes about.
macro_rules! screens {
    ($($name:ident => $bench:expr;)*) => {$(
        #[test]
        fn $name() {
            assert_screen(stringify!($name), $bench.borrow());
        }
    )*};
}

fn start(size: (u16, u16)) -> Bench {
    open("deepseek-day6", "dark", false, size)
}

/// The start screen after these keys.
fn after(keys: &str) -> Bench {
    let mut bench = dark();
    bench.keys(keys);
    bench
}

/// The list of questions and stories.
fn listed() -> Bench {
    let mut bench = dark().with_disk();
    bench.keys("Q");
    bench
}

/// A story at a projector's size, after these keys.
fn told(story: &str, keys: &str) -> Bench {
    let mut bench = dark();
    bench.app.tell(&crate::story::builtin::load(story).expect("shipped").expect("a story"));
    bench.resize(80, 24).keys(keys);
    bench
}

/// A view with the focus, after these keys.
fn view(name: &str, keys: &str) -> Bench {
    let mut bench = dark();
    bench.app.show_view(name);
    bench.keys("BackTab").keys(keys);
    bench
}

/// After these keys, with text typed into the pop-up that they open.
fn typing(keys: &str, typed: &str) -> Bench {
    let mut bench = after(keys);
    bench.text_keys(typed);
    bench
}

fn pinned() -> Bench {
    let mut bench = typing("b /", "sceptic");
    bench.keys("Enter Esc").app.show_view("bridge");
    bench.keys("BackTab");
    bench
}

fn pasting() -> Bench {
    let mut bench = dark();
    bench.paste(&preset(&["r1"], "share = 1\ninput_miss = 0.55\ninput_hit = 0.14\noutput = 2.19"));
    bench
}

/// A preset with these tiers, which all say the same, and share one node.
fn preset(tiers: &[&str], tier: &str) -> String {
    let mut text = "name = \"A case\"\n[node]\ngpus = 8\ngpu_hour = 2.0\nprefill = 73_700\ndecode = 14_800\n\
        [traffic]\ninput_per_output = 3.6\n[cache]\nhit_ratio = 0.56\n"
        .to_owned();
    for (index, name) in tiers.iter().enumerate() {
        let _ = write!(text, "[tier.t{index}]\nname = \"{name}\"\n{tier}\n");
    }
    text
}

const LONG_AND_WIDE: [&str; 8] = [
    "DeepSeek R1 through the API at list price, paid monthly",
    "深度求索的应用程序接口按量计费",
    "Enterprise agreement with a committed volume and support",
    "ウェブとアプリの無料利用者",
    "Batch, half price, within a day",
    "Off-peak hours between midnight and eight",
    "Résumé readers’ plan — à la carte",
    "T",
];

const PRICED: &str = "share = 1\ninput_miss = 0.55\ninput_hit = 0.14\noutput = 2.19";

screens! {
    start_120x40 => dark();
    start_80x24 => start((80, 24));
    start_60x20 => start((60, 20));
    start_160x50 => start((160, 50));
    start_200x60 => start((200, 60));
    start_terminal => open("deepseek-day6", "terminal", false, (120, 40));
    start_light => open("deepseek-day6", "light", false, (120, 40));
    start_mono => open("deepseek-day6", "mono", false, (120, 40));
    start_ascii => open("deepseek-day6", "dark", true, (120, 40));

    case_no_revenue => case(&["Free of charge"], "share = 1\ninput_miss = 0\ninput_hit = 0\noutput = 0", "");
    case_no_cost => case(&["API"], PRICED, "= 0 Enter");
    case_negative_margin => open("sceptic", "dark", false, (120, 40));
    case_nothing_served => case(&["API"], "share = 0\ninput_miss = 0.55\ninput_hit = 0.14\noutput = 2.19", "");
    case_one_tier => case(&["API"], PRICED, "");
    case_eight_tiers => case(&LONG_AND_WIDE, "share = 0.125\ninput_miss = 0.55\ninput_hit = 0.14\noutput = 2.19", "");
    case_edited => after("Right*3 Down Left");

    view_break_even => view("break-even", "Down");
    view_tornado => view("tornado", "Down");
    view_cache => view("cache", "");
    view_map => view("map", "Right Up");
    view_bridge => pinned();
    view_bridge_unpinned => view("bridge", "");
    view_odds => view("odds", "");
    view_hosts => view("hosts", "");
    view_hardware => view("hardware", "");
    view_proof => view("proof", "Down");

    popup_help => after("?");
    popup_details => after("i");
    popup_open => typing("o /", "deepseek");
    popup_compare => typing("b /", "sc");
    popup_copy => after("Y");
    popup_stories => listed();
    story_asks => told("the-545", "Space");
    story_off_the_path => told("two-figures", "Left");
    popup_palette => typing(":", "hit");
    popup_value => typing("=", "2.4");
    popup_target => typing("T", "150%");
    popup_save_as => after("S");
    popup_range => typing("g", "1.8");
    popup_source => after("w");
    popup_add_tier => after("a");
    popup_rename_tier => after("n");
    popup_remove_tier => after("x");
    popup_unsaved => typing("S", "mine").keys("Enter Right q");
    popup_pasted => pasting();
}
