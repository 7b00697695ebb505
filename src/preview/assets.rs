//! The preview's own scripts and styles. (Replaced by that of the client's branch.)

/// The file with this name: its media type and its bytes.
pub fn asset(_name: &str) -> Option<(&'static str, &'static [u8])> {
    None
}
