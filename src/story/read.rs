//! Reading stories: from the bytes of a file to a story, with every problem at its line and column.

use std::path::Path;
use std::sync::Arc;

use toml_edit::{Item, Key, TableLike};

use super::figure::Figure;
use super::template::Template;
use super::{Step, Story, last_of_each};
use crate::model::{Edit, InputId};
use crate::preset::{
    Document, LoadError, Origin, Preset, Problems, Sourced, Store, TomlReader, clean, entries, join, kind,
    likely, parse, start, value_start,
};
use crate::quantity::{self, number};
use crate::report::view::ViewName;

/// The most steps that are told.
const MOST_STEPS: usize = 1_000;
/// The longest question, in characters: a line.
const QUESTION: usize = 76;
/// The longest caption as written, in characters: two lines with long names in them.
const CAPTION: usize = 400;
/// The longest question before a step, in characters: two lines.
const ASK: usize = 152;

/// Reads a story. `file` names it in messages; the presets that it speaks of come from the store.
pub(super) fn read(text: &[u8], file: &str, origin: Origin, store: &Store) -> Result<Story, Problems> {
    let (document, body) = parse(text, file, "story")?;
    let mut reader = StoryReader { toml: TomlReader::default(), body, store };
    match reader.story(document.as_table(), origin) {
        Some(story) if reader.toml.log.is_empty() => Ok(story),
        _ => Err(reader.toml.log.into_problems(file, body)),
    }
}

impl Story {
    /// Reads a story about shipped presets. `file` names it in messages.
    pub fn read(text: &[u8], file: &str) -> Result<Arc<Self>, Problems> {
        read(text, file, Origin::Pasted, &Store::default()).map(Arc::new)
    }
}

/// One walk through a story.
struct StoryReader<'a> {
    toml: TomlReader,
    body: &'a str,
    store: &'a Store,
}

impl StoryReader<'_> {
    fn story(&mut self, root: &dyn TableLike, origin: Origin) -> Option<Story> {
        self.toml.refuse_unknown(root, "", &["question", "preset", "against", "step"]);
        let question = self.toml.short_text(root, "question", QUESTION);
        if question.is_none() && root.get("question").is_none_or(|item| item.as_str().is_some()) {
            self.toml.log.add(0, "question", "missing; it takes what the story answers, in quotes");
        }
        if root.get("preset").is_none() {
            self.toml.log.add(0, "preset", "missing; it takes the preset that is told of, as builtin:NAME");
        }
        let preset = self.preset(root, "preset");
        let against = self.preset(root, "against");
        let mut tables = self.toml.list(root, "step");
        if tables.is_empty() {
            self.toml.log.add(0, "step", "missing; a story has at least one step, as [[step]]");
        }
        if tables.len() > MOST_STEPS {
            let at = tables.get(MOST_STEPS).map_or(0, |(at, _)| *at);
            self.toml.log.add(
                at,
                "step",
                format!("{} steps; a story has at most {MOST_STEPS}", tables.len()),
            );
            tables.truncate(MOST_STEPS);
        }
        let preset = preset?;
        let base = Document::new(Arc::clone(&preset));
        let mut set = Vec::new();
        let steps: Vec<Step> =
            tables.into_iter().map(|(at, table)| self.step(at, table, &base, &mut set)).collect();
        Some(Story { origin, question: question?, preset, against, steps })
    }

    /// A preset by its name; a path says nothing on another machine.
    fn preset(&mut self, root: &dyn TableLike, name: &str) -> Option<Arc<Preset>> {
        let (key, item) = root.get_key_value(name)?;
        let preset = self.toml.text(root, "", name)?;
        if preset == "-" || preset.contains(['/', '\\']) || is_file(&preset) {
            let message = "a story names its preset, as builtin:NAME or by the name of one of yours";
            self.toml.log.add(value_start(key, item), name, message);
            return None;
        }
        let message = match self.store.load(&preset) {
            Ok(preset) => return Some(preset),
            Err(LoadError::Invalid(problems)) => {
                problems.to_string().lines().next().map(clean).unwrap_or_default()
            }
            Err(error) => clean(&error.to_string()),
        };
        self.toml.log.add(value_start(key, item), name, message);
        None
    }

    /// One step; what the steps up to it set is gathered in `set`.
    fn step(&mut self, at: usize, table: &dyn TableLike, base: &Document, set: &mut Vec<Sourced>) -> Step {
        const PATH: &str = "step";
        self.toml.refuse_unknown(
            table,
            PATH,
            &["ask", "caption", "view", "focus", "set", "expect", "source"],
        );
        let scenario = base.scenario();
        let inputs = || scenario.inputs().map(|id| scenario.id_text(id));
        let input = |name: &str| {
            let found = scenario.inputs().find(|id| scenario.id_text(*id) == name);
            found.ok_or_else(|| {
                likely(name, inputs().collect::<Vec<_>>().iter().map(String::as_str)).map(str::to_owned)
            })
        };
        let view = |name: &str| ViewName::find(name).map_err(|like| like.map(str::to_owned));
        let view =
            table.contains_key("view").then(|| self.toml.named(table, at, PATH, "view", view)).flatten();
        let focus =
            table.contains_key("focus").then(|| self.toml.named(table, at, PATH, "focus", input)).flatten();
        let source = self.toml.text(table, PATH, "source").filter(|source| !source.is_empty());
        let edits = self.sets(table, base, &input);
        if let (Some((key, _)), None) = (table.get_key_value("set"), &source) {
            let message = "whose values are these? add source = \"…\", or source = \"assumption\"";
            self.toml.log.add(start(key), "step.source", message);
        }
        let source = source.unwrap_or_default();
        let sets: Vec<Sourced> =
            edits.into_iter().map(|(id, value)| Sourced { id, value, source: source.clone() }).collect();
        let all = last_of_each(set.iter().chain(&sets));
        let edits: Vec<Edit> = all.iter().map(|given| (given.id, given.value)).collect();
        match scenario.with(&edits) {
            Ok(_) => *set = all,
            Err(error) => {
                let at = table.get_key_value("set").map_or(at, |(key, _)| start(key));
                self.toml.log.add(at, "step.set", format!("with the steps before it: {error}"));
            }
        }
        Step {
            ask: self.line(table, "ask", ASK),
            caption: self.caption(at, table, base),
            view,
            focus,
            sets,
            expect: self.expectations(table, base),
        }
    }

    /// A text of a step of at most so many characters.
    fn line(&mut self, table: &dyn TableLike, name: &str, most: usize) -> Option<String> {
        let text = self.toml.text(table, "step", name).filter(|text| !text.is_empty())?;
        let count = text.chars().count();
        if count > most {
            let at = table.get_key_value(name).map_or(0, |(key, item)| value_start(key, item));
            self.toml.log.add(at, &join("step", name), format!("{count} characters; it has at most {most}"));
        }
        Some(text)
    }

    fn caption(&mut self, at: usize, table: &dyn TableLike, base: &Document) -> Template {
        let text = self.line(table, "caption", CAPTION);
        if text.is_none() && table.get("caption").is_none_or(|item| item.as_str().is_some()) {
            self.toml.log.add(at, "step.caption", "missing; it takes what is to be seen here, in quotes");
        }
        let mistakes = match Template::read(&text.unwrap_or_default(), base.scenario()) {
            Ok(template) => return template,
            Err(mistakes) => mistakes,
        };
        let span = table.get("caption").and_then(Item::span).unwrap_or_default();
        let written = self.body.get(span.clone()).unwrap_or_default();
        for mistake in mistakes {
            let at = span.start + written.find(&mistake.near).unwrap_or(0);
            self.toml.log.add(at, "step.caption", format!("{}: {}", clean(&mistake.near), mistake.message));
        }
        Template::default()
    }

    /// What a step sets, as `--set` takes it.
    fn sets(
        &mut self,
        table: &dyn TableLike,
        base: &Document,
        find: &impl Fn(&str) -> Result<InputId, Option<String>>,
    ) -> Vec<Edit> {
        self.pairs(table, "set")
            .into_iter()
            .filter_map(|(key, item)| {
                let path = join("step.set", key.get());
                let id = self.known(&key, &path, "input", find)?;
                let Some(text) = value_text(&item) else {
                    let message =
                        format!("{} is no value; write it as for --set, as in \"70%\"", kind(&item));
                    self.toml.log.add(value_start(&key, &item), &path, message);
                    return None;
                };
                match quantity::parse(&text, id.parameter(), None) {
                    Ok(reading) => Some((id, reading.value)),
                    Err(error) => {
                        self.toml.log.add(value_start(&key, &item), &path, error.to_string());
                        None
                    }
                }
            })
            .filter(|(id, _)| base.scenario().is_input(*id))
            .collect()
    }

    /// What the figures of a step are to say.
    fn expectations(&mut self, table: &dyn TableLike, base: &Document) -> Vec<(Figure, String)> {
        let find = |name: &str| Figure::find(name, base.scenario());
        self.pairs(table, "expect")
            .into_iter()
            .filter_map(|(key, item)| {
                let path = join("step.expect", key.get());
                let figure = self.known(&key, &path, "figure", &find)?;
                let text = item.as_str().map(clean);
                if text.is_none() {
                    let message =
                        format!("{} is no text; write it as the screen does, as in \"48.3 %\"", kind(&item));
                    self.toml.log.add(value_start(&key, &item), &path, message);
                }
                Some((figure, text?))
            })
            .collect()
    }

    /// The entries of a table within a step.
    fn pairs(&mut self, table: &dyn TableLike, name: &str) -> Vec<(Key, Item)> {
        let Some((key, item)) = table.get_key_value(name) else { return Vec::new() };
        let Some(table) = item.as_table_like() else {
            let message =
                format!("{} is no table; write {name} = {{ \"node.gpu_hour\" = \"$3\" }}", kind(item));
            self.toml.log.add(value_start(key, item), &join("step", name), message);
            return Vec::new();
        };
        entries(table).map(|(key, item)| (key.clone(), item.clone())).collect()
    }

    /// What a key names.
    fn known<T>(
        &mut self,
        key: &Key,
        path: &str,
        what: &str,
        find: &impl Fn(&str) -> Result<T, Option<String>>,
    ) -> Option<T> {
        find(key.get())
            .map_err(|like| {
                let hint = like.map_or_else(
                    || "; write the whole id in quotes, as in \"node.gpu_hour\"".to_owned(),
                    |like| format!("; did you mean `{like}`?"),
                );
                self.toml.log.add(start(key), path, format!("unknown {what}{hint}"));
            })
            .ok()
    }
}

/// Whether a name is that of a file.
fn is_file(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// A value as `--set` takes it: what stands in quotes, or a number or a choice.
fn value_text(item: &Item) -> Option<String> {
    let number = item.as_float().or_else(|| item.as_integer().map(|value| value as f64));
    let text = item.as_str().map(str::to_owned);
    text.or_else(|| number.map(number::exact)).or_else(|| item.as_bool().map(|value| value.to_string()))
}
