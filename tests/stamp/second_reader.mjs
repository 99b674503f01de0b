// A second reader of stamps, written from docs/stamp-format.md: it holds the test vectors against
// the page's rules alone. No packages.   node second_reader.mjs stamp-vectors.json stamp-kinds.json
//
// Files are strings in which each character is one byte.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const [vectorsPath, kindsPath] = process.argv.slice(2);
const vectors = JSON.parse(readFileSync(vectorsPath, "utf8"));
const tables = JSON.parse(readFileSync(kindsPath, "utf8"));

// BLAKE3, from its specification ------------------------------------------------------------------

const IV = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const PERMUTATION = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
const MIXED = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];
const [CHUNK_START, CHUNK_END, PARENT, ROOT] = [1, 2, 4, 8];
const CHUNK = 1024;

const turned = (word, by) => (word >>> by) | (word << (32 - by));

function compress(chain, block, counter, length, flags) {
  const v = [...chain, ...IV.slice(0, 4), counter | 0, 0, length, flags];
  let words = block;
  for (let round = 0; round < 7; round++) {
    MIXED.forEach(([a, b, c, d], at) => {
      for (const [word, one, two] of [[words[2 * at], 16, 12], [words[2 * at + 1], 8, 7]]) {
        v[a] = (v[a] + v[b] + word) | 0;
        v[d] = turned(v[d] ^ v[a], one);
        v[c] = (v[c] + v[d]) | 0;
        v[b] = turned(v[b] ^ v[c], two);
      }
    });
    words = PERMUTATION.map((from) => words[from]);
  }
  return v.slice(0, 8).map((word, at) => word ^ v[at + 8]);
}

function wordsOf(bytes) {
  const words = new Array(16).fill(0);
  bytes.forEach((byte, at) => (words[at >> 2] |= byte << (8 * (at & 3))));
  return words;
}

function chunkValue(bytes, counter, root) {
  const blocks = Math.max(1, Math.ceil(bytes.length / 64));
  let chain = IV;
  for (let at = 0; at < blocks; at++) {
    const block = bytes.slice(64 * at, 64 * at + 64);
    const last = at === blocks - 1 ? CHUNK_END | root : 0;
    chain = compress(chain, wordsOf(block), counter, block.length, (at ? 0 : CHUNK_START) | last);
  }
  return chain;
}

function treeValue(bytes, counter, root) {
  if (bytes.length <= CHUNK) return chunkValue(bytes, counter, root);
  let left = CHUNK;
  while (2 * left < bytes.length) left *= 2;
  const halves = [
    ...treeValue(bytes.slice(0, left), counter, 0),
    ...treeValue(bytes.slice(left), counter + left / CHUNK, 0),
  ];
  return compress(IV, halves, 0, 64, PARENT | root);
}

function blake3(text) {
  const bytes = Array.from(text, (char) => char.charCodeAt(0));
  const digits = treeValue(bytes, 0, ROOT).flatMap((word) =>
    [0, 8, 16, 24].map((by) => ((word >>> by) & 255).toString(16).padStart(2, "0")),
  );
  return digits.join("");
}

// The hash ----------------------------------------------------------------------------------------

function bodyHash(body) {
  const wide = ["\xff\xfe", "\xfe\xff", "\0\0\xfe\xff"].some((mark) => body.startsWith(mark));
  if (!wide && !body.slice(0, 8000).includes("\0")) {
    body = body.replace(/^\xef\xbb\xbf/, "").replaceAll("\r\n", "\n");
  }
  return `b3-v1:${blake3(body)}`;
}

// Patterns ----------------------------------------------------------------------------------------

const SPACE = " \\t\\n\\r\\f\\v";

/** A pattern of the tables as one of JavaScript's. */
function translated(pattern) {
  let [made, at, inClass] = ["", 0, false];
  const groups = []; // whether case counts, for each open group
  while (at < pattern.length) {
    const [char, two] = [pattern[at], pattern.slice(at, at + 2)];
    at += 1;
    if (char === "\\") {
      at += 1;
      if (two === "\\Z") made += "(?![^])";
      else if (two === "\\s") made += inClass ? SPACE : `[${SPACE}]`;
      else if (two === "\\S") made += `[^${SPACE}]`;
      else made += two;
    } else if (!inClass && pattern.startsWith("[\\s\\S]", at - 1)) {
      [made, at] = [made + "[^]", at + 5];
    } else if (char === "[" || char === "]") {
      inClass = char === "[";
      made += char;
    } else if (inClass) {
      made += char;
    } else if (pattern.startsWith("(?i:", at - 1)) {
      groups.push(true);
      [made, at] = [made + "(?:", at + 3];
    } else if (char === "(") {
      groups.push(groups.at(-1) ?? false);
      made += char;
    } else if (char === ")") {
      groups.pop();
      made += char;
    } else if (char === "+" && "*+?".includes(pattern[at - 2]) && pattern[at - 3] !== "\\") {
      continue; // gives nothing back, and needs not
    } else if (groups.at(-1) && /[a-z]/i.test(char)) {
      made += `[${char.toLowerCase()}${char.toUpperCase()}]`;
    } else {
      made += char;
    }
  }
  return new RegExp(made, "y");
}

const compiled = new Map();

/** The offset after what `pattern` matches at `at`, or -1. */
function matchEnd(pattern, data, at) {
  if (!compiled.has(pattern)) compiled.set(pattern, translated(pattern));
  const regex = compiled.get(pattern);
  regex.lastIndex = at;
  return regex.test(data) ? regex.lastIndex : -1;
}

// Lines and prologue ------------------------------------------------------------------------------

/** The offset after the blank lines at `at`. */
function skipBlank(data, at) {
  let end = at;
  while (end < data.length && " \t\r\n".includes(data[end])) end += 1;
  if (end === data.length) return end;
  return Math.max(at, data.lastIndexOf("\n", end - 1) + 1);
}

function lineAt(data, start) {
  const newline = data.indexOf("\n", start);
  const after = newline < 0 ? data.length : newline + 1;
  const text = data.slice(start, newline < 0 ? data.length : newline);
  return { start, after, text: newline < 0 ? text : text.replace(/\r$/, "") };
}

function jsonEnd(data, at) {
  if (matchEnd('\\{\\s*"', data, at) < 0) return -1;
  const token = /"(?:[^"\\]|\\[^])*"|[{}[\]]/g;
  token.lastIndex = at;
  let depth = 0;
  for (let match; (match = token.exec(data)); ) {
    depth += "{[".includes(match[0]) - "}]".includes(match[0]);
    if (depth > 0) continue;
    try {
      JSON.parse(data.slice(at, token.lastIndex).replace(/[\0-\x1f]/g, " "));
      return token.lastIndex;
    } catch {
      return -1;
    }
  }
  return -1;
}

/** The part of a prologue at `at`: its end, -1 where it is not, null where it is in doubt. */
function partEnd(part, data, at) {
  const seen = data.slice(0, at + 65536);
  const end = part.json ? jsonEnd(seen, at) : matchEnd(part.pattern, seen, at);
  if (end <= at) return part.opening && matchEnd(part.opening, seen, at) >= 0 ? null : -1;
  if (data.slice(at, end).includes("OmniNode:")) return -1;
  if (!part.whole) return end;
  const rest = matchEnd("[ \\t]*(?:\\r?\\n|\\r?\\Z)", data, end);
  return rest < 0 ? null : rest;
}

/** The end of the prologue at `at`; what is found is taken out of `names`. */
function prologueEnd(data, names, at) {
  let lines = 0;
  for (;;) {
    let [found, end] = [null, -1];
    for (const name of names) {
      const part = tables.parts[name];
      if (part.lines !== null && lines >= part.lines) continue;
      end = partEnd(part, data, part.below_blanks ? skipBlank(data, at) : at);
      if (end === null) return { at, doubt: true };
      if (end >= 0) {
        found = name;
        break;
      }
    }
    if (found === null) return { at, doubt: false };
    names.splice(names.indexOf(found), 1);
    lines += data.slice(at, end).split("\n").length - 1;
    at = end;
  }
}

// Blocks ------------------------------------------------------------------------------------------

const OLD_STYLES = [["#"], ["//"], ["--"], ["/*", "*/"], ["<!--", "-->"], [""]];
const quoted = (sign) => sign.replace(/[^a-z0-9]/gi, "\\$&");

function markerOf(kind) {
  const own = kind.styles.map((name) => [tables.styles[name].opening, tables.styles[name].closing]);
  const styles = [...OLD_STYLES, ...own].sort(([one], [two]) => two.length - one.length);
  const signs = styles.map(([sign]) => quoted(sign) + (/[#/*;%!]$/.test(sign) ? "+" : ""));
  const closings = styles.map(([, sign]) => sign).filter(Boolean).map(quoted);
  const regex = new RegExp(
    `^(${signs.join("|")})[ \\t]*===[ \\t]*(/?)OmniNode:((?:[A-Za-z0-9]{1,40}_){0,4}Metadata)` +
      `[ \\t]*===[ \\t]*(?:(?:${closings.join("|")})[ \\t]*)?$`,
  );
  return (text) => {
    const match = regex.exec(text);
    if (match === null || /[\r\n]/.test(text)) return null;
    const [sign, closing] = styles.find(([opening]) => match[1].startsWith(opening));
    return { sign, end: closing ?? "", closing: match[2] === "/" };
  };
}

const FIELD = /^([A-Za-z_][A-Za-z0-9_.-]{0,63})[ \t]*:(?:[ \t]+|$)/;

function readValue(raw) {
  const text = raw.replace(/^[ \t]+|[ \t]+$/g, "");
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  try {
    return text.startsWith('"') ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

/** The block that the marker in `line` opens, its fields by key; null where it is not closed. */
function readBlock(data, line, opener, marker) {
  const fields = new Map();
  for (let at = line.after, count = 0; at < data.length && count < 1000; count++) {
    const next = lineAt(data, at);
    at = next.after;
    if (marker(next.text)?.closing) return { start: line.start, end: next.after, fields };
    let content = next.text.trimEnd();
    if (!content) continue;
    if (!opener.end && !content.startsWith(opener.sign)) return null;
    if (!opener.end) content = content.slice(opener.sign.length).replace(/^[ \t]/, "");
    const field = FIELD.exec(content);
    if (field) fields.set(field[1], readValue(content.slice(field[0].length)));
  }
  return null;
}

/** The offset after the comment that begins at `line`, or that of the line where none does. */
function commentEnd(data, kind, line) {
  if (kind.leading) {
    const end = matchEnd(kind.leading, data, line.start);
    if (end >= 0) return end;
  }
  const start = line.start + /^[ \t\f]*/.exec(line.text)[0].length;
  for (const { opening, closing } of kind.styles.map((name) => tables.styles[name])) {
    if (!data.startsWith(opening, start)) continue;
    if (!closing) return line.after;
    const close = data.indexOf(closing, start + opening.length);
    if (close < 0) continue;
    const rest = lineAt(data, close + closing.length);
    if (!rest.text.trim()) return rest.after;
  }
  return line.start;
}

/** The blocks at the head of a file. */
function findBlocks(data, kind) {
  const [marker, names, blocks] = [markerOf(kind), [...kind.prologue], []];
  let at = prologueEnd(data, names, 0).at;
  for (let onlyBlocks = true; ; ) {
    at = skipBlank(data, at);
    if (at >= data.length || at > 262144 || blocks.length >= 32) return blocks;
    const line = lineAt(data, at);
    const found = marker(line.text);
    if (found && !found.closing) {
      const block = readBlock(data, line, found, marker);
      if (block === null) return blocks;
      blocks.push(block);
      at = block.end;
      continue;
    }
    let end = onlyBlocks ? prologueEnd(data, names, at).at : at;
    if (end === at) [end, onlyBlocks] = [commentEnd(data, kind, line), false];
    if (end === at) return blocks;
    at = end;
  }
}

function bodyOf(data, blocks) {
  let [body, at] = ["", 0];
  for (const block of blocks) {
    body += data.slice(at, block.start);
    at = skipBlank(data, block.end);
  }
  return body + data.slice(at);
}

// Values, UUIDs, locks ----------------------------------------------------------------------------

const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
const MISREAD = /: | #|coding[:=]|\b(?:vim?|ex):/g;

function writeValue(text, style) {
  const { opening, closing, unsafe } = tables.styles[style];
  const signs = [...(closing ? [closing, opening] : []), ...unsafe];
  const plain = /^[A-Za-z0-9_./(<>=+@^~][ -[\]-~]*$/.test(text) && !/[ :]$/.test(text);
  const harmless = text.search(MISREAD) < 0 && !signs.some((sign) => text.includes(sign));
  if (plain && harmless) return text;
  let made = JSON.stringify(text).replace(/[\x7f-\uffff]/g, escaped);
  made = made.replace(MISREAD, (found) => {
    const sign = [...":=#"].find((char) => found.includes(char));
    return found.replaceAll(sign, escaped(sign));
  });
  for (const sign of signs) {
    while (sign !== '"' && made.includes(sign)) {
      made = made.replaceAll(sign, sign.slice(0, -1) + escaped(sign.at(-1)));
    }
  }
  return made;
}

const URLS = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function uuid5(namespace, name) {
  const id = Buffer.from(namespace.replaceAll("-", ""), "hex");
  const digest = createHash("sha1").update(id).update(name, "utf8").digest().subarray(0, 16);
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  return digest.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function mint(repository, path, hash) {
  return uuid5(UUID.test(repository) ? repository : uuid5(URLS, repository), `${path}\n${hash}`);
}

function namespaceOf(path, prefix) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  let stem = name.slice(0, Math.max(0, name.lastIndexOf("."))) || name;
  if (/[^0-9A-Za-z_]/.test(stem)) {
    stem = stem.replace(/[^0-9A-Za-z_]+/g, "_").replace(/^_+|_+$/g, "") || "_";
  }
  return prefix ? `${prefix}.${stem}` : stem;
}

const UNSAFE =
  /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|^ | $|^(?=")/;
const asBytes = (text) => Buffer.from(text, "utf8").toString("latin1");

/** The bytes of the path that stands as `form` in a lock. */
function lockPath(form) {
  if (!form.startsWith('"')) return form;
  return form.slice(1, -1).replace(/\\(?:x([0-9a-f]{2})|(["\\]))/g, (_, hex, char) =>
    hex ? String.fromCharCode(parseInt(hex, 16)) : char,
  );
}

function lockForm(path) {
  const raw = Buffer.from(path, "latin1");
  const text = raw.toString("utf8");
  if (asBytes(text) === path && !UNSAFE.test(text)) return path;
  const hex = (bytes) => Array.from(Buffer.from(bytes, "latin1"), (byte) =>
    `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  let made = "";
  // One character of UTF-8, or one byte that is part of none.
  for (const part of path.match(/[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[^]/g)) {
    const char = Buffer.from(part, "latin1").toString("utf8");
    const bad = char.includes("\ufffd") || /[^ "]/.exec(char)?.[0].match(UNSAFE);
    made += bad ? hex(part) : part.replace(/["\\]/, "\\$&");
  }
  return `"${made.replace(/^ | $/g, "\\x20")}"`;
}

/** The first line at fault in a lock, or 0. */
function lockFault(lock) {
  const lines = lock.split("\n");
  if (lines[0].replace(/\r$/, "") !== "onex-lock 1") return 1;
  if (lock.includes("\r\n")) return lock.slice(0, lock.indexOf("\r\n")).split("\n").length;
  const [seen, folders] = [new Map(), new Set()];
  let before = "";
  for (let at = 1; at < lines.length - 1; at++) {
    const match = /^b3-v1:[0-9a-f]{64} {2}[fxl] {2}([^]+)$/.exec(lines[at]);
    const path = match && lockPath(match[1]);
    if (!match || lockForm(path) !== match[1]) return at + 1;
    const parts = path.split("/");
    if (parts.some((part) => ["", ".", ".."].includes(part)) || path.includes("\0")) return at + 1;
    const key = path.toLowerCase();
    const above = parts.slice(1).map((_, end) => key.split("/").slice(0, end + 1).join("/"));
    const clash = seen.has(key) || folders.has(key) || above.some((folder) => seen.has(folder));
    if (path < before || clash || key === "onex.lock") return at + 1;
    seen.set(key, at);
    above.forEach((folder) => folders.add(folder));
    before = path;
  }
  return lines.at(-1) === "" ? 0 : lines.length;
}

// The check ---------------------------------------------------------------------------------------

let [checked, wrong] = [0, 0];

function expect(name, found, wanted) {
  checked += 1;
  const [one, two] = [found, wanted].map((value) => JSON.stringify(value));
  if (one === two) return;
  wrong += 1;
  console.log(`${name}\n  found   ${one}\n  expects ${two}`);
}

// Whether formatters of Python want two blank lines above what follows a block.
function isFormatted(path, rest) {
  const definition = /^(?:#[^\n]*\n)*(?:@|(?:class|def|async[ \t]+def)\b)/;
  return !path.endsWith(".pyi") && definition.test(rest);
}

function checkStamp(vector) {
  const [kind, name] = [tables.kinds[vector.kind], vector.name];
  if (vector.action === "leave") expect(name, findBlocks(vector.input, kind).length, 0);
  if (vector.blocks === undefined) return;
  const data = vector.output ?? vector.input;
  if (vector.action === "stamp") {
    const { at, doubt } = prologueEnd(data.replace(vector.blocks[0], ""), [...kind.prologue], 0);
    expect(`${name}: place`, [doubt, data.indexOf(vector.blocks[0])], [false, skipBlank(data, at)]);
    const eol = /^[^\n]*\r\n/.test(vector.input) ? "\r\n" : "\n";
    const at2 = skipBlank(vector.input, prologueEnd(vector.input, [...kind.prologue], 0).at);
    const rest = vector.input.slice(at2);
    const gap = eol.repeat(vector.kind === "python" && isFormatted(vector.path, rest) ? 2 : 1);
    const whole = vector.input.slice(0, at2) + vector.blocks[0] + gap + rest;
    expect(`${name}: output`, data, whole);
  }
  if (vector.action === "old") return; // reading old dialects is not this reader's business
  const blocks = findBlocks(data, kind);
  expect(`${name}: blocks`, blocks.map(({ start, end }) => data.slice(start, end)), vector.blocks);
  const body = bodyOf(data, blocks);
  expect(`${name}: removed`, body, vector.removed);
  expect(`${name}: hash`, bodyHash(body), vector.hash);
  const { fields } = blocks[0] ?? { fields: new Map() };
  const detached = vector.settings.hash === "detached";
  expect(`${name}: field`, fields.get("hash"), detached ? undefined : vector.hash);
  expect(`${name}: name`, fields.get("name"), vector.path.slice(vector.path.lastIndexOf("/") + 1));
  if (vector.action === "stamp") {
    const { repository } = vector.settings;
    expect(`${name}: uuid`, fields.get("uuid"), mint(repository, vector.path, vector.hash));
  }
}

vectors.stamps.forEach(checkStamp);
for (const { name, pieces, hash } of vectors.hashes) {
  expect(name, bodyHash(pieces.map(([text, times]) => text.repeat(times)).join("")), hash);
}
for (const { repository, path, hash, uuid } of vectors.uuids) {
  expect(path, mint(repository, path, hash), uuid);
}
for (const { path, prefix, namespace } of vectors.namespaces) {
  expect(path, namespaceOf(path, prefix), namespace);
}
for (const { style, text, written } of vectors.values) {
  expect(`${style}: ${text}`, writeValue(text, style), written);
  expect(`${style}: ${written}`, readValue(written), text);
}
const { entries, lock, root } = vectors.lock;
const rows = entries.map((row) => `${row.hash}  ${row.kind}  ${lockForm(row.path)}\n`);
expect("lock", ["onex-lock 1\n", ...rows].join(""), lock);
expect("lock: fault", lockFault(lock), 0);
expect("lock: root", bodyHash(lock), root);
for (const { name, lock: text, line } of vectors.wrong_locks) expect(name, lockFault(text), line);

console.log(`${checked} checked, ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
