// The rules that pages are held to.

/** All that html-validate recommends, and the standard's rules. */
export const CONFIG = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {},
};
