//! Reading: from the bytes of a file to a preset, by walking the parameter table.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml_edit::{Document, Item, Key, TableLike};

use super::problem::{Log, Problems};
use super::reader::{Given, Reader, entries, start};
use crate::model::{
    Global, InputId, MAX_TIERS, Output, OutputName, Range, Scenario, ScenarioError, TierField, TierKey,
    TierOutput,
};
use crate::preset::clean::{clean, shown};
use crate::preset::content::{BasedOn, Content, Detail, Origin, Preset};

/// The largest preset that is read, in bytes.
pub(in crate::preset) const MOST_BYTES: usize = 1 << 20;

/// The longest subject of a verdict, in characters.
const SUBJECT: usize = 40;

/// The longest caveat, in characters.
const CAVEAT: usize = 120;

/// The UTF-8 byte order mark some editors put first.
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads a preset. `file` names it in messages.
///
/// Reports every problem there is, each with line and column; a syntax error hides what stands behind it.
pub fn read(text: &[u8], file: &str, origin: Origin) -> Result<Preset, Problems> {
    let (document, body) = parse(text, file, "preset")?;
    let mut reader = Reader::default();
    let content = reader.content(document.as_table(), &origin);
    match content {
        Some(content) if reader.log.is_empty() => {
            Ok(Preset { origin, content: Arc::new(content), text: Arc::from(text) })
        }
        _ => Err(reader.log.into_problems(file, body)),
    }
}

/// The TOML of a file with the text that its positions count in; `what` says what the file should be, a preset.
pub(crate) fn parse<'t>(
    text: &'t [u8],
    file: &str,
    what: &str,
) -> Result<(Document<&'t str>, &'t str), Problems> {
    let mut log = Log::default();
    if text.len() > MOST_BYTES {
        log.add(0, "", format!("the file has {} bytes; a {what} has at most 1 MiB", text.len()));
        return Err(log.into_problems(file, ""));
    }
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let body = std::str::from_utf8(body).map_err(|error| {
        let (valid, _) = body.split_at(error.valid_up_to());
        let valid = String::from_utf8_lossy(valid);
        let mut log = Log::default();
        log.add(valid.len(), "", format!("not UTF-8; a {what} is text in UTF-8"));
        log.into_problems(file, &valid)
    })?;
    let document = Document::parse(body).map_err(|error| {
        let mut log = Log::default();
        let span = error.span().unwrap_or_default();
        let culprit = body.get(span.clone()).unwrap_or_default();
        let (key, message) = match error.message() {
            "duplicate key" => (culprit, "given twice; once is valid".to_owned()),
            "integer number overflowed" | "floating-point number overflowed" => {
                ("", format!("{} is too large; numbers up to 1 trillion are valid", shown(culprit)))
            }
            message => ("", format!("not TOML: {}", clean(message))),
        };
        log.add(span.start, key, message);
        log.into_problems(file, body)
    })?;
    Ok((document, body))
}

/// The tiers of a file: keys and display names, in order.
type Tiers = (Vec<TierKey>, Vec<String>);

/// The first parts of the ids of the inputs that exist once: `node`, `fleet`, …
fn sections() -> Vec<&'static str> {
    let mut sections: Vec<&str> =
        Global::ALL.iter().filter_map(|global| Some(global.parameter().id.split_once('.')?.0)).collect();
    sections.dedup();
    sections
}

/// Every table at the top of a preset, in the order in which a fresh one has them.
pub(super) fn tables() -> Vec<&'static str> {
    let mut tables = sections();
    // As in the order of a scenario's inputs: the tiers stand before the pricing they share.
    tables.insert(tables.len() - 1, "tier");
    tables.insert(0, "based_on");
    tables.extend(["published", "claim"]);
    tables
}

impl Reader {
    /// Everything in the file; `None` when there is no scenario in it.
    fn content(&mut self, root: &dyn TableLike, origin: &Origin) -> Option<Content> {
        let mut known = vec!["name", "summary", "date", "source", "subject", "caveat", "model"];
        known.extend(tables());
        self.refuse_unknown(root, "", &known);

        for section in sections() {
            self.section(root, section);
        }
        let tiers = self.tiers(root);
        let (keys, tier_names) = tiers.unzip();
        let ids = ids(keys.as_deref().unwrap_or_default());
        let published = self.published(root, &outputs(keys.as_deref().unwrap_or_default()));
        let claims = self.claims(root, &ids);

        let name = self.text(root, "", "name").filter(|name| !name.is_empty());
        let summary = self.text(root, "", "summary").unwrap_or_default();
        let date = self.date(root, "", "date");
        let source = self.text(root, "", "source");
        let subject = self.short_text(root, "subject", SUBJECT);
        let caveat = self.short_text(root, "caveat", CAVEAT);
        let model = self.text(root, "", "model").filter(|model| !model.is_empty());
        let based_on = self.based_on(root);
        let scenario = self.scenario(root, keys.as_deref());
        Some(Content {
            name: name.unwrap_or_else(|| default_name(origin)),
            summary,
            date,
            source,
            subject,
            caveat,
            model,
            based_on,
            scenario: scenario?,
            tier_names: tier_names?,
            details: self.details(),
            published,
            claims,
        })
    }

    /// The preset that this one was made from.
    fn based_on(&mut self, root: &dyn TableLike) -> Option<BasedOn> {
        let (key, item) = root.get_key_value("based_on")?;
        let table = self.table("based_on", key, item)?;
        self.refuse_unknown(table, "based_on", &["preset", "name", "date", "source"]);
        let preset = self.text(table, "based_on", "preset").filter(|preset| !preset.is_empty());
        if preset.is_none() {
            let message = "missing; it takes the preset that this one was made from, in quotes";
            self.log.add(start(key), "based_on.preset", message);
        }
        let name = self.text(table, "based_on", "name");
        let date = self.date(table, "based_on", "date");
        let source = self.text(table, "based_on", "source");
        Some(BasedOn { preset: preset?, name, date, source })
    }

    /// The inputs of one table such as `[node]`.
    fn section(&mut self, root: &dyn TableLike, section: &str) {
        let Some((key, item)) = root.get_key_value(section) else { return };
        let Some(table) = self.table(section, key, item) else { return };
        let of_section = Global::ALL.into_iter().filter_map(|global| {
            let (first, last) = global.parameter().id.split_once('.')?;
            (first == section).then_some((global, last))
        });
        let (inputs, known): (Vec<Global>, Vec<&str>) = of_section.unzip();
        self.refuse_unknown(table, section, &known);
        for (global, name) in inputs.into_iter().zip(known) {
            if let Some((key, item)) = table.get_key_value(name) {
                self.input(global.into(), global.parameter().id, key, item);
            }
        }
    }

    /// The tiers in the order of the file, with their inputs; `None` if they cannot make a scenario.
    fn tiers(&mut self, root: &dyn TableLike) -> Option<Tiers> {
        let Some((key, item)) = root.get_key_value("tier") else {
            self.log.add(0, "tier", "missing; a preset has 1 to 8 tiers, as in [tier.api]");
            return None;
        };
        let table = self.table("tier", key, item)?;
        let mut tiers: Vec<(&Key, &Item)> = entries(table).collect();
        // A tier whose parts are scattered over the file would otherwise lose its position.
        tiers.sort_by_key(|(key, _)| start(key));
        if tiers.is_empty() || tiers.len() > MAX_TIERS {
            let found = tiers.len();
            self.log.add(start(key), "tier", format!("{found} tiers; 1 to {MAX_TIERS} are valid"));
            return None;
        }
        let mut keys = Vec::new();
        let mut names = Vec::new();
        for (tier, (key, item)) in tiers.into_iter().enumerate() {
            let path = format!("tier.{}", key.get());
            let tier_key = TierKey::new(key.get());
            if tier_key.is_none() {
                let valid = "a tier's key has 1 to 32 of a-z, 0-9, _ and -; its name can be anything";
                self.log.add(start(key), &path, format!("not a tier's key; {valid}"));
            }
            if let Some(table) = self.table(&path, key, item) {
                let name = self.tier(tier as u8, &path, table);
                names.push(name.filter(|name| !name.is_empty()).unwrap_or_else(|| key.get().to_owned()));
            }
            keys.extend(tier_key);
        }
        (keys.len() == names.len()).then_some((keys, names))
    }

    /// The inputs of one tier. Returns its display name.
    fn tier(&mut self, tier: u8, path: &str, table: &dyn TableLike) -> Option<String> {
        let mut known = vec!["name"];
        known.extend(TierField::ALL.iter().map(|field| field.parameter().id));
        self.refuse_unknown(table, path, &known);
        for field in TierField::ALL {
            let name = field.parameter().id;
            if let Some((key, item)) = table.get_key_value(name) {
                self.input(InputId::Tier(tier, field), &format!("{path}.{name}"), key, item);
            }
        }
        self.text(table, path, "name")
    }

    /// The scenario that the inputs make, once every default is filled in. Where the tiers make none, a free one
    /// stands in, so that what is missing elsewhere is told as well.
    fn scenario(&mut self, root: &dyn TableLike, keys: Option<&[TierKey]>) -> Option<Scenario> {
        let stand_in = TierKey::new("free");
        let given = |id: InputId| {
            if keys.is_none() && matches!(id, InputId::Tier(..)) {
                return None;
            }
            // What was refused already stands in as something valid, so that it is not missed as well.
            self.given.get(&id).map(|given| given.value.unwrap_or(Some(id.domain().min)))
        };
        let shares_read =
            self.given.iter().filter(|(id, _)| id.is_share()).all(|(_, given)| given.value.is_some());
        let errors = match Scenario::build(keys.unwrap_or(stand_in.as_slice()), given) {
            Ok(scenario) => return Some(scenario),
            Err(errors) => errors,
        };
        for error in errors {
            match error {
                ScenarioError::Missing { id, domain } => {
                    let at = header(root, &id);
                    self.log.add(at, &id, format!("missing; it takes {domain}"));
                }
                ScenarioError::Shares { sum, expected } if shares_read => {
                    let first = self.given.iter().find(|(id, _)| id.is_share());
                    let at = first.map_or(0, |(_, given)| given.at);
                    self.log.add(at, "tier", format!("the shares sum to {sum}; {expected}"));
                }
                ScenarioError::Shares { .. } => {}
                other => self.log.add(header(root, "tier"), "tier", other.to_string()),
            }
        }
        None
    }

    /// What the file says about each input it gives.
    fn details(&mut self) -> BTreeMap<InputId, Detail> {
        let given = std::mem::take(&mut self.given);
        let detail = |(id, given): (InputId, Given)| {
            let of = given.value.flatten();
            let range = given.range.and_then(|(low, high)| Some((Range::new(low, high, id.domain())?, of?)));
            (id, Detail { source: given.source, note: given.note, of, range })
        };
        given.into_iter().map(detail).collect()
    }
}

/// Where an input would stand that is missing: at the header of its table, else at the top.
fn header(root: &dyn TableLike, id: &str) -> usize {
    let path = id.rsplit_once('.').map_or(id, |(path, _)| path);
    let mut at = 0;
    let mut table = Some(root);
    for part in path.split('.') {
        let Some((key, item)) = table.and_then(|table| table.get_key_value(part)) else { break };
        at = item.span().map_or_else(|| start(key), |span| span.start);
        table = item.as_table_like();
    }
    at
}

/// Every id that a scenario with these tiers has.
fn ids(keys: &[TierKey]) -> BTreeMap<String, InputId> {
    let globals = Global::ALL.into_iter().map(|global| (global.parameter().id.to_owned(), global.into()));
    let tiers = keys.iter().enumerate().flat_map(|(tier, key)| {
        TierField::ALL.into_iter().map(move |field| {
            (format!("tier.{key}.{}", field.parameter().id), InputId::Tier(tier as u8, field))
        })
    });
    globals.chain(tiers).collect()
}

/// Every name of a result that a scenario with these tiers has.
fn outputs(keys: &[TierKey]) -> BTreeMap<String, OutputName> {
    let all = Output::ALL.into_iter().map(OutputName::Global);
    let tiers =
        keys.iter().flat_map(|key| TierOutput::ALL.into_iter().map(|output| OutputName::Tier(*key, output)));
    all.chain(tiers).map(|name| (name.to_string(), name)).collect()
}

/// The display name of a preset that gives none.
fn default_name(origin: &Origin) -> String {
    match origin {
        Origin::Builtin(name) | Origin::User { name, .. } => clean(name),
        Origin::File(path) => clean(&path.file_stem().unwrap_or_default().to_string_lossy()),
        Origin::Pasted => "pasted".to_owned(),
    }
}
