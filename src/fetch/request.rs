//! What is asked for, and what came back.

/// Who named an address; decides which hosts it may be on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// The user: an argument, a subscription, a feed of an imported OPML. Any host. A redirect of a
    /// public host still may not lead into a private network.
    Named,
    /// Content: a feed, show notes, an article. Public hosts only, unless the content itself came from
    /// this machine or the local network, which may link to its surroundings.
    FromContent {
        /// Where the page or feed that holds the link was found in the end (after redirects); without it
        /// the content counts as public.
        of: Option<String>,
    },
}

/// What kind of thing is asked for; decides the `Accept` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Accept {
    /// RSS, Atom or JSON Feed; a web page as a fallback.
    Feed,
    /// A web page, PDF or text.
    Page,
    /// JSON.
    Json,
    /// A picture of a kind that can be decoded here.
    Picture,
    /// Anything.
    #[default]
    Any,
}

impl Accept {
    /// The header's value.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Feed => {
                "application/rss+xml, application/atom+xml, application/feed+json, \
                 application/rdf+xml;q=0.9, application/xml;q=0.9, text/xml;q=0.9, \
                 application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
            }
            Self::Page => {
                "text/html, application/xhtml+xml, application/xml;q=0.9, text/markdown;q=0.9, \
                 application/pdf;q=0.8, text/plain;q=0.8, */*;q=0.5"
            }
            Self::Picture => {
                "image/webp, image/png, image/jpeg, image/gif, image/*;q=0.5, */*;q=0.1"
            }
            Self::Json => "application/json, */*;q=0.5",
            Self::Any => "*/*",
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// An `http:` or `https:` address, or `welcome:NAME` for the embedded show.
    pub url: String,
    /// What kind of thing it should be.
    pub accept: Accept,
    /// `ETag` of the copy at hand.
    pub etag: Option<String>,
    /// `Last-Modified` of the copy at hand.
    pub last_modified: Option<String>,
    /// Most bytes to take, counted after decompression.
    pub limit: u64,
    /// Who named the address.
    pub trust: Trust,
}

/// How the copy at hand stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The body holds the thing.
    Fresh,
    /// 304: the copy at hand is still right; the body is empty.
    NotModified,
    /// 410: it is gone for good and not to be asked for again; the body is empty.
    Gone,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// How the copy at hand stands.
    pub status: Status,
    /// The thing itself, decompressed; at most as long as the request's limit.
    pub body: Vec<u8>,
    /// `Content-Type` as the server claims.
    pub content_type: Option<String>,
    /// Where it was found after redirects.
    pub final_url: String,
    /// The new address to remember: as far as the chain of redirects is permanent (301, 308) from its
    /// start. `None` if it did not move for good.
    pub moved_to: Option<String>,
    /// `ETag` to ask conditionally next time.
    pub etag: Option<String>,
    /// `Last-Modified` to ask conditionally next time.
    pub last_modified: Option<String>,
    /// Seconds that the answer stays fresh for (`Cache-Control`, `Expires`).
    pub fresh_for: Option<u64>,
    /// `Retry-After` in seconds from now: not to be asked before.
    pub retry_after: Option<u64>,
    /// A redirect led from `https:` to `http:`; worth a notice.
    pub downgraded: bool,
}
