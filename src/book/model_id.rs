//! What a model is called, whoever serves or measures it: one rule.

/// Regions that catalogues put before a name, as in `us.deepseek.r1-v1:0`.
const REGIONS: [&str; 7] = ["us", "eu", "apac", "jp", "au", "global", "us-gov"];

/// Vendors that catalogues put before a name and a dot.
const VENDORS: [&str; 14] = [
    "ai21",
    "amazon",
    "anthropic",
    "cohere",
    "google",
    "meta",
    "minimax",
    "mistral",
    "moonshot",
    "moonshotai",
    "nvidia",
    "openai",
    "qwen",
    "zai",
];

/// Ends of a name that say how the same weights are served.
const SERVED: [&str; 11] =
    ["maas", "fp8", "fp4", "nvfp4", "mxfp4", "bf16", "int8", "int4", "awq", "tee", "hf"];

/// Checkpoints and long names of R1. A distil or a merge is another model.
const R1: [&str; 6] = ["0528", "671b", "250120", "250528", "20250120", "20250528"];

/// The canonical id of a model: lower case, without vendor, path, region and what says how it is served.
///
/// `deepseek-ai/DeepSeek-R1-0528`, `us.deepseek.r1-v1:0` and `deepseek_r1` are all `deepseek-r1`.
pub fn model_id(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let (mut name, revised) = bare(&name);
    // What follows a colon as a number is the revision of a listing: `r1-v1:0`, `gpt-oss-120b-1:0`.
    if revised && let Some((front, version)) = name.rsplit_once('-') {
        let version = version.strip_prefix('v').unwrap_or(version);
        if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) {
            name = front.to_owned();
        }
    }
    while let Some((front, end)) = name.rsplit_once('-') {
        if front.is_empty() || !SERVED.contains(&end) {
            break;
        }
        name = front.to_owned();
    }
    family(with_dots(&name))
}

/// The last part of a path, without what stands before its dots and behind its `@` and `:`; and whether what
/// stood behind the colon was a number.
fn bare(name: &str) -> (String, bool) {
    let mut parts = name.split('/').filter(|part| !part.is_empty()).rev();
    let last = match (parts.next(), parts.next()) {
        // A listing of the model before it, not a model.
        (Some("community"), Some(before)) => before,
        (last, _) => last.unwrap_or_default(),
    };
    let before = |text: &'_ str, mark| text.find(mark).filter(|index| *index > 0);
    let last = before(last, '@').and_then(|index| last.get(..index)).unwrap_or(last);
    let (mut last, revised) = match before(last, ':').and_then(|index| last.split_at_checked(index)) {
        Some((name, tag)) => (name, tag.len() > 1 && tag.bytes().skip(1).all(|byte| byte.is_ascii_digit())),
        None => (last, false),
    };
    while let Some((front, rest)) = last.split_once('.') {
        if REGIONS.contains(&front) || VENDORS.contains(&front) {
            last = rest;
        } else if front == "deepseek" {
            // Its models are called after it.
            return (format!("deepseek-{rest}"), revised);
        } else {
            break;
        }
    }
    (last.to_owned(), revised)
}

/// Words joined by single hyphens; versions with a dot, whatever they were written with: `k2p5`, `k2-5`, `3_3`.
fn with_dots(name: &str) -> String {
    let mut dotted = String::with_capacity(name.len());
    let characters: Vec<char> =
        name.chars().map(|c| if c == '_' || c.is_whitespace() { '-' } else { c }).collect();
    let digit = |index: usize| characters.get(index).is_some_and(char::is_ascii_digit);
    let ends = |index: usize| characters.get(index).is_none_or(|c| *c == '-');
    for (index, c) in characters.iter().enumerate() {
        let between = index > 0 && digit(index - 1) && digit(index + 1);
        // A digit alone after a digit is the rest of a version; two are a size or a date.
        let alone = between && ends(index + 2) && !name_of_size(&characters, index);
        match c {
            'p' if between => dotted.push('.'),
            '-' if alone => dotted.push('.'),
            '-' if dotted.ends_with('-') => {}
            c => dotted.push(*c),
        }
    }
    dotted
}

/// Whether the digits before an index are more than a version has: `0528`, `70`.
fn name_of_size(characters: &[char], index: usize) -> bool {
    index >= 2 && characters.get(index - 2).is_some_and(char::is_ascii_digit)
}

/// The names that one model goes by in its own family.
fn family(name: String) -> String {
    let mut name = name;
    if let Some(rest) = name.strip_prefix("meta-llama-") {
        name = format!("llama-{rest}");
    }
    if let Some(rest) = name.strip_prefix("llama")
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        name = format!("llama-{rest}");
    }
    if name.starts_with("llama-") || name.starts_with("mixtral-") {
        name = name.strip_suffix("-instruct").map(str::to_owned).unwrap_or(name);
    }
    match name.strip_prefix("deepseek-r1-") {
        Some(rest) if R1.contains(&rest) => "deepseek-r1".to_owned(),
        _ => name,
    }
}

/// Whether whole words of an id, in a row, are those of a text. Dots stay within a word: `k2.5`.
pub(super) fn has_words(id: &str, text: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| matches!(c, '-' | '_' | '/' | ':') || c.is_whitespace());
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (id, text) = (words(id), words(text));
    !text.is_empty() && id.windows(text.len()).any(|window| window == text)
}

/// How people write the words of ids.
const SPELLED: [(&str, &str); 9] = [
    ("deepseek", "DeepSeek"),
    ("minimax", "MiniMax"),
    ("glm", "GLM"),
    ("it", "IT"),
    ("vl", "VL"),
    ("ernie", "ERNIE"),
    ("mimo", "MiMo"),
    ("qwq", "QwQ"),
    ("gpt", "GPT"),
];

/// The name of a model as people write it: `DeepSeek R1`, `Kimi K2.5`, `Llama 3.3 70B`.
pub fn model_name(id: &str) -> String {
    if id.starts_with("gpt-oss") {
        return id.to_owned();
    }
    let word = |word: &str| {
        if let Some((_, spelled)) = SPELLED.iter().find(|(plain, _)| *plain == word) {
            return (*spelled).to_owned();
        }
        let size = word.strip_suffix('b').is_some_and(|size| size.ends_with(|c: char| c.is_ascii_digit()));
        if size { word.to_uppercase() } else { crate::text::capitalised(word) }
    };
    id.split('-').map(word).collect::<Vec<_>>().join(" ")
}

/// As [`model_name`], without the maker of a model that is known by less: `R1`, `V4 Pro`.
pub fn short_model_name(id: &str) -> String {
    let name = model_name(id);
    name.strip_prefix("DeepSeek ").map(str::to_owned).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r1_is_one_model_whoever_serves_it_and_a_distil_or_a_merge_is_another() {
        for name in [
            "deepseek-ai/DeepSeek-R1",
            "deepseek-ai/DeepSeek-R1-0528",
            "us.deepseek.r1-v1:0",
            "deepseek.r1-v1:0",
            "Pro/deepseek-ai/DeepSeek-R1",
            "accounts/fireworks/models/deepseek-r1-0528",
            "deepseek-r1-671b",
            "deepseek-ai/deepseek-r1-0528-maas",
            "deepseek/deepseek-r1/community",
            "DeepSeek-R1-FP8",
            "deepseek_r1",
            "deepseek/deepseek-r1:free",
            "@hf/deepseek/deepseek-r1",
        ] {
            assert_eq!(model_id(name), "deepseek-r1", "{name}");
        }
        for (name, id) in [
            ("deepseek-r1-distill-llama-70b", "deepseek-r1-distill-llama-70b"),
            ("deepseek-tng-r1t2-chimera", "deepseek-tng-r1t2-chimera"),
            ("deepseek/deepseek-r1-turbo", "deepseek-r1-turbo"),
            ("deepseek-r1-0528-qwen3-8b", "deepseek-r1-0528-qwen3-8b"),
        ] {
            assert_eq!(model_id(name), id);
        }
    }

    #[test]
    fn versions_have_a_dot_and_sizes_stay() {
        for (name, id) in [
            ("moonshotai/Kimi-K2.5", "kimi-k2.5"),
            ("accounts/fireworks/models/kimi-k2p5", "kimi-k2.5"),
            ("kimi-k2-6", "kimi-k2.6"),
            ("Llama-3.3-70B", "llama-3.3-70b"),
            ("meta.llama3-3-70b-instruct-v1:0", "llama-3.3-70b"),
            ("meta-llama/Llama-3.3-70B-Instruct", "llama-3.3-70b"),
            ("llama2-70b", "llama-2-70b"),
            ("meta/llama-3-8b-instruct", "llama-3-8b"),
            ("openai.gpt-oss-120b-1:0", "gpt-oss-120b"),
            ("Qwen/Qwen3.5-397B-A17B", "qwen3.5-397b-a17b"),
            ("claude-3-5-haiku-20241022", "claude-3.5-haiku-20241022"),
            ("vertex_ai/claude-opus-4-5@20251101", "claude-opus-4.5"),
            ("gemma 3  27b", "gemma-3-27b"),
            ("step-2-16k", "step-2-16k"),
        ] {
            assert_eq!(model_id(name), id, "{name}");
        }
    }

    #[test]
    fn an_id_is_its_own_id() {
        for id in [
            "deepseek-r1",
            "kimi-k2.5",
            "llama-3.3-70b",
            "gpt-oss-120b",
            "",
            "-",
            "a/",
            "@",
            ":0",
            "p",
            "1p1",
        ] {
            let once = model_id(id);
            assert_eq!(model_id(&once), once, "{id}");
        }
    }

    #[test]
    fn whole_words_of_an_id_match() {
        assert!(has_words("deepseek-r1", "r1") && has_words("deepseek-r1", "DeepSeek R1"));
        assert!(has_words("deepseek-r1-distill-llama-70b", "r1"));
        assert!(!has_words("deepseek-tng-r1t2-chimera", "r1") && !has_words("deepseek-r1", "seek"));
        assert!(!has_words("deepseek-r1", "") && !has_words("r1", "deepseek-r1"));
        assert!(has_words("kimi-k2.5", "k2.5") && !has_words("kimi-k2.5", "k2"));
    }

    #[test]
    fn names_are_those_of_their_makers() {
        for (id, name) in [
            ("deepseek-r1", "DeepSeek R1"),
            ("kimi-k2.5", "Kimi K2.5"),
            ("gpt-oss-120b", "gpt-oss-120b"),
            ("llama-3.3-70b", "Llama 3.3 70B"),
            ("qwen3.5-397b-a17b", "Qwen3.5 397B A17B"),
            ("glm-4.7", "GLM 4.7"),
        ] {
            assert_eq!(model_name(id), name);
        }
        assert_eq!(short_model_name("deepseek-r1"), "R1");
    }
}
