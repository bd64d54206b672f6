// Generated from compiler/spec by `npm run generate`. Do not edit.
#pragma once

#define IOTPY_SPEC 0x0d58ea21u  // an image made for another table is refused

enum rom_string {
  STR_abs = 0,
  STR_abs_tol = 1,
  STR_acos = 2,
  STR_add = 3,
  STR_all = 4,
  STR_any = 5,
  STR_append = 6,
  STR_args = 7,
  STR_ascii = 8,
  STR_asin = 9,
  STR_atan = 10,
  STR_atan2 = 11,
  STR_base = 12,
  STR_bin = 13,
  STR_bit_length = 14,
  STR_board = 15,
  STR_bool = 16,
  STR_builtin_function_or_method = 17,
  STR_bytearray = 18,
  STR_byteorder = 19,
  STR_bytes = 20,
  STR_callable = 21,
  STR_capitalize = 22,
  STR_ceil = 23,
  STR_cell = 24,
  STR_center = 25,
  STR_chr = 26,
  STR_clear = 27,
  STR_close = 28,
  STR_context = 29,
  STR_copy = 30,
  STR_copysign = 31,
  STR_cos = 32,
  STR_count = 33,
  STR_decode = 34,
  STR_default = 35,
  STR_degrees = 36,
  STR_delattr = 37,
  STR_device = 38,
  STR_dict = 39,
  STR_dict_items = 40,
  STR_dict_keys = 41,
  STR_dict_values = 42,
  STR_difference = 43,
  STR_difference_update = 44,
  STR_discard = 45,
  STR_divmod = 46,
  STR_dumps = 47,
  STR_e = 48,
  STR_ellipsis = 49,
  STR_encode = 50,
  STR_encoding = 51,
  STR_end = 52,
  STR_endswith = 53,
  STR_ensure_ascii = 54,
  STR_enumerate = 55,
  STR_errors = 56,
  STR_event = 57,
  STR_exp = 58,
  STR_extend = 59,
  STR_fabs = 60,
  STR_filter = 61,
  STR_find = 62,
  STR_float = 63,
  STR_floor = 64,
  STR_fmod = 65,
  STR_format = 66,
  STR_from_bytes = 67,
  STR_fromhex = 68,
  STR_fromkeys = 69,
  STR_frozenset = 70,
  STR_function = 71,
  STR_gcd = 72,
  STR_generator = 73,
  STR_get = 74,
  STR_getattr = 75,
  STR_handler = 76,
  STR_hasattr = 77,
  STR_hash = 78,
  STR_hex = 79,
  STR_hypot = 80,
  STR_id = 81,
  STR_imag = 82,
  STR_indent = 83,
  STR_index = 84,
  STR_inf = 85,
  STR_insert = 86,
  STR_int = 87,
  STR_intersection = 88,
  STR_intersection_update = 89,
  STR_is_integer = 90,
  STR_isalnum = 91,
  STR_isalpha = 92,
  STR_isclose = 93,
  STR_isdigit = 94,
  STR_isdisjoint = 95,
  STR_isfinite = 96,
  STR_isinf = 97,
  STR_isinstance = 98,
  STR_islower = 99,
  STR_isnan = 100,
  STR_isqrt = 101,
  STR_isspace = 102,
  STR_issubclass = 103,
  STR_issubset = 104,
  STR_issuperset = 105,
  STR_isupper = 106,
  STR_items = 107,
  STR_iter = 108,
  STR_iterable = 109,
  STR_iterator = 110,
  STR_join = 111,
  STR_json = 112,
  STR_keepends = 113,
  STR_key = 114,
  STR_keys = 115,
  STR_len = 116,
  STR_length = 117,
  STR_list = 118,
  STR_ljust = 119,
  STR_loads = 120,
  STR_log = 121,
  STR_log10 = 122,
  STR_log2 = 123,
  STR_lower = 124,
  STR_lstrip = 125,
  STR_map = 126,
  STR_math = 127,
  STR_max = 128,
  STR_maxsplit = 129,
  STR_method = 130,
  STR_min = 131,
  STR_mod = 132,
  STR_module = 133,
  STR_monotonic = 134,
  STR_nan = 135,
  STR_ndigits = 136,
  STR_next = 137,
  STR_number = 138,
  STR_obj = 139,
  STR_object = 140,
  STR_oct = 141,
  STR_ord = 142,
  STR_partition = 143,
  STR_pi = 144,
  STR_pop = 145,
  STR_popitem = 146,
  STR_pow = 147,
  STR_print = 148,
  STR_radians = 149,
  STR_range = 150,
  STR_read = 151,
  STR_real = 152,
  STR_records = 153,
  STR_rel_tol = 154,
  STR_remove = 155,
  STR_replace = 156,
  STR_repr = 157,
  STR_reverse = 158,
  STR_reversed = 159,
  STR_rfind = 160,
  STR_rindex = 161,
  STR_rjust = 162,
  STR_round = 163,
  STR_rpartition = 164,
  STR_rsplit = 165,
  STR_rstrip = 166,
  STR_self = 167,
  STR_sep = 168,
  STR_separators = 169,
  STR_set = 170,
  STR_setattr = 171,
  STR_setdefault = 172,
  STR_signed = 173,
  STR_sin = 174,
  STR_sleep = 175,
  STR_slice = 176,
  STR_sort = 177,
  STR_sort_keys = 178,
  STR_sorted = 179,
  STR_source = 180,
  STR_split = 181,
  STR_splitlines = 182,
  STR_sqrt = 183,
  STR_start = 184,
  STR_startswith = 185,
  STR_step = 186,
  STR_stop = 187,
  STR_str = 188,
  STR_strict = 189,
  STR_strip = 190,
  STR_sum = 191,
  STR_super = 192,
  STR_swapcase = 193,
  STR_symmetric_difference = 194,
  STR_tan = 195,
  STR_tau = 196,
  STR_ticks_ms = 197,
  STR_time = 198,
  STR_title = 199,
  STR_to_bytes = 200,
  STR_trunc = 201,
  STR_tuple = 202,
  STR_type = 203,
  STR_union = 204,
  STR_update = 205,
  STR_upper = 206,
  STR_value = 207,
  STR_values = 208,
  STR_zfill = 209,
  STR_zip = 210,
  STR__genexpr_ = 211,
  STR__lambda_ = 212,
  STR__module_ = 213,
  STR__named_ = 214,
  STR_ArithmeticError = 215,
  STR_AssertionError = 216,
  STR_AttributeError = 217,
  STR_BaseException = 218,
  STR_BufferError = 219,
  STR_EOFError = 220,
  STR_Exception = 221,
  STR_FloatingPointError = 222,
  STR_GeneratorExit = 223,
  STR_ImportError = 224,
  STR_IndexError = 225,
  STR_JSONDecodeError = 226,
  STR_KeyError = 227,
  STR_KeyboardInterrupt = 228,
  STR_LookupError = 229,
  STR_MemoryError = 230,
  STR_ModuleNotFoundError = 231,
  STR_NameError = 232,
  STR_NoneType = 233,
  STR_NotImplementedError = 234,
  STR_NotImplementedType = 235,
  STR_OSError = 236,
  STR_OverflowError = 237,
  STR_RecursionError = 238,
  STR_RuntimeError = 239,
  STR_StopIteration = 240,
  STR_SyntaxError = 241,
  STR_SystemExit = 242,
  STR_TimeoutError = 243,
  STR_TypeError = 244,
  STR_UnboundLocalError = 245,
  STR_UnicodeDecodeError = 246,
  STR_UnicodeEncodeError = 247,
  STR_UnicodeError = 248,
  STR_ValueError = 249,
  STR_ZeroDivisionError = 250,
  STR___abs__ = 251,
  STR___add__ = 252,
  STR___and__ = 253,
  STR___bool__ = 254,
  STR___call__ = 255,
  STR___cause__ = 256,
  STR___class__ = 257,
  STR___contains__ = 258,
  STR___delitem__ = 259,
  STR___dict__ = 260,
  STR___doc__ = 261,
  STR___enter__ = 262,
  STR___eq__ = 263,
  STR___exit__ = 264,
  STR___file__ = 265,
  STR___float__ = 266,
  STR___floordiv__ = 267,
  STR___format__ = 268,
  STR___ge__ = 269,
  STR___getattr__ = 270,
  STR___getitem__ = 271,
  STR___gt__ = 272,
  STR___hash__ = 273,
  STR___iadd__ = 274,
  STR___iand__ = 275,
  STR___ifloordiv__ = 276,
  STR___ilshift__ = 277,
  STR___imod__ = 278,
  STR___imul__ = 279,
  STR___index__ = 280,
  STR___init__ = 281,
  STR___int__ = 282,
  STR___invert__ = 283,
  STR___ior__ = 284,
  STR___ipow__ = 285,
  STR___irshift__ = 286,
  STR___isub__ = 287,
  STR___iter__ = 288,
  STR___itruediv__ = 289,
  STR___ixor__ = 290,
  STR___le__ = 291,
  STR___len__ = 292,
  STR___lshift__ = 293,
  STR___lt__ = 294,
  STR___main__ = 295,
  STR___missing__ = 296,
  STR___mod__ = 297,
  STR___module__ = 298,
  STR___mul__ = 299,
  STR___name__ = 300,
  STR___ne__ = 301,
  STR___neg__ = 302,
  STR___new__ = 303,
  STR___next__ = 304,
  STR___or__ = 305,
  STR___pos__ = 306,
  STR___pow__ = 307,
  STR___radd__ = 308,
  STR___rand__ = 309,
  STR___repr__ = 310,
  STR___rfloordiv__ = 311,
  STR___rlshift__ = 312,
  STR___rmod__ = 313,
  STR___rmul__ = 314,
  STR___ror__ = 315,
  STR___rpow__ = 316,
  STR___rrshift__ = 317,
  STR___rshift__ = 318,
  STR___rsub__ = 319,
  STR___rtruediv__ = 320,
  STR___rxor__ = 321,
  STR___setitem__ = 322,
  STR___str__ = 323,
  STR___sub__ = 324,
  STR___truediv__ = 325,
  STR___xor__ = 326,
  STR__compare = 327,
  STR__contains = 328,
  STR__fields = 329,
  STR__metaclass = 330,
  STR__new = 331,
  STR__percent = 332,
  STR__sort_by = 333,
  ROM_STRINGS = 334,
  ROM_STRINGS_LOWERCASE = 211,  // ids below begin with a small letter; both parts are sorted
};
#define ROM_TEXT "abs" "abs_tol" "acos" "add" "all" "any" "append" "args" "ascii" "asin" "atan" "atan2" "base" "bin" "bit_length" "board" "bool" "builtin_function_or_method" "bytearray" "byteorder" "bytes" "callable" "capitalize" "ceil" "cell" "center" "chr" "clear" "close" "context" "copy" "copysign" "cos" "count" "decode" "default" "degrees" "delattr" "device" "dict" "dict_items" "dict_keys" "dict_values" "difference" "difference_update" "discard" "divmod" "dumps" "e" "ellipsis" "encode" "encoding" "end" "endswith" "ensure_ascii" "enumerate" "errors" "event" "exp" "extend" "fabs" "filter" "find" "float" "floor" "fmod" "format" "from_bytes" "fromhex" "fromkeys" "frozenset" "function" "gcd" "generator" "get" "getattr" "handler" "hasattr" "hash" "hex" "hypot" "id" "imag" "indent" "index" "inf" "insert" "int" "intersection" "intersection_update" "is_integer" "isalnum" "isalpha" "isclose" "isdigit" "isdisjoint" "isfinite" "isinf" "isinstance" "islower" "isnan" "isqrt" "isspace" "issubclass" "issubset" "issuperset" "isupper" "items" "iter" "iterable" "iterator" "join" "json" "keepends" "key" "keys" "len" "length" "list" "ljust" "loads" "log" "log10" "log2" "lower" "lstrip" "map" "math" "max" "maxsplit" "method" "min" "mod" "module" "monotonic" "nan" "ndigits" "next" "number" "obj" "object" "oct" "ord" "partition" "pi" "pop" "popitem" "pow" "print" "radians" "range" "read" "real" "records" "rel_tol" "remove" "replace" "repr" "reverse" "reversed" "rfind" "rindex" "rjust" "round" "rpartition" "rsplit" "rstrip" "self" "sep" "separators" "set" "setattr" "setdefault" "signed" "sin" "sleep" "slice" "sort" "sort_keys" "sorted" "source" "split" "splitlines" "sqrt" "start" "startswith" "step" "stop" "str" "strict" "strip" "sum" "super" "swapcase" "symmetric_difference" "tan" "tau" "ticks_ms" "time" "title" "to_bytes" "trunc" "tuple" "type" "union" "update" "upper" "value" "values" "zfill" "zip" "<genexpr>" "<lambda>" "<module>" "<named>" "ArithmeticError" "AssertionError" "AttributeError" "BaseException" "BufferError" "EOFError" "Exception" "FloatingPointError" "GeneratorExit" "ImportError" "IndexError" "JSONDecodeError" "KeyError" "KeyboardInterrupt" "LookupError" "MemoryError" "ModuleNotFoundError" "NameError" "NoneType" "NotImplementedError" "NotImplementedType" "OSError" "OverflowError" "RecursionError" "RuntimeError" "StopIteration" "SyntaxError" "SystemExit" "TimeoutError" "TypeError" "UnboundLocalError" "UnicodeDecodeError" "UnicodeEncodeError" "UnicodeError" "ValueError" "ZeroDivisionError" "__abs__" "__add__" "__and__" "__bool__" "__call__" "__cause__" "__class__" "__contains__" "__delitem__" "__dict__" "__doc__" "__enter__" "__eq__" "__exit__" "__file__" "__float__" "__floordiv__" "__format__" "__ge__" "__getattr__" "__getitem__" "__gt__" "__hash__" "__iadd__" "__iand__" "__ifloordiv__" "__ilshift__" "__imod__" "__imul__" "__index__" "__init__" "__int__" "__invert__" "__ior__" "__ipow__" "__irshift__" "__isub__" "__iter__" "__itruediv__" "__ixor__" "__le__" "__len__" "__lshift__" "__lt__" "__main__" "__missing__" "__mod__" "__module__" "__mul__" "__name__" "__ne__" "__neg__" "__new__" "__next__" "__or__" "__pos__" "__pow__" "__radd__" "__rand__" "__repr__" "__rfloordiv__" "__rlshift__" "__rmod__" "__rmul__" "__ror__" "__rpow__" "__rrshift__" "__rshift__" "__rsub__" "__rtruediv__" "__rxor__" "__setitem__" "__str__" "__sub__" "__truediv__" "__xor__" "_compare" "_contains" "_fields" "_metaclass" "_new" "_percent" "_sort_by"
#define ROM_TEXT_AT {0, 3, 10, 14, 17, 20, 23, 29, 33, 38, 42, 46, 51, 55, 58, 68, 73, 77, 103, 112, 121, 126, 134, 144, 148, 152, 158, 161, 166, 171, 178, 182, 190, 193, 198, 204, 211, 218, 225, 231, 235, 245, 254, 265, 275, 292, 299, 305, 310, 311, 319, 325, 333, 336, 344, 356, 365, 371, 376, 379, 385, 389, 395, 399, 404, 409, 413, 419, 429, 436, 444, 453, 461, 464, 473, 476, 483, 490, 497, 501, 504, 509, 511, 515, 521, 526, 529, 535, 538, 550, 569, 579, 586, 593, 600, 607, 617, 625, 630, 640, 647, 652, 657, 664, 674, 682, 692, 699, 704, 708, 716, 724, 728, 732, 740, 743, 747, 750, 756, 760, 765, 770, 773, 778, 782, 787, 793, 796, 800, 803, 811, 817, 820, 823, 829, 838, 841, 848, 852, 858, 861, 867, 870, 873, 882, 884, 887, 894, 897, 902, 909, 914, 918, 922, 929, 936, 942, 949, 953, 960, 968, 973, 979, 984, 989, 999, 1005, 1011, 1015, 1018, 1028, 1031, 1038, 1048, 1054, 1057, 1062, 1067, 1071, 1080, 1086, 1092, 1097, 1107, 1111, 1116, 1126, 1130, 1134, 1137, 1143, 1148, 1151, 1156, 1164, 1184, 1187, 1190, 1198, 1202, 1207, 1215, 1220, 1225, 1229, 1234, 1240, 1245, 1250, 1256, 1261, 1264, 1273, 1281, 1289, 1296, 1311, 1325, 1339, 1352, 1363, 1371, 1380, 1398, 1411, 1422, 1432, 1447, 1455, 1472, 1483, 1494, 1513, 1522, 1530, 1549, 1567, 1574, 1587, 1601, 1613, 1626, 1637, 1647, 1659, 1668, 1685, 1703, 1721, 1733, 1743, 1760, 1767, 1774, 1781, 1789, 1797, 1806, 1815, 1827, 1838, 1846, 1853, 1862, 1868, 1876, 1884, 1893, 1905, 1915, 1921, 1932, 1943, 1949, 1957, 1965, 1973, 1986, 1997, 2005, 2013, 2022, 2030, 2037, 2047, 2054, 2062, 2073, 2081, 2089, 2101, 2109, 2115, 2122, 2132, 2138, 2146, 2157, 2164, 2174, 2181, 2189, 2195, 2202, 2209, 2217, 2223, 2230, 2237, 2245, 2253, 2261, 2274, 2285, 2293, 2301, 2308, 2316, 2327, 2337, 2345, 2357, 2365, 2376, 2383, 2390, 2401, 2408, 2416, 2425, 2432, 2442, 2446, 2454, 2462}

enum builtin_type {
  T_object = 0,
  T_NoneType = 1,
  T_ellipsis = 2,
  T_NotImplementedType = 3,
  T_type = 4,
  T_int = 5,
  T_bool = 6,
  T_float = 7,
  T_str = 8,
  T_bytes = 9,
  T_bytearray = 10,
  T_tuple = 11,
  T_list = 12,
  T_dict = 13,
  T_set = 14,
  T_frozenset = 15,
  T_range = 16,
  T_slice = 17,
  T_function = 18,
  T_builtin_function_or_method = 19,
  T_method = 20,
  T_module = 21,
  T_generator = 22,
  T_iterator = 23,
  T_dict_keys = 24,
  T_dict_values = 25,
  T_dict_items = 26,
  T_cell = 27,
  T_super = 28,
  T_zip = 29,
  T_enumerate = 30,
  T_reversed = 31,
  T_map = 32,
  T_filter = 33,
  T_BaseException = 34,
  T_SystemExit = 35,
  T_KeyboardInterrupt = 36,
  T_GeneratorExit = 37,
  T_Exception = 38,
  T_StopIteration = 39,
  T_ArithmeticError = 40,
  T_FloatingPointError = 41,
  T_OverflowError = 42,
  T_ZeroDivisionError = 43,
  T_AssertionError = 44,
  T_AttributeError = 45,
  T_BufferError = 46,
  T_EOFError = 47,
  T_ImportError = 48,
  T_ModuleNotFoundError = 49,
  T_LookupError = 50,
  T_IndexError = 51,
  T_KeyError = 52,
  T_MemoryError = 53,
  T_NameError = 54,
  T_UnboundLocalError = 55,
  T_OSError = 56,
  T_TimeoutError = 57,
  T_RuntimeError = 58,
  T_NotImplementedError = 59,
  T_RecursionError = 60,
  T_SyntaxError = 61,
  T_TypeError = 62,
  T_ValueError = 63,
  T_UnicodeError = 64,
  T_UnicodeDecodeError = 65,
  T_UnicodeEncodeError = 66,
  T_JSONDecodeError = 67,
  BUILTIN_TYPES
};
// X(name, base type, built-in function that constructs it or 0xFFFF)
#define IOTPY_TYPES(X) \
  X(object, T_object, B_object) \
  X(NoneType, T_object, 0xFFFF) \
  X(ellipsis, T_object, 0xFFFF) \
  X(NotImplementedType, T_object, 0xFFFF) \
  X(type, T_object, B_type) \
  X(int, T_object, B_int) \
  X(bool, T_int, B_bool) \
  X(float, T_object, B_float) \
  X(str, T_object, B_str) \
  X(bytes, T_object, B_bytes) \
  X(bytearray, T_object, B_bytearray) \
  X(tuple, T_object, B_tuple) \
  X(list, T_object, B_list) \
  X(dict, T_object, B_dict) \
  X(set, T_object, B_set) \
  X(frozenset, T_object, B_frozenset) \
  X(range, T_object, B_range) \
  X(slice, T_object, B_slice) \
  X(function, T_object, 0xFFFF) \
  X(builtin_function_or_method, T_object, 0xFFFF) \
  X(method, T_object, 0xFFFF) \
  X(module, T_object, 0xFFFF) \
  X(generator, T_object, 0xFFFF) \
  X(iterator, T_object, 0xFFFF) \
  X(dict_keys, T_object, 0xFFFF) \
  X(dict_values, T_object, 0xFFFF) \
  X(dict_items, T_object, 0xFFFF) \
  X(cell, T_object, 0xFFFF) \
  X(super, T_object, 0xFFFF) \
  X(zip, T_object, B_zip) \
  X(enumerate, T_object, B_enumerate) \
  X(reversed, T_object, B_reversed) \
  X(map, T_object, B_map) \
  X(filter, T_object, B_filter) \
  X(BaseException, T_object, B_BaseException) \
  X(SystemExit, T_BaseException, B_BaseException) \
  X(KeyboardInterrupt, T_BaseException, B_BaseException) \
  X(GeneratorExit, T_BaseException, B_BaseException) \
  X(Exception, T_BaseException, B_BaseException) \
  X(StopIteration, T_Exception, B_BaseException) \
  X(ArithmeticError, T_Exception, B_BaseException) \
  X(FloatingPointError, T_ArithmeticError, B_BaseException) \
  X(OverflowError, T_ArithmeticError, B_BaseException) \
  X(ZeroDivisionError, T_ArithmeticError, B_BaseException) \
  X(AssertionError, T_Exception, B_BaseException) \
  X(AttributeError, T_Exception, B_BaseException) \
  X(BufferError, T_Exception, B_BaseException) \
  X(EOFError, T_Exception, B_BaseException) \
  X(ImportError, T_Exception, B_BaseException) \
  X(ModuleNotFoundError, T_ImportError, B_BaseException) \
  X(LookupError, T_Exception, B_BaseException) \
  X(IndexError, T_LookupError, B_BaseException) \
  X(KeyError, T_LookupError, B_BaseException) \
  X(MemoryError, T_Exception, B_BaseException) \
  X(NameError, T_Exception, B_BaseException) \
  X(UnboundLocalError, T_NameError, B_BaseException) \
  X(OSError, T_Exception, B_BaseException) \
  X(TimeoutError, T_OSError, B_BaseException) \
  X(RuntimeError, T_Exception, B_BaseException) \
  X(NotImplementedError, T_RuntimeError, B_BaseException) \
  X(RecursionError, T_RuntimeError, B_BaseException) \
  X(SyntaxError, T_Exception, B_BaseException) \
  X(TypeError, T_Exception, B_BaseException) \
  X(ValueError, T_Exception, B_BaseException) \
  X(UnicodeError, T_ValueError, B_BaseException) \
  X(UnicodeDecodeError, T_UnicodeError, B_BaseException) \
  X(UnicodeEncodeError, T_UnicodeError, B_BaseException) \
  X(JSONDecodeError, T_ValueError, B_BaseException) \

enum builtin_module {
  M_math = 0,
  M_json = 1,
  M_time = 2,
  M_device = 3,
  BUILTIN_MODULES
};

enum builtin_owner { OWNER_NONE, OWNER_TYPE, OWNER_MODULE };
enum builtin_function {
  B_object = 0,
  B_type = 1,
  B_int = 2,
  B_bool = 3,
  B_float = 4,
  B_str = 5,
  B_bytes = 6,
  B_bytearray = 7,
  B_tuple = 8,
  B_list = 9,
  B_dict = 10,
  B_set = 11,
  B_frozenset = 12,
  B_range = 13,
  B_slice = 14,
  B_zip = 15,
  B_enumerate = 16,
  B_reversed = 17,
  B_map = 18,
  B_filter = 19,
  B_BaseException = 20,
  B_abs = 21,
  B_all = 22,
  B_any = 23,
  B_ascii = 24,
  B_bin = 25,
  B_callable = 26,
  B_chr = 27,
  B_delattr = 28,
  B_divmod = 29,
  B_format = 30,
  B_getattr = 31,
  B_hasattr = 32,
  B_hash = 33,
  B_hex = 34,
  B_id = 35,
  B_isinstance = 36,
  B_issubclass = 37,
  B_iter = 38,
  B_len = 39,
  B_max = 40,
  B_min = 41,
  B_next = 42,
  B_oct = 43,
  B_ord = 44,
  B_pow = 45,
  B_print = 46,
  B_repr = 47,
  B_round = 48,
  B_setattr = 49,
  B_sorted = 50,
  B_sum = 51,
  B_object_dot___init__ = 52,
  B_int_dot_bit_length = 53,
  B_int_dot_to_bytes = 54,
  B_int_dot_from_bytes = 55,
  B_float_dot_is_integer = 56,
  B_float_dot_hex = 57,
  B_str_dot_capitalize = 58,
  B_str_dot_center = 59,
  B_str_dot_count = 60,
  B_str_dot_encode = 61,
  B_str_dot_endswith = 62,
  B_str_dot_find = 63,
  B_str_dot_format = 64,
  B_str_dot_index = 65,
  B_str_dot_isalnum = 66,
  B_str_dot_isalpha = 67,
  B_str_dot_isdigit = 68,
  B_str_dot_islower = 69,
  B_str_dot_isspace = 70,
  B_str_dot_isupper = 71,
  B_str_dot_join = 72,
  B_str_dot_ljust = 73,
  B_str_dot_lower = 74,
  B_str_dot_lstrip = 75,
  B_str_dot_partition = 76,
  B_str_dot_replace = 77,
  B_str_dot_rfind = 78,
  B_str_dot_rindex = 79,
  B_str_dot_rjust = 80,
  B_str_dot_rpartition = 81,
  B_str_dot_rsplit = 82,
  B_str_dot_rstrip = 83,
  B_str_dot_split = 84,
  B_str_dot_splitlines = 85,
  B_str_dot_startswith = 86,
  B_str_dot_strip = 87,
  B_str_dot_swapcase = 88,
  B_str_dot_title = 89,
  B_str_dot_upper = 90,
  B_str_dot_zfill = 91,
  B_bytes_dot_decode = 92,
  B_bytes_dot_hex = 93,
  B_bytes_dot_fromhex = 94,
  B_bytes_dot_find = 95,
  B_bytes_dot_count = 96,
  B_bytes_dot_startswith = 97,
  B_bytes_dot_endswith = 98,
  B_bytes_dot_join = 99,
  B_bytes_dot_split = 100,
  B_bytes_dot_strip = 101,
  B_bytes_dot_replace = 102,
  B_bytearray_dot_append = 103,
  B_bytearray_dot_extend = 104,
  B_bytearray_dot_pop = 105,
  B_bytearray_dot_clear = 106,
  B_bytearray_dot_decode = 107,
  B_bytearray_dot_hex = 108,
  B_bytearray_dot_find = 109,
  B_tuple_dot_count = 110,
  B_tuple_dot_index = 111,
  B_list_dot_append = 112,
  B_list_dot_clear = 113,
  B_list_dot_copy = 114,
  B_list_dot_count = 115,
  B_list_dot_extend = 116,
  B_list_dot_index = 117,
  B_list_dot_insert = 118,
  B_list_dot_pop = 119,
  B_list_dot_remove = 120,
  B_list_dot_reverse = 121,
  B_list_dot_sort = 122,
  B_dict_dot_clear = 123,
  B_dict_dot_copy = 124,
  B_dict_dot_fromkeys = 125,
  B_dict_dot_get = 126,
  B_dict_dot_items = 127,
  B_dict_dot_keys = 128,
  B_dict_dot_pop = 129,
  B_dict_dot_popitem = 130,
  B_dict_dot_setdefault = 131,
  B_dict_dot_update = 132,
  B_dict_dot_values = 133,
  B_set_dot_add = 134,
  B_set_dot_clear = 135,
  B_set_dot_copy = 136,
  B_set_dot_difference = 137,
  B_set_dot_difference_update = 138,
  B_set_dot_discard = 139,
  B_set_dot_intersection = 140,
  B_set_dot_intersection_update = 141,
  B_set_dot_isdisjoint = 142,
  B_set_dot_issubset = 143,
  B_set_dot_issuperset = 144,
  B_set_dot_pop = 145,
  B_set_dot_remove = 146,
  B_set_dot_symmetric_difference = 147,
  B_set_dot_union = 148,
  B_set_dot_update = 149,
  B_range_dot_count = 150,
  B_range_dot_index = 151,
  B_generator_dot_close = 152,
  B_BaseException_dot___init__ = 153,
  B_BaseException_dot___str__ = 154,
  B_math_dot_acos = 155,
  B_math_dot_asin = 156,
  B_math_dot_atan = 157,
  B_math_dot_atan2 = 158,
  B_math_dot_ceil = 159,
  B_math_dot_copysign = 160,
  B_math_dot_cos = 161,
  B_math_dot_degrees = 162,
  B_math_dot_exp = 163,
  B_math_dot_fabs = 164,
  B_math_dot_floor = 165,
  B_math_dot_fmod = 166,
  B_math_dot_gcd = 167,
  B_math_dot_hypot = 168,
  B_math_dot_isclose = 169,
  B_math_dot_isfinite = 170,
  B_math_dot_isinf = 171,
  B_math_dot_isnan = 172,
  B_math_dot_isqrt = 173,
  B_math_dot_log = 174,
  B_math_dot_log10 = 175,
  B_math_dot_log2 = 176,
  B_math_dot_pow = 177,
  B_math_dot_radians = 178,
  B_math_dot_sin = 179,
  B_math_dot_sqrt = 180,
  B_math_dot_tan = 181,
  B_math_dot_trunc = 182,
  B_json_dot_dumps = 183,
  B_json_dot_loads = 184,
  B_time_dot_monotonic = 185,
  B_time_dot_sleep = 186,
  B_time_dot_ticks_ms = 187,
  B_time_dot_time = 188,
  B_device_dot_append = 189,
  B_device_dot_board = 190,
  B_device_dot_read = 191,
  B_device_dot_records = 192,
  B_iterator_dot___next__ = 193,
  B__contains = 194,
  B__compare = 195,
  B__percent = 196,
  B__sort_by = 197,
  B__named_ = 198,
  B__new = 199,
  B__fields = 200,
  B__metaclass = 201,
  BUILTIN_FUNCTIONS
};
// X(identifier, name string, owner kind, owner, least arguments, most arguments (255: any), first keyword in ROM_KEYWORDS, keywords)
// The native of a row is `native_<identifier>`.
#define IOTPY_BUILTINS(X) \
  X(object, STR_object, OWNER_NONE, 0, 0, 255, 0, 0) \
  X(type, STR_type, OWNER_NONE, 0, 1, 1, 0, 0) \
  X(int, STR_int, OWNER_NONE, 0, 0, 2, 0, 2) \
  X(bool, STR_bool, OWNER_NONE, 0, 0, 1, 2, 0) \
  X(float, STR_float, OWNER_NONE, 0, 0, 1, 2, 0) \
  X(str, STR_str, OWNER_NONE, 0, 0, 3, 2, 3) \
  X(bytes, STR_bytes, OWNER_NONE, 0, 0, 3, 5, 3) \
  X(bytearray, STR_bytearray, OWNER_NONE, 0, 0, 3, 8, 3) \
  X(tuple, STR_tuple, OWNER_NONE, 0, 0, 1, 11, 0) \
  X(list, STR_list, OWNER_NONE, 0, 0, 1, 11, 0) \
  X(dict, STR_dict, OWNER_NONE, 0, 0, 1, 11, 1) \
  X(set, STR_set, OWNER_NONE, 0, 0, 1, 12, 0) \
  X(frozenset, STR_frozenset, OWNER_NONE, 0, 0, 1, 12, 0) \
  X(range, STR_range, OWNER_NONE, 0, 1, 3, 12, 0) \
  X(slice, STR_slice, OWNER_NONE, 0, 1, 3, 12, 0) \
  X(zip, STR_zip, OWNER_NONE, 0, 0, 255, 12, 2) \
  X(enumerate, STR_enumerate, OWNER_NONE, 0, 1, 2, 14, 2) \
  X(reversed, STR_reversed, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(map, STR_map, OWNER_NONE, 0, 2, 255, 16, 0) \
  X(filter, STR_filter, OWNER_NONE, 0, 2, 2, 16, 0) \
  X(BaseException, STR_BaseException, OWNER_NONE, 0, 0, 255, 16, 0) \
  X(abs, STR_abs, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(all, STR_all, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(any, STR_any, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(ascii, STR_ascii, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(bin, STR_bin, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(callable, STR_callable, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(chr, STR_chr, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(delattr, STR_delattr, OWNER_NONE, 0, 2, 2, 16, 0) \
  X(divmod, STR_divmod, OWNER_NONE, 0, 2, 2, 16, 0) \
  X(format, STR_format, OWNER_NONE, 0, 1, 2, 16, 0) \
  X(getattr, STR_getattr, OWNER_NONE, 0, 2, 3, 16, 0) \
  X(hasattr, STR_hasattr, OWNER_NONE, 0, 2, 2, 16, 0) \
  X(hash, STR_hash, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(hex, STR_hex, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(id, STR_id, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(isinstance, STR_isinstance, OWNER_NONE, 0, 2, 2, 16, 0) \
  X(issubclass, STR_issubclass, OWNER_NONE, 0, 2, 2, 16, 0) \
  X(iter, STR_iter, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(len, STR_len, OWNER_NONE, 0, 1, 1, 16, 0) \
  X(max, STR_max, OWNER_NONE, 0, 1, 255, 16, 3) \
  X(min, STR_min, OWNER_NONE, 0, 1, 255, 19, 3) \
  X(next, STR_next, OWNER_NONE, 0, 1, 2, 22, 0) \
  X(oct, STR_oct, OWNER_NONE, 0, 1, 1, 22, 0) \
  X(ord, STR_ord, OWNER_NONE, 0, 1, 1, 22, 0) \
  X(pow, STR_pow, OWNER_NONE, 0, 2, 3, 22, 3) \
  X(print, STR_print, OWNER_NONE, 0, 0, 255, 25, 3) \
  X(repr, STR_repr, OWNER_NONE, 0, 1, 1, 28, 0) \
  X(round, STR_round, OWNER_NONE, 0, 1, 2, 28, 2) \
  X(setattr, STR_setattr, OWNER_NONE, 0, 3, 3, 30, 0) \
  X(sorted, STR_sorted, OWNER_NONE, 0, 1, 3, 30, 3) \
  X(sum, STR_sum, OWNER_NONE, 0, 1, 2, 33, 2) \
  X(object_dot___init__, STR___init__, OWNER_TYPE, T_object, 1, 255, 35, 3) \
  X(int_dot_bit_length, STR_bit_length, OWNER_TYPE, T_int, 1, 1, 38, 0) \
  X(int_dot_to_bytes, STR_to_bytes, OWNER_TYPE, T_int, 1, 4, 38, 4) \
  X(int_dot_from_bytes, STR_from_bytes, OWNER_TYPE, T_int, 1, 3, 42, 3) \
  X(float_dot_is_integer, STR_is_integer, OWNER_TYPE, T_float, 1, 1, 45, 0) \
  X(float_dot_hex, STR_hex, OWNER_TYPE, T_float, 1, 1, 45, 0) \
  X(str_dot_capitalize, STR_capitalize, OWNER_TYPE, T_str, 1, 1, 45, 0) \
  X(str_dot_center, STR_center, OWNER_TYPE, T_str, 2, 3, 45, 0) \
  X(str_dot_count, STR_count, OWNER_TYPE, T_str, 2, 4, 45, 0) \
  X(str_dot_encode, STR_encode, OWNER_TYPE, T_str, 1, 3, 45, 3) \
  X(str_dot_endswith, STR_endswith, OWNER_TYPE, T_str, 2, 4, 48, 0) \
  X(str_dot_find, STR_find, OWNER_TYPE, T_str, 2, 4, 48, 0) \
  X(str_dot_format, STR_format, OWNER_TYPE, T_str, 1, 255, 48, 1) \
  X(str_dot_index, STR_index, OWNER_TYPE, T_str, 2, 4, 49, 0) \
  X(str_dot_isalnum, STR_isalnum, OWNER_TYPE, T_str, 1, 1, 49, 0) \
  X(str_dot_isalpha, STR_isalpha, OWNER_TYPE, T_str, 1, 1, 49, 0) \
  X(str_dot_isdigit, STR_isdigit, OWNER_TYPE, T_str, 1, 1, 49, 0) \
  X(str_dot_islower, STR_islower, OWNER_TYPE, T_str, 1, 1, 49, 0) \
  X(str_dot_isspace, STR_isspace, OWNER_TYPE, T_str, 1, 1, 49, 0) \
  X(str_dot_isupper, STR_isupper, OWNER_TYPE, T_str, 1, 1, 49, 0) \
  X(str_dot_join, STR_join, OWNER_TYPE, T_str, 2, 2, 49, 0) \
  X(str_dot_ljust, STR_ljust, OWNER_TYPE, T_str, 2, 3, 49, 0) \
  X(str_dot_lower, STR_lower, OWNER_TYPE, T_str, 1, 1, 49, 0) \
  X(str_dot_lstrip, STR_lstrip, OWNER_TYPE, T_str, 1, 2, 49, 0) \
  X(str_dot_partition, STR_partition, OWNER_TYPE, T_str, 2, 2, 49, 0) \
  X(str_dot_replace, STR_replace, OWNER_TYPE, T_str, 3, 4, 49, 0) \
  X(str_dot_rfind, STR_rfind, OWNER_TYPE, T_str, 2, 4, 49, 0) \
  X(str_dot_rindex, STR_rindex, OWNER_TYPE, T_str, 2, 4, 49, 0) \
  X(str_dot_rjust, STR_rjust, OWNER_TYPE, T_str, 2, 3, 49, 0) \
  X(str_dot_rpartition, STR_rpartition, OWNER_TYPE, T_str, 2, 2, 49, 0) \
  X(str_dot_rsplit, STR_rsplit, OWNER_TYPE, T_str, 1, 3, 49, 3) \
  X(str_dot_rstrip, STR_rstrip, OWNER_TYPE, T_str, 1, 2, 52, 0) \
  X(str_dot_split, STR_split, OWNER_TYPE, T_str, 1, 3, 52, 3) \
  X(str_dot_splitlines, STR_splitlines, OWNER_TYPE, T_str, 1, 2, 55, 2) \
  X(str_dot_startswith, STR_startswith, OWNER_TYPE, T_str, 2, 4, 57, 0) \
  X(str_dot_strip, STR_strip, OWNER_TYPE, T_str, 1, 2, 57, 0) \
  X(str_dot_swapcase, STR_swapcase, OWNER_TYPE, T_str, 1, 1, 57, 0) \
  X(str_dot_title, STR_title, OWNER_TYPE, T_str, 1, 1, 57, 0) \
  X(str_dot_upper, STR_upper, OWNER_TYPE, T_str, 1, 1, 57, 0) \
  X(str_dot_zfill, STR_zfill, OWNER_TYPE, T_str, 2, 2, 57, 0) \
  X(bytes_dot_decode, STR_decode, OWNER_TYPE, T_bytes, 1, 3, 57, 3) \
  X(bytes_dot_hex, STR_hex, OWNER_TYPE, T_bytes, 1, 2, 60, 0) \
  X(bytes_dot_fromhex, STR_fromhex, OWNER_TYPE, T_bytes, 1, 1, 60, 0) \
  X(bytes_dot_find, STR_find, OWNER_TYPE, T_bytes, 2, 4, 60, 0) \
  X(bytes_dot_count, STR_count, OWNER_TYPE, T_bytes, 2, 4, 60, 0) \
  X(bytes_dot_startswith, STR_startswith, OWNER_TYPE, T_bytes, 2, 4, 60, 0) \
  X(bytes_dot_endswith, STR_endswith, OWNER_TYPE, T_bytes, 2, 4, 60, 0) \
  X(bytes_dot_join, STR_join, OWNER_TYPE, T_bytes, 2, 2, 60, 0) \
  X(bytes_dot_split, STR_split, OWNER_TYPE, T_bytes, 1, 3, 60, 3) \
  X(bytes_dot_strip, STR_strip, OWNER_TYPE, T_bytes, 1, 2, 63, 0) \
  X(bytes_dot_replace, STR_replace, OWNER_TYPE, T_bytes, 3, 4, 63, 0) \
  X(bytearray_dot_append, STR_append, OWNER_TYPE, T_bytearray, 2, 2, 63, 0) \
  X(bytearray_dot_extend, STR_extend, OWNER_TYPE, T_bytearray, 2, 2, 63, 0) \
  X(bytearray_dot_pop, STR_pop, OWNER_TYPE, T_bytearray, 1, 2, 63, 0) \
  X(bytearray_dot_clear, STR_clear, OWNER_TYPE, T_bytearray, 1, 1, 63, 0) \
  X(bytearray_dot_decode, STR_decode, OWNER_TYPE, T_bytearray, 1, 3, 63, 3) \
  X(bytearray_dot_hex, STR_hex, OWNER_TYPE, T_bytearray, 1, 2, 66, 0) \
  X(bytearray_dot_find, STR_find, OWNER_TYPE, T_bytearray, 2, 4, 66, 0) \
  X(tuple_dot_count, STR_count, OWNER_TYPE, T_tuple, 2, 2, 66, 0) \
  X(tuple_dot_index, STR_index, OWNER_TYPE, T_tuple, 2, 4, 66, 0) \
  X(list_dot_append, STR_append, OWNER_TYPE, T_list, 2, 2, 66, 0) \
  X(list_dot_clear, STR_clear, OWNER_TYPE, T_list, 1, 1, 66, 0) \
  X(list_dot_copy, STR_copy, OWNER_TYPE, T_list, 1, 1, 66, 0) \
  X(list_dot_count, STR_count, OWNER_TYPE, T_list, 2, 2, 66, 0) \
  X(list_dot_extend, STR_extend, OWNER_TYPE, T_list, 2, 2, 66, 0) \
  X(list_dot_index, STR_index, OWNER_TYPE, T_list, 2, 4, 66, 0) \
  X(list_dot_insert, STR_insert, OWNER_TYPE, T_list, 3, 3, 66, 0) \
  X(list_dot_pop, STR_pop, OWNER_TYPE, T_list, 1, 2, 66, 0) \
  X(list_dot_remove, STR_remove, OWNER_TYPE, T_list, 2, 2, 66, 0) \
  X(list_dot_reverse, STR_reverse, OWNER_TYPE, T_list, 1, 1, 66, 0) \
  X(list_dot_sort, STR_sort, OWNER_TYPE, T_list, 1, 3, 66, 3) \
  X(dict_dot_clear, STR_clear, OWNER_TYPE, T_dict, 1, 1, 69, 0) \
  X(dict_dot_copy, STR_copy, OWNER_TYPE, T_dict, 1, 1, 69, 0) \
  X(dict_dot_fromkeys, STR_fromkeys, OWNER_TYPE, T_dict, 1, 2, 69, 0) \
  X(dict_dot_get, STR_get, OWNER_TYPE, T_dict, 2, 3, 69, 0) \
  X(dict_dot_items, STR_items, OWNER_TYPE, T_dict, 1, 1, 69, 0) \
  X(dict_dot_keys, STR_keys, OWNER_TYPE, T_dict, 1, 1, 69, 0) \
  X(dict_dot_pop, STR_pop, OWNER_TYPE, T_dict, 2, 3, 69, 0) \
  X(dict_dot_popitem, STR_popitem, OWNER_TYPE, T_dict, 1, 1, 69, 0) \
  X(dict_dot_setdefault, STR_setdefault, OWNER_TYPE, T_dict, 2, 3, 69, 0) \
  X(dict_dot_update, STR_update, OWNER_TYPE, T_dict, 1, 2, 69, 1) \
  X(dict_dot_values, STR_values, OWNER_TYPE, T_dict, 1, 1, 70, 0) \
  X(set_dot_add, STR_add, OWNER_TYPE, T_set, 2, 2, 70, 0) \
  X(set_dot_clear, STR_clear, OWNER_TYPE, T_set, 1, 1, 70, 0) \
  X(set_dot_copy, STR_copy, OWNER_TYPE, T_set, 1, 1, 70, 0) \
  X(set_dot_difference, STR_difference, OWNER_TYPE, T_set, 1, 255, 70, 0) \
  X(set_dot_difference_update, STR_difference_update, OWNER_TYPE, T_set, 1, 255, 70, 0) \
  X(set_dot_discard, STR_discard, OWNER_TYPE, T_set, 2, 2, 70, 0) \
  X(set_dot_intersection, STR_intersection, OWNER_TYPE, T_set, 1, 255, 70, 0) \
  X(set_dot_intersection_update, STR_intersection_update, OWNER_TYPE, T_set, 1, 255, 70, 0) \
  X(set_dot_isdisjoint, STR_isdisjoint, OWNER_TYPE, T_set, 2, 2, 70, 0) \
  X(set_dot_issubset, STR_issubset, OWNER_TYPE, T_set, 2, 2, 70, 0) \
  X(set_dot_issuperset, STR_issuperset, OWNER_TYPE, T_set, 2, 2, 70, 0) \
  X(set_dot_pop, STR_pop, OWNER_TYPE, T_set, 1, 1, 70, 0) \
  X(set_dot_remove, STR_remove, OWNER_TYPE, T_set, 2, 2, 70, 0) \
  X(set_dot_symmetric_difference, STR_symmetric_difference, OWNER_TYPE, T_set, 2, 2, 70, 0) \
  X(set_dot_union, STR_union, OWNER_TYPE, T_set, 1, 255, 70, 0) \
  X(set_dot_update, STR_update, OWNER_TYPE, T_set, 1, 255, 70, 0) \
  X(range_dot_count, STR_count, OWNER_TYPE, T_range, 2, 2, 70, 0) \
  X(range_dot_index, STR_index, OWNER_TYPE, T_range, 2, 2, 70, 0) \
  X(generator_dot_close, STR_close, OWNER_TYPE, T_generator, 1, 1, 70, 0) \
  X(BaseException_dot___init__, STR___init__, OWNER_TYPE, T_BaseException, 1, 255, 70, 0) \
  X(BaseException_dot___str__, STR___str__, OWNER_TYPE, T_BaseException, 1, 1, 70, 0) \
  X(math_dot_acos, STR_acos, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_asin, STR_asin, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_atan, STR_atan, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_atan2, STR_atan2, OWNER_MODULE, M_math, 2, 2, 70, 0) \
  X(math_dot_ceil, STR_ceil, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_copysign, STR_copysign, OWNER_MODULE, M_math, 2, 2, 70, 0) \
  X(math_dot_cos, STR_cos, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_degrees, STR_degrees, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_exp, STR_exp, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_fabs, STR_fabs, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_floor, STR_floor, OWNER_MODULE, M_math, 1, 1, 70, 0) \
  X(math_dot_fmod, STR_fmod, OWNER_MODULE, M_math, 2, 2, 70, 0) \
  X(math_dot_gcd, STR_gcd, OWNER_MODULE, M_math, 0, 255, 70, 0) \
  X(math_dot_hypot, STR_hypot, OWNER_MODULE, M_math, 0, 255, 70, 0) \
  X(math_dot_isclose, STR_isclose, OWNER_MODULE, M_math, 2, 4, 70, 4) \
  X(math_dot_isfinite, STR_isfinite, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_isinf, STR_isinf, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_isnan, STR_isnan, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_isqrt, STR_isqrt, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_log, STR_log, OWNER_MODULE, M_math, 1, 2, 74, 0) \
  X(math_dot_log10, STR_log10, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_log2, STR_log2, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_pow, STR_pow, OWNER_MODULE, M_math, 2, 2, 74, 0) \
  X(math_dot_radians, STR_radians, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_sin, STR_sin, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_sqrt, STR_sqrt, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_tan, STR_tan, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(math_dot_trunc, STR_trunc, OWNER_MODULE, M_math, 1, 1, 74, 0) \
  X(json_dot_dumps, STR_dumps, OWNER_MODULE, M_json, 1, 5, 74, 5) \
  X(json_dot_loads, STR_loads, OWNER_MODULE, M_json, 1, 1, 79, 0) \
  X(time_dot_monotonic, STR_monotonic, OWNER_MODULE, M_time, 0, 0, 79, 0) \
  X(time_dot_sleep, STR_sleep, OWNER_MODULE, M_time, 1, 1, 79, 0) \
  X(time_dot_ticks_ms, STR_ticks_ms, OWNER_MODULE, M_time, 0, 0, 79, 0) \
  X(time_dot_time, STR_time, OWNER_MODULE, M_time, 0, 0, 79, 0) \
  X(device_dot_append, STR_append, OWNER_MODULE, M_device, 2, 2, 79, 0) \
  X(device_dot_board, STR_board, OWNER_MODULE, M_device, 0, 0, 79, 0) \
  X(device_dot_read, STR_read, OWNER_MODULE, M_device, 1, 1, 79, 0) \
  X(device_dot_records, STR_records, OWNER_MODULE, M_device, 1, 2, 79, 0) \
  X(iterator_dot___next__, STR___next__, OWNER_TYPE, T_iterator, 1, 1, 79, 0) \
  X(_contains, STR__contains, OWNER_NONE, 0, 2, 2, 79, 0) \
  X(_compare, STR__compare, OWNER_NONE, 0, 3, 3, 79, 0) \
  X(_percent, STR__percent, OWNER_NONE, 0, 2, 2, 79, 0) \
  X(_sort_by, STR__sort_by, OWNER_NONE, 0, 3, 3, 79, 0) \
  X(_named_, STR__named_, OWNER_NONE, 0, 1, 255, 79, 0) \
  X(_new, STR__new, OWNER_NONE, 0, 1, 1, 79, 0) \
  X(_fields, STR__fields, OWNER_NONE, 0, 1, 1, 79, 0) \
  X(_metaclass, STR__metaclass, OWNER_NONE, 0, 2, 2, 79, 0) \

// {first, count} of the built-in functions of each type and of each module.
#define IOTPY_TYPE_FUNCTIONS {{52, 1}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {53, 3}, {0, 0}, {56, 2}, {58, 34}, {92, 11}, {103, 7}, {110, 2}, {112, 11}, {123, 11}, {134, 16}, {0, 0}, {150, 2}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {152, 1}, {193, 1}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {153, 2}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}
#define IOTPY_MODULE_FUNCTIONS {{155, 28}, {183, 2}, {185, 4}, {189, 4}}

// For each built-in that takes keywords, the string ids in order of its places; 0xFFFF positional only, 0xFFFE `*`, 0xFFFD `**`.
#define ROM_KEYWORDS {0xFFFF, STR_base, STR_object, STR_encoding, STR_errors, STR_source, STR_encoding, STR_errors, STR_source, STR_encoding, STR_errors, 0xFFFD, 0xFFFE, STR_strict, STR_iterable, STR_start, 0xFFFE, STR_key, STR_default, 0xFFFE, STR_key, STR_default, STR_base, STR_exp, STR_mod, 0xFFFE, STR_sep, STR_end, STR_number, STR_ndigits, 0xFFFF, STR_key, STR_reverse, 0xFFFF, STR_start, 0xFFFF, 0xFFFE, 0xFFFD, 0xFFFF, STR_length, STR_byteorder, STR_signed, STR_bytes, STR_byteorder, STR_signed, 0xFFFF, STR_encoding, STR_errors, 0xFFFD, 0xFFFF, STR_sep, STR_maxsplit, 0xFFFF, STR_sep, STR_maxsplit, 0xFFFF, STR_keepends, 0xFFFF, STR_encoding, STR_errors, 0xFFFF, STR_sep, STR_maxsplit, 0xFFFF, STR_encoding, STR_errors, 0xFFFF, STR_key, STR_reverse, 0xFFFD, 0xFFFF, 0xFFFF, STR_rel_tol, STR_abs_tol, STR_obj, STR_indent, STR_separators, STR_sort_keys, STR_ensure_ascii}
