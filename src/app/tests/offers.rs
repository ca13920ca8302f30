//! Pages that offer a show to subscribe to and a recording to play.

use super::*;
use crate::lang::{Word, word};
use crate::model::{Article, Offer};
use crate::text::Block;

const FEED: &str = "https://tide.example/feed.xml";
const SOUND: &str = "https://tide.example/1.mp3";

/// A desk with a page in front that offers both, about an episode that is not the one in the notes.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.give(Command::NextLink);
    desk.give(Command::Open);
    let ticket = desk.state.articles.front().unwrap().ticket;
    let mut document =
        from_markdown("# 夜航\n\n*海边电台*\n\n开场 [甲](https://b.example/)\n", None);
    document.blocks[2].spans[0].time_ms = Some(75_000);
    let feed = Offer::Feed { url: FEED.to_owned() };
    let recording = Offer::Recording { url: SOUND.to_owned() };
    let article = Article { offers: vec![feed, recording], ..Article::default() };
    let opened =
        OpenedArticle { article, document: Arc::new(document), ..page("https://tide.example/e") };
    desk.event(Event::Article(ticket, Box::new(Ok(opened))));
    desk.effects.clear();
    desk
}

#[test]
fn the_offers_stand_below_the_title_and_the_first_is_to_play() {
    let mut desk = desk();
    let reader = desk.state.articles.reader().unwrap();
    let play = word(desk.state.tongue, Word::PlayRecording);
    let subscribe = word(desk.state.tongue, Word::SubscribeShow);
    let blocks: Vec<String> = reader.document.blocks.iter().map(Block::plain_text).collect();
    assert_eq!(blocks, ["夜航", "海边电台", &format!("{play}   {subscribe}"), "开场 甲"]);
    desk.give(Command::NextLink);
    let asked = desk.give(Command::Open);
    let key = "key of https://tide.example/e".to_owned();
    assert_eq!(asked, [Effect::PlayRecording { url: SOUND.to_owned(), page: key, at_ms: None }]);
    desk.event(Event::Recording(EpisodeId(7), None));
    assert_eq!(desk.state.notes.pending.as_ref().map(|pending| pending.id), Some(EpisodeId(7)));
}

#[test]
fn enter_on_the_show_subscribes_to_it() {
    let mut desk = desk();
    desk.give(Command::NextLink);
    desk.give(Command::NextLink);
    assert_eq!(desk.give(Command::Open), [Effect::Subscribe(FEED.to_owned())]);
}

#[test]
fn a_time_on_the_page_of_an_episode_is_a_time_in_that_episode() {
    let mut desk = desk();
    for _ in 0..3 {
        desk.give(Command::NextLink);
    }
    let asked = desk.give(Command::Open);
    assert!(matches!(asked, [Effect::PlayRecording { at_ms: Some(75_000), .. }]), "{asked:?}");
    desk.give(Command::NextLink);
    let asked = desk.give(Command::Open);
    assert!(
        asked
            .iter()
            .any(|e| matches!(e, Effect::OpenArticle { url, .. } if url == "https://b.example/"))
    );
}
