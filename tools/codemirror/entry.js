// What of CodeMirror the page's editor uses; tools/codemirror.py makes one file of it.
export { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
export { LanguageSupport, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
export { pythonLanguage } from "@codemirror/lang-python";
export { EditorState, StateEffect, StateField } from "@codemirror/state";
export { Decoration, EditorView, keymap, lineNumbers } from "@codemirror/view";
export { classHighlighter } from "@lezer/highlight";
