//! The commands of the table.

use crate::model::Pane;
use crate::report::Format;
use crate::tui::app::App;
use crate::tui::command::Command;
use crate::tui::context::Focus;
use crate::tui::message::{Effect, Purpose};
use crate::tui::popups;
use crate::tui::slider::{Direction, Stride};
use crate::tui::theme_choice::ThemeChoice;

/// Panes and the view.
const PANE_STOPS: usize = Pane::ALL.len() + 1;

impl App {
    /// Runs a command of the table: the view's if it has the focus and knows it, otherwise the explorer's.
    pub(super) fn run_command(&mut self, command: Command) -> Vec<Effect> {
        self.changed = true;
        if self.cx.focus == Focus::View
            && let Some(effects) = self.view_command(command)
        {
            return effects;
        }
        if !self.aim(command) {
            return Vec::new();
        }
        match command {
            Command::Left => self.step(Direction::Down, Stride::Step),
            Command::Right => self.step(Direction::Up, Stride::Step),
            Command::CoarseLeft => self.step(Direction::Down, Stride::Coarse),
            Command::CoarseRight => self.step(Direction::Up, Stride::Coarse),
            Command::FineLeft => self.step(Direction::Down, Stride::Fine),
            Command::FineRight => self.step(Direction::Up, Stride::Fine),
            Command::Up => self.walk(Direction::Down),
            Command::Down => self.walk(Direction::Up),
            Command::First => self.go_to_end(Direction::Down),
            Command::Last => self.go_to_end(Direction::Up),
            Command::Type => self.type_value(None),
            Command::Toggle => self.toggle(),
            Command::Reset => self.reset(),
            Command::NextClaim => self.claim(Direction::Up),
            Command::PreviousClaim => self.claim(Direction::Down),
            Command::Unfold => self.unfold(),
            Command::Details => self.popups.push(popups::details(self.cx.focused)),
            Command::Range => self.edit_details(popups::range),
            Command::Source => self.edit_details(popups::source),
            Command::Note => self.edit_details(popups::note),
            Command::NextTier => self.select_tier(self.cx.tier + 1),
            Command::PreviousTier => {
                self.select_tier(self.cx.tier + self.cx.document.scenario().tier_count() as u8 - 1);
            }
            Command::AddTier => self.add_tier(),
            Command::RenameTier => self.popups.push(popups::rename_tier(&self.cx.document, self.cx.tier)),
            Command::RemoveTier => return self.remove_tier(),
            Command::NextPane => self.pane_step(1),
            Command::PreviousPane => self.pane_step(PANE_STOPS - 1),
            Command::NextView => self.show(self.cx.view + 1),
            Command::PreviousView => self.show(self.cx.view + self.views.len() - 1),
            Command::View(index) => self.show_nth(index.into()),
            Command::ToggleView => self.toggle_view(),
            Command::Measure => {
                self.cx.measure = self.cx.measure.next_of(|measure| self.cx.measured(measure).is_some());
            }
            Command::Target => self.popups.push(popups::target(self.cx.target)),
            Command::Pin => self.toggle_pin(),
            Command::SwapPinned => self.swap_pinned(),
            Command::Unpin => self.unpin(),
            Command::Compare => return self.list_presets(Purpose::Pin),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::ResetAll => self.reset_all(),
            Command::Open => return self.list_presets(Purpose::Open),
            Command::Save => return self.save(),
            Command::SaveAs => self.popups.push(popups::save_as(&self.cx.document)),
            Command::Describe => self.popups.push(popups::describe(&self.cx.document)),
            Command::Restore => return self.restore(),
            Command::Copy => return self.copy_answer(),
            Command::CopyMenu => self.copy_menu(),
            Command::Stories => return self.list_stories(),
            Command::StoryOn => self.story_on(),
            Command::StoryBack => self.story_back(),
            Command::StoryAgain => self.story_again(),
            Command::StoryLeave => self.story_leave(),
            Command::WriteCard => return self.write_card(),
            Command::ExportView => return self.export_view(),
            Command::Find => self.popups.push(popups::find()),
            Command::Palette => self.popups.push(popups::palette()),
            Command::Help => self.popups.push(popups::help()),
            Command::Theme => return self.next_theme(),
            Command::Mouse => return self.toggle_mouse(),
            Command::Redraw => return vec![Effect::Redraw],
            Command::Suspend => return vec![Effect::Suspend],
            Command::Back => self.back(),
            Command::Quit => return self.quit(),
            // These are a view's or a list's own.
            Command::PageUp
            | Command::PageDown
            | Command::Act
            | Command::Delete
            | Command::NewPreset
            | Command::Map(_)
            | Command::Bridge(_)
            | Command::Odds(_)
            | Command::Book(_) => {}
        }
        Vec::new()
    }

    fn next_theme(&mut self) -> Vec<Effect> {
        self.theme = self.theme.next();
        self.use_theme();
        self.chosen.theme = Some(self.theme.name().to_owned());
        self.say(match self.theme {
            ThemeChoice::Auto => format!("theme: auto, {} here", self.cx.theme.name),
            ThemeChoice::Always(theme) => format!("theme: {}", theme.name),
        });
        vec![self.remember()]
    }

    /// Draws in the theme that is chosen, in this terminal.
    pub(super) fn use_theme(&mut self) {
        let theme = self.theme.theme(self.terminal);
        self.changed |= theme.name != self.cx.theme.name;
        self.cx.theme = theme;
    }

    fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.mouse = !self.mouse;
        self.chosen.mouse = Some(self.mouse);
        self.say(if self.mouse { "mouse on" } else { "mouse off: the terminal's own selection works now" });
        vec![Effect::Mouse(self.mouse), self.remember()]
    }

    fn toggle_view(&mut self) {
        self.cx.show_view = !self.cx.show_view;
        self.cx.focus = if self.cx.show_view { Focus::View } else { Focus::Sliders };
        self.refresh_views();
    }

    /// Puts what a command is about under it: in a view, the input of the row that has the cursor. Returns whether
    /// there is one, and says so if not.
    pub(super) fn aim(&mut self, command: Command) -> bool {
        if self.cx.focus != Focus::View || !command.is_about_an_input() {
            return true;
        }
        let area = self.layout.picture(self.cx.view);
        let view = self.views.get(self.cx.view);
        let Some(id) = area.zip(view).and_then(|(area, view)| view.input(&self.cx, area)) else {
            self.say("what stands under the cursor is not an input");
            return false;
        };
        if self.cx.focused != id {
            self.focus_on(id);
            self.cx.focus = Focus::View;
        }
        true
    }

    /// Runs a command in the view; `None` if it means nothing there.
    pub(super) fn view_command(&mut self, command: Command) -> Option<Vec<Effect>> {
        let area = self.layout.picture(self.cx.view)?;
        let actions = self.views.get_mut(self.cx.view)?.command(command, &self.cx, area)?;
        Some(self.perform(actions))
    }

    /// The results of the present view as text.
    pub(super) fn view_text(&self, format: Format) -> Option<String> {
        self.views.get(self.cx.view).and_then(|view| view.result()).map(|result| result.exported(format))
    }

    /// Esc leaves the innermost thing: a view, then a pinned scenario stays; it never quits.
    fn back(&mut self) {
        if self.cx.show_view {
            self.cx.show_view = false;
        }
        self.cx.focus = Focus::Sliders;
    }

    /// Tab runs through the panes and the view.
    fn pane_step(&mut self, by: usize) {
        self.end_run();
        let here = match self.cx.focus {
            Focus::View => Pane::ALL.len(),
            Focus::Sliders => Pane::ALL.iter().position(|pane| *pane == self.cx.pane()).unwrap_or(0),
        };
        let next = (here + by) % PANE_STOPS;
        if let Some(pane) = Pane::ALL.get(next) {
            self.cx.show_view = false;
            self.focus_pane(*pane);
        } else {
            self.cx.focus = Focus::View;
            self.cx.show_view = true;
            self.refresh_views();
        }
    }

    pub(super) fn show(&mut self, view: usize) {
        self.cx.view = view % self.views.len().max(1);
        self.cx.show_view = true;
        self.refresh_views();
        self.changed = true;
    }

    /// Shows a view by its position in the tab bar, if there are that many.
    fn show_nth(&mut self, index: usize) {
        if index < self.views.len() {
            self.show(index);
        }
    }

    /// Opens the pane of the focused slider whole, or folds it again.
    fn unfold(&mut self) {
        let pane = self.cx.pane();
        if self.cx.is_open(pane) {
            self.cx.open_panes.retain(|open| *open != pane);
        } else {
            self.cx.open_panes.push(pane);
        }
        self.changed = true;
    }

    pub(super) fn focus_pane(&mut self, pane: Pane) {
        let first = self.cx.inputs(pane).first().copied();
        if let Some(id) = first {
            self.focus_on(id);
            self.refresh_views();
        }
    }
}
