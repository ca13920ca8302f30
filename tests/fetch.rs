//! The HTTP client against servers that behave well, badly and maliciously.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "servers/loopback.rs"]
mod loopback;

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use latetalk::fetch::{Accept, Client, FetchError, Patience, Reply, Request, Status, Trust};
use loopback::{Server, Step, head, reply};

fn client() -> Client {
    Client::with_patience(Patience {
        connect: Duration::from_secs(5),
        idle: Duration::from_secs(5),
        total: Duration::from_secs(10),
        backoff: vec![Duration::ZERO, Duration::ZERO],
        retry_after: Duration::from_secs(5),
    })
    .unwrap()
}

fn named(url: String) -> Request {
    Request {
        url,
        accept: Accept::Any,
        etag: None,
        last_modified: None,
        limit: 1 << 20,
        trust: Trust::Named,
    }
}

fn linked(url: String, of: Option<&str>) -> Request {
    Request { trust: Trust::FromContent { of: of.map(str::to_owned) }, ..named(url) }
}

async fn get(request: Request) -> Result<Reply, FetchError> {
    client().get(request).await
}

fn redirect(status: u16, to: &str) -> Vec<Step> {
    reply(status, &[("Location", to)], b"")
}

#[tokio::test]
async fn a_page_comes_with_its_facts_and_we_say_who_we_are() {
    let facts =
        [("Content-Type", "text/html; charset=gbk"), ("ETag", "\"1\""), ("Retry-After", "7")];
    let server = Server::start(move |_| reply(200, &facts, b"hello"));
    let request = Request { accept: Accept::Feed, ..named(server.url("/a#part")) };
    let got = get(request).await.unwrap();
    assert_eq!((got.status, got.body.as_slice()), (Status::Fresh, &b"hello"[..]));
    assert_eq!(got.content_type.as_deref(), Some("text/html; charset=gbk"));
    assert_eq!((got.etag.as_deref(), got.retry_after), (Some("\"1\""), Some(7)));
    assert_eq!(got.final_url, server.url("/a#part"));
    assert_eq!(got.moved_to, None);
    let heard = server.heard().remove(0);
    let agent = format!("latetalk/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(heard.header("user-agent"), Some(agent.as_str()));
    assert!(heard.header("accept").unwrap().starts_with("application/rss+xml"));
    assert!(heard.header("accept-encoding").unwrap().contains("gzip"));
    assert_eq!(heard.header("referer"), None);
}

#[tokio::test]
async fn a_copy_at_hand_is_asked_for_conditionally() {
    let server = Server::start(|heard| {
        let same = heard.header("if-none-match") == Some("\"v1\"")
            && heard.header("if-modified-since") == Some("Mon, 02 Jan 2023 00:00:00 GMT");
        if same { reply(304, &[("ETag", "\"v1\"")], b"") } else { reply(200, &[], b"new") }
    });
    let request = Request {
        etag: Some("\"v1\"".into()),
        last_modified: Some("Mon, 02 Jan 2023 00:00:00 GMT".into()),
        ..named(server.url("/feed"))
    };
    let got = get(request).await.unwrap();
    assert_eq!((got.status, got.body.len()), (Status::NotModified, 0));
    let got = get(named(server.url("/feed"))).await.unwrap();
    assert_eq!((got.status, got.body.as_slice()), (Status::Fresh, &b"new"[..]));
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_an_error() {
    let server = Server::start(|_| reply(304, &[], b""));
    let error = get(named(server.url("/"))).await.unwrap_err();
    assert_eq!(error.status(), Some(304));
}

#[tokio::test]
async fn gone_is_an_answer_and_not_an_error() {
    let server = Server::start(|_| reply(410, &[], b"<p>gone</p>"));
    let got = get(named(server.url("/"))).await.unwrap();
    assert_eq!((got.status, got.body.len()), (Status::Gone, 0));
}

#[tokio::test]
async fn compressed_pages_are_opened_and_bombs_are_not() {
    let pack = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let (small, bomb) = (pack(&[b'x'; 5000]), pack(&vec![0; 16 << 20]));
    assert!(bomb.len() < 100_000);
    let server = Server::start(move |heard| {
        let body = if heard.path == "/bomb" { &bomb } else { &small };
        reply(200, &[("Content-Encoding", "gzip")], body)
    });
    assert_eq!(get(named(server.url("/small"))).await.unwrap().body, [b'x'; 5000]);
    let error = get(named(server.url("/bomb"))).await.unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { limit: 1_048_576, .. }), "{error}");
    assert_eq!(server.heard().len(), 2, "a bomb is not asked for again");
}

#[tokio::test]
async fn endless_and_oversized_bodies_end_at_the_limit() {
    let server = Server::start(|heard| match heard.path.as_str() {
        "/endless" => {
            vec![Step::Send(head(200, &[])), Step::Forever(vec![b'a'; 65_536], Duration::ZERO)]
        }
        _ => vec![Step::Send(head(200, &[("Content-Length", "99999999999")])), Step::Stall],
    });
    for path in ["/endless", "/claimed"] {
        let error = get(named(server.url(path))).await.unwrap_err();
        assert!(matches!(error, FetchError::TooLarge { .. }), "{path}: {error}");
        assert!(error.to_string().contains("larger than the limit of 1 MB"), "{error}");
    }
}

#[tokio::test]
async fn silent_and_dripping_servers_are_given_up_in_time() {
    let server = Server::start(|heard| match heard.path.as_str() {
        "/mute" => vec![Step::Stall],
        "/half" => vec![Step::Send(head(200, &[("Content-Length", "10")])), Step::Stall],
        _ => vec![
            Step::Send(head(200, &[])),
            Step::Forever(b"a".to_vec(), Duration::from_millis(10)),
        ],
    });
    let patience = Patience {
        idle: Duration::from_millis(150),
        connect: Duration::from_millis(150),
        total: Duration::from_millis(400),
        ..client().patience().clone()
    };
    let client = Client::with_patience(patience).unwrap();
    for path in ["/mute", "/half", "/drip"] {
        let began = Instant::now();
        let error = client.get(named(server.url(path))).await.unwrap_err();
        assert!(matches!(error, FetchError::Timeout { .. }), "{path}: {error}");
        assert!(began.elapsed() < Duration::from_secs(3), "{path}");
    }
}

#[tokio::test]
async fn only_a_chain_that_is_permanent_from_its_start_moves_an_address() {
    let server = Server::start(|heard| match heard.path.as_str() {
        "/a" => redirect(301, "/b"),
        "/b" => redirect(308, "c?x=1"),
        "/c?x=1" => redirect(302, "/d"),
        "/d" => redirect(301, "/end"),
        "/temporary" => redirect(307, "/a"),
        _ => reply(200, &[], b"here"),
    });
    let got = get(named(server.url("/a"))).await.unwrap();
    assert_eq!(got.final_url, server.url("/end"));
    assert_eq!(got.moved_to, Some(server.url("/c?x=1")));
    assert!(!got.downgraded);
    let got = get(named(server.url("/temporary"))).await.unwrap();
    assert_eq!((got.moved_to, got.body.as_slice()), (None, &b"here"[..]));
}

#[tokio::test]
async fn redirects_that_do_not_end_or_lead_nowhere_are_told_apart() {
    let server = Server::start(|heard| match heard.path.as_str() {
        "/ring" => redirect(302, "/ring2"),
        "/ring2" => redirect(302, "/ring"),
        "/file" => redirect(302, "file:///etc/passwd"),
        "/void" => reply(302, &[], b""),
        "/bad" => redirect(302, "http://"),
        path => {
            let count: usize = path.trim_start_matches("/n").parse().unwrap();
            if count == 0 {
                reply(200, &[], b"ok")
            } else {
                redirect(302, &format!("/n{}", count - 1))
            }
        }
    });
    let error = get(named(server.url("/ring"))).await.unwrap_err();
    assert!(matches!(error, FetchError::RedirectLoop { hops: 1, .. }), "{error}");
    assert!(get(named(server.url("/n10"))).await.is_ok());
    let error = get(named(server.url("/n11"))).await.unwrap_err();
    assert!(matches!(error, FetchError::RedirectLoop { .. }), "{error}");
    let error = get(named(server.url("/file"))).await.unwrap_err();
    assert!(matches!(error, FetchError::NotHttp { .. }), "{error}");
    for path in ["/void", "/bad"] {
        let error = get(named(server.url(path))).await.unwrap_err();
        assert!(matches!(error, FetchError::BadRedirect { .. }), "{error}");
    }
}

#[tokio::test]
async fn content_of_a_public_host_does_not_lead_home() {
    let server = Server::start(|_| reply(200, &[], b"router"));
    let port = server.url("").rsplit(':').next().unwrap().to_owned();
    let disguises = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://LOCALHOST.:{port}/"),
        format!("http://a.localhost:{port}/"),
        format!("http://0x7f.0.0.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://[64:ff9b::7f00:1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        format!("http://nas:{port}/"),
        "http://169.254.169.254/latest/meta-data".into(),
        "http://192.168.1.1/".into(),
        "http://100.64.0.1/".into(),
        "http://[fd00::1]/".into(),
    ];
    let client = client();
    for url in disguises {
        for of in [None, Some("https://203.0.113.9/feed.xml"), Some("not an address")] {
            let error = client.get(linked(url.clone(), of)).await.unwrap_err();
            assert!(matches!(error, FetchError::Forbidden { .. }), "{url} of {of:?}: {error}");
        }
    }
    assert_eq!(server.heard().len(), 0);
}

#[tokio::test]
async fn content_from_inside_may_link_to_its_neighbours() {
    let server = Server::start(|_| reply(200, &[], b"notes"));
    let origins =
        [server.url("/feed"), "http://192.168.1.5/feed".into(), "http://nas.local/feed".into()];
    for of in origins {
        let got = get(linked(server.url("/notes"), Some(&of))).await.unwrap();
        assert_eq!(got.body, b"notes", "{of}");
        let meta = linked("http://169.254.169.254/".into(), Some(&of));
        assert!(matches!(get(meta).await, Err(FetchError::Forbidden { .. })), "{of}");
    }
}

#[tokio::test]
async fn what_the_user_names_may_be_at_home_but_does_not_redirect_to_metadata() {
    let other = Server::start(|_| reply(200, &[], b"other"));
    let target = other.url("/x");
    let server = Server::start(move |heard| match heard.path.as_str() {
        "/near" => redirect(302, &target),
        _ => redirect(302, "http://169.254.169.254/latest/meta-data"),
    });
    assert_eq!(get(named(server.url("/near"))).await.unwrap().body, b"other");
    let error = get(named(server.url("/meta"))).await.unwrap_err();
    assert!(matches!(error, FetchError::Forbidden { .. }), "{error}");
}

#[tokio::test]
async fn a_server_that_stumbles_is_asked_again_and_one_that_refuses_is_not() {
    let server = Server::start(|heard| match (heard.path.as_str(), heard.number) {
        ("/stumbles", 0) => reply(503, &[("Retry-After", "0")], b""),
        // Less than was promised.
        ("/stumbles", 1) => {
            vec![Step::Send([head(200, &[("Content-Length", "10")]), b"half".to_vec()].concat())]
        }
        ("/stumbles", _) => reply(200, &[], b"there"),
        ("/down", _) => reply(500, &[], b""),
        ("/busy", _) => reply(503, &[("Retry-After", "120")], b""),
        ("/often", _) => reply(429, &[("Retry-After", "60")], b""),
        _ => reply(404, &[], b""),
    });
    assert_eq!(get(named(server.url("/stumbles"))).await.unwrap().body, b"there");
    let asked = |path: &str| server.heard().iter().filter(|heard| heard.path == path).count();
    assert_eq!(asked("/stumbles"), 3);
    for (path, status, times, wait) in [
        ("/down", 500, 3, None),
        ("/busy", 503, 1, Some(120)),
        ("/often", 429, 1, Some(60)),
        ("/missing", 404, 1, None),
    ] {
        let error = get(named(server.url(path))).await.unwrap_err();
        assert_eq!((error.status(), error.retry_after()), (Some(status), wait), "{path}");
        assert_eq!(asked(path), times, "{path}");
    }
}

/// A server that answers everything with a line of plain HTTP, also a TLS greeting.
fn plain_http_server() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let sent = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            // Waits for the other side, so that the line is not lost to a reset.
            let read = std::io::copy(&mut stream, &mut std::io::sink());
            assert!(sent.is_ok() || read.is_err());
        }
    });
    address
}

#[tokio::test]
async fn every_failure_has_its_own_sentence() {
    let server = Server::start(|heard| match heard.path.as_str() {
        "/401" => reply(401, &[], b""),
        "/ssh" => vec![Step::Send(b"SSH-2.0-OpenSSH\r\n".to_vec())],
        _ => vec![],
    });
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    let secure = plain_http_server().replace("http:", "https:");
    let cases = [
        (closed, "refused the connection"),
        ("http://nowhere.invalid/feed".into(), "name of its host was not found"),
        (server.url("/401"), "name and password (401)"),
        (server.url("/ssh"), "answer is broken"),
        (server.url("/cut"), "connection broke off"),
        (secure, "no secure connection"),
        ("ftp://a.example/x".into(), "only http and https"),
        ("file:///etc/passwd".into(), "only http and https"),
        ("javascript:alert(1)".into(), "only http and https"),
        ("no address".into(), "not a web address"),
        ("welcome:no-such-file".into(), "no such file"),
    ];
    for (url, part) in cases {
        let error = get(named(url.clone())).await.unwrap_err().to_string();
        assert!(error.contains(part), "{url}: {error}");
        assert!(!error.ends_with('.'), "{error}");
    }
}

#[tokio::test]
async fn secrets_and_escape_codes_stay_out_of_sentences() {
    let server = Server::start(|_| reply(404, &[], b""));
    let url = server.url("/\u{1b}[2J").replace("http://", "http://mei:secret@");
    let error = get(named(url)).await.unwrap_err().to_string();
    assert!(!error.contains("secret") && !error.contains('\u{1b}'), "{error}");
    let error = get(named("\u{1b}]0;x\u{7}".into())).await.unwrap_err().to_string();
    assert!(!error.contains('\u{1b}') && !error.contains('\u{7}'), "{error}");
}

#[tokio::test]
async fn a_password_goes_to_its_own_host_only() {
    let other = Server::start(|_| reply(200, &[], b"other"));
    let target = other.url("/x");
    let server = Server::start(move |heard| match heard.path.as_str() {
        "/away" => redirect(302, &target),
        "/feed" => redirect(302, "/feed2"),
        _ => reply(200, &[], b"mine"),
    });
    let with_password = |path: &str| server.url(path).replace("http://", "http://mei:secret@");
    get(named(with_password("/feed"))).await.unwrap();
    get(named(with_password("/away"))).await.unwrap();
    let sent: Vec<bool> =
        server.heard().iter().map(|heard| heard.header("authorization").is_some()).collect();
    assert_eq!(sent, [true, true, true]);
    assert_eq!(other.heard()[0].header("authorization"), None);
}

#[tokio::test]
async fn one_host_gets_four_requests_at_a_time() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counted, peak) = (Arc::clone(&now), Arc::clone(&most));
    // Nobody gets on until four are there, so four at a time must be reached.
    let barrier = Arc::new(Barrier::new(4));
    let server = Server::start(move |_| {
        peak.fetch_max(counted.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        barrier.wait();
        counted.fetch_sub(1, Ordering::SeqCst);
        reply(200, &[], b"ok")
    });
    let client = client();
    let asking: Vec<_> = (0..12)
        .map(|number| {
            let (client, url) = (client.clone(), server.url(&format!("/{number}")));
            tokio::spawn(async move { client.get(named(url)).await })
        })
        .collect();
    for asked in asking {
        assert!(asked.await.unwrap().is_ok());
    }
    assert_eq!(most.load(Ordering::SeqCst), 4);
}

fn page(url: String) -> Request {
    Request { accept: Accept::Page, ..named(url) }
}

#[tokio::test]
async fn a_site_that_gives_a_cookie_first_shows_its_page_then() {
    let server = Server::start(|heard| match heard.header("cookie") {
        Some("seen=1") => reply(200, &[], b"the page"),
        _ => reply(302, &[("Location", "/x?again"), ("Set-Cookie", "seen=1; Path=/")], b""),
    });
    let client = client();
    let got = client.get(page(server.url("/x"))).await.unwrap();
    assert_eq!(got.body, b"the page");
    assert_eq!(client.get(page(server.url("/y"))).await.unwrap().final_url, server.url("/y"));
    // Feeds and recordings are asked for without: nobody follows a listener about.
    let feed = client.get(Request { accept: Accept::Feed, ..named(server.url("/f")) }).await;
    assert!(feed.is_err());
    assert!(
        server
            .heard()
            .iter()
            .filter(|heard| heard.path == "/f")
            .all(|heard| heard.header("cookie").is_none())
    );
}

#[tokio::test]
async fn neither_cookies_nor_passwords_follow_a_redirect_to_another_host() {
    let other = Server::start(|_| reply(200, &[("Set-Cookie", "other=1; Path=/")], b"there"));
    // The same machine under another name is another host.
    let there = other.url("/there").replace("127.0.0.1", "localhost");
    let start = Server::start(move |_| {
        reply(302, &[("Location", there.as_str()), ("Set-Cookie", "mine=1; Path=/")], b"")
    });
    let client = client();
    let url = start.url("/").replace("http://", "http://mei:secret@");
    for _ in 0..2 {
        assert_eq!(client.get(page(url.clone())).await.unwrap().body, b"there");
    }
    let sent = |server: &Server, name: &str| -> Vec<Option<String>> {
        server.heard().iter().map(|heard| heard.header(name).map(str::to_owned)).collect()
    };
    assert_eq!(sent(&start, "cookie"), [None, Some("mine=1".to_owned())]);
    assert_eq!(sent(&other, "cookie"), [None, Some("other=1".to_owned())]);
    assert!(sent(&start, "authorization").iter().all(Option::is_some));
    assert!(sent(&other, "authorization").iter().all(Option::is_none));
}

#[tokio::test]
async fn a_password_in_a_link_of_a_page_is_not_sent() {
    let server = Server::start(|heard| match heard.path.as_str() {
        "/start" => {
            let host = heard.header("host").unwrap_or_default();
            reply(302, &[("Location", &format!("http://a:b@{host}/end"))], b"")
        }
        _ => reply(200, &[], b"here"),
    });
    let of = server.url("/page");
    let url = server.url("/start").replace("http://", "http://mei:secret@");
    assert_eq!(get(linked(url, Some(&of))).await.unwrap().body, b"here");
    assert!(server.heard().iter().all(|heard| heard.header("authorization").is_none()));
}

#[tokio::test]
async fn a_site_hears_which_language_the_reader_reads() {
    let server = Server::start(|_| reply(200, &[], b"page"));
    let client = client();
    client.read_in(latetalk::model::Language::English);
    client.get(page(server.url("/"))).await.unwrap();
    let heard = server.heard().remove(0);
    assert!(heard.header("accept-language").unwrap().starts_with("en"));
    assert!(heard.header("accept").unwrap().starts_with("text/html"));
    assert!(heard.header("user-agent").unwrap().contains("latetalk/"));
}

#[tokio::test]
async fn a_redirect_may_not_leave_the_web() {
    for target in ["file:///etc/passwd", "data:text/html,x", "ftp://a.example/", "javascript:1"] {
        let server = Server::start(move |_| redirect(302, target));
        let error = get(page(server.url("/"))).await.unwrap_err();
        assert!(matches!(error, FetchError::NotHttp { .. }), "{target}: {error}");
    }
}
