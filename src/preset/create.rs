//! A new preset: a commented file that opens at once, every value marked as an assumption.

use super::format::text_literal;
use super::save::{Permit, SaveError, Saved};
use super::store::Store;

/// The file, with `"NAME"` for the title.
const TEMPLATE: &str = include_str!("new.toml");

impl Store {
    /// Writes a new preset of the user's under this name; one that is there already is not overwritten.
    pub fn create(&self, name: &str) -> Result<Saved, SaveError> {
        let text = TEMPLATE.replacen("\"NAME\"", &text_literal(name), 1);
        self.put_new(name, text.as_bytes(), Permit::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Output, evaluate};
    use crate::preset::{Directories, Document, Provenance};

    #[test]
    fn a_new_preset_opens_at_once_and_every_value_in_it_is_an_assumption() {
        let home = tempfile::tempdir().expect("a directory");
        let directories = Directories { config: Some(home.path().to_owned()), state: None };
        let store = Store::new(&directories);
        let saved = store.create("it's \"mine\"").err();
        assert!(saved.is_some(), "a quote is no part of a name");
        let preset = store.create("it's mine").expect("written").preset;
        assert_eq!(preset.content.name, "it's mine");
        let document = Document::new(store.load("it's mine").expect("there"));
        for id in preset.content.details.keys() {
            assert!(
                matches!(document.provenance(*id), Provenance::Assumption),
                "{}",
                document.scenario().id_text(*id)
            );
        }
        assert!(evaluate(document.scenario()).get(Output::GrossMargin).is_some());
        assert!(matches!(store.create("it's mine"), Err(SaveError::Exists(_))));
        assert!(store.create("eval").is_err() && store.create("../x").is_err());
    }
}
