//! The rows of a claim card: each input that differs, with who gives its value. Read back, they give it again.

use crate::model::InputId;
use crate::preset::{Change, Document};
use crate::quantity::number;
use crate::report::provenance;
use crate::report::write::markdown_text;

/// The inputs that differ: value, what it was, and who says so.
pub(super) fn write(document: &Document) -> Option<String> {
    let changes = document.changes();
    let row = |change: &Change| {
        let now = number::input_with_unit(change.id, change.now);
        let was = change.was.map_or_else(|| "—".to_owned(), |was| number::input_with_unit(change.id, was));
        format!(
            "| {} (`{}`) | {} | {} | {} |",
            markdown_text(&provenance::name(document, change.id)),
            document.scenario().id_text(change.id),
            markdown_text(&now),
            markdown_text(&was),
            link(&provenance::text(document, change.id).unwrap_or_default())
        )
    };
    let rows: Vec<String> = changes.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        format!("| input | value | was | source |\n| --- | ---: | ---: | --- |\n{}", rows.join("\n"))
    })
}

/// A source with its addresses as links.
pub(super) fn link(source: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    let word = |word: &str| {
        if (word.starts_with("https://") || word.starts_with("http://")) && word.chars().all(plain) {
            format!("<{word}>")
        } else {
            markdown_text(word)
        }
    };
    source.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Gives the values of a replayed document back to who the rows of its card say gives them.
///
/// A row that shows another value than the one replayed speaks of that one, and says nothing here.
pub(super) fn credit<'a>(document: &mut Document, card: impl Iterator<Item = &'a str>) {
    let rows = card.filter_map(Row::read);
    let credits = rows.filter_map(|row| {
        let id = document.scenario().find(row.id).ok()?;
        let now = number::input_with_unit(id, document.scenario().get(id));
        let known = provenance::text(document, id).unwrap_or_default();
        let source = plain(row.source);
        let speaks = document.is_changed(id) && row.value == markdown_text(&now);
        (speaks && !source.is_empty() && source != known).then_some((id, source))
    });
    let credits: Vec<(InputId, String)> = credits.collect();
    document.credit(&credits);
}

/// A row as it is read: Markdown, but for the id.
struct Row<'a> {
    id: &'a str,
    value: &'a str,
    source: &'a str,
}

impl<'a> Row<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let line = line.trim().strip_prefix("| ")?.strip_suffix('|')?;
        // A bar inside a cell is escaped.
        let cells: Vec<&str> = line.trim_end().split(" | ").collect();
        let [name, value, _, source] = cells.as_slice() else { return None };
        let (_, id) = name.strip_suffix("`)")?.rsplit_once("(`")?;
        Some(Self { id, value, source })
    }
}

/// A source without the marks that [`link`] gave it.
fn plain(markdown: &str) -> String {
    let word = |word: &str| match word.strip_prefix('<').and_then(|word| word.strip_suffix('>')) {
        Some(address) => address.to_owned(),
        None => unescaped(word),
    };
    markdown.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// What [`markdown_text`] was given.
fn unescaped(markdown: &str) -> String {
    const NAMED: [(&str, char); 4] = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&#64;", '@')];
    let (mut text, mut rest) = (String::with_capacity(markdown.len()), markdown);
    while let Some(first) = rest.chars().next() {
        let named = NAMED.iter().find(|(name, _)| rest.starts_with(name));
        let escaped = rest.strip_prefix('\\').and_then(|rest| rest.chars().next());
        let (letter, taken) = match (named, escaped) {
            (Some((name, letter)), _) => (*letter, name.len()),
            (None, Some(letter)) => (letter, 1 + letter.len_utf8()),
            (None, None) => (first, first.len_utf8()),
        };
        text.push(letter);
        rest = rest.get(taken..).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_reads_as_it_was_written() {
        for source in [
            "models.dev, DeepInfra, 2026-07-02",
            "see https://a.b/c_d?e=f&g=1, and <b>@all</b> *now* a|b \\| `x` &lt; #1 ~",
            "yours",
        ] {
            assert_eq!(plain(&link(source)), source, "{}", link(source));
        }
    }
}
