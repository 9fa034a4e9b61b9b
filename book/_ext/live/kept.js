// What a reader has typed, kept in their own browser until it is reset.

export class Kept {
  constructor(page, storage) {
    this.key = `fs-cells:${page}`;
    this.storage = storage;
  }

  read() {
    try {
      return JSON.parse(this.storage().getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  // Whether it could be kept: a browser's storage may be full, or barred.
  write(texts) {
    try {
      if (Object.keys(texts).length) this.storage().setItem(this.key, JSON.stringify(texts));
      else this.storage().removeItem(this.key);
      return true;
    } catch {
      return false;
    }
  }
}
