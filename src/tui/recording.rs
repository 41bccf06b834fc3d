//! A story as a moving picture, drawn by the explorer itself.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::app::{App, render};
use super::message::Message;
use super::picture::grid;
use super::start::Start;
use super::theme;
use super::theme_choice::ThemeChoice;
use crate::model::Edit;
use crate::preset::Document;
use crate::report::svg::{AnimationFrame, MOST_FRAMES, animated};
use crate::story::Story;

/// The size of the screen: a projector's, and a README's.
const SIZE: (u16, u16) = (96, 28);
/// How long a screen between two steps stays.
const BETWEEN: f64 = 0.12;
/// The screens between two steps, if there is room for as many.
const MOST_BETWEEN: usize = 6;

/// Tells a story to nobody and draws it, as an animated SVG. The same every time.
pub fn record(story: &Arc<Story>) -> String {
    let start = Start { theme: ThemeChoice::Always(&theme::DARK), ..Start::new(story.start()) };
    let mut app = App::new(start);
    app.update(Message::Resize(SIZE.0, SIZE.1));
    app.tell(story);
    let steps = 0..story.len();
    let screens: usize = steps.clone().map(|step| 1 + usize::from(story.ask(step).is_some())).sum();
    let moves = steps.clone().filter(|step| story.changes(*step)).count();
    let between = (MOST_FRAMES.saturating_sub(screens) / moves.max(1)).min(MOST_BETWEEN);
    let mut frames = Vec::new();
    for step in steps {
        let ask = story.ask(step);
        // The first step is on screen already.
        if step > 0 && ask.is_some() {
            app.story_on();
        }
        frames.extend(ask.map(|ask| frame(&mut app, reading_time(ask))));
        if step > 0 || ask.is_some() {
            for part in 1..=if story.changes(step) { between } else { 0 } {
                app.show_on_the_way(story, step, part as f64 / (between + 1) as f64);
                frames.push(frame(&mut app, BETWEEN));
            }
            app.story_on();
        }
        let words = app.cx.telling.as_ref().map(|telling| telling.words.clone()).unwrap_or_default();
        frames.push(frame(&mut app, reading_time(&words)));
    }
    animated(&frames, &story.question)
}

impl App {
    /// Shows a scenario a part of the way to a step.
    fn show_on_the_way(&mut self, story: &Story, step: usize, part: f64) {
        let mut document = step.checked_sub(1).map_or_else(|| story.start(), |before| story.document(before));
        let edits = on_the_way(&document, &story.document(step), part);
        // What cannot be half done is not shown half done.
        let _ = document.set(&edits);
        self.cx.document.show(&document);
        if let Some(telling) = &mut self.cx.telling {
            telling.pass(&document);
        }
        self.after_change();
        self.settle();
    }
}

/// How long it takes to read a caption and look up, in seconds.
fn reading_time(words: &str) -> f64 {
    (1.2 + words.chars().count() as f64 / 45.0).clamp(1.5, 4.5)
}

fn frame(app: &mut App, seconds: f64) -> AnimationFrame {
    app.settle();
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    render(app, &mut buffer);
    AnimationFrame { grid: grid(&buffer, false), seconds }
}

/// The inputs that differ, a part of the way from one scenario to the other.
fn on_the_way(from: &Document, to: &Document, part: f64) -> Vec<Edit> {
    let (from, to) = (from.scenario(), to.scenario());
    let differing = to.inputs().filter(|id| from.get(*id) != to.get(*id));
    let edits = differing.filter_map(|id| {
        let (low, high) = from.get(id).zip(to.get(id))?;
        let value = low + (high - low) * part;
        id.domain().contains(Some(value)).then_some((id, Some(value)))
    });
    edits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::builtin;

    #[test]
    fn a_recorded_story_is_the_same_every_time_and_nothing_in_it_acts() {
        let story = builtin::load("the-545").expect("shipped").expect("a story");
        let picture = record(&story);
        assert_eq!(picture, record(&story));
        assert!(picture.len() < 1_000_000, "{} bytes", picture.len());
        well_formed(&picture);
        for forbidden in ["<script", "<style", "@font-face", "href", "url(", "<foreignObject", "<!ENTITY"] {
            assert!(!picture.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn key_times_ascend_from_zero_and_there_are_as_many_as_values() {
        let story = builtin::load("two-rates").expect("shipped").expect("a story");
        let picture = record(&story);
        let attribute = |tag: &str, name: &str| {
            let rest = tag.split_once(&format!(" {name}=\"")).map(|(_, rest)| rest).expect("an attribute");
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let mut count = 0;
        for tag in picture.split("<animate").skip(1).filter_map(|rest| rest.split("/>").next()) {
            let times: Vec<f64> =
                attribute(tag, "keyTimes").split(';').map(|time| time.parse().expect("a number")).collect();
            assert_eq!(times.len(), attribute(tag, "values").split(';').count());
            assert!(
                times[0] == 0.0
                    && times.windows(2).all(|pair| pair[0] < pair[1])
                    && times.iter().all(|time| *time < 1.0)
            );
            count += 1;
        }
        assert!(count > 10);
    }

    /// Every tag is closed, in order, and every attribute is quoted.
    fn well_formed(picture: &str) {
        let mut open: Vec<&str> = Vec::new();
        for tag in picture.split('<').skip(1) {
            let (inside, text) = tag.split_once('>').expect("a tag that ends");
            assert_eq!(inside.matches('"').count() % 2, 0, "{inside}");
            let name = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            if inside.starts_with('/') {
                assert_eq!(open.pop(), Some(name));
            } else if !inside.ends_with('/') {
                open.push(name);
            }
            for entity in text.split('&').skip(1) {
                assert!(["amp;", "lt;", "gt;"].iter().any(|known| entity.starts_with(known)), "&{entity}");
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}
