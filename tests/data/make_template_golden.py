#!/usr/bin/env python3
"""Makes chat_templates/golden.json: what jinja2 3.1.6 makes of small templates and of chat templates, in the environment that transformers 5.23
compiles them in. Run with both. Keys:
  contexts     name -> variables
  cases        [template, context, text or null]: null where jinja2 raises an error
  conversations  name -> {messages, tools}
  renderings   [template file, conversation, variables, text or null]
The templates are the files chat_templates/*.jinja; README.md says whose they are. With a folder as argument its *.jinja are taken too, and the
result goes to golden.json of that folder: for templates whose licence does not allow to keep them here."""
import itertools
import json
import pathlib
import sys

from transformers.utils import chat_template_utils

HERE = pathlib.Path(__file__).parent / "chat_templates"


def render(template, **variables):
    try:
        return chat_template_utils._compile_jinja_template(template).render(**variables)
    except Exception:
        return None


CONTEXTS = {
    "none": {},
    "some": {
        "s": "Hello World", "u": "안녕 wörld ß😀", "empty": "", "blank": "  x \n", "n": 5, "neg": -7, "zero": 0, "f": 2.5, "big": 1e16, "small": 1e-05,
        "yes": True, "no": False, "nothing": None, "l": [3, 1, 2], "el": [], "d": {"b": 1, "a": "x", "items": 3}, "ed": {},
        "users": [{"name": "ann", "age": 30, "on": True}, {"name": "Bob", "age": 25, "on": False}, {"name": "cid", "age": 30}],
        "nested": {"x": {"y": [1, {"z": "deep"}]}}, "quote": "it's \"x\"\\\n\t\x01é\u200b", "mixed": [1, "a", None, True, 2.0, {"k": [1]}],
        "lines": "a\nb\r\nc\n\nd", "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yo"}],
    },
}

EXPRESSIONS = """
1 ¦ 1.0 ¦ 1.5e3 ¦ 1e100 ¦ 0.1 + 0.2 ¦ 1_000 ¦ 0x1F ¦ 0b101 ¦ 0o17 ¦ 1e16 ¦ 123456789012345678 ¦ 1e15 ¦ 1e-4 ¦ 0.00001 ¦ 3.0 * 2 ¦ -0.0 ¦ .5
'a' 'b' ¦ "a\\n\\tb" ¦ 'it\\'s' ¦ "\\x41\\u00e9\\U0001F600" ¦ '\\101' ¦ '\\q' ¦ "é" ¦ 'a\\\\b'
true ¦ True ¦ false ¦ none ¦ None ¦ nope ¦ nope.x ¦ nope['x'] ¦ nope() ¦ not nope ¦ nope + 1 ¦ nope ~ 'x' ¦ nope == nope ¦ nope == none ¦ nope < 1 ¦ nope in [1] ¦ 1 in nope
1 + 2 ¦ 1 - 2 ¦ 2 * 3 ¦ 7 / 2 ¦ 6 / 2 ¦ 7 // 2 ¦ -7 // 2 ¦ 7 % 3 ¦ -7 % 3 ¦ 7 % -3 ¦ 7.5 % 2 ¦ -7.5 // 2 ¦ 2 ** 10 ¦ 2 ** -1 ¦ 2 ** 0.5 ¦ 1 / 0 ¦ 1 // 0 ¦ 1 % 0 ¦ 2 ** 3 ** 2 ¦ -2 ** 2
'a' + 'b' ¦ 'a' + 1 ¦ 'a' * 3 ¦ 3 * 'ab' ¦ 'a' * -1 ¦ [1] + [2] ¦ [1] * 2 ¦ (1,) + (2,) ¦ [1] + (2,) ¦ 1 ~ 2 ~ none ¦ 'a' ~ 1.0 ¦ true + 1 ¦ true ~ '' ¦ 1 + 1.0
+5 ¦ -n ¦ - neg ¦ +s ¦ -s ¦ - - 5 ¦ not 1 ¦ not 0 ¦ not not 'a'
1 == 1.0 ¦ true == 1 ¦ 'a' == 'a' ¦ 'a' != 'b' ¦ 1 < 2 < 3 ¦ 1 < 3 < 2 ¦ 3 > 2 >= 2 ¦ 'a' < 'b' ¦ 'a' < 1 ¦ [1, 2] < [1, 3] ¦ [1] == [1] ¦ (1,) == [1] ¦ {'a': 1} == {'a': 1.0} ¦ none == false ¦ none < 1 ¦ 'B' < 'a' ¦ 2 <= 2.0 ¦ 'é' > 'z'
1 in [1, 2] ¦ 1 not in [1] ¦ 'a' in 'abc' ¦ '' in 'abc' ¦ 'x' not in 'abc' ¦ 'b' in d ¦ 'z' in d ¦ 1 in 'a' ¦ 1 in 5 ¦ [] in d ¦ none in [none] ¦ 'ell' in s ¦ 2 in (1, 2) ¦ 1.0 in [1] ¦ 'k' in {'k': 1}
true and 1 ¦ 0 and 1 ¦ 0 or 'x' ¦ 'a' or 'b' ¦ '' or [] ¦ 1 and 2 and 3 ¦ nope or 'd' ¦ not nope and 1 ¦ 1 if true else 2 ¦ 1 if no ¦ 1 if no else 2 if no else 3 ¦ (1 if yes) ~ '' ¦ 'a' if 1 == 2 else 'b' ~ 'c'
s[0] ¦ s[-1] ¦ s[99] ¦ s[1:4] ¦ s[::-1] ¦ s[::2] ¦ s[-3:] ¦ s[:-3] ¦ s[5:2] ¦ s[10:0:-3] ¦ s[::0] ¦ s['a'] ¦ u[0] ¦ u[-1] ¦ u[3:5] ¦ u[::-1] ¦ u | length ¦ s[1:][1:] ¦ s[100:] ¦ s[:100] ¦ s[-100:2]
l[0] ¦ l[-1] ¦ l[5] ¦ l[::-1] ¦ l[1:] ¦ l[:1] ¦ l[0:3:2] ¦ l['a'] ¦ l[nope] ¦ l[1.0] ¦ l[true] ¦ l.0 ¦ l.1 ¦ (1, 2, 3)[1] ¦ (1, 2, 3)[::-1] ¦ [1, 2, 3][5] is defined ¦ nope[1:] ¦ n[1:] ¦ n[0] ¦ d[1:] ¦ l[none:2] ¦ l['0':]
d.b ¦ d['b'] ¦ d.zz ¦ d['zz'] ¦ d['items'] ¦ d.zz.y ¦ d.zz is defined ¦ d.b is defined ¦ d.a.upper() ¦ nested.x.y[1].z ¦ nested['x']['y'][0] ¦ d.get('b') ¦ d.get('q') ¦ d.get('q', 5) ¦ d.get() ¦ d.keys() ¦ d.values() ¦ d.items() ¦ d.keys() | list ¦ d | list ¦ ed ¦ ed.x ¦ d.get('b', default=1)
d.update ¦ d.pop('b') ¦ d.update({}) ¦ l.append(4) ¦ l.append is defined ¦ l.index(1) ¦ l.count(1) ¦ l.index(9) ¦ l.copy() ¦ d.copy() ¦ (1, 1).count(1) ¦ l.sort() ¦ d.clear is defined ¦ d.clear ~ 'x'
[] ¦ [1, 'a', none, true, 1.5, nope] ¦ (1,) ¦ () ¦ (1, 2) ¦ {} ¦ {'a': 1, 'b': [1]} ¦ {1: 2} ¦ {none: 1} ¦ {'a': 1, 'a': 2} ¦ {[]: 1} ¦ 1, 2 ¦ mixed ¦ quote ¦ [quote] ¦ [u] ¦ ['\\u200b\\x7f\\xa0é'] ¦ ["'"] ¦ ['"'] ¦ ["'\\""] ¦ d ¦ [s, [l]] ¦ users ¦ f ¦ big ¦ small ¦ [big, small, 1e22, 123456.789]
s.upper() ¦ s.lower() ¦ s.strip() ¦ blank.strip() ¦ blank.lstrip() ¦ blank.rstrip() ¦ '\\n a'.lstrip('\\n') ¦ 'xxaxx'.strip('x') ¦ 'abcab'.strip('ab') ¦ 'abc'.strip(none) ¦ 'aXb'.split('X') ¦ 'a b  c'.split() ¦ ' a b '.split() ¦ 'a,b,c'.split(',', 1) ¦ 'a b c'.split(none, 1) ¦ 'abc'.split('') ¦ ''.split() ¦ ''.split(',') ¦ 'a,b,c'.rsplit(',', 1) ¦ ' a b c '.rsplit(none, 1) ¦ 'a,b'.split(sep=',') ¦ 'a</think>b'.split('</think>')[-1] ¦ 'a--b--c'.split('--', maxsplit=1)
s.startswith('He') ¦ s.endswith('ld') ¦ s.startswith(('x', 'H')) ¦ s.startswith('') ¦ s.startswith(1) ¦ s.startswith('e', 1) ¦ s.replace('l', 'L') ¦ s.replace('l', 'L', 2) ¦ s.replace('', '-') ¦ s.replace('o', '') ¦ 'aaa'.replace('aa', 'b') ¦ s.find('o') ¦ s.find('zz') ¦ s.rfind('o') ¦ s.index('zz') ¦ s.count('l') ¦ s.count('') ¦ s.title() ¦ 'hello wORLD'.capitalize() ¦ s.swapcase() ¦ "they're bill's".title()
s.isdigit() ¦ '12'.isdigit() ¦ 'ab'.isalpha() ¦ ''.isalpha() ¦ 'a1'.isalnum() ¦ ' \\n'.isspace() ¦ 'AB'.isupper() ¦ 'ab1'.islower() ¦ '1'.isupper() ¦ '12'.isdecimal() ¦ '-'.join(['a', 'b']) ¦ ', '.join([1]) ¦ ''.join('abc') ¦ 'a'.center(5) ¦ 'ab'.center(5, '*') ¦ 'a'.ljust(3) ~ '|' ¦ 'a'.rjust(3) ¦ 'a'.ljust(3, 'xy') ¦ 'abc'.removeprefix('a') ¦ 'abc'.removesuffix('c') ¦ 'a=b=c'.partition('=') ¦ 'a=b=c'.rpartition('=') ¦ 'abc'.partition('x') ¦ lines.splitlines() ¦ lines.splitlines(true) ¦ s.nope ¦ s.nope() ¦ s.upper | string is defined
'ß'.upper() ¦ 'ΑΣ'.lower() ¦ 'ÄÖ'.lower() ¦ 'ǆ'.title() ¦ 'ﬁ'.upper() ¦ u.upper() ¦ u.title() ¦ 'İ'.lower() ¦ u.swapcase() ¦ 'éa'.capitalize()
'{}'.format(1) ¦ '{} {}'.format('a', 2) ¦ '{1}{0}'.format('a', 'b') ¦ '{x}'.format(x=1) ¦ '{{}}'.format() ¦ '{}'.format() ¦ '%s' % 'a' ¦ '%s-%s' % ('a', 1) ¦ '%d' % 3.7 ¦ '%5d|' % 3 ¦ '%-5d|' % 3 ¦ '%05d' % -3 ¦ '%.2f' % 3.14159 ¦ '%s' % none ¦ '%r' % 'a' ¦ '%%' % () ¦ '%s' % () ¦ '%s' % (1, 2) ¦ '%s %s' % 1 ¦ '%(a)s' % {'a': 1} ¦ '%d' % 'x' ¦ 'x' % 1 ¦ '%s' % [1, 2] ¦ '%5.1f|' % 2.25 ¦ '%+d' % 3 ¦ '%e' % 12345.678 ¦ '%g' % 0.0001 ¦ 'x' % [1] ¦ 'x' % {'a': 1}
s | upper ¦ s | lower ¦ blank | trim ~ '|' ¦ 'xax' | trim('x') ¦ 'hello world' | title ¦ "a-b (c) d's" | title ¦ 'HELLO' | capitalize ¦ n | upper ¦ none | upper ¦ nope | upper ¦ l | length ¦ d | count ¦ s | length ¦ n | length ¦ nope | length ¦ u | length ¦ none | length
l | join ¦ l | join(', ') ¦ l | join(d='-') ¦ users | join(', ', attribute='name') ¦ d | join(',') ¦ s | join('.') ¦ n | join ¦ nope | join('x') ¦ mixed | join('|') ¦ [['a', 1]] | join
nope | default('x') ¦ none | default('x') ¦ none | default('x', true) ¦ '' | default('x') ¦ '' | default('x', true) ¦ nope | d('y') ¦ nope | default ¦ d.q | default(1) + 1 ¦ 0 | default(5, boolean=true) ¦ nope.x | default('z')
l | first ¦ l | last ¦ el | first ¦ el | last ¦ s | first ¦ s | last ¦ d | first ¦ d | last ¦ n | first ¦ el | first is defined ¦ nope | first ¦ l | list ¦ s | list ¦ d | list ¦ n | list ¦ nope | list ¦ l | reverse | list ¦ s | reverse ¦ l | reverse | first ¦ d | reverse | list ¦ nope | reverse | list ¦ (1, 2) | list
users | map(attribute='name') | list ¦ users | map(attribute='on') | list ¦ users | map(attribute='on', default='?') | list ¦ users | map(attribute='name') | map('upper') | join(',') ¦ ['a ', ' b'] | map('trim') | list ¦ l | map('string') | list ¦ l | map('nope') | list ¦ l | map | list ¦ [1, 2] | map('default', 3) | list ¦ ['ab', 'cd'] | map('replace', 'a', 'x') | list ¦ nested | map(attribute='x') | list ¦ [nested] | map(attribute='x.y.1.z') | list
users | selectattr('on') | list | length ¦ users | selectattr('age', 'equalto', 30) | map(attribute='name') | list ¦ users | rejectattr('age', '==', 30) | map(attribute='name') | join ¦ users | rejectattr('on') | list | length ¦ users | selectattr('on', 'defined') | list | length ¦ users | selectattr('name', 'in', ['ann']) | list | length ¦ users | selectattr('age', 'gt', 26) | list | length ¦ users | selectattr() | list ¦ users | selectattr('age', 'nope') | list ¦ users | selectattr('on') | length ¦ (users | selectattr('on')) is iterable ¦ (users | selectattr('nope')) and 1 ¦ users | selectattr('on') | first
l | select('odd') | list ¦ l | select | list ¦ mixed | select | list ¦ l | reject('equalto', 1) | list ¦ l | reject | list ¦ mixed | select('string') | list ¦ l | select('>', 1) | list ¦ l | select('divisibleby', 3) | list ¦ ['a', none] | reject('none') | list ¦ l | select('nope') | list
s | replace('o', '0') ¦ s | replace('o', '0', 1) ¦ n | replace('5', '6') ¦ s | replace('l') ¦ none | replace('N', 'n') ¦ s | replace(old='H', new='J') ¦ 'aXbX' | replace('X', 1)
n | string ¦ none | string ¦ nope | string ¦ l | string ¦ f | string ¦ '42' | int ¦ '42.7' | int ¦ 'x' | int ¦ 'x' | int(5) ¦ 3.9 | int ¦ -3.9 | int ¦ none | int ¦ '0x1F' | int(base=16) ¦ ' 7 ' | int ¦ '1_000' | int ¦ nope | int ¦ true | int ¦ '2.5' | float ¦ 'x' | float ¦ 'x' | float(1.5) ¦ n | float ¦ '1e3' | float ¦ l | int ¦ 'inf' | float ¦ 'nan' | float
s | tojson ¦ n | tojson ¦ f | tojson ¦ none | tojson ¦ true | tojson ¦ l | tojson ¦ d | tojson ¦ ed | tojson ¦ el | tojson ¦ nested | tojson ¦ nested | tojson(indent=2) ¦ mixed | tojson ¦ mixed | tojson(indent=4) ¦ quote | tojson ¦ u | tojson ¦ u | tojson(ensure_ascii=true) ¦ d | tojson(sort_keys=true) ¦ d | tojson(separators=(',', ':')) ¦ nope | tojson ¦ (1, 2) | tojson ¦ d.items() | tojson ¦ l | map('string') | tojson ¦ {1: 2, none: 3, true: 4, 1.5: 5} | tojson ¦ '</script>&<>' | tojson ¦ el | tojson(indent=2) ¦ [[], {}] | tojson(indent=2) ¦ d | tojson(indent='\\t') ¦ d | tojson(2) ¦ d | tojson(indent=0) ¦ range(3) | tojson ¦ 1e16 | tojson ¦ '\\x7f\\x1f\\u2028' | tojson ¦ {'a': {'b': []}} | tojson(indent=1) ¦ namespace(a=1) | tojson
s | safe ¦ l | unique | list ¦ ['a', 'A', 'b'] | unique | list ¦ ['a', 'A'] | unique(true) | list ¦ [1, 1.0, true] | unique | list ¦ users | unique(attribute='age') | map(attribute='name') | list ¦ [[1], [1]] | unique | list
l | sort ¦ l | sort(reverse=true) ¦ ['b', 'A', 'c'] | sort ¦ ['b', 'A', 'c'] | sort(case_sensitive=true) ¦ users | sort(attribute='name') | map(attribute='name') | list ¦ users | sort(attribute='age,name') | map(attribute='name') | list ¦ mixed | sort ¦ users | sort(reverse=true, attribute='age') | map(attribute='name') | list ¦ d | sort ¦ 'hello' | sort ¦ nope | sort
{'b': 1, 'A': 2} | dictsort ¦ d | dictsort ¦ {'b': 1, 'a': 2} | dictsort(by='value') ¦ {'b': 1, 'A': 2} | dictsort(true) ¦ {'b': 1, 'a': 2} | dictsort(reverse=true) ¦ l | dictsort ¦ d | items | list ¦ nope | items | list ¦ l | items | list ¦ d.items() | list ¦ d.items() | length ¦ d.items()[0] ¦ d.keys() | first
'a\\nb\\n\\nc' | indent ¦ 'a\\nb' | indent(2) ¦ 'a\\nb' | indent(2, true) ¦ 'a\\n\\nb' | indent(2, blank=true) ¦ 'a\\nb' | indent('> ') ¦ 'a\\nb\\n' | indent(1) ¦ '' | indent ¦ 'a\\nb' | indent(width=3, first=true) ¦ n | indent
-3 | abs ¦ (-3) | abs ¦ -2.5 | abs ¦ l | sum ¦ users | sum('age') ¦ users | sum(attribute='age', start=1) ¦ 2.567 | round(2) ¦ 2.5 | round ¦ 3.5 | round ¦ 2.567 | round(1, 'ceil') ¦ 2.567 | round(1, 'floor') ¦ 7 | round ¦ 42.55 | round ¦ l | min ¦ l | max ¦ el | max ¦ ['b', 'A'] | min ¦ users | max(attribute='age') ¦ l | batch(2) | list ¦ l | batch(2, 0) | list ¦ 'a b-c d' | wordcount ¦ 'ab' | center(6) ~ '|' ¦ '%s and %s' | format('a', 'b') ¦ '%(x)s' | format(x=1) ¦ users | groupby('age') ¦ d | attr('b') ¦ nope ¦ nope ¦ s ¦ nope | upper('x')
l | list | length ¦ l | first + 1 ¦ s | lower | upper ¦ (s | lower)[0] ¦ s | replace('a', 'b') | length > 3 ¦ -1 | abs ¦ 2 * l | length ¦ l | length * 2 ¦ 'a' ~ l | length ¦ not l | length
nope is defined ¦ s is defined ¦ nope is undefined ¦ none is none ¦ none is not none ¦ n is number ¦ f is number ¦ true is number ¦ s is number ¦ n is integer ¦ true is integer ¦ f is float ¦ true is boolean ¦ n is boolean ¦ true is true ¦ 1 is true ¦ no is false ¦ s is string ¦ n is string ¦ d is mapping ¦ l is mapping ¦ l is iterable ¦ s is iterable ¦ n is iterable ¦ nope is iterable ¦ l is sequence ¦ s is sequence ¦ d is sequence ¦ n is sequence ¦ nope is sequence ¦ d.items() is sequence ¦ range(3) is sequence ¦ (1,) is sequence ¦ range(3) is iterable
n is odd ¦ n is even ¦ n is divisibleby 5 ¦ n is divisibleby(3) ¦ n is eq 5 ¦ n is equalto(5) ¦ n is ne 4 ¦ n is gt 4 ¦ n is lt(4) ¦ n is ge 5 ¦ n is le 5 ¦ n is == 5 ¦ n is in [5] ¦ n is not in [5] ¦ 'b' is in d ¦ s is lower ¦ 'abc' is lower ¦ 'ABC' is upper ¦ 'upper' is filter ¦ 'nope' is filter ¦ 'odd' is test ¦ s is callable ¦ s.upper is callable ¦ range is callable ¦ nope is callable ¦ n is sameas 5 ¦ none is sameas none ¦ true is sameas true ¦ s is escaped ¦ n is nope ¦ n is eq ¦ 'a' is odd ¦ n is not defined ¦ n is defined and n > 3 ¦ n is defined or nope.x ¦ not n is defined ¦ n is divisibleby 5 and true ¦ 1 is eq 1 is eq 1 ¦ n is greaterthan 3 ¦ n is lessthan 3
range(5) ¦ range(1, 5) | list ¦ range(5, 0, -2) | list ¦ range(0) | list ¦ range(3)[1] ¦ range(5)[1:3] | list ¦ range(3) | length ¦ range(1, 2, 0) ¦ range(100001) ¦ range('a') ¦ range() ¦ range(5)[::-1] | list ¦ range(2, 10, 3) ¦ 3 in range(5) ¦ range(3) | join(',') ¦ range(3) == range(3)
dict(a=1) ¦ dict({'a': 1}, b=2) ¦ dict([('a', 1)]) ¦ dict() ¦ dict(1) ¦ namespace(a=1).a ¦ namespace(a=1).b ¦ namespace().x is defined ¦ namespace({'a': 2}).a ¦ namespace(_a=1) ¦ namespace(a=1)['a']
raise_exception('stop') ¦ raise_exception() ¦ strftime_now('%%') ¦ strftime_now('x') ¦ strftime_now() ¦ loop ¦ caller() ¦ lipsum is nope ¦ l | random is nope ¦ loop.index
s(1) ¦ 5() ¦ 'a'() ¦ l() ¦ s.upper(1) ¦ s.upper(x=1) ¦ s.split(',', maxsplit=1) ¦ s.split(nope=1) ¦ d.get(*['b']) ¦ d.get(**{'key': 'b'}) ¦ range(*[1, 4]) | list ¦ range(*n) ¦ dict(**d) ¦ dict(**{'x': 1}, **{'y': 2}) ¦ s.replace('a', *['b'])
messages[0].content ¦ messages[0]['role'] == 'user' ¦ messages[-1].role ¦ messages | length - 1 ¦ messages[1:] | length ¦ messages[::-1][0].content ¦ messages | map(attribute='role') | join ¦ (messages | last).content ¦ messages[0].content[0] ¦ messages[5] ¦ messages[5].role ¦ messages[n] is defined ¦ messages.0.role
""".strip().splitlines()

STATEMENTS = [
    "{% if yes %}a{% endif %}", "{% if no %}a{% else %}b{% endif %}", "{% if no %}a{% elif yes %}b{% elif yes %}c{% else %}d{% endif %}",
    "{% if nope %}a{% endif %}", "{% if nope.x %}a{% endif %}", "{% if l and d %}a{% endif %}", "{% if %}{% endif %}", "{% if yes %}", "{% endif %}",
    "{% if yes %}{% set x = 1 %}{% endif %}{{ x }}", "{% for i in l %}{{ i }}{% endfor %}", "{% for i in l %}{{ i }},{% else %}none{% endfor %}",
    "{% for i in el %}{{ i }}{% else %}none{% endfor %}", "{% for i in nope %}x{% else %}y{% endfor %}", "{% for i in n %}x{% endfor %}", "{% for c in s %}[{{ c }}]{% endfor %}",
    "{% for k in d %}{{ k }} {% endfor %}", "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k, v in d | items %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in d | dictsort %}{{ k }}{{ v }}{% endfor %}", "{% for a, b in [[1, 2], [3]] %}{{ a }}{% endfor %}", "{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for a, b in 'ab' %}{{ a }}{% endfor %}", "{% for i in l if i > 1 %}{{ loop.index }}:{{ i }} {% endfor %}", "{% for i in l if i > 9 %}x{% else %}none{% endfor %}",
    "{% for i in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}",
    "{% for i in l %}{{ loop.previtem }}|{{ loop.nextitem }};{% endfor %}", "{% for i in l %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }} {% endfor %}",
    "{% for i in l %}{{ loop.cycle('a', 'b') }}{% endfor %}", "{% for i in [1, 1, 2] %}{{ loop.changed(i) }}{% endfor %}", "{% for i in l %}{{ loop.nope }}{% endfor %}",
    "{% for i in l %}{{ loop.depth }}{{ loop.depth0 }}{% endfor %}", "{% for i in l %}{{ loop }}{% endfor %}", "{% for i in l %}{{ loop['index'] }}{% endfor %}",
    "{% for i in l %}{% for j in l %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}", "{% for i in l %}{% set outer = loop %}{% for j in 'ab' %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}",
    "{% for i in l %}{% if i == 1 %}{% break %}{% endif %}{{ i }}{% endfor %}", "{% for i in l %}{% if i == 1 %}{% continue %}{% endif %}{{ i }}{% endfor %}",
    "{% for i in l %}{% break %}{% else %}x{% endfor %}", "{% break %}", "{% if yes %}{% continue %}{% endif %}", "{% for i in l %}{% for j in l %}{% break %}{% endfor %}{{ i }}{% endfor %}",
    "{% for i in l %}{% continue %}{% else %}x{% endfor %}", "{% for i in range(3) %}{{ i }}{% endfor %}", "{% for i in l %}{{ i }}", "{% for i l %}{% endfor %}", "{% for 1 in l %}{% endfor %}", "{% for i in l, %}{{ i }}{% endfor %}",
    "{% for i in 1, 2 %}{{ i }}{% endfor %}", "{% set x = 1 %}{% for i in l %}{% set x = i %}{{ x }}{% endfor %}{{ x }}", "{% for i in l %}{% set y = i %}{% endfor %}{{ y }}",
    "{% for i in l %}{{ x }}{% set x = i %}{% endfor %}", "{% for i in l %}{% if loop.first %}{% set q = 1 %}{% endif %}{{ q }}{% endfor %}", "{% for i in l %}{% endfor %}{{ i }}{{ loop }}",
    "{% for u in users | sort(attribute='name') %}{{ u.name }}{% if not loop.last %}, {% endif %}{% endfor %}", "{% for x in users | map(attribute='name') %}{{ loop.length }}{{ x }}{% endfor %}",
    "{% for m in messages %}{{ '<|' ~ m['role'] ~ '|>' + m.content }}{% endfor %}", "{% for s in [s] %}{{ s }}{% endfor %}{{ s }}", "{% for n in range(n) %}{{ n }}{% endfor %}{{ n }}",
    "{% set a = 1 %}{{ a }}", "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set a, b = 1 %}", "{% set a = 1, 2 %}{{ a }}", "{% set a = b = 1 %}", "{% set 1 = a %}", "{% set true = 1 %}", "{% set a.b = 1 %}", "{% set d.b = 1 %}",
    "{% set ns = namespace(x=0) %}{% for i in l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}", "{% set ns = namespace() %}{% set ns.a = 1 %}{{ ns.a }}{{ ns.b }}", "{% set ns = namespace() %}{% set ns._a = 1 %}",
    "{% set ns = namespace(a=1) %}{% set ns.a, x = 2, 3 %}{{ ns.a }}{{ x }}", "{% set ns = namespace(a=1) %}{{ ns }}", "{% set ns.x = 1 %}", "{% set ns = namespace(f=false) %}{% if not ns.f %}y{% endif %}{{ ns.f is defined }}",
    "{% set t %}a{{ n }}b{% endset %}[{{ t }}]{{ t | length }}", "{% set t | upper %}abc{% endset %}{{ t }}", "{% set t | replace('a', 'x') | upper %}abc{% endset %}{{ t }}", "{% set t %}{% set inner = 1 %}{% endset %}{{ inner }}",
    "{% set ns = namespace() %}{% set ns.t %}x{% endset %}{{ ns.t }}", "{% set t %}", "{% set messages = messages[1:] %}{{ messages | length }}", "{% set loop_messages = messages %}{% for m in loop_messages %}{{ m.role }}{% endfor %}",
    "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4, a=5) }}{{ m() }}", "{% macro m() %}x{% endmacro %}{{ m() ~ m() }}{{ m().upper() }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(c=2) }}", "{% macro m(a, a2=a) %}{{ a2 }}{% endmacro %}{{ m(7) }}", "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, k=3) }}", "{% macro m() %}{{ n }}{{ q }}{% endmacro %}{% set q = 9 %}{{ m() }}",
    "{% macro m(x) %}{% if x > 0 %}{{ x }}{{ m(x - 1) }}{% endif %}{% endmacro %}{{ m(3) }}", "{% macro m() %}{% set z = 1 %}{% endmacro %}{{ m() }}{{ z }}", "{{ m() }}{% macro m() %}x{% endmacro %}", "{% macro m(a=1, b) %}{% endmacro %}",
    "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}in{{ n }}{% endcall %}", "{% macro m() %}[{{ caller(1, 2) }}]{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}", "{% macro m() %}x{% endmacro %}{% call m() %}y{% endcall %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", "{% macro m() %}{% endmacro %}{{ m is defined }}{{ m is callable }}", "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}", "{% for i in l %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}",
    "{% macro m() -%}  x  {%- endmacro %}[{{ m() }}]", "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}B{% endmacro %}{{ a() }}", "{% call 5 %}{% endcall %}", "{% macro m(d) %}{{ d['b'] }}{% endmacro %}{{ m(d) }}",
    "{% filter upper %}abc{{ s }}{% endfilter %}", "{% filter replace('a', 'b') | upper %}aa{% endfilter %}", "{% filter nope %}{% endfilter %}", "{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}", "{% with %}{% set q = 1 %}{{ q }}{% endwith %}{{ q }}",
    "{% with a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{% endwith %}", "{% block x %}in{{ n }}{% endblock %}", "{% print 1, 'a' %}", "{% generation %}a{{ n }}{% endgeneration %}", "{% for i in l %}{% generation %}{{ i }}{% endgeneration %}{% endfor %}",
    "{% do 1 %}", "{% nope %}", "{% %}", "{% if yes %}{% endfor %}", "{{ }}", "{{ 1 2 }}", "{{ (1 }}", "{{ 1) }}", "{{ [1, }}", "{{ {'a' 1} }}", "{{ 'a }}", "{{ 1 | }}", "{{ 1 is }}", "{{ a.. }}", "{{ ! }}", "{{ a = 1 }}", "{{ 1 if }}", "{{", "{%", "{#", "{# x", "}}", "%}", "#}",
    "{{ s | nope }}", "{% if no %}{{ s | nope }}{% endif %}x", "{% if no %}{{ s is nope }}{% endif %}x", "{% if no %}{{ nope.x.y }}{% endif %}x",
    "{# comment #}x", "a{# c #}b", "a{#- c -#} b", "a\n{# c #}\nb", "a\n  {# c #}\nb", "{#\n{{ x }}\n#}y",
    "{% raw %}{{ x }}{% endraw %}", "{% raw %}\n{{ x }}\n{% endraw %}\ny", "a {%- raw -%} {{ x }} {%- endraw -%} b", "{% raw %}{% if %}{% endraw %}", "{% raw %}", "a\n  {% raw %}x{% endraw %}\n",
    "a\n{% if yes %}\nb\n{% endif %}\nc\n", "a\n  {% if yes %}\n  b\n  {% endif %}\nc", "a {%- if yes -%} b {%- endif -%} c", "a\n\n{%- if yes %}\n\nb{% endif %}", "a {%+ if yes %}b{% endif %}", "  {%+ if yes +%}\n b{% endif %}",
    "x  {% if yes %}y{% endif %}", "  {{ n }}\n  {{ n }}", "{{ n -}}  \n x", "x \n {{- n }}", "x \n {{- n -}} \n y", "{%- set a = 1 -%}  \n {{ a }}", "{{ n }}\n", "{{ n }}\n\n", "a\r\nb\rc", "{{ 'a\r\nb' }}", "\n{% if yes %}\n{% endif %}\n", "{% if yes %}\n\nx{% endif %}",
    "{% for i in l %}\n  {{ i }}\n{% endfor %}\n", "{%- for i in l %}\n  {{- i }}\n{%- endfor %}\n", "  {% for i in l %}  {{ i }}  {% endfor %}  ", "\t{% if yes %}\tx{% endif %}", "{{ '{{' }}{{ '}}' }}{{ '%}' }}", "{{ {'a': {'b': 1}} }}", "{{ {'a': {'b': 1}}['a']['b'] }}",
    "{{-1}}", "{{- 1 }}", "{{ 1 -}} x", "{{+1}}", "{{ 1 }}{{ 2 }}", "{{ n\n}}", "{%\nif yes\n%}x{% endif %}", "{% if yes -%}\n   x\n{%- endif %}", "{%if yes%}x{%endif%}", "{% if yes %}\n", "a{{ '' }}b", "{{ 'x' }} \n{%- if yes %} y{% endif %}", "{ { n } }", "{{ \"a\" 'b' }}",
    "{%- if messages[0]['role'] == 'system' %}{%- set sm = messages[0]['content'] | trim %}{%- else %}{%- set sm = '' %}{%- endif %}[{{ sm }}]", "{%- if not tools is defined %}{%- set tools = none %}{%- endif %}{{ tools is none }}",
    "{% set x = x or 5 %}{{ x }}", "{% set x = x | default(3) %}{{ x }}", "{% if yes %}{% set n = n + 1 %}{% endif %}{{ n }}", "{% set x = 1 %}{% if yes %}{% set x = 2 %}{% endif %}{{ x }}", "{% set content = d.content %}{{ content is undefined }}",
    "{% if 'a' is defined and nope is not defined %}ok{% endif %}", "{% if messages[0].role in ['user', 'tool'] and not (no or none) %}ok{% endif %}", "{{ messages[0].content.split('i')[0].rstrip('\\n') }}", "{% for m in messages[::-1] %}{{ (messages | length - 1) - loop.index0 }}{% endfor %}",
    "{% for i in [3, 1] | sort %}{{ i }}{% endfor %}", "{% for i in l | reverse %}{{ i }}{{ loop.last }}{% endfor %}", "{% set g = l | select('odd') %}{{ g | list }}{{ g | list }}", "{% set g = l | map('string') %}{{ '1' in g }}",
    "{{ [1, 2] | map('string') | join }}{{ l[-1:] }}{{ l[:-1] }}", "{% set l = l + [9] %}{{ l }}", "{% set d = dict(d, c=1) %}{{ d }}", "{% set parts = 'a:b' .split(':') %}{{ parts[1] }}", "{{ s.split() | map('lower') | list }}", "{% if s.split(' ') | length > 1 %}y{% endif %}",
    "{{ users[0].name if users else 'none' }}", "{{ ('a' if yes else 'b') ~ 'c' }}", "{{ 'a' if yes else 'b' ~ 'c' }}", "{{ not yes == no }}", "{{ 1 + 2 ~ 3 }}", "{{ 2 * 3 ~ 4 + 1 }}", "{{ 1 ~ 2 == '12' }}", "{{ -n | abs }}", "{{ n | string + 'x' }}", "{{ 'x' + n | string }}", "{{ yes and not no or nope.x }}",
]

USER, ASSISTANT = "What is 2 + 2?", "It is 4."
WEATHER = {"type": "function", "function": {"name": "get_weather", "description": "Weather of a place <b>now</b> & 'soon'", "parameters": {
    "type": "object", "properties": {"place": {"type": "string", "description": "도시 이름"}, "days": {"type": "integer", "minimum": 1, "default": 3}, "unit": {"type": "string", "enum": ["C", "F"]}}, "required": ["place"]}}}
NOW = {"type": "function", "function": {"name": "now", "description": "", "parameters": {"type": "object", "properties": {}}}}
CALL = {"type": "function", "function": {"name": "get_weather", "arguments": {"place": "서울", "days": 2, "exact": True, "at": None, "x": 1.5}}}
M = lambda role, content, **more: {"role": role, "content": content, **more}
CONVERSATIONS = {
    "one": {"messages": [M("user", USER)]},
    "system": {"messages": [M("system", "  Be brief.\n"), M("user", USER)]},
    "turns": {"messages": [M("user", USER), M("assistant", ASSISTANT), M("user", " And 3 + 3?\n")]},
    "system_turns": {"messages": [M("system", "Be brief."), M("user", USER), M("assistant", ASSISTANT), M("user", "More"), M("assistant", "Done.")]},
    "unicode": {"messages": [M("system", "당신은 도우미"), M("user", "안녕 😀 ünïcödé\t\n\n끝"), M("assistant", "네!\n```py\nprint('<b>')\n```"), M("user", "\"quoted\" \\n {{ x }} {% y %}")]},
    "empty": {"messages": [M("user", ""), M("assistant", ""), M("user", "\n")]},
    "late_system": {"messages": [M("user", USER), M("system", "Now be long."), M("user", "Go")]},
    "thinking": {"messages": [M("user", USER), M("assistant", "<think>\nTwo and two.\n</think>\n\n4"), M("user", "And 3 + 3?"), M("assistant", "<think>\nhm\n</think>\n\n6")]},
    "reasoning": {"messages": [M("user", USER), M("assistant", "4", reasoning_content="Two and two."), M("user", "Sure?"), M("assistant", "Yes", reasoning_content="\nSure.\n")]},
    "tools": {"messages": [M("user", "Weather in 서울?")], "tools": [WEATHER, NOW]},
    "system_tools": {"messages": [M("system", "Be brief."), M("user", "Weather?")], "tools": [WEATHER]},
    "tool_call": {"messages": [M("user", "Weather in 서울?"), M("assistant", "", tool_calls=[CALL])], "tools": [WEATHER]},
    "tool_result": {"messages": [M("system", "Be brief."), M("user", "Weather in 서울?"), M("assistant", "Let me look.", tool_calls=[CALL]), M("tool", "{\"t\": 21.5, \"sky\": \"맑음\"}"), M("assistant", "21.5 °C"), M("user", "Thanks")], "tools": [WEATHER]},
    "two_calls": {"messages": [M("user", "Both"), M("assistant", None, tool_calls=[CALL, {"type": "function", "function": {"name": "now", "arguments": {}}}]), M("tool", "21"), M("tool", "noon")], "tools": [WEATHER, NOW]},
    "text_arguments": {"messages": [M("user", "Go"), M("assistant", "", tool_calls=[{"function": {"name": "now", "arguments": "{\"a\": 1}"}}]), M("tool", "1")], "tools": [NOW]},
    "parts": {"messages": [M("user", [{"type": "text", "text": "Hello "}, {"type": "text", "text": "there"}]), M("assistant", "Hi")]},
    "no_messages": {"messages": []},
    "odd": {"messages": [M("assistant", "I begin."), M("assistant", "Again."), {"role": "user"}]},
}
TOKENS = {"bos_token": "<|begin_of_text|>", "eos_token": "<|im_end|>"}
VARIABLES = [{"add_generation_prompt": True}, {"add_generation_prompt": False}, {"add_generation_prompt": True, "enable_thinking": False}, {"add_generation_prompt": True, "enable_thinking": True, "date_string": "26 Jul 2024", "tools_in_user_message": False}]


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    cases = []
    if folder == HERE:
        seen = set()
        for template in itertools.chain(("{{ " + cell + " }}" for line in EXPRESSIONS for cell in line.split(" ¦ ")), STATEMENTS):
            if template in seen:
                continue
            seen.add(template)
            cases.append([template, "some", render(template, **CONTEXTS["some"])])
    renderings = []
    for path in sorted(folder.glob("*.jinja")):
        for name, conversation in CONVERSATIONS.items():
            for variables in VARIABLES:
                text = render(path.read_text(), messages=conversation["messages"], tools=conversation.get("tools"), documents=None, **TOKENS, **variables)
                if variables is VARIABLES[0] or text != renderings[-1][3]:
                    renderings.append([path.name, name, variables, text])
    document = {"contexts": CONTEXTS, "cases": cases, "conversations": CONVERSATIONS, "tokens": TOKENS, "renderings": renderings}
    (folder / "golden.json").write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(len(cases), "cases,", sum(c[2] is None for c in cases), "errors;", len(renderings), "renderings,", sum(r[3] is None for r in renderings), "errors")


if __name__ == "__main__":
    main()
