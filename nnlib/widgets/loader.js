// Loads modules that came as text: each becomes a Blob of its own, in the order of their needs, so
// that a relative import leads somewhere under anywidget and from file:// as well. Only the
// specifiers of imports are replaced. modules: [[name, text], …]; urls are kept for the next.
function importJoined(modules, wanted, urls = new Map()) {
  for (const [name, text] of modules) {
    if (urls.has(name)) continue;
    const linked = text.replace(
      /(^import \{[^{}]*\} from |\bimport\()"fs:([^"]+)"/gm,
      (_, before, needed) => `${before}"${urls.get(needed)}"`,
    );
    urls.set(name, URL.createObjectURL(new Blob([linked], { type: "text/javascript" })));
  }
  return import(urls.get(wanted));
}
