// The second window: notes, what to ask, the next slide, the clock and the plan. It keeps nothing
// and decides nothing: it shows what the slides say, and says to them which key was pressed.
"use strict";

{
  const part = (name) => document.getElementById(name);
  const frame = document.querySelector("iframe");
  let state = null;

  const line = lectureLine(location.hash.slice(1), hear, opener);

  function hear(said) {
    if (said.over) {
      close();
      return;
    }
    state = said;
    draw();
  }

  const texts = (tag, lines) =>
    lines.map((text) => Object.assign(document.createElement(tag), { textContent: text }));

  function draw() {
    const { title, place, build, notes, advice, ask, next, after, dark, plan } = state;
    const stop = plan ? `stop ${plan.stop[0]} of ${plan.stop[1]}` : "";
    part("title").textContent = title;
    part("place").textContent = [`Slide ${place}`, build, stop, dark ? "the screen is black" : ""]
      .filter(Boolean)
      .join(" · ");
    part("notes").replaceChildren(...texts("p", [...notes, ...advice]));
    part("ask").replaceChildren(...texts("li", ask));
    const last = after ? `The last of this page; next: ${after}` : "This is the last slide.";
    part("next-title").textContent = next === null ? last : `Next: ${next}`;
    document.querySelector("[data-say=black]").setAttribute("aria-pressed", String(dark));
    drawPlan(plan?.stages ?? []);
    drawNext();
    tick();
  }

  // What the plan says for this stop: what to do and to ask, and the wrong answers to expect.
  function drawPlan(stages) {
    const said = JSON.stringify(stages);
    const place = document.querySelector("#lesson div");
    if (place.dataset.said === said) return; // it may have been scrolled
    place.dataset.said = said;
    place.replaceChildren(...stages.flatMap(stageOf));
  }

  function stageOf({ what, lines, late, code, right, wrong = [], ...stage }) {
    const { minute, minutes, ask, when } = stage;
    const head = texts("h3", [`Minute ${minute} to ${minute + minutes}`]);
    const words = [
      late && `When late: ${late}`,
      ask && `${when ? `${when}. ` : ""}Ask: ${ask}`,
    ].filter(Boolean);
    const expected = document.createElement("ul");
    expected.append(
      ...texts(
        "li",
        wrong.map(([answer, say]) => `“${answer}” ${say}`),
      ),
    );
    return [
      ...head,
      ...texts("p", [what]),
      ...texts("pre", lines ? [lines] : []),
      ...texts("p", words),
      ...texts("pre", code ? [code] : []),
      ...texts("p", right ? [`Right: ${right}`] : []),
      ...(wrong.length ? [expected] : []),
    ];
  }

  // The next slide is the page itself, in a frame as large as the projector, made small.
  function drawNext() {
    const { coming, page, size } = state;
    const [width, height] = size;
    frame.hidden = !coming;
    if (!coming) return;
    const scale = part("next").clientWidth / width;
    Object.assign(frame, { width, height });
    frame.style.transform = `scale(${scale})`;
    part("next").style.height = `${height * scale}px`;
    const address = `${page}?preview`;
    if (frame.src === address) frame.contentWindow.postMessage(coming, "*");
    else frame.src = address;
  }

  function tick() {
    if (!state) return;
    const gone = Math.max(0, Date.now() - state.began) / 1000;
    const two = (number) => String(Math.floor(number)).padStart(2, "0");
    const now = new Date();
    part("clock").textContent =
      `${two(now.getHours())}:${two(now.getMinutes())} · gone ${Math.floor(gone / 60)}:${two(gone % 60)}`;
    const [before, lesson, practice] = state.planned;
    const { plan } = state;
    if (plan) {
      const [{ minute }] = plan.stages;
      const { minute: last, minutes } = plan.stages.at(-1);
      part("plan").textContent =
        `Planned here: minute ${minute} to ${last + minutes} of ${plan.minutes}.`;
      return;
    }
    part("plan").textContent =
      `This slide: about ${state.minutes.toFixed(1)} min. Planned up to here: ${before} of ${lesson} min, ` +
      `and ${practice} min for the exercises.`;
  }

  const KEYS = {
    PageDown: "next",
    ArrowRight: "next",
    " ": "next",
    PageUp: "previous",
    ArrowLeft: "previous",
    Home: "first",
    End: "last",
    b: "black",
    B: "black",
    ".": "black",
    F5: "",
  };
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    const word = KEYS[key];
    if (word === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === " " && target.matches?.("button")) return;
    event.preventDefault();
    if (word) line.say(word);
  });
  for (const button of document.querySelectorAll("[data-say]"))
    button.addEventListener("click", () => line.say(button.dataset.say));
  addEventListener("resize", () => state && drawNext());
  addEventListener("message", ({ source, data }) => {
    if (source === frame.contentWindow && data === "seen" && state?.coming)
      source.postMessage(state.coming, "*");
  });
  setInterval(() => {
    tick();
    line.say("hello"); // the slides' window may have been loaded anew
  }, 1000);
  line.say("hello");
}
