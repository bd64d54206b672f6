// Generated from compiler/lib by `npm run generate`. Do not edit.

/** Sources of the library by file name. */
export const LIBRARY: Readonly<Record<string, string>> = {

};
