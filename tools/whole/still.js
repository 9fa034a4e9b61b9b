// A page of the built site as it stands without scripts, as XML: nothing in it is run.
(text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const article = page.querySelector("article.bd-article");
  for (const picture of article.querySelectorAll(".fs-still")) picture.remove(); // it needs the site's styles
  return { xml: new XMLSerializer().serializeToString(article), widgets: [] };
};
