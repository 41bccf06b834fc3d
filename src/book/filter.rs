//! Which rows a text means.

use super::gpu::gpu_id;
use super::model_id::{has_words, model_id};

/// A text that rows are chosen by: the id itself where a row has it, else whole words of ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Every row.
    #[default]
    All,
    /// The rows of this id.
    Id(String),
    /// The rows whose id holds these words.
    Words(String),
}

impl Filter {
    /// Models: `deepseek-r1`, `DeepSeek-R1-0528` and `r1` all mean R1, the last one its distils too.
    pub fn model<'a>(text: &str, mut ids: impl Iterator<Item = &'a str>) -> Self {
        let id = model_id(text);
        if ids.any(|known| known == id) { Self::Id(id) } else { Self::words(text) }
    }

    /// GPUs: `H100` is no `H100-PCIe`.
    pub fn gpu<'a>(text: &str, mut ids: impl Iterator<Item = &'a str>) -> Self {
        let id = gpu_id(text);
        match ids.find(|known| known.eq_ignore_ascii_case(&id)) {
            Some(known) => Self::Id(known.to_owned()),
            None => Self::words(text),
        }
    }

    /// Whole words of an id.
    pub fn words(text: &str) -> Self {
        if text.trim().is_empty() { Self::All } else { Self::Words(text.to_owned()) }
    }

    /// Whether a row of this id is among them.
    pub fn takes(&self, id: &str) -> bool {
        match self {
            Self::All => true,
            Self::Id(known) => known == id,
            Self::Words(text) => has_words(id, text),
        }
    }
}

/// The id that most of the rows have; of equals the first by name.
pub fn most_frequent<'a>(ids: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    ids.for_each(|id| *counts.entry(id).or_default() += 1);
    let most = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_means_itself_and_a_word_all_that_hold_it() {
        let ids = ["deepseek-r1", "deepseek-r1-distill-llama-70b", "kimi-k2.5"];
        let takes = |text: &str| -> Vec<&str> {
            let filter = Filter::model(text, ids.iter().copied());
            ids.into_iter().filter(|id| filter.takes(id)).collect()
        };
        assert_eq!(takes("DeepSeek-R1-0528"), ["deepseek-r1"]);
        assert_eq!(takes("r1"), ["deepseek-r1", "deepseek-r1-distill-llama-70b"]);
        assert_eq!(takes("K2.5"), ["kimi-k2.5"]);
        assert_eq!(takes(" ").len(), 3);
        assert!(takes("k2").is_empty());
        let gpu = Filter::gpu("h100 sxm", ["H100", "H100-PCIe"].into_iter());
        assert_eq!(gpu, Filter::Id("H100".to_owned()));
        assert!(Filter::gpu("pcie", ["H100", "H100-PCIe"].into_iter()).takes("H100-PCIe"));
    }

    #[test]
    fn of_equals_the_first_by_name_is_the_most_frequent() {
        assert_eq!(most_frequent(["b", "a", "b", "a", "c"].into_iter()), Some("a"));
        assert_eq!(most_frequent(std::iter::empty()), None);
    }
}
