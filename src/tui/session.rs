//! What is remembered from one start to the next: theme, mouse, and where the last session ended.

use std::sync::Arc;

use toml_edit::{DocumentMut, Item, Table, value};

use super::app::App;
use super::context::Focus;
use super::measure::Measure;
use super::theme::Theme;
use super::views;
use crate::model::TierKey;
use crate::preset::{Document, Origin, Store, builtin, read, to_toml};
use crate::text;

/// What the user chose with a key; what the command line or the environment ask for is for once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chosen {
    /// The theme.
    pub theme: Option<&'static Theme>,
    /// Whether the mouse is used.
    pub mouse: Option<bool>,
}

/// What the state file says.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Theme and mouse.
    pub chosen: Chosen,
    session: Option<Session>,
}

/// Where the last session ended.
#[derive(Clone, Debug, Default, PartialEq)]
struct Session {
    open: Kept,
    pinned: Option<Kept>,
    place: Place,
}

/// A document as it is remembered: the preset by its name, and the whole text where that may not be enough.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
    preset: Option<String>,
    fingerprint: Option<String>,
    /// Whether the text is something else than the preset.
    edited: bool,
    text: Option<String>,
}

/// What is looked at, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The name of the view.
    pub view: String,
    /// Whether the view has the focus.
    pub in_view: bool,
    /// The id of the focused input.
    pub focused: String,
    /// The key of the tier whose prices are shown.
    pub tier: String,
    /// The target margin.
    pub target: f64,
    /// The result shown large.
    pub measure: String,
}

/// A session brought back.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// What was open.
    pub document: Document,
    /// What it was compared with.
    pub pinned: Option<Document>,
    /// What was looked at.
    pub place: Place,
    /// What is not as it was, in one line.
    pub remark: Option<String>,
}

impl Memory {
    /// Reads a state file. What it does not understand is as if it were not there; only a text that is no TOML is
    /// an error.
    pub fn read(text: &str) -> Result<Self, String> {
        let state: DocumentMut = text.parse().map_err(|_| "what was remembered cannot be read".to_owned())?;
        let theme = state.get("theme").and_then(Item::as_str).and_then(Theme::by_name);
        let mouse = state.get("mouse").and_then(Item::as_bool);
        let session = state.get("session").and_then(Item::as_table).map(|table| {
            let word = |key| table.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
            let kept = |key| table.get(key).and_then(Item::as_table).map(Kept::read);
            Session {
                open: kept("open").unwrap_or_default(),
                pinned: kept("pinned"),
                place: Place {
                    view: word("view"),
                    in_view: table.get("in_view").and_then(Item::as_bool).unwrap_or_default(),
                    focused: word("focused"),
                    tier: word("tier"),
                    target: table.get("target").and_then(Item::as_float).unwrap_or_default(),
                    measure: word("measure"),
                },
            }
        });
        Ok(Self { chosen: Chosen { theme, mouse }, session })
    }

    /// Brings the last session back, as far as it can be.
    pub fn resume(&self, store: &Store) -> Result<Resumed, String> {
        let session = self.session.as_ref().ok_or("there is no earlier session to resume")?;
        let (document, mut remark) = session.open.open(store)?;
        let pinned = match session.pinned.as_ref().map(|kept| kept.open(store)) {
            Some(Ok((pinned, changed))) => {
                remark = remark.or(changed);
                Some(pinned)
            }
            Some(Err(problem)) => {
                remark = remark.or(Some(problem));
                None
            }
            None => None,
        };
        Ok(Resumed { document, pinned, place: session.place.clone(), remark })
    }
}

impl Kept {
    fn of(document: &Document) -> Self {
        let base = document.base();
        let preset = match &base.origin {
            Origin::Builtin(name) => Some(format!("builtin:{name}")),
            Origin::User { name, .. } => Some(name.clone()),
            // The next start may be in another directory.
            Origin::File(path) => Some(
                std::path::absolute(path).unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned(),
            ),
            Origin::Pasted => None,
        };
        let edited = document.is_edited();
        // A file may be gone by the next start, and a pasted text is gone now.
        let whole = edited || !matches!(base.origin, Origin::Builtin(_));
        let text = whole.then(|| String::from_utf8_lossy(&to_toml(document)).into_owned());
        let fingerprint = preset.is_some().then(|| builtin::fingerprint(&base.text));
        Self { preset, fingerprint, edited, text }
    }

    fn read(table: &Table) -> Self {
        let word = |key| table.get(key).and_then(Item::as_str).map(str::to_owned);
        let edited = table.get("edited").and_then(Item::as_bool).unwrap_or_default();
        Self { preset: word("preset"), fingerprint: word("fingerprint"), edited, text: word("text") }
    }

    fn table(self) -> Table {
        let mut table = Table::new();
        table.insert("edited", value(self.edited));
        let parts = [("preset", self.preset), ("fingerprint", self.fingerprint), ("text", self.text)];
        for (key, text) in parts {
            if let Some(text) = text {
                table.insert(key, value(text));
            }
        }
        table
    }

    /// The document, and what is not as it was.
    fn open(&self, store: &Store) -> Result<(Document, Option<String>), String> {
        let parsed = |origin: Origin| match &self.text {
            Some(text) => read(text.as_bytes(), "the last session", origin)
                .map(Some)
                .map_err(|problems| one_line(&problems.to_string())),
            None => Ok(None),
        };
        let Some(name) = &self.preset else {
            let pasted = parsed(Origin::Pasted)?.ok_or("the last session is incomplete")?;
            return Ok((Document::new(Arc::new(pasted)), None));
        };
        let base = match store.load(name) {
            Ok(base) => base,
            Err(problem) => {
                let problem = one_line(&problem.to_string());
                let Some(preset) = parsed(Origin::Pasted)? else { return Err(problem) };
                let remark = format!("{problem}; what was on screen is here all the same");
                return Ok((Document::new(Arc::new(preset)), Some(remark)));
            }
        };
        let same = self.fingerprint.as_ref() == Some(&builtin::fingerprint(&base.text));
        let remark = (!same).then(|| format!("{} changed since the last session", text::clean(name)));
        let mut document = Document::new(Arc::clone(&base));
        if self.edited
            && let Some(edited) = parsed(base.origin.clone())?
        {
            document.edit(|content| content.clone_from(&edited.content));
        }
        Ok((document, remark))
    }
}

impl Place {
    fn of(app: &App) -> Self {
        Self {
            view: views::REGISTRY.get(app.view).map_or("", |info| info.name).to_owned(),
            in_view: app.focus == Focus::View,
            focused: app.document.scenario().id_text(app.focused()),
            tier: app.document.scenario().key(app.tier()).to_string(),
            target: app.target,
            measure: app.measure.output().name().to_owned(),
        }
    }
}

impl App {
    /// The text of the state file as things stand.
    pub fn memory(&self) -> String {
        let mut state = DocumentMut::new();
        if let Some(theme) = self.chosen.theme {
            state.insert("theme", value(theme.name));
        }
        if let Some(mouse) = self.chosen.mouse {
            state.insert("mouse", value(mouse));
        }
        let place = Place::of(self);
        let mut session = Table::new();
        session.insert("view", value(place.view));
        session.insert("in_view", value(place.in_view));
        session.insert("focused", value(place.focused));
        session.insert("tier", value(place.tier));
        session.insert("target", value(place.target));
        session.insert("measure", value(place.measure));
        session.insert("open", Item::Table(Kept::of(&self.document).table()));
        if let Some(pinned) = &self.pinned {
            session.insert("pinned", Item::Table(Kept::of(&pinned.document).table()));
        }
        state.insert("session", Item::Table(session));
        state.to_string()
    }

    /// Looks at what was looked at; what is not there any more is left out.
    pub(super) fn go_back_to(&mut self, place: &Place) {
        if place.target.is_finite() && place.target < 1.0 {
            self.target = place.target;
        }
        let measure = Measure::ALL.into_iter().find(|known| known.output().name() == place.measure);
        self.measure = measure.unwrap_or(self.measure);
        self.view = views::REGISTRY.iter().position(|info| info.name == place.view).unwrap_or(self.view);
        let tier = TierKey::new(&place.tier).and_then(|key| self.document.scenario().tier_of(key));
        if let Some(tier) = tier {
            self.select_tier(tier);
        }
        if let Ok(id) = self.document.scenario().find(&place.focused) {
            self.focus_on(id);
        }
        if place.in_view {
            self.focus = Focus::View;
            self.show_view = true;
        }
        self.after_change();
    }
}

fn one_line(problem: &str) -> String {
    text::clean(problem.lines().next().unwrap_or_default())
}
