//! What the preview is while it runs: the site as it is now, and the pages as they were when they were whole.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use axum::body::Bytes;
use percent_encoding::percent_decode_str;
use tokio::sync::watch;

use super::answer::{broken_page, media_type, token_of};
use super::api::{OWN, PageInfo, Problem};
use super::assets::asset;
use super::comparison::comparison;
use super::info::{self, Editor, Seen};
use super::service::{News, Request, Response, Service};
use super::shown::Shown;
use super::snapshot::Snapshot;
use super::standing::Translations;
use crate::diagnostic::Diagnostic;
use crate::load::read_asset;
use crate::model::PageId;
use crate::render::{Form, Marks, Requested};
use crate::variant::{LanguageId, Variant};

/// How many whole pages are remembered.
const MOST_GOOD: usize = 512;

/// A running preview.
pub struct Session {
    root: PathBuf,
    editor: Editor,
    now: RwLock<Arc<Now>>,
    good: Mutex<Good>,
    translations: Translations,
    generations: watch::Sender<u64>,
}

/// The site as it is now.
struct Now {
    snapshot: Arc<Snapshot>,
    /// What keeps a newer one from being shown: a faulty configuration, a file that cannot be read.
    trouble: Vec<Problem>,
}

/// The pages as they were last when nothing was lost, by path and variant.
#[derive(Default)]
struct Good {
    pages: HashMap<(String, Variant), Arc<Shown>>,
    order: VecDeque<(String, Variant)>,
}

/// What stands at an address that is not a page's.
enum Other {
    /// HTML with its status: an old address, or what is said where there is nothing.
    Html(u16, String),
    /// What is sent as it is.
    File(Response),
}

impl Other {
    fn token(&self) -> String {
        match self {
            Self::Html(_, text) => token_of(text.as_bytes()),
            Self::File(response) => token_of(&response.body),
        }
    }

    fn response(self) -> Response {
        match self {
            Self::Html(status, ref text) => Response::page(status, text, &self.token()),
            Self::File(response) => response,
        }
    }
}

/// A page as a browser gets it.
struct Page {
    shown: Arc<Shown>,
    /// How it is now, where that is not what is shown.
    faulty: Option<Arc<Shown>>,
    trouble: Vec<Problem>,
    has_overlay: bool,
}

impl Page {
    /// The page of now.
    fn current(&self) -> &Shown {
        self.faulty.as_deref().unwrap_or(&self.shown)
    }

    /// What it looks like, and what is said about it.
    fn token(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for finding in &self.current().findings {
            hasher.update(finding.diagnostic.code.name.as_bytes());
            hasher.update(finding.diagnostic.message.as_bytes());
        }
        for problem in &self.trouble {
            hasher.update(problem.message.as_bytes());
        }
        hasher.update(&[u8::from(self.has_overlay), u8::from(self.faulty.is_some())]);
        format!("{}.{}", self.shown.stamp, &hasher.finalize().to_hex()[..8])
    }
}

impl Session {
    /// A session that begins with this snapshot.
    pub fn new(root: PathBuf, editor: Editor, snapshot: Snapshot) -> Self {
        let now = Now { snapshot: Arc::new(snapshot), trouble: Vec::new() };
        let (generations, _) = watch::channel(0);
        Self {
            translations: Translations::new(root.clone()),
            root,
            editor,
            now: RwLock::new(Arc::new(now)),
            good: Mutex::default(),
            generations,
        }
    }

    /// The site as it is now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.now().snapshot.clone()
    }

    /// Finds out what takes longest of what comparisons show, before anybody asks for one.
    pub fn warm(&self) {
        let snapshot = self.snapshot();
        self.translations.warm(snapshot.prepared.site(), snapshot.prepared.languages());
    }

    /// Shows another snapshot from now on.
    pub fn show(&self, snapshot: Arc<Snapshot>) {
        self.put(Now { snapshot, trouble: Vec::new() });
    }

    /// Says what keeps the site from being shown as it is now; the last snapshot stays.
    pub fn trouble(&self, trouble: Vec<Problem>) {
        let snapshot = self.snapshot();
        self.put(Now { snapshot, trouble });
    }

    /// Nothing keeps the site from being shown as it is now any more.
    pub fn well(&self) {
        if !self.now().trouble.is_empty() {
            self.show(self.snapshot());
        }
    }

    /// Something beside the site has changed, which comparisons tell of.
    pub fn stir(&self) {
        self.generations.send_modify(|number| *number += 1);
    }

    fn put(&self, now: Now) {
        let before = {
            let mut place = self.now.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *place, Arc::new(now))
        };
        self.stir();
        // A site takes time to be dropped: those who wait for the new one are not to wait for that.
        drop(before);
    }

    fn now(&self) -> Arc<Now> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn good(&self) -> MutexGuard<'_, Good> {
        self.good.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page as it is to be shown.
    fn page(&self, now: &Now, page: PageId, variant: Variant) -> Option<Page> {
        let shown = now.snapshot.page(page, variant)?;
        let key = (now.snapshot.prepared.site().page(page).path.clone(), variant);
        let good = self.good().pages.get(&key).cloned();
        let is_grave = shown.grave(good.as_deref()).next().is_some();
        let trouble = now.trouble.clone();
        let has_overlay = is_grave || !trouble.is_empty();
        if !is_grave {
            self.good().keep(key, shown.clone());
            return Some(Page { shown, faulty: None, trouble, has_overlay });
        }
        Some(match good {
            Some(good) => Page { shown: good, faulty: Some(shown), trouble, has_overlay },
            None => Page { shown, faulty: None, trouble, has_overlay },
        })
    }

    fn requested(&self, now: &Now, path: &str) -> Option<Requested> {
        let path = decoded(path)?;
        let base = now.snapshot.prepared.site().config.base_path();
        let below = path.strip_prefix(base)?.strip_prefix('/')?;
        now.snapshot.prepared.requested(below)
    }

    /// The page at an address, which is not to be in another form.
    fn page_at(&self, now: &Now, path: &str) -> Option<(Page, PageId, Variant)> {
        match self.requested(now, path)? {
            Requested::Page(page, variant, Form::Html) => {
                Some((self.page(now, page, variant)?, page, variant))
            }
            _ => None,
        }
    }

    fn site_response(&self, request: &Request) -> Response {
        let now = self.now();
        let requested = self.requested(&now, &request.path);
        if let Some(Requested::Page(page, variant, Form::Html)) = requested {
            return self.page_response(&now, page, variant, request);
        }
        match self.other(&now, requested, &request.path) {
            Ok(other) => other.response(),
            Err(why) => Response::page(500, &broken_page(&why), &token_of(why.as_bytes())),
        }
    }

    /// What stands at an address that is not a page's; why it cannot be shown.
    fn other(&self, now: &Now, requested: Option<Requested>, path: &str) -> Result<Other, String> {
        let snapshot = &now.snapshot;
        let prepared = &snapshot.prepared;
        let html = |made: Result<String, Diagnostic>| {
            made.map(|text| Other::Html(200, text)).map_err(|fault| fault.message)
        };
        let response = match requested {
            None => return self.elsewhere(now, path),
            Some(Requested::Redirect(to)) => return html(prepared.redirect_page(to)),
            Some(Requested::NotFound(language)) => return html(prepared.not_found_page(language)),
            Some(Requested::Page(page, variant, form)) => {
                let shown = snapshot.render(page, variant, form, Marks::None);
                let kind =
                    if form == Form::Markdown { "text/markdown" } else { "application/json" };
                shown.map_or_else(Response::nothing, |shown| {
                    Response::text(200, &format!("{kind}; charset=utf-8"), shown.text)
                })
            }
            Some(Requested::Asset(name)) => {
                let bytes = read_asset(&self.root, &name);
                let bytes =
                    bytes.map_err(|error| format!("cannot read `assets/{name}`: {error}"))?;
                Response::bytes(media_type(&name), bytes.into())
            }
            Some(Requested::RedirectTable) => {
                Response::bytes("application/json", prepared.redirect_table().into())
            }
            Some(Requested::Search(path)) => match snapshot.search_file(&path) {
                Some(bytes) => Response::bytes(media_type(&path), bytes),
                None => Response::nothing(),
            },
            Some(Requested::Program(file)) => {
                let text = prepared.program_file(file).map_err(|fault| fault.message)?;
                Response::text(200, media_type(path), text)
            }
        };
        Ok(Other::File(response))
    }

    /// What is neither page nor file: the theme's files, the root, and what does not exist.
    fn elsewhere(&self, now: &Now, path: &str) -> Result<Other, String> {
        let prepared = &now.snapshot.prepared;
        let base = prepared.site().config.base_path();
        let below = decoded(path);
        let below = below.as_deref().and_then(|path| path.strip_prefix(base)).unwrap_or_default();
        let mut theme = prepared.theme_assets();
        if let Some((_, bytes)) = theme.find(|(own, _)| below.strip_prefix('/') == Some(own)) {
            let bytes = Bytes::copy_from_slice(bytes);
            return Ok(Other::File(Response::bytes(media_type(below), bytes)));
        }
        if path == "/" && !base.is_empty() {
            return Ok(Other::File(Response::moved(&format!("{base}/"))));
        }
        // Browsers ask every host for it, whoever its pages are from.
        if path == "/favicon.ico" {
            return Ok(Other::File(Response::empty(media_type(path))));
        }
        // In the language of the address.
        let code = below.split('/').nth(1).unwrap_or_default();
        let language = prepared.site().config.find_language(code);
        let language = language.filter(|language| prepared.languages().contains(language));
        let language = language.or(prepared.languages().first().copied());
        let page = prepared.not_found_page(language.unwrap_or(LanguageId::DEFAULT));
        page.map(|text| Other::Html(404, text)).map_err(|fault| fault.message)
    }

    fn page_response(
        &self,
        now: &Now,
        page: PageId,
        variant: Variant,
        request: &Request,
    ) -> Response {
        if let Some(with) = value(&request.query, "compare") {
            return self.comparison(now, page, variant, &with);
        }
        let Some(found) = self.page(now, page, variant) else { return Response::nothing() };
        if found.shown.text.is_empty() {
            // The overlay says why.
            return Response::page(500, &broken_page(""), &found.token());
        }
        Response::page(200, &found.shown.text, &found.token())
    }

    fn comparison(&self, now: &Now, page: PageId, variant: Variant, with: &str) -> Response {
        match self.compared(now, page, variant, with) {
            Ok(text) => Response::comparison(&text),
            Err(why) => Response::plain(404, &why),
        }
    }

    /// A page beside another variant of it; why there is no such comparison.
    fn compared(
        &self,
        now: &Now,
        page: PageId,
        variant: Variant,
        with: &str,
    ) -> Result<String, String> {
        let snapshot = &now.snapshot;
        let config = &snapshot.prepared.site().config;
        let Some(other) = info::variant_called(config, variant, with) else {
            return Err("there is no such variant: name a language or a version".to_owned());
        };
        comparison(snapshot, &self.editor, &self.translations, page, (variant, other))
    }

    /// The token of what stands at an address: a page, a comparison, or what is shown in their place.
    fn token_at(&self, now: &Now, address: &str) -> String {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        if let Some((page, id, variant)) = self.page_at(now, path) {
            return match value(query, "compare") {
                Some(with) => {
                    let (Ok(text) | Err(text)) = self.compared(now, id, variant, &with);
                    token_of(text.as_bytes())
                }
                None => page.token(),
            };
        }
        match self.other(now, self.requested(now, path), path) {
            Ok(other) => other.token(),
            Err(why) => token_of(why.as_bytes()),
        }
    }

    fn own_response(&self, name: &str, request: &Request) -> Response {
        if let Some((media_type, bytes)) = asset(name) {
            return Response::bytes(media_type, Bytes::from_static(bytes));
        }
        let now = self.now();
        let page = value(&request.query, "page").or_else(|| value(&request.query, "path"));
        let Some(path) = page else { return Response::nothing() };
        let Some((page, id, variant)) = self.page_at(&now, &path) else {
            return Response::nothing();
        };
        match name {
            "page" => Response::json(&self.page_info(&now, &page)),
            "blocks" => Response::json(&info::origins(&now.snapshot, &self.editor, id, variant)),
            _ => Response::nothing(),
        }
    }

    fn page_info(&self, now: &Now, page: &Page) -> PageInfo {
        let seen = Seen {
            now: page.current(),
            token: page.token(),
            trouble: &page.trouble,
            overlay: page.has_overlay,
            is_last_good: page.faulty.is_some(),
        };
        info::page_info(&now.snapshot, &self.editor, seen)
    }
}

impl Service for Session {
    fn response(&self, request: &Request) -> Response {
        match request.path.strip_prefix(OWN) {
            Some(name) => self.own_response(name, request),
            None => self.site_response(request),
        }
    }

    fn news(&self, address: &str, token: &str) -> News {
        let now = self.now();
        let token_now = self.token_at(&now, address);
        let look = |token: &str| token.split('.').next().unwrap_or_default().to_owned();
        if token == token_now {
            News::None
        } else if look(token) == look(&token_now) {
            News::Told(token_now)
        } else {
            News::Changed(token_now)
        }
    }

    fn generations(&self) -> watch::Receiver<u64> {
        self.generations.subscribe()
    }
}

impl Good {
    fn keep(&mut self, key: (String, Variant), shown: Arc<Shown>) {
        if self.pages.insert(key.clone(), shown).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > MOST_GOOD
            && let Some(oldest) = self.order.pop_front()
        {
            self.pages.remove(&oldest);
        }
    }
}

/// A path of a request, decoded; nothing where it is not UTF-8.
fn decoded(path: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(path).decode_utf8().ok()
}

/// A value of a query.
fn value(query: &str, name: &str) -> Option<String> {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (key == name).then(|| decoded(&value.replace('+', " ")).map(Cow::into_owned))?
    };
    query.split('&').find_map(pair)
}
