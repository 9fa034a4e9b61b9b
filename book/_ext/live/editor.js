// A small editor for one cell: CodeMirror, with Python's colours; Shift+Enter runs, Escape leaves.

const HELP = "Shift and Enter run the cell. Escape leaves the editor.";

// options: { label, text, change(text), run(), leave() }; gives { text, write(text), point(line), focus() }
export function makeEditor(place, options) {
  const { EditorView, EditorState } = CodeMirror;
  const { marks, setMark } = lineMarks();
  const view = new EditorView({
    parent: place,
    state: EditorState.create({
      doc: options.text,
      extensions: [...extensions(options), marks],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    write(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    point(line) {
      view.dispatch({ effects: setMark.of(line) });
      if (line) view.scrollDOM.scrollLeft = 0; // the line from its beginning
    },
    focus: () => view.focus(),
  };
}

function extensions(options) {
  const cm = CodeMirror;
  const keys = [
    { key: "Shift-Enter", run: () => (options.run(), true) },
    { key: "Mod-Enter", run: () => (options.run(), true) },
    { key: "Ctrl-Enter", run: () => (options.run(), true) }, // on a Mac, too
    { key: "Escape", run: () => (options.leave(), true) },
    cm.indentWithTab,
    ...cm.defaultKeymap,
    ...cm.historyKeymap,
  ];
  return [
    cm.history(),
    cm.lineNumbers(),
    cm.indentOnInput(),
    cm.bracketMatching(),
    cm.indentUnit.of("    "),
    new cm.LanguageSupport(cm.pythonLanguage),
    cm.syntaxHighlighting(cm.classHighlighter),
    cm.keymap.of(keys),
    cm.EditorView.domEventHandlers({ dblclick: selectNumber }),
    cm.EditorView.contentAttributes.of({ "aria-label": `${options.label}. ${HELP}` }),
    cm.EditorView.updateListener.of((update) => {
      if (update.docChanged) options.change(update.state.doc.toString());
    }),
  ];
}

// A double click takes the whole of a number: 0.5, and not its point.
function selectNumber(event, view) {
  const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
  if (at === null) return false;
  const line = view.state.doc.lineAt(at);
  for (const found of line.text.matchAll(/(?<!\w)(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/gi)) {
    const anchor = line.from + found.index;
    const head = anchor + found[0].length;
    if (anchor > at || at > head) continue;
    view.dispatch({ selection: { anchor, head } });
    return true;
  }
  return false;
}

// The line that an error points at, until the text changes.
function lineMarks() {
  const { Decoration, EditorView, StateEffect, StateField } = CodeMirror;
  const setMark = StateEffect.define();
  const marks = StateField.define({
    create: () => Decoration.none,
    update(marked, transaction) {
      if (transaction.docChanged) return Decoration.none;
      for (const effect of transaction.effects) {
        if (!effect.is(setMark)) continue;
        const { doc } = transaction.state;
        if (!effect.value || effect.value > doc.lines) return Decoration.none;
        const at = doc.line(effect.value).from;
        return Decoration.set([Decoration.line({ class: "fs-failed-line" }).range(at)]);
      }
      return marked;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
  return { marks, setMark };
}
