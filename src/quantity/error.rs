//! Why a text is no value, in one line.

use crate::model::Domain;

/// Why a text is no value of the input. Messages follow the input's name.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum QuantityError {
    /// Nothing was written.
    #[error("nothing given; it takes {domain}")]
    Empty {
        /// What is valid.
        domain: Domain,
    },
    /// Not a number, nor a word that is valid here.
    #[error("`{text}` is not a value; it takes {domain}")]
    NotAValue {
        /// As written.
        text: String,
        /// What is valid.
        domain: Domain,
    },
    /// A number with something behind it that is no unit of this input.
    #[error("`{unit}` is no unit of it; it is in {expected}")]
    WrongUnit {
        /// As written.
        unit: String,
        /// The unit in words.
        expected: &'static str,
    },
    /// A comma that marks no thousands.
    #[error("`{text}`: commas mark thousands only, as in 73,700; decimals take a point{}", instead(.meant.as_ref()))]
    Comma {
        /// As written.
        text: String,
        /// The same with a point, where that is a number.
        meant: Option<String>,
    },
    /// A number over 1 for a share: most likely a percentage.
    #[error("{text} is over {max}; did you mean {text} % (= {percentage})?")]
    Percentage {
        /// The number as written.
        text: String,
        /// Where the domain ends.
        max: String,
        /// The share it would be as a percentage.
        percentage: f64,
    },
    /// A number outside the domain.
    #[error("{text} is not valid; it takes {domain}")]
    OutOfDomain {
        /// The value as written, or what it comes to.
        text: String,
        /// What is valid.
        domain: Domain,
    },
    /// A relative form where there is no value to start from.
    #[error("`{text}` is relative, and there is no value here to start from; give the value itself")]
    Relative {
        /// As written.
        text: String,
    },
    /// A target margin that no margin can be above.
    #[error("a gross margin is never above 100 %, so a target is below it")]
    TargetTooHigh,
    /// A division by zero or something beyond the largest number.
    #[error("`{text}` is not a finite number")]
    NotFinite {
        /// As written.
        text: String,
    },
}

impl QuantityError {
    /// A valid value that was most likely meant.
    pub const fn offer(&self) -> Option<f64> {
        match self {
            Self::Percentage { percentage, .. } => Some(*percentage),
            _ => None,
        }
    }
}

fn instead(text: Option<&String>) -> String {
    text.map_or_else(String::new, |text| format!(": {text}"))
}
