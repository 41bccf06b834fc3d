//! What the escape sequences of terminals mean: xterm's, with the dialects of rxvt, the Linux console and kitty.
//!
//! Sources: xterm's "Control Sequences", under "PC-Style Function Keys" and "Mouse Tracking"; kitty's "Comprehensive
//! keyboard handling in terminals".

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::tui::message::Message;

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
    if !body.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':')) {
        return None;
    }
    let parameters = numbers(body);
    let first = parameters.first().copied().unwrap_or(0);
    if last == b'M' {
        let &[button, column, row] = parameters.as_slice() else { return None };
        return mouse(&[button.checked_sub(32)?, column, row], b'M');
    }
    let (code, extra) = match last {
        b'~' if first == 27 => (character(parameters.get(2).copied()?)?, KeyModifiers::NONE),
        b'~' => (numbered(first)?, KeyModifiers::NONE),
        b'u' => (character(first)?, KeyModifiers::NONE),
        b'Z' => (KeyCode::BackTab, KeyModifiers::SHIFT),
        // rxvt has lower-case letters for arrows with Shift.
        b'a'..=b'd' => (arrow(last.to_ascii_uppercase())?, KeyModifiers::SHIFT),
        // `ESC [ row ; column R` is an answer about the cursor; of F3 the first number is 1.
        _ if first <= 1 => (arrow(last)?, KeyModifiers::NONE),
        _ => return None,
    };
    let (held, released) = held(body);
    if released {
        return None;
    }
    let modifiers = held | extra;
    let code = match code {
        KeyCode::Char(letter) if modifiers.contains(KeyModifiers::SHIFT) => {
            KeyCode::Char(letter.to_ascii_uppercase())
        }
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        code => code,
    };
    Some(key(code, modifiers))
}

/// The meaning of `ESC O last`.
pub(super) fn shift(last: u8) -> Option<Message> {
    let plain = |code| Some(key(code, KeyModifiers::NONE));
    match last {
        b'M' => plain(KeyCode::Enter),
        // The keypad in application mode.
        b'p'..=b'y' => plain(KeyCode::Char(char::from(last - b'p' + b'0'))),
        b'j'..=b'o' => plain(KeyCode::Char(char::from(last - b'j' + b'*'))),
        b'X' => plain(KeyCode::Char('=')),
        // rxvt has these for arrows with Ctrl.
        b'a'..=b'd' => Some(key(arrow(last.to_ascii_uppercase())?, KeyModifiers::CONTROL)),
        _ => plain(arrow(last)?),
    }
}

/// The meaning of the three bytes after `ESC [ M`.
pub(super) fn old_mouse(report: [u8; 3]) -> Option<Message> {
    mouse(&report.map(|byte| u32::from(byte).saturating_sub(32)), b'M')
}

/// The numbers of a parameter list; an empty one is 0, of sub-parameters the first counts.
fn numbers(list: &str) -> Vec<u32> {
    list.split(';')
        .map(|item| {
            item.split(':')
                .next()
                .unwrap_or_default()
                .parse()
                .unwrap_or(u32::from(!item.is_empty()) * u32::MAX)
        })
        .collect()
}

/// The modifiers of a key's second parameter, `modifiers:kind`, and whether the key went up.
fn held(body: &str) -> (KeyModifiers, bool) {
    let mut parts = body.split(';').nth(1).unwrap_or_default().split(':');
    let bits = parts.next().and_then(|mask| mask.parse::<u32>().ok()).unwrap_or(1).saturating_sub(1);
    let released = parts.next() == Some("3");
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
    ] {
        modifiers.set(modifier, bits & bit != 0);
    }
    (modifiers, released)
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

/// A key given as a code point, kitty's and xterm's way.
fn character(code: u32) -> Option<KeyCode> {
    Some(match char::from_u32(code)? {
        '\x1b' => KeyCode::Esc,
        '\r' | '\u{e046}' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\x7f' => KeyCode::Backspace,
        // kitty's keypad.
        '\u{e037}'..='\u{e045}' => KeyCode::Char("0123456789./*-+".chars().nth((code - 0xe037) as usize)?),
        letter if letter.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&letter) => return None,
        letter => KeyCode::Char(letter),
    })
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
        // The old reports do not tell which button went up.
        (b'M', 3, None) if !moving => MouseEventKind::Up(MouseButton::Left),
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
