// What the preview adds to two variants of a page side by side.
"use strict";

import("./comparison.js").then(({ start }) => start());
