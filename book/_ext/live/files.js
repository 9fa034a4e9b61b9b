// Brings the files of the runtime as scripts: the one form that a page may load over http and from
// a folder alike. Each script hands over one piece of text.

const AT_ONCE = 4;

export class Files {
  // list: what live.py wrote; progress(loaded, total) in letters
  constructor(root, list, progress) {
    this.root = `${root}python/`;
    this.list = list;
    this.progress = progress;
    this.loaded = 0;
    this.total = 0;
  }

  // A file's pieces in order; rejects where one does not come.
  async bring(name) {
    const { pieces, packed, size } = this.list[name];
    this.total += size;
    this.progress(this.loaded, this.total);
    const texts = await inTurns(pieces, (piece) => this.piece(piece));
    return { kind: "file", name, packed, pieces: texts };
  }

  async piece(name) {
    const text = await scriptText(this.root + name);
    this.loaded += text.length;
    this.progress(this.loaded, this.total);
    return text;
  }
}

// work(item) for each, a few at once; the results in order.
async function inTurns(items, work) {
  const results = [];
  const waiting = [...items.keys()];
  const worker = async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift())
      results[index] = await work(items[index]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

function scriptText(url) {
  return new Promise((done, fail) => {
    const element = document.createElement("script");
    const texts = (globalThis.FS_TEXTS ??= new Map());
    globalThis.FS_PIECE ??= (text) => texts.set(document.currentScript, text);
    element.src = url;
    element.addEventListener("load", () => {
      const text = texts.get(element);
      texts.delete(element);
      element.remove();
      if (text === undefined) fail(new Error(`${url.split("/").pop()} is not what it should be`));
      else done(text);
    });
    element.addEventListener("error", () => {
      element.remove();
      fail(new Error(`${url.split("/").pop()} did not come`));
    });
    document.head.append(element);
  });
}
