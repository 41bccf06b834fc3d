//! The economics: inputs, equations and results. Knows nothing of files, terminals or text layout.
//!
//! Rates are per second, prices US dollars per million tokens, money US dollars, shares fractions.

mod evaluate;
mod name;
mod output;
mod parameter;
mod range;
mod scenario;

pub use evaluate::{Economics, capital_recovery_factor, evaluate, evaluate_with, gpu_hour, gross_margin};
pub use name::InputName;
pub use output::{Output, OutputInfo, Outputs, Undefined};
pub use parameter::{Domain, Fallback, Global, Pane, Parameter, Scale, TierField, Unit};
pub use range::Range;
pub use scenario::{
    Edit, FreeTiers, InputId, MAX_TIERS, SHARE_TOLERANCE, Scenario, ScenarioError, TierKey, nearest,
};
