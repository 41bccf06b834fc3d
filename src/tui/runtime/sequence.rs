//! What the escape sequences of terminals mean: xterm's, with the dialects of rxvt and the Linux console.
//!
//! Only what a terminal sends that was asked for nothing else than what the explorer asks for: no keyboard protocol,
//! no keypad mode, mouse reports in SGR form. The rest has no meaning here, and is swallowed.
//!
//! Sources: xterm's "Control Sequences", under "PC-Style Function Keys", "Mouse Tracking" and "Operating System
//! Commands"; Contour's "Dark and Light Mode Detection" for 996, 997 and 2031.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::tui::message::{Background, Message};

/// A key press.
pub(super) fn key(code: KeyCode, modifiers: KeyModifiers) -> Message {
    Message::Key(KeyEvent::new(code, modifiers))
}

/// The meaning of `ESC [ body last`; `None` when it is nothing the explorer takes.
pub(super) fn control(body: &[u8], last: u8) -> Option<Message> {
    let body = std::str::from_utf8(body).ok()?;
    if let Some(report) = body.strip_prefix('<') {
        return mouse(&numbers(report), last);
    }
    if body == "[" {
        return function(last.checked_sub(b'A')? + 1).map(|code| key(code, KeyModifiers::NONE));
    }
    match (body, last) {
        ("?997;1", b'n') => return Some(Message::Background(Background::Dark)),
        ("?997;2", b'n') => return Some(Message::Background(Background::Light)),
        _ => {}
    }
    if !body.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b';')) {
        return None;
    }
    let parameters = numbers(body);
    let first = parameters.first().copied().unwrap_or(0);
    let (code, extra) = match last {
        b'~' => (numbered(first)?, KeyModifiers::NONE),
        b'Z' => (KeyCode::BackTab, KeyModifiers::SHIFT),
        // rxvt has lower-case letters for arrows with Shift.
        b'a'..=b'd' => (arrow(last.to_ascii_uppercase())?, KeyModifiers::SHIFT),
        // `ESC [ row ; column R` is an answer about the cursor; of F3 the first number is 1.
        _ if first <= 1 => (arrow(last)?, KeyModifiers::NONE),
        _ => return None,
    };
    Some(key(code, held(parameters.get(1).copied()) | extra))
}

/// The meaning of `ESC O last`.
pub(super) fn shift(last: u8) -> Option<Message> {
    match last {
        b'M' => Some(key(KeyCode::Enter, KeyModifiers::NONE)),
        // rxvt has these for arrows with Ctrl.
        b'a'..=b'd' => Some(key(arrow(last.to_ascii_uppercase())?, KeyModifiers::CONTROL)),
        _ => Some(key(arrow(last)?, KeyModifiers::NONE)),
    }
}

/// The meaning of a string between `ESC opener` and its end: the answer about the background (OSC 11), as
/// `11;rgb:RRRR/GGGG/BBBB` with one to four hexadecimal digits each.
pub(super) fn answer(opener: u8, body: &[u8]) -> Option<Message> {
    let colour = std::str::from_utf8(body).ok().filter(|_| opener == b']')?.strip_prefix("11;rgb")?;
    let mut parts = colour.trim_start_matches('a').strip_prefix(':')?.split('/');
    let mut part = || {
        let digits = parts.next().filter(|digits| (1..=4).contains(&digits.len()))?;
        let most = (1_u32 << (4 * digits.len())) - 1;
        Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
    };
    let (red, green, blue) = (part()?, part()?, part()?);
    // What counts is how bright it seems (Rec. 601).
    let light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5;
    Some(Message::Background(if light { Background::Light } else { Background::Dark }))
}

/// The numbers of a parameter list; an empty one is 0.
fn numbers(list: &str) -> Vec<u32> {
    list.split(';').map(|item| item.parse().unwrap_or(u32::from(!item.is_empty()) * u32::MAX)).collect()
}

/// The modifiers of a key's second parameter: bits, and one more.
fn held(parameter: Option<u32>) -> KeyModifiers {
    let bits = parameter.unwrap_or(1).saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
    ] {
        modifiers.set(modifier, bits & bit != 0);
    }
    modifiers
}

/// The keys that end in a letter of their own.
fn arrow(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// The keys that end in `~` after a number.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => return function(u8::try_from(number - 10).ok()?),
        17..=21 => return function(u8::try_from(number - 11).ok()?),
        23..=24 => return function(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

fn function(number: u8) -> Option<KeyCode> {
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

/// A mouse report: button and modifiers in bits, column and row from 1; `m` when a button went up.
fn mouse(report: &[u32], last: u8) -> Option<Message> {
    let &[bits, column, row] = report else { return None };
    let cell = |position: u32| u16::try_from(position.saturating_sub(1)).unwrap_or(u16::MAX);
    let moving = bits & 0b10_0000 != 0;
    let button = match bits & 0b1100_0011 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match (last, bits & 0b1100_0011, button) {
        (b'm', _, Some(button)) => MouseEventKind::Up(button),
        (b'M', _, Some(button)) if moving => MouseEventKind::Drag(button),
        (b'M', _, Some(button)) => MouseEventKind::Down(button),
        (b'M', 0b100_0000, None) => MouseEventKind::ScrollUp,
        (b'M', 0b100_0001, None) => MouseEventKind::ScrollDown,
        (b'M', 0b100_0010, None) => MouseEventKind::ScrollLeft,
        (b'M', 0b100_0011, None) => MouseEventKind::ScrollRight,
        _ => return None,
    };
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::SHIFT, bits & 4 != 0);
    modifiers.set(KeyModifiers::ALT, bits & 8 != 0);
    modifiers.set(KeyModifiers::CONTROL, bits & 16 != 0);
    Some(Message::Mouse(MouseEvent { kind, column: cell(column), row: cell(row), modifiers }))
}
