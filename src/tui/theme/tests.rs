//! Every theme with colours of its own can be read, and its roles told apart, by red-green-blind readers too.

use ratatui::style::{Color, Style};

use super::{DARK, LIGHT, Theme};

/// A theme with colours of its own, on the least favourable ground that it is meant for.
const THEMES: [(&Theme, Color); 2] =
    [(&DARK, Color::Rgb(0x1e, 0x1e, 0x1e)), (&LIGHT, Color::Rgb(0xf5, 0xf5, 0xf5))];

/// The least contrast of text, and of marks and tracks (WCAG 2.2, criteria 1.4.3 and 1.4.11).
const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;

/// The least distance in `OKLab` of colours that are shown together.
const APART: f64 = 0.08;

/// The three kinds of eyes, by the matrix that turns linear red, green and blue into what they see: everybody's,
/// and deuteranopia and protanopia of severity 1.0 after Machado, Oliveira and Fernandes (2009).
const EYES: [(&str, Matrix); 3] = [
    ("full colour vision", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
];

type Matrix = [[f64; 3]; 3];

fn times(matrix: &Matrix, colour: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(colour).map(|(weight, part)| weight * part).sum())
}

/// Linear red, green and blue.
fn linear(colour: Color) -> [f64; 3] {
    let Color::Rgb(red, green, blue) = colour else { panic!("{colour} is the terminal's, not the theme's") };
    [red, green, blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance(colour: Color) -> f64 {
    let [red, green, blue] = linear(colour);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// Lightness and the two axes of colour as these eyes see them (Ottosson 2020).
fn oklab(colour: Color, eyes: &Matrix) -> [f64; 3] {
    const CONES: Matrix = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ];
    const LAB: Matrix = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ];
    let seen = times(eyes, linear(colour)).map(|part| part.clamp(0.0, 1.0));
    times(&LAB, times(&CONES, seen).map(f64::cbrt))
}

fn distance(one: Color, other: Color, eyes: &Matrix) -> f64 {
    let (one, other) = (oklab(one, eyes), oklab(other, eyes));
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

fn colour(style: Style) -> Color {
    style.fg.expect("a colour")
}

/// The roles that have a hue: each means one thing, and all of them may stand on one screen.
fn hues(theme: &Theme) -> [(&'static str, Style); 8] {
    [
        ("focus", theme.focus),
        ("good", theme.good),
        ("bad", theme.bad),
        ("claim", theme.claim),
        ("range", theme.range),
        ("pinned", theme.pinned),
        ("prefill", theme.prefill),
        ("decode", theme.decode),
    ]
}

/// What the hues stand among.
fn greys(theme: &Theme) -> [(&'static str, Style); 4] {
    [("strong", theme.strong), ("text", theme.text), ("quiet", theme.quiet), ("track", theme.track)]
}

#[test]
fn text_can_be_read_and_tracks_and_marks_can_be_seen() {
    for (theme, ground) in THEMES {
        let words = hues(theme).into_iter().filter(|(role, _)| *role != "range");
        for (role, style) in words.chain(greys(theme)).filter(|(role, _)| *role != "track") {
            let contrast = contrast(colour(style), ground);
            assert!(contrast >= TEXT, "{} of {}: {contrast:.2}", role, theme.name);
        }
        for (role, style) in [("track", theme.track), ("range", theme.range)] {
            let contrast = contrast(colour(style), ground);
            assert!(contrast >= MARK, "{} of {}: {contrast:.2}", role, theme.name);
        }
    }
}

#[test]
fn the_less_something_says_the_closer_it_is_to_the_ground() {
    for (theme, ground) in THEMES {
        let by_weight = [theme.strong, theme.text, theme.quiet, theme.track, theme.rule].map(colour);
        let contrasts = by_weight.map(|colour| contrast(colour, ground));
        assert!(contrasts.is_sorted_by(|one, other| one > other), "{}: {contrasts:.2?}", theme.name);
        for pair in by_weight.windows(2) {
            let distance = distance(pair[0], pair[1], &EYES[0].1);
            assert!(distance >= APART, "{}: {pair:?} {distance:.3}", theme.name);
        }
    }
}

#[test]
fn roles_can_be_told_apart_by_everybody() {
    for (theme, _) in THEMES {
        let hues = hues(theme);
        for (index, (role, style)) in hues.iter().enumerate() {
            for (other_role, other) in hues.iter().skip(index + 1).chain(&greys(theme)) {
                for (eyes, matrix) in &EYES {
                    let distance = distance(colour(*style), colour(*other), matrix);
                    assert!(
                        distance >= APART,
                        "{role} and {other_role} of {} under {eyes}: {distance:.3}",
                        theme.name
                    );
                }
            }
        }
    }
}

#[test]
fn what_means_the_same_looks_the_same() {
    for theme in Theme::ALL {
        for (one, other) in [
            (theme.up, theme.good),
            (theme.left, theme.good),
            (theme.down, theme.bad),
            (theme.mark, theme.bad),
            (theme.warn, theme.bad),
        ] {
            assert_eq!(one.fg, other.fg, "{}", theme.name);
        }
        // A change is marked, not coloured.
        assert_eq!(theme.changed.fg, theme.strong.fg, "{}", theme.name);
    }
}

/// The step of the map's scale that begins at the target.
const TARGET: usize = 3;

#[test]
fn the_map_is_neutral_at_the_target_and_stronger_the_further_from_it() {
    for (theme, ground) in THEMES {
        let scale = theme.ramp.map(colour);
        let strength = scale.map(|colour| contrast(colour, ground));
        let (loss, gain) = strength.split_at(TARGET);
        assert!(loss.is_sorted_by(|one, other| one > other), "{}: {strength:.2?}", theme.name);
        assert!(gain.is_sorted_by(|one, other| one < other), "{}: {strength:.2?}", theme.name);
        let chroma = scale.map(|colour| {
            let [_, a, b] = oklab(colour, &EYES[0].1);
            a.hypot(b)
        });
        assert!(chroma.iter().all(|other| *other >= chroma[TARGET]), "{}: {chroma:.3?}", theme.name);
        assert!(chroma[TARGET] < 0.04, "{}: {chroma:.3?}", theme.name);
    }
}

#[test]
fn a_loss_and_a_gain_on_the_map_are_told_apart_by_everybody() {
    for (theme, _) in THEMES {
        let scale = theme.ramp.map(colour);
        for (eyes, matrix) in &EYES {
            for loss in &scale[..TARGET] {
                for gain in &scale[TARGET..] {
                    let distance = distance(*loss, *gain, matrix);
                    assert!(
                        distance >= APART,
                        "{loss} and {gain} of {} under {eyes}: {distance:.3}",
                        theme.name
                    );
                }
            }
            for pair in scale.windows(2) {
                let distance = distance(pair[0], pair[1], matrix);
                assert!(distance >= 0.05, "{pair:?} of {} under {eyes}: {distance:.3}", theme.name);
            }
        }
    }
}
