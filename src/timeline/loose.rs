//! JSON of a chapters file as loosely as it is written: only known fields are kept, of whatever type
//! they are, so that a hostile file takes no more memory than it has bytes.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::MAX_CHAPTERS;

/// What a file holds at its top.
pub(super) enum Root {
    /// A list of chapters, bare or in an object; an object without one counts as empty.
    Chapters(Vec<Entry>),
    /// Something else.
    Other,
}

/// A chapter.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) start: Scalar,
    pub(super) end: Scalar,
    pub(super) title: Scalar,
    pub(super) url: Scalar,
    pub(super) image: Scalar,
    pub(super) toc: Scalar,
    /// The name of a place.
    pub(super) location: String,
}

/// A value that is no list and no object.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) enum Scalar {
    Text(String),
    Number(f64),
    Bool(bool),
    #[default]
    Nothing,
}

impl Scalar {
    /// A text, or a number as it is written.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
            Self::Bool(_) | Self::Nothing => String::new(),
        }
    }

    /// Takes a value unless there is one already.
    fn or_take(&mut self, value: Self) {
        if *self == Self::Nothing {
            *self = value;
        }
    }
}

/// Any value: a scalar, a list, an object, each seen in one way.
enum Value {
    Scalar(Scalar),
    List(Vec<Entry>),
    Object(Object),
}

/// The fields of an object that are known somewhere.
#[derive(Default)]
struct Object {
    entry: Entry,
    name: String,
    chapters: Option<Root>,
}

impl<'de> Deserialize<'de> for Root {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match deserializer.deserialize_any(Any)? {
            Value::List(list) => Self::Chapters(list),
            Value::Object(object) => object.chapters.unwrap_or_else(|| Self::Chapters(Vec::new())),
            Value::Scalar(_) => Self::Other,
        })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::Number(value as f64)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::Number(value as f64)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::Number(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::Text(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::Nothing))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while entries.len() < MAX_CHAPTERS {
            match list.next_element::<Value>()? {
                Some(Value::Object(object)) => entries.push(object.entry),
                Some(Value::Scalar(_) | Value::List(_)) => {}
                None => return Ok(Value::List(entries)),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::List(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Object::default();
        while let Some(key) = map.next_key::<String>()? {
            let entry = &mut object.entry;
            let field = match key.to_ascii_lowercase().as_str() {
                "chapters" => {
                    object.chapters = Some(match map.next_value()? {
                        Value::List(list) => Root::Chapters(list),
                        Value::Scalar(Scalar::Nothing) => Root::Chapters(Vec::new()),
                        Value::Scalar(_) | Value::Object(_) => Root::Other,
                    });
                    continue;
                }
                "location" => {
                    entry.location = match map.next_value()? {
                        Value::Object(place) => place.name,
                        Value::Scalar(name) => name.into_text(),
                        Value::List(_) => String::new(),
                    };
                    continue;
                }
                "name" => {
                    if let Value::Scalar(name) = map.next_value()? {
                        object.name = name.into_text();
                    }
                    continue;
                }
                "starttime" | "start" => &mut entry.start,
                "endtime" | "end" => &mut entry.end,
                "title" => &mut entry.title,
                "url" => &mut entry.url,
                "img" => &mut entry.image,
                "toc" => &mut entry.toc,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if let Value::Scalar(value) = map.next_value()? {
                field.or_take(value);
            }
        }
        Ok(Value::Object(object))
    }
}
