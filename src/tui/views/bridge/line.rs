//! The lines of the view, one below the other.

use ratatui::style::Style;

use super::offer::Offer;
use super::part::{Part, parts};
use crate::analysis::{CruxSet, Share};
use crate::report::bridge::BridgeReport;
use crate::tui::command::{Command, ViewName};
use crate::tui::context::Context;
use crate::tui::paint;

/// One line of the view.
pub(in crate::tui::views) enum Line<'a> {
    Titles,
    /// Where it starts or leads: name, margin, whether it is the pinned one.
    End(String, Option<f64>, bool),
    /// A share, and the margins that its bar goes from and to.
    Share(&'a Share, f64, f64),
    /// All shares together.
    Sum(f64, f64),
    /// Below a share: both of its values, or one part of it, a tier or an input.
    Part(Part),
    CruxTitle,
    Crux(&'a CruxSet),
    Words(String, Style),
    OfferTitles,
    Offer(&'a Offer),
    /// Margins along the picture.
    Axis,
    Blank,
}

/// The lines of a bridge between two scenarios of these names; `stacked` where a share has two, its values below its
/// name.
pub(super) fn steps(report: &BridgeReport, [from, to]: [String; 2], stacked: bool) -> Vec<Line<'_>> {
    let analysis = &report.analysis;
    let mut entries = Vec::new();
    if analysis.players == 0 {
        return entries;
    }
    if !analysis.shares.is_empty() {
        entries.push(Line::Titles);
    }
    entries.push(Line::End(from, analysis.margin_from, true));
    let mut margin = analysis.margin_from.unwrap_or(0.0);
    for share in &analysis.shares {
        let after = margin + share.margin_points;
        entries.push(Line::Share(share, margin, after));
        let mut parts = parts(report, share);
        if stacked && parts.is_empty() {
            parts.extend(Part::values(share));
        }
        if let Some(first) = parts.first_mut().filter(|_| stacked) {
            first.bar = Some((margin, after));
        }
        entries.extend(parts.into_iter().map(Line::Part));
        margin = after;
    }
    if analysis.shares.len() > 1 {
        let sum = |part: fn(&Share) -> f64| analysis.shares.iter().map(part).sum();
        entries.push(Line::Sum(sum(|share| share.margin_points), sum(|share| share.shapley)));
    }
    entries.push(Line::End(to, analysis.margin_to, false));
    if !analysis.shares.is_empty() {
        entries.push(Line::Axis);
    }
    if !analysis.crux.is_empty() {
        entries.push(Line::Blank);
        entries.push(Line::CruxTitle);
        entries.extend(analysis.crux.iter().map(Line::Crux));
    }
    entries
}

/// What can be pinned, and how to get another bridge.
pub(super) fn offers<'a>(cx: &Context, offers: &'a [Offer], width: u16) -> Vec<Line<'a>> {
    let offers = offers.iter().map(Line::Offer);
    [Line::OfferTitles].into_iter().chain(offers).chain([Line::Blank]).chain(ways(cx, width)).collect()
}

/// Other ways to get a bridge.
fn ways<'a>(cx: &Context, width: u16) -> Vec<Line<'a>> {
    let key = |command| cx.keys.key(&ViewName::Bridge.scopes(), command);
    let text = format!(
        "{} lists your own presets too; {} pins this scenario as it is, and the bridge leads from there to \
         whatever you make of it.",
        key(Command::Compare),
        key(Command::Pin)
    );
    let lines = paint::wrap(&text, usize::from(width));
    lines.into_iter().map(|line| Line::Words(line, cx.theme.quiet)).collect()
}
