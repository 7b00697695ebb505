//! Messages as they go over standard input and output: a header with the length, then JSON.

use std::io::{self, BufRead, Read, Write};

use serde_json::Value;

/// No message of an editor is longer: a file of the site has 4 MiB unless the site says otherwise.
const LONGEST_MESSAGE: usize = 256 << 20;

/// No line of a header is longer.
const LONGEST_LINE: u64 = 4 << 10;

/// What was read.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message: an object.
    Message(Value),
    /// Something that is no message, and why. What comes behind it can be read.
    Malformed(String),
}

/// The next message; nothing at the end of the input.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length = None;
    let mut fault = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        match line.split_once(':') {
            _ if line.is_empty() => break,
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse::<usize>().ok();
            }
            Some(_) => {}
            None => fault = Some("a line of the header has no colon"),
        }
    }
    match (length, fault) {
        (Some(length), _) if length <= LONGEST_MESSAGE => body(input, length).map(Some),
        (_, Some(fault)) => Ok(Some(Incoming::Malformed(fault.to_owned()))),
        (Some(_), _) => {
            Ok(Some(Incoming::Malformed("the message is longer than 256 MiB".to_owned())))
        }
        (None, _) => Ok(Some(Incoming::Malformed("`Content-Length` is missing".to_owned()))),
    }
}

fn body(input: &mut impl BufRead, length: usize) -> io::Result<Incoming> {
    let mut bytes = Vec::new();
    input.by_ref().take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Ok(Incoming::Malformed("the input ends in the middle of a message".to_owned()));
    }
    Ok(match serde_json::from_slice(&bytes) {
        Ok(message @ Value::Object(_)) => Incoming::Message(message),
        Ok(_) => Incoming::Malformed("the message is no object".to_owned()),
        Err(error) => Incoming::Malformed(format!("the message is no JSON: {error}")),
    })
}

/// Writes a message.
pub(super) fn write(output: &mut dyn Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::{Incoming, read, write};

    fn all(mut input: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        while let Some(incoming) = read(&mut input).expect("memory can be read") {
            found.push(match incoming {
                Incoming::Message(message) => message.to_string(),
                Incoming::Malformed(why) => why,
            });
        }
        found
    }

    #[test]
    fn what_is_written_can_be_read() {
        let mut bytes = Vec::new();
        for number in 0..2 {
            write(&mut bytes, &serde_json::json!({ "中": number })).expect("memory can be written");
        }
        assert_eq!(all(&bytes), [r#"{"中":0}"#, r#"{"中":1}"#]);
    }

    #[test]
    fn behind_what_is_malformed_the_next_message_is_read() {
        let input = b"Content-Length: 3\r\n\r\n{x}X-Other: 1\r\n\r\nnonsense\n\ncontent-length: 2\n\n[]\
                      Content-Length: 99999999999\r\n\r\nContent-Length: 2\r\n\r\n{}Content-Length: 9\r\n\r\n{}";
        let found = all(input);
        assert!(found[0].starts_with("the message is no JSON"), "{found:?}");
        assert_eq!(
            found[1..5],
            [
                "`Content-Length` is missing",
                "a line of the header has no colon",
                "the message is no object",
                "the message is longer than 256 MiB",
            ]
        );
        assert_eq!(found[5], "{}");
        assert_eq!(found[6], "the input ends in the middle of a message");
    }
}
