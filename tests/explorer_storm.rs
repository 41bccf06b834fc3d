//! Much at once, in a real terminal: sizes of all kinds while a slider is held, more drags than can be drawn, pieces.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

mod harness;

use harness::{Mouse, Terminal, key, napkin};

/// The explorer on the default preset, drawn, and where the ruler of the rent has its present value.
fn explorer() -> (Terminal, (u16, u16)) {
    let terminal = napkin(&["deepseek-day6"]).start();
    terminal.wait_for("markup 545 %");
    let seen = terminal.seen();
    let row = seen.rows().iter().rposition(|row| row.contains("●━")).expect("the ruler");
    let column = seen.rows()[row].chars().position(|cell| cell == '●').expect("the handle");
    drop(seen);
    (terminal, (column as u16, row as u16))
}

#[test]
fn sizes_change_without_end_while_a_slider_is_held() {
    let (mut terminal, (column, row)) = explorer();
    terminal.mouse(Mouse::Press, column, row);
    terminal.mouse(Mouse::Drag, column + 5, row);
    // A press that is read after the first change of size would be one on something else.
    terminal.wait_for("1 changed");
    // Every size from one cell to 300 × 100, in leaps; no more reports than the terminal keeps for who reads slowly.
    for step in 0..200_u32 {
        let (columns, rows) = (1 + step * 7919 % 300, 1 + step * 104_729 % 100);
        terminal.resize(columns as u16, rows as u16);
        terminal.mouse(Mouse::Drag, (step * 31 % 300) as u16, (step * 17 % 100) as u16);
    }
    terminal.resize(120, 40);
    terminal.mouse(Mouse::Release, column, row);
    // What was held was let go of with the first change of size.
    terminal.send("R");
    drop(
        terminal
            .wait_until("the preset", |seen| seen.rows().len() == 40 && seen.text().contains("markup 545 %")),
    );
    terminal.send(key::RIGHT);
    terminal.wait_for("$2.10");
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
    assert!(terminal.wait_for_last_words().is_given_back());
}

#[test]
fn of_hundreds_of_drags_the_last_one_counts_and_all_are_one_undo() {
    let (mut terminal, (column, row)) = explorer();
    terminal.mouse(Mouse::Press, column, row);
    for step in 0..250 {
        terminal.mouse(Mouse::Drag, 20 + step % 80, row);
    }
    terminal.mouse(Mouse::Drag, column + 5, row);
    terminal.mouse(Mouse::Release, column + 5, row);
    let held = terminal.wait_until("the handle under the mouse", |seen| {
        seen.rows()[usize::from(row)].chars().nth(usize::from(column) + 5) == Some('●')
    });
    drop(held);
    terminal.send("u");
    terminal.wait_for("markup 545 %");
    terminal.send("u");
    terminal.wait_for("nothing to undo");
}

#[test]
fn what_comes_in_pieces_is_put_together() {
    let (mut terminal, _) = explorer();
    for piece in ["\x1b[200~$", "4", ".", "5", "0\x1b[", "20", "1~"] {
        terminal.send(piece);
    }
    terminal.wait_for("= $4.50");
    terminal.send(key::ENTER);
    terminal.wait_for("$4.50");
    // Keys within a paste are text.
    terminal.paste("q\x1b[A\x03\nq");
    terminal.wait_for("neither a value");
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
}
