//! From the bytes of a terminal to messages.
//!
//! crossterm's own reader is not used on Unix. It leaves the rest of a burst until the next key (its pull request
//! 1057), reads a blocking descriptor again on half a sequence (issues 993, 1104), spins on a terminal that was
//! closed (793), and passes on the tail of a sequence it does not know as keys (834). Here a sequence that is
//! unknown, broken or late is swallowed whole, whatever its length, and nothing waits for ever: each state has a
//! time-out or a key that ends it.
//!
//! The time comes with the bytes; the decoder has no clock.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyModifiers};

use super::paste;
use super::sequence::{self, key};
use crate::tui::message::Message;

/// How long a bare Esc waits for the rest of a sequence before it is the Esc key.
const ESCAPE: Duration = Duration::from_millis(20);
/// How long after a bare Esc `[` and `O` may still be the rest of a sequence.
const LATE: Duration = Duration::from_millis(100);
/// How long such a late `[` or `O` waits before it is a key.
const LATE_KEY: Duration = Duration::from_millis(40);
/// How long `Esc [` and other beginnings wait for more before they are keys with Alt.
const OPENING: Duration = Duration::from_millis(100);
/// How long an incomplete sequence waits for more before it is dropped.
const INCOMPLETE: Duration = Duration::from_millis(500);
/// A byte that comes alone and this long after the last one was typed: what a terminal sends by itself comes faster.
const TYPED: Duration = Duration::from_millis(40);
/// How long after the last byte of a paste Ctrl-c and Esc end it: its end is lost.
const LOST: Duration = Duration::from_secs(1);
/// Longest sequence or answer worth reading; a mouse report has 16 bytes, an answer about a colour 25.
const LONGEST: usize = 64;

/// Where in a sequence the input stands.
#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// After Esc.
    Escape,
    /// After `Esc [` (or `Esc O`): what came since.
    Sequence { kind: Kind, body: Vec<u8>, late: bool },
    /// After `Esc [ M`: how many bytes of a mouse report of old, which nobody asked for, are still to come.
    OldMouse(u8),
    /// In a string that a terminal sends as an answer, up to its end.
    Answer { opener: u8, body: Vec<u8>, escape: bool },
    /// Between the brackets of a paste.
    Paste(paste::Collector),
    /// In a character of several bytes.
    Character { bytes: Vec<u8>, length: usize, alt: bool },
}

/// What opened a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `[`: control sequence.
    Control,
    /// `O`: single shift, from keypads and older terminals.
    Shift,
}

impl Kind {
    fn opener(self) -> char {
        match self {
            Self::Control => '[',
            Self::Shift => 'O',
        }
    }
}

/// Turns bytes into messages; keeps what is incomplete.
#[derive(Debug)]
pub(super) struct Decoder {
    state: State,
    /// When the last byte came.
    at: Instant,
    /// Until when `[` or `O` may belong to an Esc that has already been delivered as a key.
    late_until: Option<Instant>,
}

impl Decoder {
    pub(super) fn new(now: Instant) -> Self {
        Self { state: State::Ground, at: now, late_until: None }
    }

    /// Takes in bytes that arrived at `now`.
    pub(super) fn feed(&mut self, bytes: &[u8], now: Instant, out: &mut Vec<Message>) {
        let pause = now.saturating_duration_since(self.at);
        self.at = now;
        if let [byte] = bytes {
            self.give_up(*byte, pause, out);
        }
        for byte in bytes {
            self.byte(*byte, out);
        }
    }

    /// When to call `expire`, unless more bytes come first.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let wait = match &self.state {
            State::Ground | State::Paste(_) => return None,
            State::Escape => ESCAPE,
            State::Sequence { body, late: true, .. } if body.is_empty() => LATE_KEY,
            State::Sequence { body, .. } if body.is_empty() => OPENING,
            State::Answer { body, .. } if body.is_empty() => OPENING,
            State::Character { .. } => OPENING,
            State::Sequence { .. } | State::OldMouse(_) | State::Answer { .. } => INCOMPLETE,
        };
        Some(self.at + wait)
    }

    /// The deadline has passed and nothing more came.
    pub(super) fn expire(&mut self, out: &mut Vec<Message>) {
        match std::mem::take(&mut self.state) {
            State::Escape => {
                out.push(key(KeyCode::Esc, KeyModifiers::NONE));
                self.late_until = Some(self.at + LATE);
            }
            State::Sequence { kind, body, late } if body.is_empty() => {
                out.push(character(kind.opener(), !late));
            }
            State::Answer { opener, body, .. } if body.is_empty() => {
                out.push(character(char::from(opener), true));
            }
            State::Answer { escape: true, .. } => out.push(key(KeyCode::Esc, KeyModifiers::NONE)),
            paste @ State::Paste(_) => self.state = paste,
            State::Ground
            | State::Sequence { .. }
            | State::OldMouse(_)
            | State::Answer { .. }
            | State::Character { .. } => {}
        }
    }

    /// Leaves a paste or an answer whose end is lost when a byte comes alone after a pause: somebody types.
    fn give_up(&mut self, byte: u8, pause: Duration, out: &mut Vec<Message>) {
        let lost = match &self.state {
            State::Paste(_) => pause >= LOST && matches!(byte, 0x03 | 0x1b),
            State::Answer { escape, .. } => {
                // These may end an answer on a slow line.
                let end = if *escape { byte == b'\\' } else { matches!(byte, 0x07 | 0x1b) };
                pause >= TYPED && !end
            }
            _ => false,
        };
        if lost {
            self.expire(out);
            self.state = State::Ground;
        }
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Message>) {
        let late = self.late_until.take().is_some_and(|until| self.at <= until);
        match std::mem::take(&mut self.state) {
            State::Ground => match byte {
                b'[' if late => self.open(Kind::Control, true),
                b'O' if late => self.open(Kind::Shift, true),
                _ => self.ground(byte, false, out),
            },
            State::Escape => self.after_escape(byte, out),
            State::Sequence { kind, body, late } => self.sequence(byte, kind, body, late, out),
            State::OldMouse(left) => {
                if left > 1 {
                    self.state = State::OldMouse(left - 1);
                }
            }
            State::Answer { opener, body, escape } => self.answer(byte, opener, body, escape, out),
            State::Paste(mut collector) => match collector.push(byte) {
                Some(text) => out.push(Message::Paste(text)),
                None => self.state = State::Paste(collector),
            },
            State::Character { mut bytes, length, alt } => {
                if byte & 0xc0 != 0x80 {
                    self.ground(byte, false, out);
                    return;
                }
                bytes.push(byte);
                if bytes.len() < length {
                    self.state = State::Character { bytes, length, alt };
                } else if let Ok(text) = std::str::from_utf8(&bytes) {
                    out.extend(text.chars().map(|letter| character(letter, alt)));
                }
            }
        }
    }

    fn open(&mut self, kind: Kind, late: bool) {
        self.state = State::Sequence { kind, body: Vec::new(), late };
    }

    fn after_escape(&mut self, byte: u8, out: &mut Vec<Message>) {
        match byte {
            b'[' => self.open(Kind::Control, false),
            b'O' => self.open(Kind::Shift, false),
            b']' | b'P' | b'X' | b'^' | b'_' => {
                self.state = State::Answer { opener: byte, body: Vec::new(), escape: false };
            }
            0x1b => {
                // The first was the key; some terminals mean Alt with what follows, but a script means two keys.
                out.push(key(KeyCode::Esc, KeyModifiers::NONE));
                self.state = State::Escape;
            }
            _ => self.ground(byte, true, out),
        }
    }

    fn sequence(&mut self, byte: u8, kind: Kind, mut body: Vec<u8>, late: bool, out: &mut Vec<Message>) {
        let console_key = kind == Kind::Control && body.is_empty() && byte == b'[';
        match byte {
            0x20..=0x3f => {
                // What is too long is read on to its end, to be dropped there.
                if body.len() <= LONGEST {
                    body.push(byte);
                }
                self.state = State::Sequence { kind, body, late };
            }
            _ if console_key => {
                body.push(byte);
                self.state = State::Sequence { kind, body, late };
            }
            b'M' if kind == Kind::Control && body.is_empty() => self.state = State::OldMouse(3),
            b'~' if kind == Kind::Control && body == b"200" => {
                self.state = State::Paste(paste::Collector::default());
            }
            0x40..=0x7e if body.len() > LONGEST => {}
            0x40..=0x7e => {
                let message = match kind {
                    Kind::Control => sequence::control(&body, byte),
                    Kind::Shift => sequence::shift(byte),
                };
                out.extend(message);
            }
            // Anything else is no part of a sequence: it broke off.
            _ => self.ground(byte, false, out),
        }
    }

    fn answer(&mut self, byte: u8, opener: u8, mut body: Vec<u8>, escape: bool, out: &mut Vec<Message>) {
        match byte {
            b'\\' if escape => out.extend(sequence::answer(opener, &body)),
            0x07 => out.extend(sequence::answer(opener, &body)),
            // Neither has a part in an answer: it broke off.
            _ if escape => self.after_escape(byte, out),
            0x00..=0x1a | 0x1c..=0x1f => self.ground(byte, false, out),
            0x1b => self.state = State::Answer { opener, body, escape: true },
            _ => {
                if body.len() < LONGEST {
                    body.push(byte);
                }
                self.state = State::Answer { opener, body, escape };
            }
        }
    }

    fn ground(&mut self, byte: u8, alt: bool, out: &mut Vec<Message>) {
        let control = |letter: u8| key(KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL);
        let message = match byte {
            0x1b => {
                self.state = State::Escape;
                return;
            }
            b'\r' => key(KeyCode::Enter, KeyModifiers::NONE),
            b'\t' => key(KeyCode::Tab, KeyModifiers::NONE),
            0x7f => key(KeyCode::Backspace, KeyModifiers::NONE),
            0x00 => control(b' '),
            0x01..=0x1a => control(byte - 0x01 + b'a'),
            0x1c..=0x1f => control(byte - 0x1c + b'4'),
            0x20..=0x7e => character(char::from(byte), false),
            0xc2..=0xf4 => {
                let length = if byte < 0xe0 { 2 } else { 3 + usize::from(byte >= 0xf0) };
                self.state = State::Character { bytes: vec![byte], length, alt };
                return;
            }
            // No character begins with such a byte.
            _ => return,
        };
        out.push(if alt { with_alt(message) } else { message });
    }
}

/// A character, with Shift for capitals as crossterm has it.
fn character(letter: char, alt: bool) -> Message {
    let shift = if letter.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(letter), if alt { shift | KeyModifiers::ALT } else { shift })
}

fn with_alt(message: Message) -> Message {
    match message {
        Message::Key(mut event) => {
            event.modifiers |= KeyModifiers::ALT;
            Message::Key(event)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
