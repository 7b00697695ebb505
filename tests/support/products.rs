//! A site that is large enough for several threads, and has something of everything.

#![allow(dead_code, reason = "each test uses a part of it")]

use super::program::Files;

/// Enough for several products.
pub(crate) const PRODUCTS: usize = 3;
/// Enough for more than one page on each thread.
pub(crate) const PAGES: usize = 12;

/// Products with articles that differ by version, link to each other, share data and code, and are half translated.
pub(crate) fn site() -> Files {
    let mut site = Files::new();
    let mut add = |path: String, text: String| site.insert(path, text.into_bytes());
    add("variorum.yml".to_owned(), include_str!("../sites/variorum.yml").to_owned());
    let front =
        |title: &str, more: &str| format!("---\ntitle: {title}\n{more}versions: '*'\n---\n");
    add("content/index.md".to_owned(), front("Home", ""));
    for product in 0..PRODUCTS {
        let folder = format!("content/product-{product}");
        add(format!("{folder}/index.md"), front(&format!("Product {product}"), ""));
        for page in 0..PAGES {
            let next = (page + 1) % PAGES;
            let old = format!(
                "redirect_from: /old/{product}/{page}\nintro: '{{% data words.w{page} %}}'\n"
            );
            let body = format!(
                "## Part\n\n{{% data words.w{page} %}} {{% if currentVersion == \"cloud@latest\" %}}in the cloud\
                 {{% endif %}}, then [next](/product-{next_product}/page-{next}).\n\n```json\n{{ \"page\": {shared} }}\n\
                 ```\n",
                next_product = (product + 1) % PRODUCTS,
                shared = page % 3,
            );
            add(format!("{folder}/page-{page}.md"), front(&format!("Page {page}"), &old) + &body);
            if page % 2 == 0 {
                let path = format!("translations/zh/{folder}/page-{page}.md");
                add(path, front(&format!("第 {page} 页"), "") + "## 部分\n\n文字。\n");
            }
        }
    }
    let words =
        |prefix: &str| (0..PAGES).map(|page| format!("w{page}: {prefix} {page}\n")).collect();
    add("data/words.yml".to_owned(), words("Word"));
    add("translations/zh/data/words.yml".to_owned(), words("词"));
    add("data/versions/product@1.0/words.yml".to_owned(), "w3: Old word\n".to_owned());
    site
}
