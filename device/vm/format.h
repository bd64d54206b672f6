// Formatting of one value: what format(), str.format and % share.
#pragma once
#include "integer.h"

struct format_spec {
  uint32_t fill;       // code point
  uint32_t width;      // 0: none
  int32_t precision;   // -1: none
  char align;          // '<', '>', '=', '^'
  char sign;           // '+', ' ', '-' or 0
  char grouping;       // ',', '_' or 0
  char type;           // 0: none
  bool alternate;
};
#define FORMAT_WIDTH_MAX (1u << 24)  // no arena holds a longer text

// Text to be laid out: [sign] [0 prefix] digits rest. The bytes lie in `room`, or in a str that is kept in a root.
#define FIELD_ROOM 112
struct field {
  char sign, prefix;   // 0: none
  bool upper;
  root text;                 // 0: the bytes are in room
  uint32_t at, bytes;        // where they begin, and how many
  uint32_t digits;           // how many of them are a whole number's digits, which may be grouped and filled up with zeros
  uint32_t digits_min;       // precision of an integer in %
  uint32_t rest;             // code points of the rest
  bool ascii;
  uint8_t room[FIELD_ROOM];
};

value format_lay(const struct format_spec *spec, struct field *f);                             // a str; pops f->text [gc]
// These fill a field; false: exception pending.
bool format_integer(const struct format_spec *spec, root v, struct field *f);                  // types d b o x X [gc]
bool format_double(const struct format_spec *spec, double d, struct field *f);                 // types e E f F g G % and none [gc]
bool format_character(value v, struct field *f);                                               // of an int
void format_string(const struct format_spec *spec, root v, struct field *f);                   // cut to the precision
// Adds bytes from..to of a str, which may move.
