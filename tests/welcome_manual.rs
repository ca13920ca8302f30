//! The manual's table of keys says what the default key map says.

use std::path::Path;

const MANUAL: &str = include_str!("../assets/welcome/articles/keys.html");

/// Names of keys as the manual writes them, and as the settings do.
const NAMES: [(&str, &str); 3] = [("空格", "space"), ("←", "left"), ("→", "right")];

#[test]
fn the_manual_teaches_the_default_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.example.toml");
    let Ok(settings) = std::fs::read_to_string(path) else {
        println!("skipped: no default settings");
        return;
    };
    let settings: toml::Table = settings.parse().unwrap();
    let keys = settings["keys"].as_table().unwrap();
    let mut rows = 0;
    for row in MANUAL.split("<tr data-command=\"").skip(1) {
        let (command, rest) = row.split_once('"').unwrap();
        let (taught, _) = rest.split_once("<td>").unwrap().1.split_once("</td>").unwrap();
        let bound = keys[command].as_array().unwrap();
        for key in taught.split(" 或 ") {
            let name = NAMES.iter().find(|name| name.0 == key).map_or(key, |name| name.1);
            let is_bound = bound.iter().any(|bound| bound.as_str() == Some(name));
            assert!(is_bound, "{command} is not given by {key} but by {bound:?}");
        }
        rows += 1;
    }
    assert!(rows >= 15, "{rows} rows");
}
