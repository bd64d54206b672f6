import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { S3Error } from "./error.ts";
import { children, childText, document, element, parent, parseXml } from "./xml.ts";

function codeOf(text: string, root = "Delete"): string {
  try {
    parseXml(text, root);
    return "accepted";
  } catch (thrown) {
    return thrown instanceof S3Error ? thrown.s3Code : `not an S3Error: ${thrown}`;
  }
}

test("what is written is read back, whatever characters XML can hold", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (keys) => {
      const body = document("Delete", keys.map((key) => parent("Object", element("Key", key))).join(""));
      assert.equal(children(parseXml(body, "Delete"), "Object").map((object) => childText(object, "Key")), keys);
    }),
  );
});

test("the predefined entities and numeric references are undone, once", () => {
  const body = "<Delete><Object><Key>a&amp;amp;b&#13;&#x41;&lt;&quot;&apos;&unknown; 007 </Key></Object></Delete>";
  assert.is(childText(children(parseXml(body, "Delete"), "Object")[0] ?? "", "Key"), "a&amp;b\rA<\"'&unknown; 007 ");
});

test("namespaces and declarations do not matter", () => {
  const body = '<?xml version="1.0" encoding="UTF-8"?>\n<s3:Delete xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/"><s3:Quiet>true</s3:Quiet></s3:Delete>\n';
  assert.is(childText(parseXml(body, "Delete"), "Quiet"), "true");
});

test("entities that expand are refused before they can", () => {
  const bomb = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><Delete><Quiet>&lol2;</Quiet></Delete>';
  assert.is(codeOf(bomb), "MalformedXML");
  assert.is(codeOf('<!doctype x SYSTEM "file:///etc/passwd"><Delete/>'), "MalformedXML");
});

test("malformed, misnamed and bottomless bodies are refused", () => {
  for (const text of ["", "hello", "<Delete>", "<Delete></Other>", "<Other/>", "<Delete/><Delete/>", "<a>".repeat(100_000), "<Delete><x></Delete>"]) {
    assert.is(codeOf(text), "MalformedXML", text.slice(0, 30));
  }
});

test("names of Object's prototype are not found in a document that lacks them", () => {
  const node = parseXml("<Delete><Quiet>true</Quiet></Delete>", "Delete");
  for (const name of ["constructor", "toString", "__proto__"]) assert.equal(children(node, name), []);
});

test("whatever text comes, parsing ends with a document or with an S3Error", () => {
  const markup = fc.string({ unit: fc.constantFrom("<", ">", "/", "Delete", "a", "&", ";", "#", "x", "!", "?", "--", "[CDATA[", "]]>", " ", "=", '"'), maxLength: 30 });
  fc.assert(
    fc.property(markup, (text) => {
      assert.not.match(codeOf(text), /not an S3Error/);
      assert.not.match(codeOf(`<Delete>${text}</Delete>`), /not an S3Error/);
    }),
    { numRuns: 1000 },
  );
});

test.run();
