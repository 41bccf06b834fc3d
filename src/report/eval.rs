//! All figures of one scenario, and how they compare with what was published.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Cell, Report, Table, verdict, words};
use crate::model::{
    Global, InputId, OutputId, OutputName, Outputs, TierField, Undefined, Unit, evaluate_all,
};
use crate::preset::{Content, Document};
pub use crate::preset::{Reproduced, reproduced};

/// All inputs and outputs of one scenario.
#[derive(Clone, Debug, Serialize)]
pub struct EvalReport {
    /// The preset as the command line takes it.
    pub preset: String,
    /// Its display name.
    pub name: String,
    /// Whether anything differs from the preset.
    pub edited: bool,
    /// Every input by id; toggles as their words, absent ones null.
    pub inputs: Map<String, Value>,
    /// Every result by name; undefined ones null.
    pub outputs: Map<String, Value>,
    /// Published figures beside the computed ones.
    pub published: Vec<Reproduced>,
    #[serde(skip)]
    rows: Vec<(OutputName, Option<f64>)>,
    #[serde(skip)]
    changes: usize,
    #[serde(skip)]
    results: Outputs,
    #[serde(skip)]
    subject: String,
    /// Tiers with a write price that nothing is billed at.
    #[serde(skip)]
    idle_writes: Vec<String>,
}

/// What a result is called on screen, its tier by its display name: `Gross margin of the plan`.
pub fn output_label(content: &Content, output: OutputName) -> String {
    let label = output.info().label;
    match output.within(&content.scenario) {
        Some(OutputId::Tier(tier, _)) => format!("{label} of {}", content.tier_name(tier)),
        _ => label.to_owned(),
    }
}

/// How many figures are reproduced: `5 of 5 published figures reproduced`, `… before your 2 changes`; `None` without
/// any figure.
pub fn reproduced_line(figures: &[Reproduced], changes: usize) -> Option<String> {
    let line = all_reproduced(figures)?;
    Some(match changes {
        0 => line,
        1 => format!("{line} before your change"),
        many => format!("{line} before your {many} changes"),
    })
}

/// How many figures are reproduced; `None` without any.
fn all_reproduced(figures: &[Reproduced]) -> Option<String> {
    let agree = figures.iter().filter(|figure| figure.ok).count();
    match figures.len() {
        0 => None,
        1 if agree == 1 => Some("the published figure reproduced".to_owned()),
        1 => Some("the published figure missed".to_owned()),
        all => Some(format!("{agree} of {all} published figures reproduced")),
    }
}

impl EvalReport {
    /// Evaluates what is open.
    pub fn of(document: &Document) -> Self {
        let scenario = document.scenario();
        let results = evaluate_all(scenario);
        let rows: Vec<_> =
            scenario.outputs().map(|output| (scenario.output_name(output), results.get(output))).collect();
        let inputs = scenario.inputs().map(|id| (scenario.id_text(id), json(id, scenario.get(id))));
        let outputs = rows.iter().map(|(name, value)| (name.to_string(), (*value).into()));
        Self {
            preset: document.base().origin.id(),
            name: document.content().name.clone(),
            edited: document.is_edited(),
            inputs: inputs.collect(),
            outputs: outputs.collect(),
            published: reproduced(&document.base().content),
            rows,
            changes: document.change_count(),
            results: results.outputs,
            subject: document.subject().to_owned(),
            idle_writes: idle_writes(document),
        }
    }

    /// Why there is no figure at all, if so.
    pub const fn undefined(&self) -> Option<Undefined> {
        self.results.undefined()
    }
}

/// The tiers whose write price nothing is billed at, since no missed input is billed as written to the cache.
fn idle_writes(document: &Document) -> Vec<String> {
    let scenario = document.scenario();
    let bills_writes = scenario.get(Global::WriteShare.into()) > Some(0.0);
    (0..scenario.tier_count() as u8)
        .filter(|tier| !bills_writes && scenario.get(InputId::Tier(*tier, TierField::InputWrite)).is_some())
        .map(|tier| document.content().tier_name(tier).to_owned())
        .collect()
}

/// The value of an input in exports: `"rent"`, `true`, a number, or null.
pub(super) fn json(id: InputId, value: Option<f64>) -> Value {
    match (value, id.domain().words) {
        (Some(value), Some(["false", "true"])) => Value::Bool(value != 0.0),
        (Some(value), Some([off, on])) => Value::from(if value == 0.0 { off } else { on }),
        (value, _) => value.into(),
    }
}

impl Report for EvalReport {
    fn conclusion(&self) -> String {
        let verdict = verdict::sentence(&self.results, &self.subject);
        // The figures speak of the preset as it was published, so they do not stand beside those of another scenario.
        let published = reproduced_line(&self.published, self.changes).filter(|_| self.changes > 0);
        let published = published.map_or_else(String::new, |line| format!(" As published: {line}."));
        let idle = if self.idle_writes.is_empty() {
            String::new()
        } else {
            let tiers = words::list(&self.idle_writes, "and");
            format!(
                " The write price of {tiers} has no effect: no missed input is billed as written (cache.write_share)."
            )
        };
        format!("{verdict}{published}{idle}")
    }

    fn table(&self) -> Table {
        let mut rows = Vec::with_capacity(self.rows.len());
        for (output, value) in &self.rows {
            let info = output.info();
            let value = Cell::number(*value, info.unit);
            let figures: Vec<&Reproduced> = self
                .published
                .iter()
                .filter(|figure| self.changes == 0 && figure.output == *output)
                .collect();
            let row = |published: [Cell; 3]| {
                let [published, residual, ok] = published;
                vec![
                    Cell::text(output.to_string()),
                    value.clone(),
                    published,
                    residual,
                    ok,
                    Cell::text(info.doc),
                ]
            };
            if figures.is_empty() {
                rows.push(row([Cell::Empty, Cell::Empty, Cell::Empty]));
            }
            rows.extend(figures.iter().map(|figure| row(figure.cells())));
        }
        Table { columns: vec!["output", "value", "published", "residual", "ok", "meaning"], rows }
    }
}

impl Reproduced {
    /// The published figure, the difference, and whether the two agree.
    fn cells(&self) -> [Cell; 3] {
        let unit = self.output.info().unit;
        let residual = self.residual.map_or(Cell::Missing, |residual| Cell::Difference(residual, unit));
        [Cell::Number(self.published, unit), residual, Cell::yes_or_no(self.ok)]
    }
}

/// The published figures of some presets, each checked against the model.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Verification {
    figures: Vec<Verified>,
}

#[derive(Clone, Debug, Serialize)]
struct Verified {
    preset: String,
    #[serde(flatten)]
    figure: Reproduced,
}

impl Verification {
    /// Checks every published figure of the presets given.
    pub fn of<'a>(presets: impl IntoIterator<Item = (&'a str, &'a Content)>) -> Self {
        let figures = presets.into_iter().flat_map(|(preset, content)| {
            let figures = reproduced(content);
            figures.into_iter().map(move |figure| Verified { preset: preset.to_owned(), figure })
        });
        Self { figures: figures.collect() }
    }

    /// Whether every figure is reproduced.
    pub fn holds(&self) -> bool {
        self.figures.iter().all(|verified| verified.figure.ok)
    }
}

impl Report for Verification {
    fn conclusion(&self) -> String {
        let missed = self.figures.iter().filter(|verified| !verified.figure.ok).count();
        match (missed, self.figures.len()) {
            (_, 0) => "No figure was published to be checked.".to_owned(),
            (0, 1) => "The published figure is reproduced.".to_owned(),
            (0, all) => format!("All {all} published figures are reproduced."),
            (missed, all) => format!("{missed} of {all} published figures missed."),
        }
    }

    fn table(&self) -> Table {
        let row = |verified: &Verified| {
            let Reproduced { output, computed, tolerance, .. } = verified.figure;
            let unit = output.info().unit;
            let [published, residual, ok] = verified.figure.cells();
            vec![
                Cell::text(&verified.preset),
                Cell::text(output.to_string()),
                published,
                Cell::number(computed, unit),
                residual,
                if unit == Unit::Share { Cell::Points(tolerance) } else { Cell::Number(tolerance, unit) },
                ok,
            ]
        };
        Table {
            columns: vec!["preset", "output", "published", "computed", "residual", "tolerance", "ok"],
            rows: self.figures.iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Output, TierOutput};
    use crate::preset::builtin;

    fn eval(name: &str) -> EvalReport {
        EvalReport::of(&Document::new(builtin::load(name).expect("shipped")))
    }

    #[test]
    fn every_id_and_every_name_is_there_in_order() {
        let eval = eval("forum-comment");
        let names = Output::ALL.map(|output| output.name().to_owned()).into_iter();
        let of_tier = TierOutput::ALL.map(|output| format!("tier.r1.{}", output.name()));
        assert_eq!(
            eval.outputs.keys().cloned().collect::<Vec<_>>(),
            names.chain(of_tier).collect::<Vec<_>>()
        );
        assert_eq!(eval.inputs["node.basis"], "rent");
        assert_eq!(eval.inputs["traffic.serve_free"], true);
        assert_eq!(eval.inputs["fleet.nodes"], Value::Null);
        assert_eq!(eval.inputs["tier.r1.share"], 1.0);
        assert_eq!(eval.outputs["revenue_per_day"], Value::Null);
        assert!((eval.outputs["revenue_over_cost"].as_f64().expect("defined") - 13.33125).abs() < 1e-12);
        assert!(!eval.edited && eval.preset == "forum-comment");
    }

    #[test]
    fn a_write_price_that_nothing_is_billed_at_is_said() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        let said = "The write price of R1 API has no effect: no missed input is billed as written (cache.write_share).";
        document.set(&[(InputId::Tier(0, TierField::InputWrite), Some(0.7))]).expect("valid");
        assert!(EvalReport::of(&document).conclusion().ends_with(said));
        document.set(&[(Global::WriteShare.into(), Some(0.4))]).expect("valid");
        assert!(!EvalReport::of(&document).conclusion().contains("write price"));
        assert!(!eval("claude-code-log").conclusion().contains("write price"));
    }

    #[test]
    fn published_figures_stand_beside_the_computed_ones() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        let all = EvalReport::of(&document);
        let line = |eval: &EvalReport| reproduced_line(&eval.published, eval.changes);
        assert_eq!(line(&all).as_deref(), Some("5 of 5 published figures reproduced"));
        document.set(&[(Global::GpuHour.into(), Some(3.0))]).expect("valid");
        let edited = EvalReport::of(&document);
        assert!(edited.edited);
        assert_eq!(line(&edited).as_deref(), Some("5 of 5 published figures reproduced before your change"));
        let json = serde_json::to_value(&edited).expect("JSON");
        let keys: Vec<&String> = json["published"][0].as_object().expect("object").keys().collect();
        assert_eq!(keys, ["output", "published", "computed", "residual", "tolerance", "ok"]);
        assert!(json.get("results").is_none());
    }

    #[test]
    fn every_shipped_figure_is_reproduced() {
        let presets: Vec<_> =
            builtin::names().map(|name| (name, builtin::load(name).expect("shipped"))).collect();
        let verification = Verification::of(presets.iter().map(|(name, preset)| (*name, &*preset.content)));
        assert!(verification.holds(), "{:?}", verification.table());
        assert!(verification.conclusion().starts_with("All "));
    }
}
