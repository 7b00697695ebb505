//! Files as such, and YAML in them.

use crate::diagnostic::{Code, Severity};

codes! {
    // Files
    NOT_UTF8 Error "not-utf-8" {
        summary: "A file is not UTF-8 text.",
        why: "What the other bytes were meant to be nobody can tell, and a browser would show a box for each.",
        cure: "Save the file as UTF-8; the byte that is wrong is named.",
        example: [],
    }
    NUL_BYTE Error "nul-byte" {
        summary: "A file holds a NUL byte.",
        why: "No text has one: most editors and many tools stop at it, so that what stands behind it is lost.",
        cure: "Remove the byte; such files are usually damaged in transport.",
        example: [],
    }
    UNSEEN_CHARACTER Warning "unseen-character" {
        summary: "A file holds a character that nobody sees: without width, or turning the direction of writing.",
        why: "Nobody sees it in an editor. It breaks names and searches, and a mark of writing direction can make a text read otherwise than it is.",
        cure: "Remove it, or write it as an entity such as `&#8203;` if it is meant.",
        example: [
            ("content/guides/tea.md", "Press\u{200b} the button.\n"),
        ],
    }
    FILE_TOO_LARGE Error "file-too-large" {
        summary: "A source file is larger than the limit.",
        why: "A file of this size is hardly written by hand, and one that is there by mistake should not take the memory of every build.",
        cure: "Split the file, or raise `limits.file_bytes` in variorum.yml.",
        example: [],
    }
    SYMLINK_OUTSIDE Error "symlink-outside" {
        summary: "A symbolic link leads out of the site.",
        why: "What it leads to is on this machine alone, and may be nothing that anybody wants to publish.",
        cure: "Replace the link by a copy of what it points at.",
        example: [],
    }
    UNSAFE_NAME Error "unsafe-name" {
        summary: "A file name cannot be published on every system.",
        why: "The page could not be saved, or would have another address, on some of the systems that serve or check out the site.",
        cure: "Rename the file: no reserved names, no control characters, no trailing dot or space.",
        example: [],
    }
    PROGRAM_FAULT Error "program-fault" {
        summary: "The program itself has failed on a file; the others were looked at, and nothing was published.",
        why: "A site that lacks a page is worse than the old one; so the old one stays.",
        cure: "Report it with the file to the authors of Variorum; until it is mended, change or remove what the file is about.",
        example: [],
    }
    // YAML
    YAML_SYNTAX Error "yaml-syntax" {
        summary: "YAML does not parse.",
        why: "Nothing of the file can be read; of a translation the source is shown instead.",
        cure: "Mend the YAML at the place named; quote strings that hold `: ` or begin with a special character.",
        example: [
            ("content/guides/tea.md", "\
                ---\n\
                title: Tea: green and black\n\
                versions: '*'\n\
                ---\n\
                \n\
                Boil the water.\n"),
        ],
    }
    YAML_LIMIT Error "yaml-limit" {
        summary: "YAML nests deeper or expands further than the limit.",
        why: "A few lines of aliases can stand for more values than there is memory.",
        cure: "Flatten the data or remove aliases; the limits are in variorum.yml.",
        example: [],
    }
    DUPLICATE_KEY Error "duplicate-key" {
        summary: "A YAML mapping has the same key twice.",
        why: "Only one of the two can hold, and which one differs from program to program.",
        cure: "Remove one of the two.",
        example: [
            ("data/variables/product.yml", "\
                name: Kettle\n\
                name: Teapot\n"),
        ],
    }
}
