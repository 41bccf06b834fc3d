//! Captions: text with figures in braces.

use super::figure::Figure;
use crate::model::Scenario;
use crate::report::view::{Scene, ViewName};

/// Text with figures in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Figure(Figure),
    /// What the step's view says.
    Sentence,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mistake {
    /// The text at fault, from its brace on, to find it in the file.
    pub(super) near: String,
    pub(super) message: String,
}

/// The name that stands for the view's sentence.
const SENTENCE: &str = "sentence";

impl Template {
    /// Reads a template; `{{` and `}}` are braces.
    pub(super) fn read(text: &str, scenario: &Scenario) -> Result<Self, Vec<Mistake>> {
        let (mut parts, mut mistakes) = (Vec::new(), Vec::new());
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
                plain.push_str(from.get(..1).unwrap_or_default());
                rest = after;
                continue;
            }
            let name = from.strip_prefix('{').and_then(|from| from.split_once('}'));
            let Some((name, after)) = name else {
                let message =
                    "a brace without its other half; a figure is {gross_margin}, a brace is {{".to_owned();
                mistakes.push(Mistake { near: from.chars().take(24).collect(), message });
                break;
            };
            match part(name.trim(), scenario) {
                Ok(part) => {
                    parts.extend([Part::Text(std::mem::take(&mut plain)), part]);
                }
                Err(message) => mistakes.push(Mistake { near: format!("{{{name}"), message }),
            }
            rest = after;
        }
        plain.push_str(rest);
        parts.push(Part::Text(plain));
        parts.retain(|part| *part != Part::Text(String::new()));
        if mistakes.is_empty() { Ok(Self { parts }) } else { Err(mistakes) }
    }

    /// The figures in it.
    #[cfg(test)]
    pub(super) fn figures(&self) -> Vec<Figure> {
        let figure = |part: &Part| if let Part::Figure(figure) = part { Some(*figure) } else { None };
        self.parts.iter().filter_map(figure).collect()
    }

    /// The text with its figures.
    pub(super) fn text(&self, scene: &Scene, view: ViewName) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Figure(figure) => figure.text(scene.document),
            Part::Sentence => view.sentence(scene),
        };
        self.parts.iter().map(part).collect()
    }
}

fn part(name: &str, scenario: &Scenario) -> Result<Part, String> {
    if name == SENTENCE {
        return Ok(Part::Sentence);
    }
    Figure::find(name, scenario).map(Part::Figure).map_err(|like| match like {
        Some(like) => format!("unknown figure; did you mean `{like}`?"),
        None => "unknown figure; a result, an input, break_even:ID and sentence are known".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Books;
    use crate::preset::{Document, builtin};

    fn day_six() -> Document {
        Document::new(builtin::load("deepseek-day6").expect("shipped"))
    }

    #[test]
    fn figures_stand_as_the_screen_writes_them() {
        let document = day_six();
        let scene = Scene { document: &document, against: None, target: 0.0, books: Books::shipped() };
        let text = |text: &str| {
            Template::read(text, document.scenario()).expect("a template").text(&scene, ViewName::Proof)
        };
        assert_eq!(text("{gross_margin} of {{it}}, at {node.gpu_hour}"), "84.5 % of {it}, at $2.00");
        assert_eq!(text("{break_even:node.gpu_hour}|{break_even:tier.r1.output}"), "$12.90|n/a");
        assert_eq!(text("{ node.prefill } {tier.r1.gross_margin}"), "73.7k tok/s 84.5 %");
        assert_eq!(text("{sentence}"), "Gross margin is 84.5 %; 5 of 5 published figures are reproduced.");
    }

    #[test]
    fn an_unknown_figure_has_a_nearest_and_a_lost_brace_is_found() {
        let document = day_six();
        let mistakes = |text: &str| Template::read(text, document.scenario()).expect_err("wrong");
        assert_eq!(mistakes("a {gros_margin}")[0].message, "unknown figure; did you mean `gross_margin`?");
        assert_eq!(
            mistakes("{break_even:gpu_hour}")[0].message,
            "unknown figure; did you mean `break_even:node.gpu_hour`?"
        );
        assert_eq!(mistakes("a } b")[0].near, "} b");
        assert!(mistakes("{gross_margin")[0].message.starts_with("a brace without"));
        assert_eq!(mistakes("{x1} {y2}").len(), 2);
    }
}
