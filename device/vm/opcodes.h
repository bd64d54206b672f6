// Generated from compiler/spec by `npm run generate`. Do not edit.
#pragma once

// X(name, operand letters): the letters are explained in compiler/spec/bytecode.md.
#define IOTPY_OPCODES(X) \
  /* d = r */ \
  X(move, "dr") \
  /* d = small integer */ \
  X(loadi, "di") \
  /* d = small integer of 16 bits */ \
  X(loadh, "dh") \
  /* d = small integer of 31 bits */ \
  X(loadw, "dl") \
  /* d = singleton (unbound deletes a local) */ \
  X(loadc, "dc") \
  /* d = string constant */ \
  X(loads, "ds") \
  /* d = constant of the image */ \
  X(loadk, "dk") \
  /* d = built-in function */ \
  X(loadb, "db") \
  /* d = built-in type */ \
  X(loadt, "dt") \
  /* d = image function without defaults and captures */ \
  X(loadf, "df") \
  /* d = global; NameError when unbound */ \
  X(loadg, "dg") \
  /* as loadg; the NameError names s. A compiler takes loadg where it knows that the global is bound */ \
  X(loadgn, "dgs") \
  /* global = r */ \
  X(storeg, "rg") \
  /* global becomes unbound; NameError when it was */ \
  X(delg, "g") \
  /* UnboundLocalError naming s when r is unbound */ \
  X(check, "rs") \
  /* d = new cell holding d */ \
  X(mkcell, "d") \
  /* d = content of cell r; NameError when unbound */ \
  X(loadcell, "dr") \
  /* as loadcell; UnboundLocalError naming s when unbound */ \
  X(loadcelln, "drs") \
  /* cell (first) = second */ \
  X(storecell, "rr") \
  /* d = content of captured cell n of the running function; NameError when unbound */ \
  X(loadfree, "dn") \
  /* as loadfree; the NameError names s */ \
  X(loadfreen, "dns") \
  /* captured cell n = r */ \
  X(storefree, "nr") \
  /* d = captured cell n itself, to hand on to an inner function */ \
  X(freecell, "dn") \
  /* d = left + right */ \
  X(add, "drr") \
  /* d = left - right */ \
  X(sub, "drr") \
  /* d = left * right */ \
  X(mul, "drr") \
  /* d = left / right */ \
  X(div, "drr") \
  /* d = left // right */ \
  X(floordiv, "drr") \
  /* d = left % right */ \
  X(mod, "drr") \
  /* d = left ** right */ \
  X(pow, "drr") \
  /* d = left << right */ \
  X(lshift, "drr") \
  /* d = left >> right */ \
  X(rshift, "drr") \
  /* d = left & right */ \
  X(and, "drr") \
  /* d = left | right */ \
  X(or, "drr") \
  /* d = left ^ right */ \
  X(xor, "drr") \
  /* d = left + integer */ \
  X(addi, "dri") \
  /* d = left - integer */ \
  X(subi, "dri") \
  /* d = left * integer */ \
  X(muli, "dri") \
  /* d = left // integer */ \
  X(floordivi, "dri") \
  /* d = left % integer */ \
  X(modi, "dri") \
  /* d = left << integer */ \
  X(lshifti, "dri") \
  /* d = left >> integer */ \
  X(rshifti, "dri") \
  /* d = left & integer */ \
  X(andi, "dri") \
  /* d = -r */ \
  X(neg, "dr") \
  /* d = +r */ \
  X(pos, "dr") \
  /* d = ~r */ \
  X(inv, "dr") \
  /* d = not r */ \
  X(not, "dr") \
  /* d = left < right */ \
  X(lt, "drr") \
  /* d = left <= right */ \
  X(le, "drr") \
  /* d = left > right */ \
  X(gt, "drr") \
  /* d = left >= right */ \
  X(ge, "drr") \
  /* d = left == right */ \
  X(eq, "drr") \
  /* d = left != right */ \
  X(ne, "drr") \
  /* d = left is right */ \
  X(is, "drr") \
  /* d = left is not right */ \
  X(isnot, "drr") \
  /* d = left in right */ \
  X(in, "drr") \
  /* d = left not in right */ \
  X(notin, "drr") \
  /* jump */ \
  X(jmp, "j") \
  /* jump when r is true */ \
  X(jt, "rj") \
  /* jump when r is false */ \
  X(jf, "rj") \
  /* jump when r is bound: the start of a twin sets the defaults of arguments left out */ \
  X(jbound, "rj") \
  /* jump when r is None */ \
  X(jnone, "rj") \
  /* jump when r is not None */ \
  X(jnotnone, "rj") \
  /* jump when left < right */ \
  X(jlt, "rrj") \
  /* jump when left <= right */ \
  X(jle, "rrj") \
  /* jump when left > right */ \
  X(jgt, "rrj") \
  /* jump when left >= right */ \
  X(jge, "rrj") \
  /* jump when left == right */ \
  X(jeq, "rrj") \
  /* jump when left != right */ \
  X(jne, "rrj") \
  /* jump unless left < right */ \
  X(jnlt, "rrj") \
  /* jump unless left <= right */ \
  X(jnle, "rrj") \
  /* jump unless left > right */ \
  X(jngt, "rrj") \
  /* jump unless left >= right */ \
  X(jnge, "rrj") \
  /* jump unless left == right */ \
  X(jneq, "rrj") \
  /* jump unless left != right */ \
  X(jnne, "rrj") \
  /* jump when left < integer */ \
  X(jlti, "rij") \
  /* jump when left <= integer */ \
  X(jlei, "rij") \
  /* jump when left > integer */ \
  X(jgti, "rij") \
  /* jump when left >= integer */ \
  X(jgei, "rij") \
  /* jump when left == integer */ \
  X(jeqi, "rij") \
  /* jump when left != integer */ \
  X(jnei, "rij") \
  /* jump unless left < integer */ \
  X(jnlti, "rij") \
  /* jump unless left <= integer */ \
  X(jnlei, "rij") \
  /* jump unless left > integer */ \
  X(jngti, "rij") \
  /* jump unless left >= integer */ \
  X(jngei, "rij") \
  /* jump unless left == integer */ \
  X(jneqi, "rij") \
  /* jump unless left != integer */ \
  X(jnnei, "rij") \
  /* d = iter(r) */ \
  X(iter, "dr") \
  /* d = next item of iterator r, then jump (backwards, to the body); falls through when there is none */ \
  X(next, "drj") \
  /* window of 3: start, stop, step of a counted loop over range, checked; other than small ints make it a general iterator in the first register */ \
  X(range, "w") \
  /* the counted loop over range(r): window of 3 as range makes it, then jump to its loop */ \
  X(upto, "wrj") \
  /* next value of the counted loop whose window of 3 begins at w goes to d, then jump; falls through at the end */ \
  X(loop, "dwj") \
  /* d = list of the n values from w */ \
  X(list, "dwn") \
  /* d = tuple of the n values from w */ \
  X(tuple, "dwn") \
  /* d = set of the n values from w */ \
  X(set, "dwn") \
  /* d = dict of the n pairs (2n registers) from w */ \
  X(dict, "dwn") \
  /* d = dict of the n strings with the n values from w */ \
  X(dicts, "dwnS") \
  /* list (first).append(second) */ \
  X(append, "rr") \
  /* set (first).add(second) */ \
  X(setadd, "rr") \
  /* dict (first)[second] = third */ \
  X(dictput, "rrr") \
  /* list (first).extend(second) */ \
  X(extend, "rr") \
  /* dict or set (first).update(second); a mapping's duplicate keys replace */ \
  X(update, "rr") \
  /* d = tuple(list r), for starred displays and calls */ \
  X(totuple, "dr") \
  /* d = left[right] */ \
  X(getitem, "drr") \
  /* d = left[string] */ \
  X(getitems, "drs") \
  /* d = left[integer] */ \
  X(getitemi, "dri") \
  /* first[second] = third */ \
  X(setitem, "rrr") \
  /* del first[second] */ \
  X(delitem, "rr") \
  /* d = r[start:stop:step], window of 3 */ \
  X(getslice, "drw") \
  /* first[start:stop:step] = last */ \
  X(setslice, "rwr") \
  /* del first[start:stop:step] */ \
  X(delslice, "rw") \
  /* the n registers from w = the n items of r; ValueError when there are more or fewer */ \
  X(unpack, "wrn") \
  /* like unpack with a starred target: the first n, a list of the middle, the last n */ \
  X(unpackx, "wrnn") \
  /* d = r.name */ \
  X(getattr, "drs") \
  /* first.name = last */ \
  X(setattr, "rsr") \
  /* del r.name */ \
  X(delattr, "rs") \
  /* w = call of w with the n arguments that follow it */ \
  X(call, "wn") \
  /* w = w.name(the n arguments that follow) */ \
  X(callm, "wsn") \
  /* d = call of the image function with the n arguments */ \
  X(callf, "dfnR") \
  /* d = call of the built-in with the n arguments; not next or getattr, which keep their default behind d */ \
  X(callb, "dbnR") \
  /* d = r.name(the n arguments) */ \
  X(callo, "drsnR") \
  /* as call; the last arguments are keyword arguments, named by the tuple k of strings; n counts all */ \
  X(callkw, "wnk") \
  /* w = call of w with the tuple w+1 as arguments and the dict (or None) w+2 as keyword arguments */ \
  X(callx, "w") \
  /* w = class, w+1 = self: w becomes the function found under the name after that class in self's method resolution order; call it with self as first argument */ \
  X(super, "ws") \
  /* return r */ \
  X(ret, "r") \
  /* return None */ \
  X(retnone, "") \
  /* d = function with its defaults (ndefaults values, then one for each keyword-only parameter, unbound if none) and captured cells from w */ \
  X(mkfunc, "dfw") \
  /* d = class named s with the n bases from w; k is a tuple of the field names that its methods assign */ \
  X(mkclass, "dswnk") \
  /* raise the exception (or class) r */ \
  X(raise, "r") \
  /* raise first from second */ \
  X(raisefrom, "rr") \
  /* go on unwinding with exception r, its traceback kept */ \
  X(reraise, "r") \
  /* jump unless exception (first) is an instance of the class or tuple of classes (second) */ \
  X(jnexc, "rrj") \
  /* give r to the generator's caller; d = what is sent when it resumes (None) */ \
  X(yield, "dr") \
  /* d = format(r, spec): singleton payload 0 none, 1 str, 2 repr, 3 ascii conversion; spec is a string register, or r itself for no spec */ \
  X(format, "drcr") \
  /* d = the n strings from w joined */ \
  X(joinstr, "dwn") \
  /* run the top level of module m unless it has begun */ \
  X(import, "m") \

enum opcode {
  OP_move,
  OP_loadi,
  OP_loadh,
  OP_loadw,
  OP_loadc,
  OP_loads,
  OP_loadk,
  OP_loadb,
  OP_loadt,
  OP_loadf,
  OP_loadg,
  OP_loadgn,
  OP_storeg,
  OP_delg,
  OP_check,
  OP_mkcell,
  OP_loadcell,
  OP_loadcelln,
  OP_storecell,
  OP_loadfree,
  OP_loadfreen,
  OP_storefree,
  OP_freecell,
  OP_add,
  OP_sub,
  OP_mul,
  OP_div,
  OP_floordiv,
  OP_mod,
  OP_pow,
  OP_lshift,
  OP_rshift,
  OP_and,
  OP_or,
  OP_xor,
  OP_addi,
  OP_subi,
  OP_muli,
  OP_floordivi,
  OP_modi,
  OP_lshifti,
  OP_rshifti,
  OP_andi,
  OP_neg,
  OP_pos,
  OP_inv,
  OP_not,
  OP_lt,
  OP_le,
  OP_gt,
  OP_ge,
  OP_eq,
  OP_ne,
  OP_is,
  OP_isnot,
  OP_in,
  OP_notin,
  OP_jmp,
  OP_jt,
  OP_jf,
  OP_jbound,
  OP_jnone,
  OP_jnotnone,
  OP_jlt,
  OP_jle,
  OP_jgt,
  OP_jge,
  OP_jeq,
  OP_jne,
  OP_jnlt,
  OP_jnle,
  OP_jngt,
  OP_jnge,
  OP_jneq,
  OP_jnne,
  OP_jlti,
  OP_jlei,
  OP_jgti,
  OP_jgei,
  OP_jeqi,
  OP_jnei,
  OP_jnlti,
  OP_jnlei,
  OP_jngti,
  OP_jngei,
  OP_jneqi,
  OP_jnnei,
  OP_iter,
  OP_next,
  OP_range,
  OP_upto,
  OP_loop,
  OP_list,
  OP_tuple,
  OP_set,
  OP_dict,
  OP_dicts,
  OP_append,
  OP_setadd,
  OP_dictput,
  OP_extend,
  OP_update,
  OP_totuple,
  OP_getitem,
  OP_getitems,
  OP_getitemi,
  OP_setitem,
  OP_delitem,
  OP_getslice,
  OP_setslice,
  OP_delslice,
  OP_unpack,
  OP_unpackx,
  OP_getattr,
  OP_setattr,
  OP_delattr,
  OP_call,
  OP_callm,
  OP_callf,
  OP_callb,
  OP_callo,
  OP_callkw,
  OP_callx,
  OP_super,
  OP_ret,
  OP_retnone,
  OP_mkfunc,
  OP_mkclass,
  OP_raise,
  OP_raisefrom,
  OP_reraise,
  OP_jnexc,
  OP_yield,
  OP_format,
  OP_joinstr,
  OP_import,
  OPCODES
};
