// Elements whose texts and addresses come from files of the site: text stays text, and no address runs a script.

const FORBIDDEN = new Set(["blob:", "data:", "filesystem:", "javascript:", "vbscript:"]);

/**
 * An element. Functions are listeners, for the event of their name; strings are attributes; what is null or false is
 * left out. Children are elements or text.
 */
export function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    const isAddress = key === "href";
    if (typeof value === "function") made.addEventListener(key, value);
    else if (isAddress && value && isSafe(value)) made.href = value;
    else if (!isAddress && value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Whether an address leads somewhere, and does nothing else. */
export function isSafe(address) {
  try {
    return !FORBIDDEN.has(new URL(address, location.href).protocol);
  } catch {
    return false;
  }
}

/** An address of this site; null where it would lead to another. */
export function ownAddress(address) {
  const url = isSafe(address) ? new URL(address, location.href) : null;
  return url?.origin === location.origin ? url.pathname + url.search + url.hash : null;
}

/** A place as people write it: the column only where it is asked for. */
export function placeText({ file, line, column }, withColumn = false) {
  return withColumn ? `${file}:${line}:${column}` : `${file}:${line}`;
}

/** A place, as a link that opens the editor where one is configured. */
export function placeLink(place, text = placeText(place)) {
  const properties = { class: "place", dir: "ltr", translate: "no" };
  return place.edit && isSafe(place.edit) ? element("a", { ...properties, href: place.edit }, text) : element("span", properties, text);
}

/** The places of a way of inclusion in one line. */
export function way(places) {
  return places.flatMap((place, at) => (at ? [" → ", placeLink(place)] : [placeLink(place)]));
}
