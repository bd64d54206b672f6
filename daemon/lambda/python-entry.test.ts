import { test } from "uvu";
import * as assert from "uvu/assert";
import { looksAtContext } from "./python-entry.ts";

test("only a plain function of which one can see that it leaves its context alone goes without it", () => {
  for (const source of [
    "def handler(event, context):\n    return 1\n",
    "def handler(event, _context=None):\n    return event\n",
    "def handler(event):\n    return event\n",
    "def other(event, context):\n    return 1\n\ndef handler( event , context ) :\n    return other(event, 2)\n",
    "class A:\n    def handler(self, context):\n        return 1\n\ndef handler(event, context):\n    return A().handler(1)\n",
  ]) assert.is(looksAtContext(source, "handler"), false, source);
});

test("a handler that may look at its context gets it, whatever the context is called", () => {
  for (const source of [
    "def handler(event, context):\n    return context.function_name\n",
    "def handler(event, ctx):\n    return ctx.function_name\n",
    "def handler(event, context):\n    return helper(context)\n\ndef helper(c):\n    return c.function_name\n",
    "def handler(*args):\n    return args[1].function_name\n",
    "def handler(event, context=dict()):\n    return 1\n",
    "@logged\ndef handler(event, context):\n    return 1\n",
    "def handler(event, context):\n    return 1\n\nhandler = logged(handler)\n",
    "from app import handler\n",
    "handler = lambda event, context: context.function_name\n",
  ]) assert.is(looksAtContext(source, "handler"), true, source);
});

test.run();
