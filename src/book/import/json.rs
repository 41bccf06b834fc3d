//! JSON of strangers: what is not of the expected shape is passed over, not a failure.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The entries of an object, in the order of the file.
pub(super) struct Pairs<T>(pub(super) Vec<(String, Lenient<T>)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

/// An object, or whatever stands there instead.
pub(super) enum Lenient<T> {
    /// An object.
    Object(T),
    /// Nothing of use.
    Other,
}

/// A figure, a word, or whatever stands there instead.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Figure {
    /// Left out or null.
    #[default]
    Missing,
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// Nothing of use.
    Other,
}

/// What can be made of a value of any type; the methods say what each is made into.
trait Any<'de>: Sized {
    fn number(_: f64) -> Self;
    fn text(_: &str) -> Self;
    fn missing() -> Self;
    fn other() -> Self;
    fn object<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

impl<'de> Any<'de> for Figure {
    fn number(number: f64) -> Self {
        Self::Number(number)
    }

    fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn missing() -> Self {
        Self::Missing
    }

    fn other() -> Self {
        Self::Other
    }

    fn object<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::Other)
    }
}

impl<'de, T: Deserialize<'de>> Any<'de> for Lenient<T> {
    fn number(_: f64) -> Self {
        Self::Other
    }

    fn text(_: &str) -> Self {
        Self::Other
    }

    fn missing() -> Self {
        Self::Other
    }

    fn other() -> Self {
        Self::Other
    }

    fn object<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Self::Object)
    }
}

struct AnyVisitor<T>(PhantomData<T>);

impl<'de, T: Any<'de>> Visitor<'de> for AnyVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(T::other())
    }

    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(T::number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(T::number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::text(text))
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::missing())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<T, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(T::other())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::object(map)
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor(PhantomData))
    }
}
