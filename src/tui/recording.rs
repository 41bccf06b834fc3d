//! A story as a moving picture, drawn by the explorer itself.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::app::{App, render};
use super::command::Command;
use super::message::Message;
use super::picture::grid;
use super::start::Start;
use super::theme;
use super::theme_choice::ThemeChoice;
use crate::report::svg::{AnimationFrame, MOST_FRAMES, animated};
use crate::story::Story;
use crate::text;

/// The size of the screen: a projector's, and a README's.
const SIZE: (u16, u16) = (96, 28);
/// How long a screen between two steps stays.
const BETWEEN: f64 = 0.12;
/// The screens between two steps, if there is room for as many.
const MOST_BETWEEN: usize = 6;
/// How long the key that leads on is seen to be pressed.
const PRESSED: f64 = 0.35;

/// A story that has more screens than a picture can hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the story has {0} screens, its questions counted too; a moving picture holds {MOST_FRAMES}")]
pub struct TooManyScreens(usize);

/// Tells a story to nobody and draws it, as an animated SVG. The same every time.
pub fn record(story: &Arc<Story>) -> Result<String, TooManyScreens> {
    Ok(animated(&frames(story)?, &story.question))
}

/// The screens of a story: what is asked, the way there, what is told. Keys and the way are left out where there is no
/// room for them.
fn frames(story: &Arc<Story>) -> Result<Vec<AnimationFrame>, TooManyScreens> {
    let steps = 0..story.len();
    let screens: usize = steps.clone().map(|step| 1 + usize::from(story.ask(step).is_some())).sum();
    if screens > MOST_FRAMES {
        return Err(TooManyScreens(screens));
    }
    let presses = screens * 2 <= MOST_FRAMES;
    let taken = if presses { screens * 2 } else { screens };
    let moves = steps.clone().filter(|step| story.changes(*step)).count();
    let between = ((MOST_FRAMES - taken) / moves.max(1)).min(MOST_BETWEEN);
    let start = Start { theme: ThemeChoice::Always(&theme::DARK), ..Start::new(story.start()) };
    let mut app = App::new(start);
    app.update(Message::Resize(SIZE.0, SIZE.1));
    app.tell(story);
    let mut frames = Vec::new();
    for step in steps {
        if let Some(ask) = story.ask(step) {
            if step > 0 {
                app.story_on();
            }
            app.film(reading_time(ask), presses, &mut frames);
        }
        // A first step without a question is on screen already.
        if step > 0 || story.ask(step).is_some() {
            app.film_the_way(story, step, between, &mut frames);
            app.story_on();
        }
        if story.changes(step) {
            app.cx.before = Some(story.before(step).present());
        }
        let words = app.cx.telling.as_ref().map(|telling| telling.words.clone()).unwrap_or_default();
        app.film(reading_time(&words), presses && step + 1 < story.len(), &mut frames);
    }
    Ok(frames)
}

impl App {
    /// Draws the screen as it is, and then with the key that leads on pressed.
    fn film(&mut self, seconds: f64, pressed: bool, frames: &mut Vec<AnimationFrame>) {
        let key = self.cx.key_of(Command::StoryOn);
        let mut buffer = self.draw();
        let seconds = if pressed { seconds - PRESSED } else { seconds };
        frames.push(AnimationFrame { grid: grid(&buffer, false), seconds });
        if pressed {
            press(&mut buffer, &key, self.cx.theme.key);
            frames.push(AnimationFrame { grid: grid(&buffer, false), seconds: PRESSED });
        }
    }

    /// Draws the way from the step before to a step.
    fn film_the_way(&mut self, story: &Story, step: usize, screens: usize, frames: &mut Vec<AnimationFrame>) {
        for part in 1..=if story.changes(step) { screens } else { 0 } {
            let document = story.on_the_way(step, part as f64 / (screens + 1) as f64);
            self.cx.document.show(&document);
            if let Some(telling) = &mut self.cx.telling {
                telling.pass(&document);
            }
            self.after_change();
            self.cx.before = Some(story.before(step).present());
            frames.push(AnimationFrame { grid: grid(&self.draw(), false), seconds: BETWEEN });
        }
    }

    fn draw(&mut self) -> Buffer {
        self.changed = true;
        self.settle();
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        render(self, &mut buffer);
        buffer
    }
}

/// How long it takes to look up and read, in seconds: 18 letters a second, as for subtitles.
fn reading_time(words: &str) -> f64 {
    (0.8 + words.chars().count() as f64 / 18.0).max(2.0)
}

/// Turns a key round in the last line, as if it were pressed.
fn press(buffer: &mut Buffer, key: &str, style: Style) {
    let y = SIZE.1 - 1;
    let line: String = (0..SIZE.0).map(|x| buffer[(x, y)].symbol()).collect();
    let Some((lead, _)) = line.split_once(key) else { return };
    let (x, width) = (text::width(lead) as u16, text::width(key) as u16);
    let key = Rect { x: x.saturating_sub(1), y, width: width + 2, height: 1 }.intersection(buffer.area);
    buffer.set_style(key, style.add_modifier(Modifier::REVERSED));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Books;
    use crate::story::builtin;

    #[test]
    fn a_recorded_story_is_the_same_every_time_and_nothing_in_it_acts() {
        let story = builtin::load("the-545").expect("shipped").expect("a story");
        let picture = record(&story).expect("short enough");
        assert_eq!(record(&story).as_ref(), Ok(&picture));
        assert!(picture.len() < 1_000_000, "{} bytes", picture.len());
        well_formed(&picture);
        for forbidden in ["<script", "<style", "@font-face", "href", "url(", "<foreignObject", "<!ENTITY"] {
            assert!(!picture.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn key_times_ascend_from_zero_and_there_are_as_many_as_values() {
        let story = builtin::load("two-rates").expect("shipped").expect("a story");
        let picture = record(&story).expect("short enough");
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

    #[test]
    fn a_story_too_long_for_a_picture_says_so_and_one_that_fits_keeps_to_thirty_frames() {
        let story = |steps: usize| {
            let step =
                "[[step]]\nask = \"b?\"\ncaption = \"a\"\nset = { \"node.gpu_hour\" = 3 }\nsource = \"x\"\n";
            let text =
                format!("question = \"q\"\npreset = \"builtin:deepseek-day6\"\n{}", step.repeat(steps));
            Story::read(text.as_bytes(), "s.toml").expect("a story")
        };
        assert_eq!(record(&story(16)).expect_err("too long"), TooManyScreens(32));
        for steps in [1, 7, 15] {
            let frames = frames(&story(steps)).expect("short enough");
            assert!((2 * steps..=MOST_FRAMES).contains(&frames.len()), "{}", frames.len());
        }
    }

    #[test]
    fn no_frame_shows_a_share_that_nobody_set() {
        for name in builtin::names() {
            let story = builtin::load(name).expect("shipped").expect("a story");
            for frame in frames(&story).expect("short enough") {
                let screen: String = frame.grid.cells.iter().map(|cell| cell.symbol.as_str()).collect();
                assert!(!screen.contains("> 0 %"), "{name}: {screen}");
            }
        }
    }

    #[test]
    fn every_caption_stays_as_long_as_it_takes_to_read() {
        for name in builtin::names() {
            let story = builtin::load(name).expect("shipped").expect("a story");
            let seconds: f64 = frames(&story).expect("short enough").iter().map(|frame| frame.seconds).sum();
            let words: usize = (0..story.len())
                .map(|step| story.ask(step).map_or(0, str::len) + story.caption(step, Books::shipped()).len())
                .sum();
            assert!(seconds > words as f64 / 20.0, "{name}: {words} letters in {seconds} s");
        }
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
