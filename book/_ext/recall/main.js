// What a page does with its questions: it is brought when somebody opens one, says that a page is read,
// looks at the review, or has done so before (later.js).
import { KEY, Kept } from "./kept.js";
import { chapter } from "./chapter.js";
import { resume } from "./resume.js";
import { review } from "./review.js";

const storage = () => {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null; // a page from a folder, in some browsers
  }
};

const kept = new Kept(storage(), () => new Date());
const draw = [chapter, review, resume].map((view) => view(kept)).filter(Boolean);
const refresh = () => draw.forEach((again) => again());
addEventListener("storage", ({ key }) => (key === KEY || key === null) && refresh());
// a page that lay open over night, or comes back by the browser's button
document.addEventListener(
  "visibilitychange",
  () => document.visibilityState === "visible" && refresh(),
);
addEventListener("pageshow", ({ persisted }) => persisted && refresh());
