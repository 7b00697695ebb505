//! Texts that try to run a script or to bring in what a page does not have. Put together from techniques and
//! disguises, so that each technique is tried in many spellings.

/// Elements and attributes that run something. `U` stands for an address that does, `J` for a script.
const ELEMENTS: [&str; 54] = [
    "<script>J</script>",
    "<script src=U></script>",
    "<script/x>J</script >",
    "<img src=x onerror=J>",
    "<img src='x' OnErRoR = 'J'>",
    "<img/src=x/onerror=J//",
    "<img src=U>",
    "<svg onload=J>",
    "<svg/onload=J//",
    "<svg><script>J</script></svg>",
    "<svg><a xlink:href=U><text y=9>a</text></a></svg>",
    "<svg><animate onbegin=J attributeName=x dur=1s>",
    "<svg><a><animate attributeName=href values=U /><text>a</text></a></svg>",
    "<svg><set attributeName=onmouseover to=J>",
    "<svg><foreignObject><body onload=J></foreignObject></svg>",
    "<svg><use href=U /></svg>",
    "<svg><style><img src=x onerror=J></style></svg>",
    "<math href=U>a</math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=J></style></table></mtext></math>",
    "<math><maction actiontype=statusline xlink:href=U>a</maction></math>",
    "<a href=U>a</a>",
    "<a href=/a onmouseover=J>a</a>",
    "<a href=/a style=\"background:url(U)\">a</a>",
    "<iframe src=U></iframe>",
    "<iframe srcdoc=\"<script>J</script>\"></iframe>",
    "<iframe onload=J>",
    "<object data=U></object>",
    "<object type=text/html><param name=src value=U></object>",
    "<embed src=U>",
    "<applet code=J></applet>",
    "<body onload=J>",
    "<body background=U>",
    "<details open ontoggle=J>a</details>",
    "<input autofocus onfocus=J>",
    "<input type=image src=U formaction=U>",
    "<form action=U><button>a</button></form>",
    "<button formaction=U>a</button>",
    "<select autofocus onfocus=J><option>a</select>",
    "<textarea autofocus onfocus=J>a</textarea>",
    "<video><source onerror=J></video>",
    "<video poster=U></video>",
    "<audio src=x onerror=J></audio>",
    "<marquee onstart=J>a</marquee>",
    "<div style=\"width:expression(J)\">a</div>",
    "<div style=\"-moz-binding:url(U)\">a</div>",
    "<style>@import 'U';</style>",
    "<link rel=stylesheet href=U>",
    "<meta http-equiv=refresh content=\"0;url=U\">",
    "<base href=U>",
    "<table background=U><tr><td background=U>a</table>",
    "<isindex action=U>",
    "<template><script>J</script></template>",
    "<dialog open onclose=J>a</dialog>",
    "<x onclick=J tabindex=1 autofocus>a</x>",
];

/// Texts that leave the place where a text stands.
const ESCAPES: [&str; 24] = [
    "\"><svg onload=J>",
    "'><svg onload=J>",
    "\" onmouseover=\"J",
    "' onmouseover='J",
    "` onmouseover=`J",
    "</title><script>J</script>",
    "</textarea><script>J</script>",
    "</script><script>J</script>",
    "</style><script>J</script>",
    "</noscript><script>J</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=J>\"></noscript>",
    "--><script>J</script>",
    "<!--><script>J</script>-->",
    "<!-- --!><script>J</script>",
    "<![CDATA[><script>J</script>]]>",
    "<?xml ><script>J</script>?>",
    "<!DOCTYPE x [<!ENTITY a '<script>J</script>'>]>",
    "&lt;script&gt;J&lt;/script&gt;",
    "&#60;script&#62;J&#60;/script&#62;",
    "\\<script>J\\</script>",
    "`</code><script>J</script>`",
    "</p></div></main></body><script>J</script>",
    "{{ '<script>J</script>' }}",
    "<scr{% comment %}a{% endcomment %}ipt>J</scr{% comment %}a{% endcomment %}ipt>",
];

/// Markdown that leads to an address.
const LINKS: [&str; 8] = [
    "[a](U)",
    "[a](<U>)",
    "![a](U)",
    "[a][b]\n\n[b]: U",
    "<U>",
    "[![a](U)](U)",
    "<a href=\"U\">a</a>",
    "<img src=\"U\">",
];

/// Addresses that run a script, in many spellings.
const ADDRESSES: [&str; 36] = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#9;script:alert(1)",
    "java&#x0A;script:alert(1)",
    "java&#13;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#x1F;javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "javascript&#0000058alert(1)",
    "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)",
    "j&#97;vascript:alert(1)",
    "javascript\\:alert(1)",
    "\\javascript:alert(1)",
    "javascript%3Aalert(1)",
    "%6Aavascript:alert(1)",
    "javascript:/*a*/alert(1)",
    "javascript://%0Aalert(1)",
    "vbscript:msgbox(1)",
    "VBSCRIPT&colon;msgbox(1)",
    "livescript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "DATA:TEXT/HTML;charset=utf-8,a",
    "data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=",
    "data&colon;application/xhtml+xml,a",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "ftp://evil.example/a",
];

/// All payloads, in order.
pub(crate) fn payloads() -> Vec<String> {
    let mut payloads = Vec::new();
    for (number, form) in ELEMENTS.iter().chain(&ESCAPES).enumerate() {
        let address = ADDRESSES[number % 12];
        let script = ["alert(1)", "alert&lpar;1&rpar;", "'alert(1)'"][number % 3];
        payloads.push(form.replace('U', address).replace('J', script));
        payloads.push(disguised(
            &form.replace('U', "javascript:alert(1)").replace('J', "alert(1)"),
            number,
        ));
    }
    for (number, address) in ADDRESSES.iter().enumerate() {
        for shift in 0..5 {
            payloads.push(LINKS[(number + shift) % LINKS.len()].replace('U', address));
        }
    }
    payloads
}

/// The same in another spelling.
fn disguised(payload: &str, number: usize) -> String {
    match number % 6 {
        0 => payload.to_uppercase(),
        1 => payload.replacen(' ', "\t", 1),
        2 => payload.replacen(' ', "/", 1),
        3 => payload.trim_end_matches('>').to_owned(),
        4 => format!("<{payload}"),
        _ => payload.replacen('>', "\u{b}>", 1),
    }
}
