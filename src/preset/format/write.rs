//! Writing: the edits of a document done to the text it was read from.

use super::explicit::{ExplicitInput, explicit_inputs};
use super::fresh::{claim, fresh, heading, origin, published};
use super::literal;
use super::patch::{Patch, path};
use super::read::{BOM, read};
use super::reader::join;
use crate::model::{InputId, TierField};
use crate::preset::content::{Content, Origin, Preset};
use crate::preset::document::Document;

/// The document as the bytes of a preset file. Without edits they are the bytes that were read; with edits,
/// everything that was not edited keeps its bytes: comments, order, byte order mark, line ends.
///
/// Where the edits cannot be done in place, the content is written afresh: values go before comments.
pub fn to_toml(document: &Document) -> Vec<u8> {
    let (base, now) = (document.base(), document.content());
    if **now == *base.content && !base.text.is_empty() {
        return base.text.to_vec();
    }
    let now = document.settled();
    patched(base, &now).unwrap_or_else(|| fresh(&now).into_bytes())
}

/// The preset's text with the edits done in place; `None` unless reading it gives the content again.
fn patched(base: &Preset, now: &Content) -> Option<Vec<u8>> {
    let is_shipped = matches!(base.origin, Origin::Builtin(_));
    let marked = base.text.starts_with(BOM);
    let text = std::str::from_utf8(base.text.strip_prefix(BOM).unwrap_or(&base.text)).ok()?;
    let mut writer = Writer { patch: Patch::of(text, is_shipped)?, base: &base.content, now };
    writer.texts();
    writer.tiers()?;
    writer.inputs();
    writer.lists();
    let text = writer.patch.done();
    let bytes = if marked { [BOM, text.as_bytes()].concat() } else { text.into_bytes() };
    let read = read(&bytes, "", base.origin.clone()).ok()?;
    same(&read.content, now).then_some(bytes)
}

/// Whether two contents say the same; ranges as far as a file can give them.
fn same(a: &Content, b: &Content) -> bool {
    a.scenario == b.scenario
        && heading(a) == heading(b)
        && a.based_on == b.based_on
        && a.tier_names == b.tier_names
        && a.published == b.published
        && a.claims == b.claims
        && a.scenario.inputs().all(|id| ExplicitInput::of(a, id) == ExplicitInput::of(b, id))
}

/// The edits from one content to another, on the way into a text.
struct Writer<'a> {
    patch: Patch<'a>,
    base: &'a Content,
    now: &'a Content,
}

impl Writer<'_> {
    /// What stands at the top, and the preset that this one was made from.
    fn texts(&mut self) {
        let (base, now) = (self.base, self.now);
        self.keys("", &heading(base), &heading(now));
        let based_on = |content: &Content| content.based_on.as_ref().map(origin).unwrap_or_default();
        self.keys("based_on", &based_on(base), &based_on(now));
    }

    /// The keys of one table: what differs is set, what is gone is taken out.
    fn keys(&mut self, table: &str, was: &Parts, is: &Parts) {
        let path = |key: &str| join(table, key).split('.').map(str::to_owned).collect::<Vec<_>>();
        for (key, _) in was.iter().filter(|(key, _)| !is.iter().any(|(kept, _)| kept == key)) {
            self.patch.remove(&path(key));
        }
        for (key, literal) in is.iter().filter(|part| !was.contains(part)) {
            self.patch.set(&path(key), literal);
        }
    }

    /// Tiers removed, renamed and added; `None` when their order changed, which no edit in place can follow.
    fn tiers(&mut self) -> Option<()> {
        let (base, now) = (self.base, self.now);
        let kept: Vec<_> = base.scenario.keys().filter(|key| now.scenario.tier_of(*key).is_some()).collect();
        if !now.scenario.keys().take(kept.len()).eq(kept.iter().copied()) {
            return None;
        }
        for key in base.scenario.keys().filter(|key| !kept.contains(key)) {
            self.patch.remove(&path(["tier", key.as_str()]));
        }
        let with_headers = self.patch.behind(&path(["tier"]));
        for (tier, key) in now.scenario.keys().enumerate() {
            let tier = tier as u8;
            let name = now.tier_name(tier);
            if let Some(was) = base.scenario.tier_of(key) {
                if base.tier_name(was) != name {
                    self.patch.set(&path(["tier", key.as_str(), "name"]), &literal::text(name));
                }
                continue;
            }
            let mut lines = vec![("name".to_owned(), literal::text(name))];
            let explicit = explicit_inputs(now, None);
            for field in TierField::ALL {
                if let Some(input) = explicit.get(&InputId::Tier(tier, field)) {
                    lines.push((field.parameter().id.to_owned(), input.literal()));
                }
            }
            if let Some(at) = with_headers {
                self.patch.insert_block(at, &format!("[tier.{key}]"), &lines);
            } else {
                for (field, literal) in lines {
                    self.patch.insert(&path(["tier", key.as_str(), &field]), &literal);
                }
            }
        }
        Some(())
    }

    /// Every input of a tier that was there, and every other.
    fn inputs(&mut self) {
        let was = explicit_inputs(self.base, None);
        let is = explicit_inputs(self.now, Some(self.base));
        for id in self.now.scenario.inputs() {
            // The inputs of a new tier stand in its block.
            let Some(before) = self.base.id_of(self.now.slot(id)) else { continue };
            // What the file does not give was not said, whatever the content would have to say.
            let was = was.get(&before).filter(|_| self.base.details.contains_key(&before));
            let is = is.get(&id);
            let text = self.now.scenario.id_text(id);
            let path: Vec<String> = text.split('.').map(str::to_owned).collect();
            match (was, is) {
                (Some(was), Some(is)) if was.same_as(is) => {}
                (_, Some(is)) => self.input(&path, was, is),
                (Some(_), None) => self.patch.remove(&path),
                (None, None) => {}
            }
        }
    }

    /// One input, in the form it has: a bare value, a table in braces, a table with a header, dotted keys.
    fn input(&mut self, path: &[String], was: Option<&ExplicitInput>, is: &ExplicitInput) {
        let entry = self.patch.layout.entry(path);
        let in_braces = self.patch.layout.inline(path).is_some();
        match entry {
            Some(position) if !in_braces || is.is_bare() => self.patch.replace(position, &is.literal()),
            None if !self.patch.layout.has_below(path) => self.patch.insert(path, &is.literal()),
            _ => {
                let was = was.map(ExplicitInput::parts).unwrap_or_default();
                self.keys(&path.join("."), &was, &is.parts());
            }
        }
    }

    /// Published figures and claims.
    fn lists(&mut self) {
        let (base, now) = (self.base, self.now);
        let figures = |content: &Content| content.published.iter().map(published).collect();
        let claims = |content: &Content| content.claims.iter().map(|one| claim(content, one)).collect();
        self.list("published", &figures(base), &figures(now));
        self.list("claim", &claims(base), &claims(now));
    }

    /// One list: what is gone is taken out, what is new comes last.
    fn list(&mut self, name: &str, was: &Vec<Parts>, is: &Vec<Parts>) {
        if was == is {
            return;
        }
        if is.is_empty() {
            self.patch.remove(&path([name]));
            return;
        }
        let elements = self.patch.elements(name);
        if elements.len() != was.len() {
            // Written in brackets: the whole list is written again.
            let tables: Vec<String> = is.iter().map(literal::table).collect();
            self.patch.set(&path([name]), &format!("[{}]", tables.join(", ")));
            return;
        }
        let mut wanted = is.iter().peekable();
        let gone =
            elements.iter().zip(was).filter(|(_, was)| wanted.next_if(|wanted| wanted == was).is_none());
        let gone = gone.map(|(element, _)| element.as_slice()).collect();
        self.patch.remove_all(2, &gone);
        let at = self.patch.behind(&path([name])).unwrap_or(self.patch.layout.text.len());
        for parts in wanted {
            let lines: Vec<(String, String)> =
                parts.iter().map(|(key, literal)| ((*key).to_owned(), literal.clone())).collect();
            self.patch.insert_block(at, &format!("[[{name}]]"), &lines);
        }
    }
}

/// Keys and literals of one element of a list.
type Parts = Vec<(&'static str, String)>;
