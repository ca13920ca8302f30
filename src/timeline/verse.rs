//! Verses of scripture and numbers of works, which look like codes: `John 3:16`, `林前 13:4`,
//! `Op. 28:15`.

/// Books of the Bible and of other scripture by name, lower case.
const BOOKS: &str = "创世记|創世記|创世纪|出埃及记|出埃及記|出谷纪|利未记|利未記|肋未纪|民数记|民數記|户籍纪|申命记\
    |申命記|约书亚记|約書亞記|士师记|士師記|路得记|路得記|撒母耳记|撒母耳記|列王纪|列王紀|历代志|歷代志|以斯拉记|尼希米记|以斯帖记\
    |约伯记|約伯記|诗篇|詩篇|圣咏|箴言|传道书|傳道書|雅歌|以赛亚书|以賽亞書|耶利米书|耶利米書|耶利米哀歌|以西结书|但以理书|何西阿书|约珥书\
    |阿摩司书|俄巴底亚书|约拿书|弥迦书|那鸿书|哈巴谷书|西番雅书|哈该书|撒迦利亚书|玛拉基书|福音|使徒行传|使徒行傳|罗马书\
    |羅馬書|哥林多|格林多|加拉太书|加拉太書|以弗所书|以弗所書|腓立比书|腓立比書|歌罗西书|歌羅西書|帖撒罗尼迦|提摩太|提多书|腓利门书\
    |希伯来书|希伯來書|雅各书|雅各書|彼得|约翰一书|约翰二书|约翰三书|犹大书|启示录|啟示錄|默示录|经文|經文|古兰经|genesis|exodus|leviticus\
    |numbers|deuteronomy|joshua|judges|ruth|samuel|kings|chronicles|ezra|nehemiah|esther|job|psalm|proverbs|ecclesiastes\
    |isaiah|jeremiah|lamentations|ezekiel|daniel|hosea|joel|amos|obadiah|jonah|micah|nahum|habakkuk|zephaniah|haggai\
    |zechariah|malachi|matthew|mark|luke|john|acts|romans|corinthians|galatians|ephesians|philippians|colossians\
    |thessalonians|timothy|titus|philemon|hebrews|james|peter|jude|revelation|scripture|quran|surah|sura";

/// Their short names in Latin letters; only right before the numbers.
const SHORT: &str = "gen|ex|exod|lev|num|deut|dt|josh|judg|sam|kgs|chr|chron|neh|esth|ps|pss|prov|eccl|isa|jer|lam|ezek|dan\
    |hos|mic|nah|hab|zeph|hag|zech|mal|matt|mt|mk|lk|jn|rom|cor|gal|eph|phil|col|thess|tim|tit|heb|jas|pet|rev|op|bwv|kv\
    |wv|hwv|rv|qs";

/// Their short names in Chinese; only as the whole of the words before the numbers.
const CHINESE: &str = "创|出|利|民|申|书|士|得|撒上|撒下|王上|王下|代上|代下|拉|尼|斯|伯|诗|箴|传|歌|赛|耶|哀|结|但|何|珥|摩|俄|拿|弥|鸿|哈|番|该|亚\
    |玛|太|可|路|约|徒|罗|林前|林后|加|弗|腓|西|帖前|帖后|提前|提后|多|门|来|雅|彼前|彼后|约一|约二|约三|犹|启";

/// Most words in Latin letters before the numbers: `Gospel Matthew`.
const MAX_WORDS: usize = 2;

/// Whether the words before a code name a book of scripture or a catalogue of music.
pub(super) fn is_verse(before: &str) -> bool {
    let tail = super::context::tail(before.trim_end(), 20).to_lowercase();
    // `Interview with John 12:30` names a person.
    let words = before.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1).count();
    words <= MAX_WORDS && (named(&tail) || short(&tail))
}

/// A full name, with the number of a chapter or of the book behind it.
fn named(tail: &str) -> bool {
    BOOKS.split('|').any(|book| {
        tail.rfind(book).is_some_and(|at| {
            let starts = !book.is_ascii()
                || !tail.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_alphabetic()));
            starts
                && tail.get(at + book.len()..).is_some_and(|rest| {
                    let rest = rest.trim_start_matches([
                        '前', '后', '後', '書', '书', '上', '下', '一', '二', '三', '第', '章',
                        's', '》', '」', '.',
                    ]);
                    rest.trim().is_empty()
                })
        })
    })
}

/// A short name: `1 Cor`, `Ps.`, `林前`.
fn short(tail: &str) -> bool {
    let word = tail.trim_end_matches(['.', ' ']);
    let latin = word.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    if !latin.is_empty() {
        return SHORT.split('|').any(|short| short.trim() == latin);
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    CHINESE.split('|').any(|short| short.trim() == bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verses_are_known_by_their_books() {
        for text in [
            "约翰福音 ",
            "2 Corinthians ",
            "Scripture: Mark ",
            "哥林多前书",
            "Psalms ",
            "林前 ",
            "1 Cor. ",
            "(Jn ",
            "《启示录》",
            "《诗篇》第",
            "Op. ",
            "BWV ",
        ] {
            assert!(is_verse(text), "{text}");
        }
        for text in [
            "John talks ",
            "Denmark ",
            "认识约翰的那天 ",
            "开场",
            "Interview with Tim ",
            "A call with John ",
            "路由器 ",
        ] {
            assert!(!is_verse(text), "{text}");
        }
    }
}
