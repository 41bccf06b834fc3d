//! What is remembered for the next start, and going back to it.

use crate::model::TierKey;
use crate::tui::app::App;
use crate::tui::command::ViewName;
use crate::tui::context::Focus;
use crate::tui::measure::Measure;
use crate::tui::message::Effect;
use crate::tui::session::{Bookmark, KeptDocument, Memory, Session};

impl App {
    /// Remembers theme, mouse and where we are.
    pub(super) fn remember(&self) -> Effect {
        let session = Session {
            bookmark: self.bookmark(),
            open: KeptDocument::new(&self.cx.document),
            pinned: self.cx.pinned.as_ref().map(|pinned| KeptDocument::new(&pinned.document)),
        };
        Effect::Remember(
            Memory {
                chosen: self.chosen.clone(),
                background: self.terminal.background,
                session: Some(session),
            }
            .to_text(),
        )
    }

    fn bookmark(&self) -> Bookmark {
        Bookmark {
            view: self.cx.view_name().map_or("", |view| view.info().name).to_owned(),
            in_view: self.cx.focus == Focus::View,
            focused: self.cx.document.scenario().id_text(self.cx.focused),
            tier: self.cx.document.scenario().key(self.cx.tier).to_string(),
            target: self.cx.target,
            measure: self.cx.measure.id().to_owned(),
        }
    }

    /// Looks at what was looked at; what is not there any more is left out.
    pub(in crate::tui) fn go_back_to(&mut self, bookmark: &Bookmark) {
        if bookmark.target.is_finite() && bookmark.target < 1.0 {
            self.cx.target = bookmark.target;
        }
        let measure = Measure::ALL.into_iter().find(|known| known.id() == bookmark.measure);
        self.cx.measure = measure.unwrap_or(self.cx.measure);
        self.cx.view =
            ViewName::ALL.iter().position(|view| view.info().name == bookmark.view).unwrap_or(self.cx.view);
        let tier = TierKey::new(&bookmark.tier).and_then(|key| self.cx.document.scenario().tier_of(key));
        if let Some(tier) = tier {
            self.select_tier(tier);
        }
        if let Ok(id) = self.cx.document.scenario().find(&bookmark.focused) {
            self.focus_on(id);
        }
        if bookmark.in_view {
            self.cx.focus = Focus::View;
            self.cx.show_view = true;
        }
        self.after_change();
    }
}
