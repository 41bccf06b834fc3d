use std::time::{Duration, Instant};

use super::*;

/// The messages of some bytes that come at once, then nothing for a second; written as short text.
fn decoded(bytes: &[u8]) -> Vec<String> {
    pieces(&[(0, bytes)])
}

/// The messages of pieces of input, each after a pause in milliseconds.
fn pieces(pieces: &[(u64, &[u8])]) -> Vec<String> {
    let mut now = Instant::now();
    let mut decoder = Decoder::new(now);
    let mut out = Vec::new();
    for (pause, bytes) in pieces {
        now += Duration::from_millis(*pause);
        settle(&mut decoder, now, &mut out);
        decoder.feed(bytes, now, &mut out);
    }
    settle(&mut decoder, now + Duration::from_secs(1), &mut out);
    out.iter().map(written).collect()
}

fn settle(decoder: &mut Decoder, now: Instant, out: &mut Vec<Message>) {
    while decoder.deadline().is_some_and(|deadline| deadline <= now) {
        decoder.expire(out);
    }
}

fn written(message: &Message) -> String {
    match message {
        Message::Key(event) => {
            let mut text = String::new();
            for (modifier, letter) in
                [(KeyModifiers::CONTROL, "C-"), (KeyModifiers::ALT, "A-"), (KeyModifiers::SHIFT, "S-")]
            {
                if event.modifiers.contains(modifier) {
                    text += letter;
                }
            }
            match event.code {
                KeyCode::Char(letter) => text.push(letter),
                code => return format!("{text}{code:?}"),
            }
            text
        }
        Message::Mouse(event) => {
            format!("{:?} {},{} {:?}", event.kind, event.column, event.row, event.modifiers.bits())
        }
        Message::Paste(text) => format!("paste {text:?}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn keys_are_read_in_the_dialects_that_terminals_send() {
    let table: &[(&[u8], &str)] = &[
        (b"a", "a"),
        (b"A", "S-A"),
        ("é".as_bytes(), "é"),
        ("漢".as_bytes(), "漢"),
        ("🧮".as_bytes(), "🧮"),
        (b"\r", "Enter"),
        (b"\t", "Tab"),
        (b"\x7f", "Backspace"),
        (b"\x03", "C-c"),
        (b"\x1a", "C-z"),
        (b"\x0c", "C-l"),
        (b"\0", "C- "),
        (b"\x1b", "Esc"),
        (b"\x1bx", "A-x"),
        (b"\x1b\r", "A-Enter"),
        ("\x1bé".as_bytes(), "A-é"),
        (b"\x1b[A", "Up"),
        (b"\x1bOB", "Down"),
        (b"\x1b[1;2C", "S-Right"),
        (b"\x1b[1;3D", "A-Left"),
        (b"\x1b[1;5C", "C-Right"),
        (b"\x1b[a", "S-Up"),
        (b"\x1bOd", "C-Left"),
        (b"\x1b[H", "Home"),
        (b"\x1b[4~", "End"),
        (b"\x1b[5~", "PageUp"),
        (b"\x1b[6~", "PageDown"),
        (b"\x1b[3;5~", "C-Delete"),
        (b"\x1b[Z", "S-BackTab"),
        (b"\x1bOP", "F(1)"),
        (b"\x1b[[A", "F(1)"),
        (b"\x1b[11~", "F(1)"),
        (b"\x1b[15~", "F(5)"),
        (b"\x1b[20~", "F(9)"),
        (b"\x1b[24~", "F(12)"),
        (b"\x1b[1;2R", "S-F(3)"),
        (b"\x1bOM", "Enter"),
    ];
    for (bytes, expected) in table {
        assert_eq!(decoded(bytes), [*expected], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn mouse_reports_are_read() {
    let table: &[(&[u8], &str)] = &[
        (b"\x1b[<0;10;5M", "Down(Left) 9,4 0"),
        (b"\x1b[<0;10;5m", "Up(Left) 9,4 0"),
        (b"\x1b[<2;1;1M", "Down(Right) 0,0 0"),
        (b"\x1b[<32;300;100M", "Drag(Left) 299,99 0"),
        (b"\x1b[<64;3;4M", "ScrollUp 2,3 0"),
        (b"\x1b[<65;3;4M", "ScrollDown 2,3 0"),
        (b"\x1b[<81;3;4M", "ScrollDown 2,3 2"),
        (b"\x1b[<4;3;4M", "Down(Left) 2,3 1"),
        (b"\x1b[<0;0;0M", "Down(Left) 0,0 0"),
        (b"\x1b[<0;99999;99999M", "Down(Left) 65535,65535 0"),
    ];
    for (bytes, expected) in table {
        assert_eq!(decoded(bytes), [*expected], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn what_is_not_for_the_explorer_is_swallowed_whole() {
    let table: &[&[u8]] = &[
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[?62;22c",
        b"\x1b[>0;276;0c",
        b"\x1b[12;40R",
        b"\x1b[31m",
        b"\x1b[?1;2$y",
        b"\x1b]10;rgb:0000/0000/0000\x1b\\",
        b"\x1b]11;rgb:0000/00000/0000\x07",
        b"\x1b]11;?\x07",
        b"\x1b[?997;3n",
        b"\x1b]52;c;cXVpdA==\x07",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b[<35;10;5M",
        b"\x1b[<128;10;5M",
        b"\x1b[<0;1M",
        b"\x1b[1;5:1C",
        b"\x1b[97;5u",
        b"\x1b[27;5;97~",
        b"\x1bOu",
        b"\x1b[32;30;20M",
        b"\x1b[M !!",
        b"\x1b[57441u",
        b"\x1b[99999999999999999999u",
        b"\x1b[201~",
        b"\x1b[11111111111111111111111111111111111111111111111111111111111111111111111111111111~",
        b"\x1bOz",
        b"\xff\xfe\x80",
        b"\xe6\xbc",
    ];
    for bytes in table {
        assert_eq!(decoded(bytes), [""; 0], "{:?}", String::from_utf8_lossy(bytes));
        let mut followed = bytes.to_vec();
        followed.push(b'q');
        assert_eq!(decoded(&followed), ["q"], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_burst_of_any_length_is_read_to_its_end() {
    assert_eq!(decoded(&[b'l'; 5000]).len(), 5000);
    let drags: Vec<u8> = (1..=900).flat_map(|x| format!("\x1b[<32;{x};5M").into_bytes()).collect();
    assert_eq!(decoded(&drags).last().unwrap(), "Drag(Left) 899,4 0");
}

#[test]
fn a_sequence_cut_anywhere_is_one_event() {
    let report = b"\x1b[<0;10;5M";
    for cut in 1..report.len() {
        let (head, tail) = report.split_at(cut);
        assert_eq!(pieces(&[(0, head), (15, tail)]), ["Down(Left) 9,4 0"], "cut at {cut}");
    }
    let (head, tail) = "漢".as_bytes().split_at(1);
    assert_eq!(pieces(&[(0, head), (15, tail)]), ["漢"]);
}

#[test]
fn an_escape_that_runs_ahead_of_its_sequence_never_leaves_keys_behind() {
    for pause in [25, 30, 45, 60, 90] {
        assert_eq!(pieces(&[(0, b"\x1b"), (pause, b"[<0;10;5M")]), ["Esc", "Down(Left) 9,4 0"]);
        assert_eq!(pieces(&[(0, b"\x1b"), (pause, b"[A")]), ["Esc", "Up"]);
        assert_eq!(pieces(&[(0, b"\x1b"), (pause, b"OP")]), ["Esc", "F(1)"]);
        assert_eq!(pieces(&[(0, b"\x1b"), (pause, b"[200~q\x1b[201~")]), ["Esc", "paste \"q\""]);
        assert_eq!(pieces(&[(0, b"\x1b"), (pause, b"[<0;1"), (30, b"0;5M")]), ["Esc", "Down(Left) 9,4 0"]);
    }
}

#[test]
fn escape_alone_is_a_key_after_twenty_milliseconds() {
    let start = Instant::now();
    let mut decoder = Decoder::new(start);
    let mut out = Vec::new();
    decoder.feed(b"\x1b", start, &mut out);
    assert!(out.is_empty());
    assert_eq!(decoder.deadline(), Some(start + Duration::from_millis(20)));
    decoder.expire(&mut out);
    assert_eq!(out.iter().map(written).collect::<Vec<_>>(), ["Esc"]);
    assert_eq!(decoder.deadline(), None);
}

#[test]
fn keys_typed_after_escape_are_keys() {
    assert_eq!(pieces(&[(0, b"\x1b"), (30, b"q")]), ["Esc", "q"]);
    assert_eq!(pieces(&[(0, b"\x1b"), (30, b"["), (200, b"q")]), ["Esc", "[", "q"]);
    assert_eq!(pieces(&[(0, b"\x1b"), (300, b"[A")]), ["Esc", "[", "S-A"]);
    assert_eq!(pieces(&[(0, b"\x1b\x1b")]), ["Esc", "Esc"]);
    assert_eq!(pieces(&[(0, b"\x1b\x1b\x1b[A")]), ["Esc", "Esc", "Up"]);
    assert_eq!(pieces(&[(0, b"\x1b["), (200, b"q")]), ["A-[", "q"]);
    assert_eq!(pieces(&[(0, b"\x1b]"), (200, b"q")]), ["A-]", "q"]);
}

#[test]
fn what_is_typed_after_the_beginning_of_an_answer_is_not_swallowed() {
    for opener in ["]", "P", "X", "^", "_"] {
        let opened = format!("\x1b{opener}");
        let alt =
            if opener <= "X" && opener != "]" { format!("A-S-{opener}") } else { format!("A-{opener}") };
        let typed = pieces(&[(0, opened.as_bytes()), (60, b"q"), (60, b"u"), (60, b"i")]);
        assert_eq!(typed, [alt.as_str(), "q", "u", "i"]);
        // A key so soon after belongs to it; the next one does not.
        assert_eq!(pieces(&[(0, opened.as_bytes()), (10, b"q"), (60, b"u"), (60, b"i")]), ["u", "i"]);
        assert_eq!(pieces(&[(0, opened.as_bytes()), (10, b"q"), (10, b"\x1b[A")]), ["Up"]);
        assert_eq!(pieces(&[(0, opened.as_bytes()), (10, b"q"), (10, b"\x03")]), ["C-c"]);
    }
    // A slow line, and an answer all the same.
    assert_eq!(pieces(&[(0, b"\x1b]11;rgb:ff/f"), (90, b"f/ff"), (90, b"\x07")]), ["Background(Light)"]);
    assert_eq!(
        pieces(&[(0, b"\x1b]11;rgb:ff/ff/ff"), (90, b"\x1b"), (10, b"\\q")]),
        ["Background(Light)", "q"]
    );
}

#[test]
fn a_terminal_tells_whether_its_background_is_light() {
    let table: &[(&[u8], &str)] = &[
        (b"\x1b]11;rgb:0000/0000/0000\x1b\\", "Dark"),
        (b"\x1b]11;rgb:ffff/ffff/ffff\x07", "Light"),
        (b"\x1b]11;rgb:1c/1c/2a\x07", "Dark"),
        (b"\x1b]11;rgba:fd/f6/e3/ff\x07", "Light"),
        (b"\x1b]11;rgb:f/f/f\x07", "Light"),
        // Blue is dark, however much of it there is.
        (b"\x1b]11;rgb:0000/0000/ffff\x07", "Dark"),
        (b"\x1b[?997;1n", "Dark"),
        (b"\x1b[?997;2n", "Light"),
    ];
    for (bytes, expected) in table {
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(decoded(bytes), [format!("Background({expected})")], "{text:?}");
    }
}

#[test]
fn an_answer_without_end_takes_no_memory() {
    let mut decoder = Decoder::new(Instant::now());
    decoder.feed(b"\x1b]11;", Instant::now(), &mut Vec::new());
    for _ in 0..1000 {
        decoder.feed(&[b'x'; 1000], Instant::now(), &mut Vec::new());
    }
    let State::Answer { body, .. } = &decoder.state else { panic!("{decoder:?}") };
    assert!(body.capacity() <= 2 * LONGEST);
}

#[test]
fn a_paste_whose_end_is_lost_is_left_with_ctrl_c_or_escape() {
    let begun = b"\x1b[200~2.5";
    assert_eq!(pieces(&[(0, begun), (1000, b"\x03"), (100, b"q")]), ["C-c", "q"]);
    assert_eq!(pieces(&[(0, begun), (1000, b"\x1b"), (100, b"q")]), ["Esc", "q"]);
    // Not while it may still be going on, and not by what is part of it.
    assert_eq!(pieces(&[(0, begun), (900, b"\x03"), (0, b"\x1b[201~")]), [r#"paste "2.5""#]);
    assert_eq!(pieces(&[(0, begun), (2000, b"\x03q"), (0, b"\x1b[201~")]), [r#"paste "2.5q""#]);
    assert_eq!(pieces(&[(0, begun), (2000, b"7"), (0, b"\x1b[201~")]), [r#"paste "2.57""#]);
}

#[test]
fn a_sequence_that_breaks_off_gives_way_to_the_next() {
    assert_eq!(decoded(b"\x1b[<0;1\x1b[A"), ["Up"]);
    assert_eq!(decoded(b"\x1b[1;\x03"), ["C-c"]);
    assert_eq!(pieces(&[(0, b"\x1b[<0;1"), (600, b"q")]), ["q"]);
}

#[test]
fn pasted_text_is_text_and_never_keys() {
    assert_eq!(decoded(b"\x1b[200~q\x1b[A\x03\r\n2.5\x1b[201~x"), [r#"paste "q[A\n2.5""#, "x"]);
    assert_eq!(pieces(&[(0, b"\x1b[200~2"), (5000, b".5\x1b[20"), (900, b"1~")]), [r#"paste "2.5""#]);
}
