//! Hashes of what is sent, so that a browser that has it need not get it again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

/// From how many bytes on it is quicker to look a hash up than to make it.
const WORTH_KEEPING: usize = 16 << 10;
/// How many hashes are kept.
const KEPT: usize = 256;

/// The hashes of long bodies that the service keeps itself.
#[derive(Debug, Default)]
pub(super) struct Tags {
    kept: Mutex<BTreeMap<(usize, usize), Tagged>>,
}

/// A body with its hash. As long as it is held, no other body lies at the same place.
#[derive(Debug)]
struct Tagged {
    body: Bytes,
    tag: String,
}

impl Tags {
    /// The entity tag of a body, in quotes.
    pub(super) fn tag(&self, body: &Bytes) -> String {
        // What nobody else holds was made for this one request, and is not seen again.
        if body.len() < WORTH_KEEPING || body.is_unique() {
            return tag(body);
        }
        let place = (body.as_ptr().addr(), body.len());
        let known = self.with(|kept| kept.get(&place).map(|tagged| tagged.tag.clone()));
        known.unwrap_or_else(|| {
            let tag = tag(body);
            let tagged = Tagged { body: body.clone(), tag: tag.clone() };
            self.with(|kept| {
                make_room(kept);
                kept.insert(place, tagged);
            });
            tag
        })
    }

    fn with<T>(&self, look: impl FnOnce(&mut BTreeMap<(usize, usize), Tagged>) -> T) -> T {
        // Each change is whole, so a panic elsewhere leaves nothing half done.
        look(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Forgets what the service has dropped, so that it does not live on here; all of it where that is not enough.
fn make_room(kept: &mut BTreeMap<(usize, usize), Tagged>) {
    kept.retain(|_, tagged| !tagged.body.is_unique());
    if kept.len() >= KEPT {
        kept.clear();
    }
}

/// Half a hash is enough: it tells a page from what it was before, and keeps nothing secret.
fn tag(body: &[u8]) -> String {
    let hash = blake3::hash(body).to_hex();
    format!("\"{}\"", &hash[..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body of many bytes that are all the same.
    fn long(byte: u8) -> Bytes {
        Bytes::from(vec![byte; WORTH_KEEPING])
    }

    #[test]
    fn the_tag_is_that_of_the_bytes_kept_or_not() {
        let tags = Tags::default();
        for byte in 0..100 {
            let (body, same) = (long(byte), long(byte));
            let held = body.clone();
            assert_eq!(tags.tag(&held), tags.tag(&same));
            assert_eq!(tags.tag(&held), tags.tag(&body), "now it is kept");
            assert_ne!(tags.tag(&held), tags.tag(&held.slice(1..)));
        }
    }

    #[test]
    fn what_the_service_has_dropped_is_forgotten() {
        let tags = Tags::default();
        for byte in 0..100 {
            let body = long(byte);
            tags.tag(&body.clone());
        }
        assert_eq!(tags.with(|kept| kept.len()), 1);
    }

    #[test]
    fn what_nobody_holds_is_not_kept() {
        let tags = Tags::default();
        tags.tag(&long(1));
        assert_eq!(tags.with(|kept| kept.len()), 0);
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let tags = Tags::default();
        let bodies: Vec<Bytes> = (0..KEPT + 10).map(|_| long(1)).collect();
        for body in &bodies {
            tags.tag(&body.clone());
        }
        assert!(tags.with(|kept| kept.len()) <= KEPT);
    }
}
