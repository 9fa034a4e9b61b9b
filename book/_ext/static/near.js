// The widgets' scripts come when a reader comes near to one, or stays. Most stand some screens below a
// page's beginning; until then their first pictures stand there, which came with the page.
"use strict";

{
  const LATER = 'script[type="fs-later"]';
  const AHEAD = "100%"; // of the window's height, above and below it
  const STAYS = 3000; // milliseconds after all else has come: who is still here is about to read on
  const WORD = "[data-lights]"; // in the page's prose: a button, once there is a picture to answer
  const SYMBOL = "[class*='fs-q-']";

  function come(old) {
    const script = Object.assign(document.createElement("script"), { src: old.src, async: false });
    const over = new Promise((done) => {
      for (const event of ["load", "error"]) script.addEventListener(event, done);
    });
    old.replaceWith(script); // what is lost, retry.js asks for again
    return over;
  }

  // Brings them, if that has not begun; promises that the widgets stand there.
  let all = null;
  function bring() {
    if (all) return all;
    near.disconnect();
    all = Promise.all([...document.querySelectorAll(LATER)].map(come)).then(() =>
      typeof FOURTEEN_STEPS === "object" ? FOURTEEN_STEPS.mounted : undefined,
    );
    document.dispatchEvent(new Event("fs-widgets"));
    return all;
  }
  globalThis.fsWidgets = bring;

  const near = new IntersectionObserver(
    (seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) bring();
    },
    { rootMargin: `${AHEAD} 0px` },
  );
  for (const host of document.querySelectorAll(".fs-host")) near.observe(host);

  addEventListener("load", () => {
    if (!navigator.connection?.saveData) setTimeout(bring, STAYS);
  });

  // What does not go by how far one has read: an address with a widget's state, the way by keyboard,
  // slides (later.js), paper.
  const asked = () => location.hash.includes("=") && bring();
  asked();
  addEventListener("hashchange", asked);
  addEventListener("beforeprint", bring);
  addEventListener("keydown", ({ key }) => key === "Tab" && bring());

  // A word of the prose that is pointed at, or pressed, before its picture has come.
  const asleep = () => Boolean(document.querySelector(LATER));
  addEventListener("pointerover", async ({ target }) => {
    const node = target.closest?.(`${WORD}, ${SYMBOL}`);
    if (!node || !asleep()) return;
    await bring();
    if (node.matches(":hover")) node.dispatchEvent(new Event("pointerover", { bubbles: true }));
  });
  addEventListener("click", async ({ target }) => {
    const word = target.closest?.(`span${WORD}`);
    if (!word) return;
    const words = () => [...document.querySelectorAll(WORD)];
    const place = words().indexOf(word);
    await bring();
    const button = words()[place];
    if (button?.localName === "button") button.click();
  });
}
