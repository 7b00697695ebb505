// What the server tells: that the page looks otherwise, or that there is something else to say about it.

const FIRST_WAIT = 300;
const LONGEST_WAIT = 4000;

/**
 * Listens for news of the page at `path` since it was shown with the token that `token()` gives. While nobody sees the
 * page it does not listen, as browsers have few connections to a host; the server compares tokens afterwards.
 */
export function listen(path, token, { changed, told, lost, found }) {
  let source;
  let wait = FIRST_WAIT;
  let timer;

  function open() {
    close();
    const query = new URLSearchParams({ page: path, token: token() });
    source = new EventSource(`/_variorum/events?${query}`);
    source.addEventListener("open", () => {
      wait = FIRST_WAIT;
      found();
    });
    source.addEventListener("changed", ({ data }) => changed(JSON.parse(data).token));
    source.addEventListener("told", ({ data }) => told(JSON.parse(data).token));
    // Not left to the browser, which would ask with an old token, and gives up after some answers.
    source.addEventListener("error", again);
  }

  function again() {
    close();
    // One try may fail because the connection was only too old.
    if (wait > FIRST_WAIT) lost();
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 1.5, LONGEST_WAIT);
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  const settle = () => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", settle);
  addEventListener("pagehide", close);
  addEventListener("pageshow", ({ persisted }) => persisted && settle());
  settle();
}

/** What the server knows of the page at `path`: `page` or `blocks`. Null where it knows nothing. */
export async function ask(what, path) {
  try {
    const response = await fetch(`/_variorum/${what}?${new URLSearchParams({ path })}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
