// The sample site as the tests find it: which pages it has, and what their words are.

/** The path that the sample site is published below. */
export const BASE = "/beacon/docs";

/** One page of each kind, by its path behind language and version. */
export const KINDS = {
  home: "",
  product: "/station",
  category: "/station/setup",
  guides: "/station/guides",
  "map topic": "/station/setup/lamps",
  article: "/station/guides/first-light",
  everything: "/reference/everything",
  "long words": "/reference/long-words",
  "release notes": "/station/release-notes",
  "partly translated": "/station/guides/night-log",
  "not translated": "/station/guides/fog-horn",
};

/** The version that is shown where a test names none. */
export const VERSION = "station@3.0";

/** What buttons, links and landmarks are called, by language. */
export const WORDS = {
  en: {
    skip: "Skip to content",
    menu: "Menu",
    navigation: "Documentation",
    version: "Version",
    language: "Language",
    platform: "Operating system",
    tool: "Tool",
    toc: "In this article",
    copy: "Copy",
    copied: "Copied",
    previous: "Previous",
    next: "Next",
    absent: "without this page",
    missing: "This page does not exist.",
    home: "Go to the home page",
    moved: "Go to the page",
  },
  zh: {
    skip: "跳到正文",
    menu: "菜单",
    navigation: "文档",
    version: "版本",
    language: "语言",
    platform: "操作系统",
    tool: "工具",
    toc: "本文内容",
    copy: "复制",
    copied: "已复制",
    previous: "上一页",
    next: "下一页",
    absent: "没有此页面",
    missing: "此页面不存在。",
    home: "前往首页",
    moved: "前往该页面",
  },
};

/** The address of a page below `address`. */
export function at(address, path, { language = "en", version = VERSION } = {}) {
  return `${address}/${language}/${version}${path}`;
}
