//! The configuration: `config.example.toml` is embedded and *is* the default; the user's file is laid
//! over it, key by key.

use crate::model::Settings;

/// The default configuration, and the documentation of every setting.
pub const EXAMPLE: &str = include_str!("../config.example.toml");

/// The settings: the defaults with the user's file laid over them.
///
/// # Errors
/// Every problem as a sentence of its own, so that all bad lines are mended in one go.
pub fn load(user: Option<&str>) -> Result<Settings, Vec<String>> {
    let mut table: toml::Table =
        EXAMPLE.parse().map_err(|err| vec![format!("the built-in configuration: {err}")])?;
    if let Some(text) = user {
        let own: toml::Table = text
            .trim_start_matches('\u{feff}')
            .parse()
            .map_err(|err: toml::de::Error| vec![sentence(&err)])?;
        let mut problems = Vec::new();
        lay_over(&mut table, own, "", &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
    }
    let settings: Settings =
        table.try_into().map_err(|err: toml::de::Error| vec![sentence(&err)])?;
    let problems = out_of_range(&settings);
    if problems.is_empty() { Ok(settings) } else { Err(problems) }
}

fn sentence(err: &toml::de::Error) -> String {
    let words = err.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    // Names of number types say nothing to people.
    let bounds = [("u8", 255), ("u16", 65_535), ("u32", u32::MAX)];
    bounds.iter().fold(words, |words, (name, most)| {
        let whole = format!("expected a whole number from 0 to {most} in");
        words.replace(&format!("expected {name} in"), &whole)
    })
}

/// Lays the user's keys over the defaults; unknown keys and wrong types are problems.
fn lay_over(base: &mut toml::Table, own: toml::Table, path: &str, problems: &mut Vec<String>) {
    for (key, value) in own {
        let name = format!("{path}{key}");
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(own)) => {
                lay_over(base, own, &format!("{name}."), problems);
            }
            // A whole number is fine where a fraction may stand.
            (Some(slot @ toml::Value::Float(_)), toml::Value::Integer(number)) => {
                *slot = toml::Value::Float(number as f64);
            }
            (Some(slot), value) if slot.same_type(&value) => *slot = value,
            (Some(slot), value) => problems.push(format!(
                "`{name}` is {}, it should be {}",
                value.type_str(),
                slot.type_str()
            )),
            (None, _) => problems.push(format!("`{name}` is not a setting")),
        }
    }
}

fn out_of_range(settings: &Settings) -> Vec<String> {
    let mut problems = Vec::new();
    let mut check = |ok: bool, text: &str| {
        if !ok {
            problems.push(text.to_owned());
        }
    };
    let (ui, audio, network) = (&settings.ui, &settings.audio, &settings.network);
    check((1..=2).contains(&ui.ambiguous_width), "`ui.ambiguous_width` is 1 or 2");
    check((40..=200).contains(&ui.measure), "`ui.measure` is from 40 to 200");
    check(ui.line_spacing <= 2, "`ui.line_spacing` is from 0 to 2");
    check((10..=60).contains(&ui.split.lists), "`ui.split.lists` is from 10 to 60");
    check((20..=80).contains(&ui.split.article), "`ui.split.article` is from 20 to 80");
    check((0.5..=3.0).contains(&audio.speed), "`audio.speed` is from 0.5 to 3.0");
    check(audio.volume <= 100, "`audio.volume` is from 0 to 100");
    check((1..=25).contains(&audio.volume_step), "`audio.volume_step` is from 1 to 25");
    check(
        (-30.0..=-8.0).contains(&audio.loudness_target),
        "`audio.loudness_target` is from -30 to -8",
    );
    check(audio.skip_intro <= 1800, "`audio.skip_intro` is from 0 to 1800 seconds");
    check(audio.skip_outro <= 1800, "`audio.skip_outro` is from 0 to 1800 seconds");
    check((1..=3600).contains(&audio.snip_seconds), "`audio.snip_seconds` is from 1 to 3600");
    check(audio.rewind_after_pause <= 300, "`audio.rewind_after_pause` is from 0 to 300");
    check((1..=600).contains(&network.timeout), "`network.timeout` is from 1 to 600");
    check((1..=64).contains(&network.feeds_at_once), "`network.feeds_at_once` is from 1 to 64");
    check(
        (1..=8).contains(&network.downloads_at_once),
        "`network.downloads_at_once` is from 1 to 8",
    );
    check(
        (10..=10_000).contains(&settings.library.pictures_mb),
        "`library.pictures_mb` is from 10 to 10000",
    );
    check(settings.library.auto_download <= 50, "`library.auto_download` is from 0 to 50");
    check(settings.library.backups <= 50, "`library.backups` is from 0 to 50");
    let folder = &settings.library.notes_folder;
    let whole = folder.is_empty() || folder == "~" || folder.starts_with("~/");
    check(
        whole || std::path::Path::new(folder).is_absolute(),
        "`library.notes_folder` is a full path, or begins with `~/`",
    );
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_the_default() {
        assert_eq!(load(None), load(Some("")));
        assert!(load(None).is_ok(), "{:?}", load(None));
    }

    #[test]
    fn a_users_file_changes_only_what_it_names() {
        let text = "[ui]\ntheme = \"paper\"\n[audio]\nspeed = 2\n[keys]\nquit = [\"Z\"]\n";
        let settings = load(Some(text)).unwrap();
        let mut wanted = load(None).unwrap();
        wanted.ui.theme = crate::model::ThemeName::Paper;
        wanted.audio.speed = 2.0;
        wanted.keys.insert("quit".into(), vec!["Z".into()]);
        assert_eq!(settings, wanted);
    }

    #[test]
    fn all_mistakes_are_named_together() {
        let text = "colour = 1\n[ui]\nmouse = \"yes\"\nlanguag = \"zh\"\n";
        let problems = load(Some(text)).unwrap_err();
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems.iter().any(|p| p.contains("`ui.languag` is not a setting")));
        assert!(load(Some("[audio]\nspeed = 9.0\n")).is_err());
        let text = "[audio]\nvolume_step = 0\nloudness_target = -3\nskip_intro = 1801\n\
                    skip_outro = 9999\n";
        let problems = load(Some(text)).unwrap_err();
        assert_eq!(problems.len(), 4, "{problems:?}");
        assert!(problems[2].contains("`audio.skip_intro` is from 0 to 1800"), "{problems:?}");
        for text in ["skip_intro = -1", "volume_step = 300", "trim_silence = \"loud\""] {
            let problems = load(Some(&format!("[audio]\n{text}\n"))).unwrap_err();
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(!problems[0].contains("expected u"), "{problems:?}");
        }
        assert!(load(Some("[library]\nnotes_folder = \"vault\"\n")).is_err());
        assert!(load(Some("[library]\nnotes_folder = \"~/vault\"\n")).is_ok());
        assert!(load(Some("[ui\n")).is_err());
    }
}
