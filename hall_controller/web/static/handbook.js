// A guide as a page: the other language, and paper. What stands in it is written in guides/.

import { byId, otherLanguage } from "./tool.js";

byId("language").addEventListener("click", otherLanguage);
byId("print").addEventListener("click", () => print());
