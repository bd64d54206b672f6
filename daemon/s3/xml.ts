import { XMLParser } from "fast-xml-parser";
import { S3_XML_BYTES_MAX, S3_XML_DEPTH_MAX } from "../limits.ts";
import { S3Error } from "./error.ts";

const S3_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** What a parsed element holds: text, elements by name, or several of one name. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] };

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  removeNSPrefix: true,
  // The five predefined entities and numeric references are undone by `unescape`; nothing is ever expanded by the parser.
  processEntities: false,
});

/**
 * Parses the body of a request.
 * @param text at most S3_XML_BYTES_MAX bytes
 * @param root the name the outermost element must have
 * @throws S3Error MalformedXML for anything else than one well-formed element of that name, a DOCTYPE, or too deep nesting
 */
export function parseXml(text: string, root: string): XmlNode {
  if (text.length > S3_XML_BYTES_MAX) throw new S3Error("MaxMessageLengthExceeded", "The request body is too large.");
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw malformed("it declares a DOCTYPE or entities, which S3 does not use");
  if (deeperThan(text, S3_XML_DEPTH_MAX)) throw malformed("its elements are nested too deeply");
  let parsed: { readonly [name: string]: XmlNode };
  try {
    parsed = parser.parse(text, true) as { readonly [name: string]: XmlNode };
  } catch (cause) {
    throw malformed("it is not well-formed", cause);
  }
  const node = parsed[root];
  if (node === undefined || Array.isArray(node)) throw malformed(`its outermost element is not ${root}`);
  return node;
}

function malformed(why: string, cause?: unknown): S3Error {
  return new S3Error("MalformedXML", `The XML you provided was not well-formed or did not validate against our published schema: ${why}.`, { cause });
}

/** Counts tags without building anything, so that a body of a million `<a>` costs no stack. */
function deeperThan(text: string, depthMax: number): boolean {
  let depth = 0;
  for (const tag of text.matchAll(/<(\/?)[A-Za-z_][^<>]*?(\/?)>/g)) {
    if (tag[1]) depth -= 1;
    else if (!tag[2] && ++depth > depthMax) return true;
  }
  return false;
}

/** All children of that name, none when there are none. */
export function children(node: XmlNode, name: string): readonly XmlNode[] {
  if (typeof node === "string" || !Object.hasOwn(node, name)) return [];
  const found = node[name] as XmlNode | readonly XmlNode[];
  return Array.isArray(found) ? found : [found as XmlNode];
}

/** The text of the first child of that name, with its entities undone. */
export function childText(node: XmlNode, name: string): string | undefined {
  const child = children(node, name)[0];
  return typeof child === "string" ? unescape(child) : undefined;
}

const PREDEFINED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return PREDEFINED[name] ?? whole;
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;",
};

/**
 * Text as it may stand in an element. A carriage return is written as a reference, or a parser would turn it into a line feed;
 * control characters are written as references too, which XML 1.0 forbids and S3 does all the same (`encoding-type=url` avoids it).
 */
export function escape(text: string): string {
  if (!/[&<>"'\u0000-\u001f\ufffe\uffff]/.test(text)) return text;
  return text.replace(/[&<>"'\u0000-\u001f\ufffe\uffff]/g, (found) => ESCAPES[found] ?? `&#${found.charCodeAt(0)};`);
}

/** `<name>text</name>`; nothing when the value is undefined. */
export function element(name: string, value: string | number | boolean | undefined): string {
  if (value === undefined) return "";
  return `<${name}>${typeof value === "string" ? escape(value) : value}</${name}>`;
}

/** `<name>…</name>` around elements already written. */
export function parent(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}

/** A whole document, with S3's namespace unless told otherwise (error answers have none). */
export function document(root: string, inner: string, options: { namespace?: boolean } = {}): string {
  const namespace = options.namespace === false ? "" : ` xmlns="${S3_NAMESPACE}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${inner}</${root}>`;
}
