// A page of the built site as it goes to paper, as XML: paper.js has prepared it, and its widgets stand
// in their first state. What only scripts know, a canvas or a field's value, becomes part of the text.
async () => {
  await fsWidgets(); // near.js
  await document.fonts.ready;
  dispatchEvent(new Event("beforeprint"));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let at = 0; at < 20; at++) await frame(); // a canvas is painted anew in the light colours
  const article = document.querySelector("article.bd-article");
  for (const canvas of article.querySelectorAll("canvas")) {
    const { width, height } = canvas.getBoundingClientRect();
    const picture = new Image();
    picture.src = canvas.toDataURL();
    picture.alt = canvas.getAttribute("aria-label") ?? "";
    picture.className = canvas.className;
    picture.style = `${canvas.style.cssText}; width: ${canvas.clientWidth}px; height: ${canvas.clientHeight}px`;
    if (width && height) canvas.replaceWith(picture);
    else canvas.remove();
  }
  for (const field of article.querySelectorAll("input")) {
    field.setAttribute("value", field.value);
    field.toggleAttribute("checked", field.checked);
  }
  for (const choice of article.querySelectorAll("option"))
    choice.toggleAttribute("selected", choice.selected);
  const widgets = [...article.querySelectorAll(".fs-host")].map((host) => host.dataset.module);
  return { xml: new XMLSerializer().serializeToString(article), widgets };
};
