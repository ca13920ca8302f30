//! The question and the answer between the two processes. A question is a length (four bytes, big
//! endian) and a head in JSON, then the bytes of the page; an answer is JSON to the end.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::{Limits, OwnedPage};
use crate::article::{ArticleError, Extracted, MAX_PAGE_BYTES, View};

/// An address and a content type are short; nothing else is in the head.
const MAX_HEAD: u32 = 1 << 20;

/// What stands before the bytes of the page.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    url: String,
    content_type: Option<String>,
    whole: bool,
    cpu_seconds: u64,
    memory: u64,
    bytes: u64,
}

/// A question as the child gets it.
pub(super) struct Question {
    pub(super) page: OwnedPage,
    pub(super) view: View,
}

/// The answer: `Err(None)` says that the reader failed on the page.
pub(super) type Answer = Result<Box<Extracted>, Option<ArticleError>>;

/// Writes a question.
pub(super) fn ask(
    out: &mut impl Write,
    page: &OwnedPage,
    view: View,
    limits: &Limits,
) -> io::Result<()> {
    let head = Head {
        url: page.url.clone(),
        content_type: page.content_type.clone(),
        whole: view == View::Whole,
        cpu_seconds: limits.cpu_seconds,
        memory: limits.memory,
        bytes: page.bytes.len() as u64,
    };
    let head = serde_json::to_vec(&head)?;
    let length = u32::try_from(head.len()).ok().filter(|length| *length <= MAX_HEAD);
    let length = length.ok_or_else(|| invalid("the address is too long"))?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(&head)?;
    out.write_all(&page.bytes)?;
    out.flush()
}

/// Reads a question. `limit` is called with memory and seconds before the page itself is read.
pub(super) fn hear(
    input: &mut impl Read,
    limit: impl FnOnce(u64, u64) -> io::Result<()>,
) -> io::Result<Question> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > MAX_HEAD {
        return Err(invalid("the head is too long"));
    }
    let mut head = vec![0; length as usize];
    input.read_exact(&mut head)?;
    let head: Head = serde_json::from_slice(&head)?;
    limit(head.memory, head.cpu_seconds)?;
    if head.bytes > MAX_PAGE_BYTES as u64 + 1 {
        return Err(invalid("the page is too large"));
    }
    let mut bytes = Vec::new();
    input.take(head.bytes).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != head.bytes {
        return Err(invalid("the page is cut short"));
    }
    let page = OwnedPage { url: head.url, content_type: head.content_type, bytes };
    let view = if head.whole { View::Whole } else { View::Reader };
    Ok(Question { page, view })
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_arrives_as_it_was_asked() {
        let page = OwnedPage {
            url: "https://a.example/x".to_owned(),
            content_type: Some("text/html".to_owned()),
            bytes: b"\0\xff<p>".to_vec(),
        };
        let mut sent = Vec::new();
        ask(&mut sent, &page, View::Whole, &Limits::default()).unwrap();
        let mut limits = None;
        let heard = hear(&mut sent.as_slice(), |memory, seconds| {
            limits = Some((memory, seconds));
            Ok(())
        });
        let heard = heard.unwrap();
        assert_eq!((heard.page, heard.view), (page, View::Whole));
        assert_eq!(limits, Some((1 << 30, 10)));
    }

    #[test]
    fn what_is_cut_short_or_too_long_is_refused() {
        let page = OwnedPage { bytes: vec![1; 10], ..OwnedPage::default() };
        let mut sent = Vec::new();
        ask(&mut sent, &page, View::Reader, &Limits::default()).unwrap();
        for end in 0..sent.len() {
            let part = sent.get(..end).unwrap();
            assert!(hear(&mut &*part, |_, _| Ok(())).is_err());
        }
        assert!(hear(&mut [0xff; 64].as_slice(), |_, _| Ok(())).is_err());
    }
}
