//! The economics: inputs, equations and results. Knows nothing of files, terminals or text layout.
//!
//! Rates are per second, prices US dollars per million tokens, money US dollars, shares fractions.

mod economics;
mod error;
mod evaluate;
mod id;
mod mean;
mod name;
mod number;
mod output;
mod parameter;
mod prices;
mod range;
mod scenario;
mod table;
mod tiers;
mod with_free_tiers;

pub use economics::{Economics, capital_recovery_factor, gpu_hour};
pub(crate) use economics::{node_cost, raw_margin, work_out, work_out_with};
pub(crate) use error::Suggestion;
pub use error::{ScenarioError, nearest};
pub use evaluate::{evaluate, evaluate_with, gross_margin, margin_of};
pub use id::{InputId, MAX_TIERS, TierKey};
pub use mean::MeanPrices;
pub use name::{InputName, OutputName};
pub(crate) use number::{Inputs, Lanes, Number, fifteen_digits};
pub use output::{AllOutputs, Output, OutputId, OutputInfo, Outputs, TierOutput, TierOutputs, Undefined};
pub use parameter::{Domain, Fallback, Global, Pane, Parameter, Scale, TierField, Unit};
pub(crate) use prices::Prices;
pub use range::Range;
pub(crate) use range::{Spread, logit};
pub use scenario::{Edit, FreeTiers, SHARE_TOLERANCE, Scenario};
pub(crate) use scenario::{charges_nothing, left_over};
pub use tiers::{evaluate_all, evaluate_tiers};
