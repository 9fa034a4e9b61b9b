// Addresses of the book's pages.

// The address of a page of the book: from another of its pages, or from a notebook that knows the
// published site.
export function pageAddress(model, path) {
  if (!model.key) return model.get("site").replace(/\/*$/, "/") + path;
  return (
    new URL(document.documentElement.dataset.content_root ?? "./", location.href.split("#")[0])
      .href + path
  );
}

// The fragment of a link that another widget hands its reader over with: the focus goes along.
export const ENTER = "enter";
