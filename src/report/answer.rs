//! The answer: what one key copies, four to six lines of Markdown that stand alone in a thread.

use super::view::{Scene, ViewName};
use super::write::markdown_text;
use super::{caveat, replay, verdict, words};
use crate::model::{Output, Outputs, Undefined, evaluate};
use crate::preset::Document;
use crate::quantity::number;
use crate::text;

/// The answer that a scene gives in a view, whose sentence is given as the screen has it. Where nothing can be
/// computed there is nothing to answer.
///
/// Verdict; whose figures with the first reply they would meet, or with what was changed; the view's sentence; what it
/// is compared with; the line that leads back. Each line ends as a line in Markdown, and reads on where it does not.
pub fn write(scene: &Scene, view: ViewName, sentence: &str) -> Result<String, Undefined> {
    let outputs = evaluate(scene.document.scenario());
    if let Some(reason) = outputs.undefined() {
        return Err(reason);
    }
    let mut lines = vec![headline(scene, &outputs), whose(scene.document)];
    if view != ViewName::Bridge || scene.against.is_some() {
        lines.push(format!("{}: {}", view.info().title, markdown_text(sentence)));
    }
    lines.extend(scene.against.map(|against| compared(&outputs, against)));
    lines.extend(replay_lines(scene, view));
    Ok(lines.join("  \n") + "\n")
}

/// The verdict with its definition.
fn headline(scene: &Scene, outputs: &Outputs) -> String {
    let margin = words::defined_margin(outputs.get(Output::GrossMargin));
    let target = match scene.target {
        0.0 => String::new(),
        target => format!(", against a target of {}", number::percent(target)),
    };
    let verdict = markdown_text(&verdict::sentence(outputs, scene.document.subject()));
    format!("**{verdict}** {margin}{target}.")
}

/// Whose figures these are, and what would be the first reply to them.
fn whose(document: &Document) -> String {
    let base = &document.base().content;
    let date = base.date.as_ref().filter(|_| !document.has_changes());
    let date = date.map_or_else(String::new, |date| format!(" ({date})"));
    let name = markdown_text(&format!("{}{date}", document.title()));
    match caveat::whole(document) {
        Some(caveat) => format!("{name}. {}.", markdown_text(&text::capitalised(&caveat))),
        None => format!("{name}."),
    }
}

/// What it is compared with.
pub(super) fn compared(outputs: &Outputs, against: &Document) -> String {
    let other = evaluate(against.scenario());
    let margins = [outputs, &other].map(|outputs| outputs.get(Output::GrossMargin));
    let name = markdown_text(&against.title());
    if margins.into_iter().flatten().any(number::is_deep) {
        let [here, there] = margins.map(words::a_margin);
        return format!("Compared with {name}: {here} here, {there} there.");
    }
    let [here, there] = margins.map(|margin| number::or_undefined(margin, number::percent));
    format!("Compared with {name}: gross margin {here} here, {there} there.")
}

/// The line that replays it, and what that leaves out.
fn replay_lines(scene: &Scene, view: ViewName) -> Vec<String> {
    let Scene { document, against, target, .. } = *scene;
    let cited = replay::cited(document).as_ref().and_then(replay::citation);
    let (line, own) = match cited {
        Some(line) => (line, false),
        None => match replay::command_line(document, None) {
            Some(line) => (line, true),
            None => {
                return vec!["No command line says it: `napkin card` carries the scenario whole.".to_owned()];
            }
        },
    };
    let pinned =
        against.map(|against| replay::against(against).or_else(|| replay::own(against).filter(|_| own)));
    let mut line = line;
    if let Some(Some(preset)) = &pinned {
        line = format!("{line} --against {preset}");
    }
    if target != 0.0 {
        line = format!("{line} --target {}", number::exact(target));
    }
    line = format!("{line} --view {}", view.info().name);
    let mut lines = Vec::new();
    if own {
        lines.push("To replay it takes my own file, which `napkin card` carries whole:".to_owned());
    } else if pinned == Some(None) {
        lines.push("What it is compared with is my own, so the line leaves it out:".to_owned());
    }
    lines.push(code(&line));
    lines
}

/// A command line as Markdown shows it, backticks in it too.
fn code(line: &str) -> String {
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("`{line}`") } else { format!("{fence} {line} {fence}") }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::book::Books;
    use crate::model::Global;
    use crate::preset::{Origin, builtin, read};
    use crate::report::card;

    fn shipped(name: &str) -> Document {
        Document::new(builtin::load(name).expect("shipped"))
    }

    fn answer(document: &Document, against: Option<&Document>, target: f64, view: ViewName) -> String {
        let scene = Scene { document, against, target, books: Books::shipped() };
        write(&scene, view, &view.sentence(&scene)).expect("an answer")
    }

    #[test]
    fn an_answer_stands_alone_in_a_thread() {
        let lines = answer(&shipped("deepseek-day6"), None, 0.0, ViewName::BreakEven);
        let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
        assert_eq!(lines.len(), 4, "{lines:#?}");
        assert_eq!(
            lines[0],
            "**R1's list prices cover the cost of serving 6.5 times over.** Gross margin 84.5 % (1 − cost ÷ revenue)."
        );
        assert_eq!(
            lines[1],
            "DeepSeek V3/R1, day 6 (2025-03-01). Theoretical: all tokens at R1's list price, free ones too."
        );
        assert!(lines[2].starts_with("Break-even: Nothing short of a factor of 6.45"), "{}", lines[2]);
        assert!(
            lines[3].starts_with("`napkin builtin:deepseek-day6@")
                && lines[3].ends_with(" --view break-even`")
        );
    }

    #[test]
    fn what_was_changed_takes_the_place_of_the_caveat_and_the_line_replays_all_of_it() {
        let (mut document, against) = (shipped("deepseek-day6"), shipped("sceptic"));
        document.set(&[(Global::GpuHour.into(), Some(2.4))]).expect("valid");
        let text = answer(&document, Some(&against), 0.5, ViewName::Bridge);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        assert_eq!(lines.len(), 5, "{lines:#?}");
        assert!(lines[0].ends_with("against a target of 50 %."), "{}", lines[0]);
        assert!(lines[1].contains("Yours: ") && lines[1].contains("$2.40"), "{}", lines[1]);
        assert!(lines[3].starts_with("Compared with A sceptic"), "{}", lines[3]);
        assert!(lines[4].contains(" --set node.gpu_hour=2.4 --against builtin:sceptic@"), "{}", lines[4]);
        assert!(lines[4].ends_with(" --target 0.5 --view bridge`"), "{}", lines[4]);
        let replayed = card::read(&text).expect("a line that replays").expect("valid");
        assert_eq!(replayed.document.scenario(), document.scenario());
        assert_eq!(replayed.against.expect("compared").scenario(), against.scenario());
    }

    #[test]
    fn an_answer_of_ones_own_file_says_so() {
        let toml =
            "[node]\ndecode = 1_000\n[traffic]\ninput_per_output = 3\n[tier.a]\noutput = 2\ninput_miss = 1\n";
        let own = |path: &str| {
            let preset = read(toml.as_bytes(), "x", Origin::File(path.into())).expect("valid");
            Document::new(Arc::new(preset))
        };
        let text = answer(&own("a `b's.toml"), Some(&own("c.toml")), 0.0, ViewName::Tornado);
        assert!(text.contains("takes my own file"), "{text}");
        assert!(
            text.ends_with("`` napkin './a `b'\\''s.toml' --against ./c.toml --view tornado ``\n"),
            "{text}"
        );
        let day_six = answer(&shipped("deepseek-day6"), Some(&own("c.toml")), 0.0, ViewName::Tornado);
        assert!(day_six.contains("What it is compared with is my own") && !day_six.contains("--against"));
        assert!(answer(&own("a\u{1b}.toml"), None, 0.0, ViewName::Proof).contains("No command line says it"));
        for text in [text, day_six] {
            assert!((4..=6).contains(&text.lines().count()), "{text}");
        }
    }

    #[test]
    fn without_a_figure_there_is_no_answer() {
        let mut document = shipped("deepseek-day6");
        let nothing = [(Global::MeasuredHitRatio.into(), Some(1.0)), (Global::HitWork.into(), Some(0.0))];
        document.set(&nothing).expect("valid");
        let scene = Scene { document: &document, against: None, target: 0.0, books: Books::shipped() };
        assert!(write(&scene, ViewName::Proof, "").is_err());
    }
}
